"""What can go wrong in the user's world; each message names the thing and the command that mends it."""

from __future__ import annotations


class SuyuanError(Exception):
    """Base of every error meant for a user: commands print it on stderr and exit with 2."""


class CorpusError(SuyuanError):
    """The folder of articles is missing or holds nothing readable."""


class SnapshotError(SuyuanError):
    """The index is missing, damaged, or can't be written."""


class ModelError(SuyuanError):
    """The embedding model can't be loaded, or is not the one the index was made with."""


class LockedError(SuyuanError):
    """Another process is writing to the same index."""


class UnknownArticleError(SuyuanError):
    """A question was to be asked within an article that the corpus does not have."""
