"""The page looked at: how fast, how much memory, what it looks like."""
