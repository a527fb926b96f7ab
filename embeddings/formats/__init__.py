"""The formats of files: which one a file has, and who reads it."""
