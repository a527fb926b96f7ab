"""Where the index lies unless one says otherwise."""

from __future__ import annotations

import os
from pathlib import Path


def default_index() -> Path:
    """The folder that SUYUAN_INDEX names, or ./index."""
    return Path(os.environ.get("SUYUAN_INDEX") or "index")
