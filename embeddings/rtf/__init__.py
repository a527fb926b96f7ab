"""Rich Text Format -> a page of lines."""
