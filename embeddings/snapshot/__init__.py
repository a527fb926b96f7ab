"""A snapshot on the disk, opened: its articles, its passages, its two legs."""
