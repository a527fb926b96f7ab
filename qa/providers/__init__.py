"""A language model by its name: hosted, on a server, or in a process of ours."""
