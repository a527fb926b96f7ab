"""Rules that come in editions: which articles are the same rule of other years, and which of them is in force."""
