"""How fast: rebuilding against other pipelines, encoding, searching, asking."""
