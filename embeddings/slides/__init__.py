"""Presentations -> a page of lines: every slide's title, texts in reading order, tables, the speaker's notes."""
