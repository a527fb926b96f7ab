"""The page's scripts, joined from their files: one for each kind of component that is custom HTML."""

from __future__ import annotations

from importlib.resources import files

LANGUAGE = """<script>(() => {
  let chosen = "zh";
  try { if (localStorage.getItem("suyuan.language") === "en") chosen = "en"; } catch {}
  document.documentElement.dataset.language = chosen;
  const tag = chosen === "en" ? "en" : "zh-CN";
  Object.defineProperty(navigator, "language", { configurable: true, get: () => tag });
  Object.defineProperty(navigator, "languages", { configurable: true, get: () => [tag] });
})();</script>"""
"""Runs before gradio does, which takes the language of its components from the browser's: Chinese unless chosen."""


def packaged(name: str) -> str:
    """The text of a file of this package."""
    return files("ui").joinpath(name).read_text(encoding="utf-8")


def conversation() -> str:
    """The script of the conversation."""
    return _joined("static/page_common.js", "static/page_conversation.js")


def reader() -> str:
    """The script of a reading pane."""
    return _joined("static/page_common.js", "static/page_reader.js")


def drawer() -> str:
    """The script of the drawer of past conversations."""
    return _joined("static/page_common.js", "static/page_shelf.js", "static/page_drawer.js")


def chips() -> str:
    """The script of what stands over the question box."""
    return _joined("static/page_common.js", "static/page_chips.js")


def _joined(*names: str) -> str:
    return "\n".join(map(packaged, names))
