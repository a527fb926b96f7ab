"""Which sentences can answer a question, with which words exactly, and whether they suffice."""
