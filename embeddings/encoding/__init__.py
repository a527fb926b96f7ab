"""Texts -> vectors, by any embedding model: the bundled one, a named one, one on a server, on several devices."""
