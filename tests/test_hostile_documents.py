"""Documents made to do harm: each is named, in bounded time and memory, and the good ones beside them are indexed."""

from __future__ import annotations

import os
import re

import pytest

from embeddings.preparation.limits import Limits
from embeddings.rebuilding.rebuild import RebuildReport, rebuild
from embeddings.snapshot.snapshot import Snapshot, open_live
from tests import hostile_documents as hostile
from tests.fakes import CountingEncoder

LIMITS = Limits(seconds=4.0, memory=400 * 1024**2)
GOOD = "山谷县第{n}林场\n山谷县第{n}林场去年种树{n}200亩，成活率9{n}%，护林员共有{n}7人。"
TOO_MUCH = "占用内存太多"
TOO_LONG = f"读取超时|{TOO_MUCH}"
"""Which of the two comes first depends on the machine."""
BAD = {
    "bomb.zip/a.docx": "像压缩炸弹",
    "entity.docx": "已损坏",
    "laughs.docx": "已损坏",
    "glyphs.pdf": TOO_LONG,
    "lists.html": "层次太深",
    "mail.eml": "已损坏",
    "many.zip": "里面的文件太多（100000 个",
    "memory.docx": TOO_MUCH,
    "nested.zip/0.zip/0.zip": "两层压缩包",
    "paths.zip/../../../etc/cron.d/a.txt": "压缩包之外",
    "paths.zip//etc/a.txt": "压缩包之外",
    "paths.zip/C:/a.txt": "压缩包之外",
    "slow.zip/glyphs.pdf": TOO_LONG,
    "table.docx": TOO_LONG,
    "table.html": TOO_LONG,
    "tables.docx": "已损坏",
}


def files() -> dict[str, bytes]:
    glyphs = hostile.glyphs(1_000_000)
    good = {f"good{n}.txt": GOOD.format(n=n).encode() for n in (1, 2)}
    return {
        **good,
        "bomb.zip": hostile.bomb(90),
        "entity.docx": hostile.external_entity(),
        "glyphs.pdf": glyphs,
        "laughs.docx": hostile.billion_laughs(),
        "lists.docx": hostile.lists_in_word(2_000),
        "lists.html": hostile.lists_in_web_page(10_000),
        "macro.docx": hostile.macro(),
        "mail.eml": hostile.nested_mail(5_000),
        "many.zip": hostile.archive_of(b"%d.txt" % n for n in range(100_000)),
        "memory.docx": hostile.empty_paragraphs(60),
        "nested.zip": hostile.nested_bomb(4),
        "paths.pdf": hostile.paths(100_000),
        "paths.zip": hostile.archive_of(
            (b"../../../etc/cron.d/a.txt", b"/etc/a.txt", b"C:\\a.txt", b"good3.txt"), GOOD.format(n=3).encode()
        ),
        "slow.zip": hostile.packed([("glyphs.pdf", glyphs), ("good4.txt", GOOD.format(n=4).encode())]),
        "table.docx": hostile.table_in_word(100_000),
        "table.html": hostile.table_in_web_page(100_000),
        "tables.docx": hostile.tables_in_tables(10_000),
    }


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[RebuildReport, Snapshot, float]:
    """What came of a folder with all of them, and the processor time it took altogether."""
    home = tmp_path_factory.mktemp("hostile")
    (home / "articles").mkdir()
    for name, data in files().items():
        (home / "articles" / name).write_bytes(data)
    patch = pytest.MonkeyPatch()
    patch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))
    before = os.times()
    report = rebuild(home / "articles", home / "index", limits=LIMITS)
    after = os.times()
    patch.undo()
    return report, open_live(home / "index"), sum(after[:4]) - sum(before[:4])


def test_each_is_named_with_what_is_wrong(rebuilt: tuple[RebuildReport, Snapshot, float]) -> None:
    reasons = {item.path: item.reason for item in rebuilt[0].set_aside}
    assert {path: reasons.get(path) for path, said in BAD.items() if not re.search(said, reasons.get(path, ""))} == {}
    # Of what holds itself every copy is named.
    copies = {f"nested.zip/{outer}.zip/{inner}.zip" for outer in range(10) for inner in range(10)}
    assert reasons.keys() - BAD.keys() == copies - BAD.keys()


def test_the_good_ones_are_indexed_whole(rebuilt: tuple[RebuildReport, Snapshot, float]) -> None:
    texts = {article.path: article.text for article in rebuilt[1].corpus.articles()}
    assert texts.keys() == {
        "good1.txt", "good2.txt", "bomb.zip/good.txt", "lists.docx", "macro.docx", "paths.pdf",
        "paths.zip/good3.txt", "slow.zip/good4.txt",
    }  # fmt: skip
    assert texts["paths.zip/good3.txt"] == GOOD.format(n=3)
    assert texts["paths.pdf"] == hostile.DRAWN
    # The macro is nothing that is read.
    assert texts["macro.docx"] == f"江城治水的五年实践\n{hostile.SAID}"
    lines = texts["lists.docx"].split("\n")
    assert (len(lines), lines[2].strip(), lines[-1].strip()) == (2002, "第0层的事项", "第1999层的事项")
    # However deep it says that it is, it is not indented without end.
    assert len(lines[-1]) < 50


def test_all_of_it_takes_bounded_time(rebuilt: tuple[RebuildReport, Snapshot, float]) -> None:
    # Six are stopped at the limit, and as many processes started in place of theirs.
    assert rebuilt[2] < 60
