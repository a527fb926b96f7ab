"""What a question asks: its kind, its names and parts, what a follow-up leaves out, what was mistyped."""
