"""What every format hands over: a page of lines, with its notes told from its text."""
