"""Sentences to an answer: which of them, in which form, with which marks; or why there is none."""
