"""The options --llm and --no-llm of the commands: which language model words the answers, if any."""

from __future__ import annotations

import argparse
import os

from qa.llm.model import LanguageModel, Limits
from qa.local_llm.model_file import is_local

_VARIABLE = "SUYUAN_LLM"


def add_llm(parser: argparse.ArgumentParser) -> None:
    """Give a command both options; what was chosen is named by `language_model_name`."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--llm",
        metavar="PROVIDER:MODEL",
        help=f"由语言模型改写答案，逐句核对原文；local 或 local:文件.gguf 在本机运行；默认取环境变量 {_VARIABLE} "
        "/ a language model words the answers, every sentence checked against the articles; local, local:FILE.gguf: "
        "on this machine",
    )
    group.add_argument("--no-llm", action="store_true", help="不用语言模型 / do without a language model")


def add_keep_replies(parser: argparse.ArgumentParser) -> None:
    """Give a command the option to keep what a language model said."""
    parser.add_argument(
        "--keep-replies",
        action="store_true",
        help="语言模型的话存在索引旁边，同一问题不再问它，每次重新核对 "
        "/ keep its replies beside the index, checked anew each time",
    )


def language_model_name(args: argparse.Namespace) -> str:
    """The language model chosen by option or, without one, by the environment; empty: none."""
    return "" if args.no_llm else args.llm or os.environ.get(_VARIABLE, "")


def open_language_model(name: str) -> LanguageModel | None:
    """The language model of this name, as of `named_language_model`; None where that is empty."""
    return named_language_model(name) if name else None


def named_language_model(name: str, limits: Limits | None = None) -> LanguageModel:
    """The language model of this name; one that runs on this machine is fetched first if the user wants it.

    Without `limits` they are what the environment says.

    Raises:
        GenerationError: there is no such provider, or its package, its key, its file or the memory for it is missing.
    """
    # What reaches a language model takes a second to import, which everything else need not wait for.
    if is_local(name):
        from ui.commands.local_model import ready_local_model

        ready_local_model(name)
    from qa.providers.providers import language_model

    return language_model(name, limits)
