"""How the reader's weights were made; run by hand, not part of the installed package."""
