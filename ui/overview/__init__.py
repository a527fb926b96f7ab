"""Pictures of the corpus as a whole: articles over time, a map of its passages, its numbered names."""

from ui.overview.part import build_overview

__all__ = ["build_overview"]
