"""Word documents -> a page of lines."""
