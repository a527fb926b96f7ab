"""The reader that is shipped: its network, its tokens and its files."""
