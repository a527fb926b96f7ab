"""A page -> the article on it and what the page says of it."""
