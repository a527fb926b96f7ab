"""Thumbs up and down: none is lost, all come out in order, and a spreadsheet that shows them computes nothing."""

import csv
import io
import json
import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

import pytest

from qa.records.feedback import FeedbackError, read_feedback, record_feedback
from qa.types import TENTATIVE
from ui.cli import main


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder that the command takes for an index: it names a live snapshot."""
    (tmp_path / "CURRENT").write_text("20260101T000000Z\n", encoding="utf-8")
    monkeypatch.setenv("SUYUAN_INDEX", str(tmp_path))
    return tmp_path


def test_verdicts_come_back_in_order_with_all_that_was_said(index):
    before = datetime.now(timezone.utc).replace(microsecond=0)
    record_feedback(index, "第一问", "第一答[1]", "up", "", "s1")
    record_feedback(index, "第二问", "第二答\n- 一项", "down", "日期不对", "s2")
    first, second = read_feedback(index)
    assert (first.question, first.answer, first.verdict, first.reason, first.snapshot) == (
        "第一问", "第一答[1]", "up", "", "s1",
    )  # fmt: skip
    assert (second.question, second.answer, second.verdict, second.reason, second.snapshot) == (
        "第二问", "第二答\n- 一项", "down", "日期不对", "s2",
    )  # fmt: skip
    for record in (first, second):
        time = datetime.fromisoformat(record.time)
        assert record.time.endswith("+00:00")
        assert before <= time <= datetime.now(timezone.utc)


def test_nobody_said_anything_yet(index):
    assert read_feedback(index) == ()
    assert not (index / "feedback.sqlite").exists()


def test_what_is_too_long_is_cut_off_and_what_is_odd_is_kept(index):
    record_feedback(index, "问" * 3000, "答", "up", "半个\ud800字\0", "s")
    (record,) = read_feedback(index)
    assert record.question == "问" * 1999 + "…"
    assert record.reason == "半个?字"


def test_a_verdict_is_up_or_down(index):
    with pytest.raises(ValueError, match="up or down"):
        record_feedback(index, "问", "答", "sideways", "", "s")
    assert read_feedback(index) == ()


def test_quotes_and_sql_are_only_text(index):
    nasty = "'); DROP TABLE feedback; --"
    record_feedback(index, nasty, nasty, "down", nasty, nasty)
    record_feedback(index, "问", "答", "up", "", "s")
    assert [record.question for record in read_feedback(index)] == [nasty, "问"]


def _write(index, writer, count):
    for number in range(count):
        record_feedback(index, f"{writer}-{number}", "答", "up", "", "s")


def test_no_verdict_of_many_threads_is_lost(index):
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda writer: _write(index, writer, 5), range(16)))
    found = [record.question for record in read_feedback(index)]
    assert sorted(found) == sorted(f"{writer}-{number}" for writer in range(16) for number in range(5))
    for writer in range(16):
        own = [question for question in found if question.startswith(f"{writer}-")]
        assert own == [f"{writer}-{number}" for number in range(5)]


def test_no_verdict_of_several_processes_is_lost(index):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(index, name, 10)) for name in "甲乙丙"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    found = sorted(record.question for record in read_feedback(index))
    assert found == sorted(f"{name}-{number}" for name in "甲乙丙" for number in range(10))


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(FeedbackError, match="评价没能记下"):
        record_feedback(tmp_path / "none", "问", "答", "up", "", "s")
    assert not (tmp_path / "none").exists()


def test_a_damaged_file_is_named_and_left_alone(index, capsys):
    (index / "feedback.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(FeedbackError, match=r"feedback\.sqlite"):
        read_feedback(index)
    with pytest.raises(FeedbackError):
        record_feedback(index, "问", "答", "up", "", "s")
    assert main(["feedback"]) == 2
    assert "feedback.sqlite" in capsys.readouterr().err
    assert (index / "feedback.sqlite").read_bytes() == b"not a database" * 100


def test_an_empty_file_is_an_empty_list(index):
    sqlite3.connect(index / "feedback.sqlite").close()
    (index / "feedback.sqlite").touch()
    assert read_feedback(index) == ()
    record_feedback(index, "问", "答", "up", "", "s")
    assert [record.question for record in read_feedback(index)] == ["问"]


def test_the_command_lists_verdicts_with_their_reasons(index, capsys):
    record_feedback(index, "谁写的", "张三[1]", "up", "", "s")
    record_feedback(index, "哪一年", "2021年[1]", "down", "应是\n2022年", "s")
    assert main(["feedback"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[27:] for line in lines[:1] + lines[2:3]] == ["👍 有用 up  谁写的", "👎 没用 down  哪一年"]
    assert lines[1] == "    答案 answer: 张三[1]"
    assert lines[3:] == ["    理由 reason: 应是 2022年", "    答案 answer: 2021年[1]"]
    record_feedback(index, "几人", f"{TENTATIVE}\n共27人。[1]", "up", "", "s")
    assert main(["feedback"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"    答案 answer: 【?不确定 unsure】 {TENTATIVE} 共27人。[1]"


def test_the_command_prints_json(index, capsys):
    record_feedback(index, "谁写的", "张三[1]", "up", "", "s")
    assert main(["feedback", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert list(record) == ["time", "question", "answer", "verdict", "reason", "snapshot"]
    assert record["question"] == "谁写的"


HOSTILE = ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("http://x")', "\r=1"]


def test_no_cell_of_the_csv_is_a_formula(index, capsys):
    for text in HOSTILE:
        record_feedback(index, text, text, "down", text, text)
    record_feedback(index, '说"好"，\n换行', "平常的话", "up", "", "s")
    assert main(["feedback", "--csv"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("\ufeff时间 time,")
    rows = list(csv.reader(io.StringIO(printed.removeprefix("\ufeff"), newline="")))
    assert [row[1] for row in rows[1:]] == [*(f"'{text}" for text in HOSTILE), '说"好"，\n换行']
    assert [row[3] for row in rows[1:]] == ["down"] * len(HOSTILE) + ["up"]
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠") and cell]


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_without_an_index_the_command_says_what_to_do(tmp_path, capsys, form):
    assert main(["feedback", "--index", str(tmp_path / "none"), *form]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("suyuan: ")
    assert "rebuild-index" in err
