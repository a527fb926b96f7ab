"""Speed and quality, each a script that prints its table."""
