"""Text recognised in pictures, with the extra `ocr`."""
