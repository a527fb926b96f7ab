"""Web pages."""

from __future__ import annotations

from embeddings.formats.format import Format
from embeddings.formats.text import FORMAT as TEXT
from embeddings.formats.text import read_text

FORMAT = Format((".html", ".htm"), read_text, largest=TEXT.largest)
