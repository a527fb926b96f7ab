"""kill -9 at any moment of a rebuild, while somebody asks: the old or the new index answers, and nothing is lost."""

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

from embeddings.snapshot.snapshot import open_live
from qa.answerer import Answerer
from tests.conftest import REPOSITORY
from tests.fakes import CountingEncoder
from tests.found import LookedUp

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="rebuilds are forked, so that 50 take seconds")

KILLS = 50
QUESTION = "清水河段全年巡河多少次"
# Imported once; then each line asks for a rebuild in a process of its own, whose number is told before it begins.
_REBUILDS = """
import os, sys
from pathlib import Path
import embeddings.rebuilding.rebuild
from embeddings.folding import fold
from tests.fakes import CountingEncoder

fold("一")  # loads its tables

embeddings.rebuilding.rebuild.encoder_apart = lambda model: CountingEncoder("水气土声")
for _ in sys.stdin:
    process = os.fork()
    if process == 0:
        embeddings.rebuilding.rebuild.rebuild(Path(sys.argv[1]), Path(sys.argv[2]))
        os._exit(0)
    print(process, flush=True)
    print(os.waitpid(process, 0)[1], flush=True)
"""


class Rebuilds:
    """Rebuilds of one index, each of which can be killed."""

    def __init__(self, folder, index):
        command = [sys.executable, "-c", _REBUILDS, str(folder), str(index)]
        self._process = subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def run(self, killed_after=None):
        """Rebuild, or kill the rebuild after so many seconds; whether it came to its end."""
        self._process.stdin.write("\n")
        number = int(self._process.stdout.readline())
        if killed_after is not None:
            time.sleep(killed_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        status = int(self._process.stdout.readline())
        assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
        return not os.WIFSIGNALED(status)

    def close(self):
        self._process.communicate(timeout=30)


class Reader(threading.Thread):
    """Asks one question again and again, and keeps what it is told."""

    def __init__(self, index):
        super().__init__()
        self._answerer = Answerer(index, log_unanswered=False, reader=lambda: LookedUp(**{"全年巡河": 5.0}))
        self._enough = threading.Event()
        self.told = []
        self.problems = []

    def run(self):
        # A pause after each: without one the thread that kills hardly comes to run.
        while not self._enough.wait(0.01):
            try:
                answer = self._answerer.ask(QUESTION)
            except Exception as error:  # noqa: BLE001 (whatever it is, it is a problem)
                self.problems.append(repr(error))
            else:
                self.told.append(version(answer.text))
                if answer.note:
                    self.problems.append(answer.note)

    def end(self):
        self._enough.set()
        self.join(60)


def version(text):
    """How many times the river was walked along, which each version of the article says differently."""
    return int(re.search(r"巡河(\d+)次", text).group(1))


def write_version(folder, number):
    text = f"清水河段的一年\n清水河段全年巡河{number}次，发现问题{number * 3}个，全部改好。\n两岸种树{number * 7}棵。"
    (folder / "river.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(30):
        text = (
            f"第{number}号水库的管理\n第{number}号水库有{number * 11}名护库员，轮流看护。\n水质每月检测{number + 1}次。"
        )
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    write_version(folder, 100)
    return folder


def test_fifty_kills_while_somebody_asks(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("qa.answerer.load_encoder", lambda model=None: CountingEncoder("水气土声"))
    moments = random.Random(20)
    index = tmp_path / "index"
    rebuilds = Rebuilds(folder, index)
    assert rebuilds.run()
    reader = Reader(index)
    reader.start()
    write_version(folder, 101)
    began = time.monotonic()
    assert rebuilds.run()
    whole = time.monotonic() - began
    live, killed = 101, 0
    try:
        for number in range(102, 1000):
            write_version(folder, number)
            ended = rebuilds.run(killed_after=moments.uniform(0, 1.2 * whole))
            killed += not ended
            snapshot = open_live(index)
            now = version(snapshot.corpus.article("river").text)
            # One that was killed behind its last step has done all the same.
            assert snapshot.notice == ""
            assert now == number if ended else now in (live, number)
            assert snapshot.corpus.count()[0] == 31
            live = now
            if killed == KILLS:
                break
    finally:
        reader.end()
    assert killed == KILLS
    assert reader.problems == []
    # Never an older one after a newer one, and never one that was not live.
    assert reader.told == sorted(reader.told)
    assert len(set(reader.told)) > 3
    write_version(folder, 2000)
    assert rebuilds.run()
    rebuilds.close()
    assert version(open_live(index).corpus.article("river").text) == 2000
    assert len(list((index / "snapshots").iterdir())) == 2
