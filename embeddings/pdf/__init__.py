"""PDF -> a page of lines."""
