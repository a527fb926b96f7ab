"""Answers worded by a language model and held to the corpus: asked, checked sentence by sentence, or given up."""
