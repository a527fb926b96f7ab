"""The option --reader of the commands: what reads the passages found."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.reading.reader import Reader

_VARIABLE = "SUYUAN_READER"


def add_reader(parser: argparse.ArgumentParser) -> None:
    """Give a command the option; what was chosen is loaded by `open_reader`."""
    parser.add_argument(
        "--reader",
        metavar="NAME",
        default=os.environ.get(_VARIABLE, ""),
        help=f"阅读模型：交叉编码器（重排模型）或抽取式阅读模型的名字或文件夹；默认是自带的，或环境变量 {_VARIABLE} "
        "/ a cross-encoder or extractive reader, by name or folder, in place of the one that is shipped",
    )


def open_reader(name: str) -> Reader:
    """The reader of this name; the one that is shipped where that is empty.

    Raises:
        ModelError: it can't be loaded.
    """
    if not name:
        from qa.reading.cross_encoder import load_reader

        return load_reader()
    from qa.reading.named import load_named_reader

    return load_named_reader(name)
