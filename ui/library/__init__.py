"""The library: every article of the corpus, to be searched, filtered, sorted and read."""

from ui.library.part import build_library

__all__ = ["build_library"]
