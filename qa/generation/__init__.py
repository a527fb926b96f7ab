"""Answers worded by a language model and held to the corpus: passages packed, asked, checked sentence by sentence."""
