"""Workbooks -> a page of lines: every sheet's titles, its tables' rows, its notes."""
