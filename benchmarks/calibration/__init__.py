"""Fits what the verdict and the choice of sentences weigh."""
