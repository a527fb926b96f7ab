"""The one retrieval path: a question and the one before it -> passages, by meaning and by words."""
