"""A language model in a process of ours: its file found or fetched, what it needs said, llama.cpp started and ended."""
