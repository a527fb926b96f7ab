"""Text files, Markdown and saved web pages -> a page of lines."""
