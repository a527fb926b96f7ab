"""The `rebuild-index` command.

What it does is imported when it does it: the processes that it starts import this module again, and Ctrl-C in the first
second is one like any other.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from embeddings import console

if TYPE_CHECKING:
    from embeddings.manifest import Store
    from embeddings.progress import Tell
    from embeddings.rebuilding.rebuild import RebuildReport

_NAMED = 20
"""Files set aside that are named in a terminal."""


def _parser() -> argparse.ArgumentParser:
    from embeddings.encoding.served import KEY
    from embeddings.index_folder import default_index

    parser = argparse.ArgumentParser(
        prog="rebuild-index", description="把一个文件夹的文章建成索引 / Build the index of a folder of articles"
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="文章文件夹 / folder of articles")
    parser.add_argument("--index", type=Path, default=default_index(), metavar="DIR", help="索引位置 (%(default)s)")
    parser.add_argument("--model", metavar="NAME", help="sentence-transformers 模型名或文件夹；默认用内置模型")
    parser.add_argument(
        "--embed-url",
        metavar="URL",
        help=f"向量由这个 OpenAI 兼容的服务算，--model 是它的模型名；密钥放在环境变量 {KEY}",
    )
    parser.add_argument(
        "--devices", default="", metavar="LIST", help="向量在这些设备上算，如 cuda:0,cuda:1；默认自动选"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="没有变化、文章少了一半以上也重建 / rebuild though nothing changed or half the articles are gone",
    )
    parser.add_argument(
        "--file-seconds",
        type=_seconds,
        metavar="N",
        help="读一个文件最多用多少秒（处理器时间），默认 120 / processor time that reading one file may take",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="结果为一个 JSON 对象，进度为 stderr 上的 JSON 行 / the report as JSON, progress as JSON lines on stderr",
    )
    parser.add_argument(
        "--rollback", action="store_true", help="退回上一份索引 / make the previous snapshot live again"
    )
    parser.add_argument(
        "--progress", action="store_true", help="stderr 不是终端也显示进度 / show progress though stderr is no terminal"
    )
    parser.add_argument(
        "--store",
        choices=["local", "milvus"],
        help="检索数据放在本机还是 Milvus；默认照现有索引 / where what is searched lies; by default where it is now",
    )
    parser.add_argument(
        "--milvus-uri", metavar="URI", help="http://主机:端口，或 .db 文件（Milvus Lite）/ of the server, or a .db file"
    )
    return parser


def _seconds(said: str) -> float:
    seconds = float(said)
    if not 0 < seconds < math.inf:
        raise ValueError(said)
    return seconds


def _print_report(report: RebuildReport, index: Path) -> None:
    said = (
        "索引已更新 Index rebuilt" if report.changed else "没有变化，索引未动 Nothing changed, the index is untouched"
    )
    print(f"{said}: {index}  快照 snapshot {report.snapshot}")
    print(f"  文章 articles {report.articles}    段落 passages {report.passages}（新算 embedded {report.embedded}）")
    if report.reprints:
        print(f"  转载合并 reprints merged {report.reprints}")
    print(f"  搁置 set aside {len(report.set_aside)}    用时 seconds {report.seconds}")
    for item in report.set_aside[:_NAMED]:
        print(f"    {item.path}：{item.reason}")
    if (more := len(report.set_aside) - _NAMED) > 0:
        print(f"    另有 {more} 个，全部名单见 --json / {more} more; --json names them all")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    return console.run(
        "rebuild-index",
        lambda: _run(arguments),
        interrupted="已中断；现有索引未动，再次运行会接着做。Interrupted; run it again to go on.",
    )


def _run(arguments: Sequence[str] | None) -> int:
    from embeddings.encoding.devices import device_names
    from embeddings.encoding.served import served_name
    from embeddings.preparation.limits import Limits
    from embeddings.rebuilding.rebuild import rebuild, roll_back_index

    parser = _parser()
    args = parser.parse_args(arguments)
    if args.rollback == bool(args.folder):
        parser.error("请给出一个文章文件夹，或只给 --rollback / name a folder of articles, or --rollback alone")
    if (args.store == "milvus") != bool(args.milvus_uri):
        parser.error("--store milvus 和 --milvus-uri 要一起给 / --store milvus and --milvus-uri go together")
    if args.rollback:
        snapshot = roll_back_index(args.index)
        print(json.dumps({"snapshot": snapshot}) if args.json else f"已退回 Rolled back to {snapshot}")
        return 0
    store = _store(args.store, args.milvus_uri)
    with _progress(args.json, args.progress) as tell:
        model = served_name(args.embed_url, args.model) if args.embed_url else args.model
        limits = Limits() if args.file_seconds is None else Limits(seconds=args.file_seconds)
        devices = device_names(args.devices)
        report = rebuild(args.folder, args.index, model, tell, args.force, devices, store, limits)
    if args.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        _print_report(report, args.index)
    return 0


def _progress(as_json: bool, asked_for: bool) -> AbstractContextManager[Tell]:
    from embeddings.progress import as_json_lines, shown_in_terminal, silent

    if as_json:
        return nullcontext(as_json_lines())
    return shown_in_terminal() if asked_for or sys.stderr.isatty() else nullcontext(silent)


def _store(kind: Literal["local", "milvus"] | None, uri: str | None) -> Store | None:
    from embeddings.manifest import Store

    return Store(kind, uri or "") if kind else None


if __name__ == "__main__":
    raise SystemExit(main())
