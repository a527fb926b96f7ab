"""Reads a question and stretches of articles together: does one answer, with which sentences, with which characters?"""
