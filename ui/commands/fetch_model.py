"""The command `suyuan fetch-model`: fetches the model that `--llm local` runs, once."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from qa.local_llm.hubs import ENDPOINT, HUB


def add_fetch_model(commands: Any) -> None:
    """Add the command to the subparsers of `suyuan`."""
    command = commands.add_parser(
        "fetch-model", help="下载 --llm local 用的语言模型 / fetch the language model that --llm local runs"
    )
    command.add_argument(
        "--hub",
        default="",
        metavar="HUB",
        help=f"modelscope、huggingface 或镜像的地址；默认取环境变量 {HUB}、{ENDPOINT}，没有则 modelscope "
        "/ one of these or a mirror's address",
    )


def run_fetch_model(args: argparse.Namespace) -> int:
    """Fetch it where it is not there; returns the exit code."""
    # What fetches takes a while to import, which the other commands need not wait for.
    from qa.local_llm import pinned
    from qa.local_llm.hubs import source_of
    from qa.local_llm.model_file import place_of
    from qa.local_llm.server import check_installed
    from ui.commands.local_model import fetch_shown, is_there, offered

    check_installed()
    source = source_of(pinned.DEFAULT, args.hub)
    if is_there():
        print(f"已经有了 / there already：{place_of(pinned.DEFAULT)}")
        return 0
    print(offered(source), file=sys.stderr, flush=True)
    print(f"已下载 fetched：{fetch_shown(source)}")
    return 0
