"""The README, CONTRIBUTING and the pages of docs/: their headings, links, blocks of code, and the tree of folders."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_EXCUSE = re.compile(r"<!-- not run: needs (.+?) -->\n$")
_FOLDER = re.compile(r"^( *)([\w.-]+)/(?= |$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    language: str
    text: str
    excuse: str
    """Why it is not run, as the comment before it says; empty where there is none."""


@dataclass(frozen=True, slots=True)
class DocPage:
    """A page; `name` is its path in the repository."""

    name: str
    text: str

    @property
    def file(self) -> Path:
        return REPOSITORY / self.name

    @property
    def twin(self) -> str:
        """The same page in the other language."""
        return self.name.replace(".en.md", ".md") if self.name.endswith(".en.md") else self.name[:-3] + ".en.md"

    @property
    def prose(self) -> str:
        """The text without its fenced blocks."""
        return _FENCE.sub("", self.text)

    def blocks(self) -> list[Block]:
        found = []
        for fence in _FENCE.finditer(self.text):
            excuse = _EXCUSE.search(self.text[: fence.start()])
            found.append(Block(fence[1], fence[2], excuse[1] if excuse else ""))
        return found

    def headings(self) -> list[tuple[int, str]]:
        return [(len(marks), title) for marks, title in _HEADING.findall(self.prose)]

    def anchors(self) -> set[str]:
        return {anchor(title) for _, title in self.headings()}

    def links(self) -> list[str]:
        """Targets within the repository."""
        return [target for target in _LINK.findall(self.prose) if "://" not in target]


def anchor(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    kept = (c for c in title.lower() if c in " -_" or unicodedata.category(c)[0] in "LNM")
    return "".join(kept).strip().replace(" ", "-")


def page(name: str) -> DocPage:
    return DocPage(name, (REPOSITORY / name).read_text(encoding="utf-8"))


def pages(folder: str = "docs") -> list[DocPage]:
    """README, CONTRIBUTING and the pages of `folder`, Chinese ones first."""
    names = ["README.md", "CONTRIBUTING.md"]
    names += sorted(
        f"{folder}/{file.name}" for file in (REPOSITORY / folder).glob("*.md") if not file.name.endswith(".en.md")
    )
    return [page(name) for name in names] + [page(page(name).twin) for name in names]


def tree(block: str) -> list[str]:
    """The folders of a tree, as paths with forward slashes, in its order."""
    path: list[str] = []
    folders = []
    for line in block.splitlines():
        found = _FOLDER.match(line)
        if found is None:
            raise ValueError(f"no folder: {line}")
        path[len(found[1]) // 2 :] = [found[2]]
        folders.append("/".join(path))
    return folders


def folders() -> set[str]:
    """The folders of the repository that hold something, but for what git ignores and hidden ones; forward slashes."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no checkout")
    found: set[str] = set()
    for name in listed.stdout.split("\0"):
        parts = name.split("/")
        if not name.startswith(".") and (REPOSITORY / name).is_file():
            found.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return found
