"""HTML -> a page of lines."""
