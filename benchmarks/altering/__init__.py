"""Sentences of articles made false, or said in other words: what the check of replies must tell apart."""
