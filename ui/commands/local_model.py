"""A language model in a process of ours, as the commands have it: fetched on the user's word, its needs said first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tqdm import tqdm

from qa.local_llm import pinned
from qa.local_llm.fetching import fetch
from qa.local_llm.hubs import Source, source_of
from qa.local_llm.model_file import MissingModelError, gigabytes, is_fetched, model_file, place_of
from qa.local_llm.needs import needs_of
from qa.local_llm.server import check_installed
from qa.providers.limits import limits_of


def ready_local_model(name: str) -> None:
    """Make sure that the model's file is there, asking in a terminal whether to fetch it; then say what it takes.

    Raises:
        GenerationError: the file or what runs it is missing, or it could not be fetched.
    """
    check_installed()
    try:
        file = model_file(name)
    except MissingModelError:
        # Whoever can't be asked is told the command.
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        source = source_of(pinned.DEFAULT)
        if not _agreed(source):
            raise
        file = fetch_shown(source)
    print(needs_of(file, limits_of(os.environ, name)).said, file=sys.stderr, flush=True)


def fetch_shown(source: Source) -> Path:
    """Fetch the pinned model, with a bar on stderr; returns its path."""
    with tqdm(desc=pinned.DEFAULT.name, unit="B", unit_scale=True, total=pinned.DEFAULT.size, file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            if done < bar.n or not bar.n:
                # Where an earlier run was: no part of this one's speed.
                bar.initial = done
                bar.n = done
                bar.refresh()
            else:
                bar.update(done - bar.n)

        return fetch(pinned.DEFAULT, source, tell)


def offered(source: Source) -> str:
    """What would be fetched, how much of it and from where, in one line."""
    model = pinned.DEFAULT
    about = f"{model.name}（{model.license}，{gigabytes(model.size)}）"
    return f"{about}，来自 from {source.hub}，存到 into {place_of(model).parent}"


def is_there() -> bool:
    """Whether the pinned model was fetched already."""
    return is_fetched(pinned.DEFAULT)


def _agreed(source: Source) -> bool:
    print(f"本机还没有语言模型 / No language model on this machine yet：{offered(source)}", file=sys.stderr)
    print("现在下载吗？换一处用 suyuan fetch-model --hub / Fetch it now? [y/N] ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip().lower()
    return answer in ("y", "yes", "是", "好")
