"""The tab where questions are asked: its components, and what each click does."""
