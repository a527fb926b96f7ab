"""Questions that count and order the corpus itself, answered by rule, only where they are sure."""
