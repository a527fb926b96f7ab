"""The command `suyuan doctor`: is everything there that answering needs, and if not, what mends it?"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from embeddings.errors import ModelError, SnapshotError, SuyuanError
from ui.commands.language_model_option import add_llm, language_model_name, named_language_model
from ui.commands.reader_option import add_reader, open_reader

if TYPE_CHECKING:
    from embeddings.manifest import Manifest
    from qa.local_llm.chat_model import LocalChatModel

# What is checked is imported when it is: it takes seconds, and this module is imported for the command's options too.
_ASKED = "你好。请只回答一个字：好"


def add_doctor(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the subparsers of `suyuan`; `shared` has its --index."""
    doctor = commands.add_parser(
        "doctor",
        parents=[shared],
        help="检查索引和各个模型，说明怎么修 / check the index and the models, and say what mends them",
    )
    add_llm(doctor)
    add_reader(doctor)


def run_doctor(args: argparse.Namespace) -> int:
    """Print one line for each part, as soon as it is checked; returns the exit code: 2 where one needs mending."""
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("索引 index", lambda: _check_index(args.index)),
        ("向量模型 embedding model", lambda: _check_encoder(args.index)),
        ("阅读器 reader", lambda: _check_reader(args.reader)),
        ("语言模型 language model", lambda: _check_language_model(language_model_name(args))),
    )
    code = 0
    for part, check in checks:
        try:
            state, said = "正常 ok  ", check()
        except (SuyuanError, OSError) as error:
            state, said, code = "要修 mend", " ".join(str(error).split()), 2
        print(f"{state}  {part}：{said}", flush=True)
    return code


def _check_index(index: Path) -> str:
    from embeddings.snapshot.snapshot import live_id, open_snapshot

    manifest = open_snapshot(index, live_id(index)).manifest
    store = manifest.store
    vectors = f"向量 vectors {manifest.dense.name}（recall@10 {manifest.dense.recall:.3f}）"
    where = f"Milvus {store.uri} {store.collection}" if store.kind == "milvus" else f"本机 local，{vectors}"
    held = f"{manifest.articles} 篇 articles，{manifest.passages} 段 passages"
    return f"{held}，快照 snapshot {manifest.id}，存储 store {where}"


def _check_encoder(index: Path) -> str:
    from embeddings.encoding.encoder import load_encoder
    from embeddings.encoding.revisions import same_revision

    manifest = _manifest(index)
    encoder = load_encoder(manifest.model if manifest else None)
    if manifest and not (
        same_revision(encoder.revision, manifest.revision) and encoder.dimension == manifest.dimension
    ):
        raise ModelError(
            f"{encoder.name} 已不是建立索引时的那一个，请重建：rebuild-index {manifest.folder} --index {index}"
            f" --model {manifest.model} / It is not the one the index was made with; rebuild the index as above."
        )
    encoder.encode_query(_ASKED)
    return f"{encoder.name}，{encoder.dimension} 维 dimensions"


def _manifest(index: Path) -> Manifest | None:
    """What the live snapshot says of itself; None where there is none, which the line on the index has said."""
    from embeddings.snapshot.snapshot import live_id, read_manifest

    try:
        return read_manifest(index, live_id(index))
    except SnapshotError:
        return None


def _check_reader(name: str) -> str:
    from qa.reading.excerpts import plain_excerpt

    open_reader(name).read(_ASKED, (), [plain_excerpt("", _ASKED)])
    return name or "自带的，在 the one that is shipped, present"


def _check_language_model(name: str) -> str:
    if not name:
        return "没有指定，不用它也能答 / none named; answers do without one"
    # What reaches a language model takes a second to import, which a check without one need not wait for.
    from langchain_core.messages import HumanMessage

    from qa.local_llm.chat_model import LocalChatModel
    from qa.providers.limits import limits_of

    llm = named_language_model(name, replace(limits_of(os.environ, name), retries=0))
    began = time.monotonic()
    seconds = [time.monotonic() - began for _ in llm.stream([HumanMessage(_ASKED)])]
    answers = f"{llm.name} 能用，{seconds[0]:.1f} 秒后开口 / answers, its first word after {seconds[0]:.1f} s"
    return f"{answers}；{_of_this_machine(llm)}" if isinstance(llm, LocalChatModel) else answers


def _of_this_machine(llm: LocalChatModel) -> str:
    """How fast a model in a process of ours is, and what it takes."""
    from qa.local_llm.speed import speed_of

    speed = speed_of(llm.server, llm.limits.seconds)
    return (
        f"每秒读 {speed.reading:.1f} 个、写 {speed.writing:.1f} 个词元 / reads {speed.reading:.1f} and writes "
        f"{speed.writing:.1f} tokens a second；{llm.server.needs.said}"
    )
