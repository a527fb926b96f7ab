"""A rebuild in a process of its own: followed while it runs, stopped, failed, killed; and what the page says of it."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.errors import LockedError
from embeddings.rebuilding.rebuild import RebuildReport
from embeddings.types import SetAside
from ui.folder.catalogue import BuiltIndex, built_at
from ui.folder.rebuilding import Rebuilder, Rebuilding, progress
from ui.manage import render_index

REPORT = {
    "snapshot": "20260102T030405Z",
    "articles": 2,
    "passages": 10,
    "parsed": 3,
    "embedded": 4,
    "reprints": 1,
    "set_aside": [{"path": "坏<b>.txt", "reason": "文件是空的。"}],
    "seconds": 1.5,
}


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def until(rebuilder: Rebuilder, is_so: Callable[[Rebuilding], bool]) -> Rebuilding:
    deadline = time.monotonic() + 20
    while not is_so(rebuilder.state):
        assert time.monotonic() < deadline, rebuilder.state
        time.sleep(0.01)
    return rebuilder.state


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            '{"stage": "reading", "done": 0, "total": 312, "rate": null, "remaining": null}',
            Rebuilding("reading", 0, 312),
        ),
        (
            '{"stage": "embedding", "done": 5, "total": 10, "rate": 2.5, "remaining": 2.0}',
            Rebuilding("embedding", 5, 10, 2.0),
        ),
        ("rebuild-index: 磁盘已满 [1/2]", None),
        ("Loading weights:  50%|█████     | 5/10 [00:00<00:00, 49.0it/s]", None),
        ('{"stage": "dancing", "done": 5, "total": 10}', None),
        ("", None),
    ],
)
def test_a_line_says_how_far_it_is(line: str, expected: Rebuilding | None) -> None:
    assert progress(line) == expected


def test_a_rebuild_is_followed_to_its_report(tmp_path: Path) -> None:
    go = tmp_path / "go"
    program = f"""
import json, pathlib, sys, time
def wait(step):
    while not pathlib.Path({str(go)!r} + step).exists(): time.sleep(0.01)
def tell(*progress):
    keys = ("stage", "done", "total", "rate", "remaining")
    print(json.dumps(dict(zip(keys, progress))), file=sys.stderr, flush=True)
tell("reading", 2, 2, 9.0, 0.0); wait("1")
tell("lexical", 0, 2, None, None); wait("2")
tell("embedding", 4, 10, 0.05, 120.0); wait("3")
sys.stdout.write({json.dumps(REPORT)!r} + " " * 200_000)
"""
    rebuilder = Rebuilder()
    rebuilder.start(python(program))
    assert until(rebuilder, lambda state: state.done == 2).stage == "reading"
    with pytest.raises(LockedError, match="正在重建"):
        rebuilder.start(python(""))
    (tmp_path / "go1").touch()
    until(rebuilder, lambda state: state.stage == "lexical")
    (tmp_path / "go2").touch()
    embedding = until(rebuilder, lambda state: state.stage == "embedding")
    assert (embedding.done, embedding.total, embedding.is_running) == (4, 10, True)
    assert '<progress aria-label="重建进度" data-label-en="Progress" max="10" value="4">' in render_index.rebuilding(
        embedding
    )
    assert "这一步约还需 2 分 00 秒" in render_index.rebuilding(embedding)
    (tmp_path / "go3").touch()
    ended = until(rebuilder, lambda state: not state.is_running)
    assert (ended.stage, ended.report) == (
        "done",
        RebuildReport("20260102T030405Z", 2, 10, 3, 4, 1, (SetAside("坏<b>.txt", "文件是空的。"),), 1.5),
    )
    html = render_index.rebuilding(ended)
    assert "坏&lt;b&gt;.txt" in html
    assert "文件是空的。" in html
    assert [part.split("<")[0] for part in html.split("<dd>")[1:]] == ["2", "10", "3", "4", "1", "1", "1.5"]
    assert "重建完成" in html


def test_a_rebuild_that_had_nothing_to_do_says_so() -> None:
    report = RebuildReport("20260102T030405Z", 2, 10, 0, 0, 1, (), 0.5, changed=False)
    html = render_index.rebuilding(Rebuilding("done", report=report))
    assert "文章没有变化，索引未动" in html
    assert "重建完成" not in html


def test_a_rebuild_can_be_stopped_and_another_started() -> None:
    rebuilder = Rebuilder()
    rebuilder.stop()
    rebuilder.start(python("import time; time.sleep(60)"))
    started = time.monotonic()
    rebuilder.stop()
    assert time.monotonic() - started < 10
    assert rebuilder.state.stage == "stopped"
    rebuilder.start(python(f"print({json.dumps(REPORT)!r})"))
    assert until(rebuilder, lambda state: not state.is_running).stage == "done"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix's")
def test_one_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.folder.rebuilding._PATIENCE", 0.3)
    rebuilder = Rebuilder()
    deaf = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    deaf += """LINE = '{"stage": "reading", "done": 1, "total": 2}'\n"""
    rebuilder.start(python(deaf + "print(LINE, file=sys.stderr, flush=True); time.sleep(60)"))
    until(rebuilder, lambda state: state.stage == "reading")
    rebuilder.stop()
    assert until(rebuilder, lambda state: not state.is_running).stage == "stopped"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (
            "import sys; sys.stderr.write('rebuild-index: 另一个 <b>正在写\\nwait'); sys.exit(2)",
            "另一个 <b>正在写\nwait",
        ),
        ("import sys; sys.exit(3)", "exit code 3"),
        ("print('{}')", "重建没有给出报告 / the rebuild gave no report"),
    ],
)
def test_a_rebuild_that_fails_says_what_it_said(program: str, said: str) -> None:
    rebuilder = Rebuilder()
    rebuilder.start(python(program))
    ended = until(rebuilder, lambda state: not state.is_running)
    assert (ended.stage, ended.message) == ("failed", said)
    assert "<b>正" not in render_index.rebuilding(ended)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are Unix's")
def test_a_rebuild_that_the_system_kills_takes_only_itself_down() -> None:
    rebuilder = Rebuilder()
    rebuilder.start(python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))
    ended = until(rebuilder, lambda state: not state.is_running)
    assert ended.stage == "failed"
    assert "信号 9" in ended.message


def test_a_command_that_is_not_there_is_a_failure_like_another() -> None:
    rebuilder = Rebuilder()
    rebuilder.start(["/nonexistent/python"])
    assert rebuilder.state.stage == "failed"


def test_the_time_of_an_index_is_read_from_its_id() -> None:
    built = built_at("20260102T030405Z-2")
    assert built is not None
    assert built.isoformat() == "2026-01-02T03:04:05+00:00"
    assert built_at("written") is None
    html = render_index.indexes(BuiltIndex("20260102T030405Z-2", built, 3, 40), BuiltIndex("<i>", None, 1, 2))
    assert '<time datetime="2026-01-02T03:04:05Z">' in html
    assert "&lt;i&gt;" in html
    assert "3 篇，40 段" in html
