"""The owner's page: what it is started with, and what it shows of the folder, the questions and the feedback."""

from __future__ import annotations

import csv
import io
import os
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import qa
from embeddings.encoding.encoder import Encoder
from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.snapshot import live_id, read_manifest
from qa.records.feedback import Feedback, read_feedback, record_feedback
from qa.types import TENTATIVE
from tests.container_files import mail, zipped
from tests.written_articles import write_articles
from ui import cli
from ui.folder.catalogue import FilesPage, built_indexes, files_page
from ui.folder.files import list_removed
from ui.folder.rebuilding import rebuild_command
from ui.manage import Owner, OwnerError, read_owner, render, render_voices, warning_about
from ui.manage.articles_part import acted, add_all
from ui.manage.export import feedback_csv, unanswered_csv
from ui.manage.index_part import rolled_back, shown_indexes
from ui.manage.questions import refused_questions

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def owner(one_model: Encoder, tmp_path: Path) -> Owner:
    rebuild(write_articles(tmp_path / "articles"), tmp_path / "index")
    return Owner(tmp_path / "index", tmp_path / "articles", "a password")


def states(page: FilesPage) -> dict[str, tuple[str, str]]:
    return {row.file.path: (row.title, row.state) for row in page.rows}


@pytest.mark.parametrize("password", [None, "", "1234567"])
def test_without_a_password_the_command_says_so_and_ends(
    owner: Owner, password: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SUYUAN_PASSWORD", raising=False)
    if password is not None:
        monkeypatch.setenv("SUYUAN_PASSWORD", password)
    assert cli.main(["chat", "--manage", "--index", str(owner.index)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "SUYUAN_PASSWORD" in said.err
    assert "at least 8 characters" in said.err


def test_the_command_serves_the_page_to_its_owner_and_warns_where_others_listen(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: list[Owner | None] = []
    monkeypatch.setattr("ui.web.app.serve", lambda *_, owner, **__: served.append(owner))
    monkeypatch.setenv("SUYUAN_PASSWORD", "a password")
    assert cli.main(["chat", "--manage", "--host", "0.0.0.0", "--index", str(owner.index)]) == 0  # noqa: S104
    assert "没有加密" in (warned := capsys.readouterr().err)
    assert "a password" not in warned
    assert cli.main(["chat", "--index", str(owner.index)]) == 0
    assert capsys.readouterr().err == ""
    assert served == [owner, None]


def test_the_owner_is_the_indexs_own_folder_and_the_password_leaves_the_environment(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUYUAN_PASSWORD", "a password")
    found = read_owner(owner.index)
    assert found == owner
    assert "SUYUAN_PASSWORD" not in os.environ
    assert "a password" not in repr(found)


def test_a_folder_that_moved_has_to_be_named(owner: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = owner.folder.rename(tmp_path / "moved")
    monkeypatch.setenv("SUYUAN_PASSWORD", "a password")
    with pytest.raises(OwnerError, match="--articles"):
        read_owner(owner.index)
    monkeypatch.setenv("SUYUAN_PASSWORD", "a password")
    assert read_owner(owner.index, moved).folder == moved


@pytest.mark.parametrize(
    ("host", "is_warned"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("suyuan.example", True)],  # noqa: S104
)
def test_who_serves_the_page_to_others_is_told_that_they_can_listen(host: str, is_warned: bool) -> None:
    assert ("没有加密" in warning_about(host)) is is_warned


def test_the_list_says_which_file_is_in_the_index(owner: Owner) -> None:
    assert states(files_page(owner)) == {
        "harbour.md": ("港城：数字工作法与四个小组", "indexed"),
        "sub/library.txt": ("岛上的图书馆：五个专区和一辆车", "indexed"),
        "valley.md": ("山谷县怎样种树", "indexed"),
    }
    os.utime(owner.folder / "valley.md", (time.time() + 60, time.time() + 60))
    (owner.folder / "new.txt").write_text("新", encoding="utf-8")
    (owner.folder / "harbour.md").unlink()
    page = files_page(owner)
    assert states(page) == {
        "new.txt": ("", "outside"),
        "sub/library.txt": ("岛上的图书馆：五个专区和一辆车", "indexed"),
        "valley.md": ("山谷县怎样种树", "changed"),
    }
    assert (page.waiting, page.gone) == (2, 1)


def test_the_list_is_searched_by_path_and_title_and_turned_in_pages(owner: Owner) -> None:
    for number in range(120):
        (owner.folder / f"{number:03}.txt").write_text("文", encoding="utf-8")
    assert list(states(files_page(owner, "图书馆 SUB"))) == ["sub/library.txt"]
    last = files_page(owner, "txt", 99)
    assert (last.matching, last.pages, last.number) == (121, 3, 2)
    assert [row.file.path for row in last.rows][:2] == ["100.txt", "101.txt"]
    html = render.files(last)
    assert 'data-page="1">' in html
    assert 'data-page="3" disabled>' in html
    assert "没有这样的文件" in render.files(files_page(owner, "nothing of the kind"))


def test_archives_and_mails_say_what_they_hold(owner: Owner) -> None:
    texts = {f"河段/{n}.txt": f"第{n}号河段的巡查\n第{n}号河段全年巡河{n}次，问题{n}个，全部改好。" for n in (3, 5)}
    (owner.folder / "资料.zip").write_bytes(zipped(texts))
    attached = {"6.txt": "第6号河段的护岸\n第6号河段护岸种树6棵，成活6棵，护岸6米。".encode()}
    (owner.folder / "信.eml").write_bytes(mail("江城的河", "江城的水清了，岸绿了。", attached=attached).as_bytes())
    (owner.folder / "空.zip").write_bytes(zipped({"图.gif": b"x"}))
    rebuild(owner.folder, owner.index)
    page = files_page(owner)
    rows = {row.file.path: (row.title, row.inside, row.state) for row in page.rows}
    assert rows["资料.zip"] == ("", ("第3号河段的巡查", "第5号河段的巡查"), "indexed")
    assert rows["信.eml"] == ("江城的河", ("第6号河段的护岸",), "indexed")
    assert rows["空.zip"] == ("", (), "outside")
    assert (page.waiting, page.gone) == (1, 0)
    assert list(states(files_page(owner, "第5号河段"))) == ["资料.zip"]
    assert "内有 2 篇" in render.files(page)
    (owner.folder / "资料.zip").unlink()
    assert files_page(owner).gone == 1


def test_files_are_dropped_removed_and_restored_and_each_is_said(owner: Owner, tmp_path: Path) -> None:
    def dropped(name: str, content: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return str(tmp_path / name)

    said = add_all(owner, [dropped("湖.txt", "一"), dropped("run.sh", "rm"), dropped("<b>.md", "二")])
    assert "湖.txt：已放入" in said
    assert "“run.sh”：不收这种文件" in said
    assert "_b_.md：已放入" in said
    assert not (tmp_path / "湖.txt").exists()
    assert not (tmp_path / "run.sh").exists()

    assert "湖.txt：已移走" in acted(owner, event(act="remove", file="湖.txt"))
    assert "没有可以移走的" in acted(owner, event(act="remove", file="../湖.txt"))
    removed = render.removed(entries := list_removed(owner.folder))
    assert 'data-path="湖.txt"' in removed
    assert "湖.txt：已恢复" in acted(owner, event(act="restore", file="湖.txt", at=entries[0].at))
    assert acted(owner, event(act="page", page=1)) == ""
    assert acted(owner, event()) == ""


def event(**said: object) -> Any:
    return cast(Any, SimpleNamespace(**said))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_hostile_name_in_the_folder_is_shown_as_text(owner: Owner) -> None:
    (owner.folder / f'{HOSTILE[:20]}" onclick="x.txt').write_text("文", encoding="utf-8")
    html = render.files(files_page(owner))
    assert "<img" not in html
    assert '" onclick' not in html
    assert "<b>" not in render.plain("<b>\n二")


def test_the_command_rebuilds_with_the_model_that_the_index_has(owner: Owner) -> None:
    command = rebuild_command(owner.index, owner.folder)
    assert command[1:3] == ["-m", "embeddings.rebuild_command"]
    assert command[command.index("--model") + 1] == read_manifest(owner.index, live_id(owner.index)).model
    assert command[-2:] == ["--", str(owner.folder)]


def test_rolling_back_makes_the_previous_index_live_and_is_undone_by_a_second(owner: Owner) -> None:
    assert "没有上一份可退回" in shown_indexes(owner)
    assert 'role="alert"' in rolled_back(owner)
    (owner.folder / "new.txt").write_text("柳湖镇推行湖长制，全镇设湖长12名，每周巡湖两次。", encoding="utf-8")
    first = live_id(owner.index)
    rebuild(owner.folder, owner.index)
    live, previous = built_indexes(owner.index)
    assert previous is not None
    assert (live.articles, previous.articles, previous.id) == (4, 3, first)
    assert "已退回上一份索引" in rolled_back(owner)
    assert live_id(owner.index) == first
    rolled_back(owner)
    assert live_id(owner.index) == live.id


def test_equal_questions_are_counted_together_the_latest_first(owner: Owner) -> None:
    answerer = qa.load(owner.index)
    for question in ("火星上有几座城市？", f"火星上的{HOSTILE}是什么？", "火星上有几座城市？"):
        assert answerer.ask(question).abstained
    questions = refused_questions(owner.index)
    assert [(question.question, question.times) for question in questions] == [
        ("火星上有几座城市？", 2),
        (f"火星上的{HOSTILE}是什么？", 1),
    ]
    nearest = questions[0].nearest[0]
    assert nearest.title in {article.title for article in answerer.articles()}
    assert any(nearest.text.rstrip("…")[:10] in article.text.replace("\n", " ") for article in answerer.articles())
    html = render_voices.refused(questions)
    assert "<img" not in html
    assert '<span class="zh" lang="zh-CN">2 次</span>' in html
    assert "还没有没答上的问题" in render_voices.refused(())


def test_what_people_said_is_exported_and_computes_nothing(owner: Owner) -> None:
    qa.load(owner.index).ask("=HYPERLINK(火星上有几座城市？")
    record_feedback(owner.index, "问", "答", "down", "=1+1", "snapshot")
    asked = rows(unanswered_csv(owner.index))
    assert asked[0][1] == "问题 question"
    assert asked[1][1] == "'=HYPERLINK(火星上有几座城市？"
    told = rows(feedback_csv(owner.index))
    assert [row[3:5] for row in told[1:]] == [["down", "'=1+1"]]


def rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_the_feedback_is_shown_latest_first_and_as_text(owner: Owner) -> None:
    record_feedback(owner.index, "第一问", "答案一", "up", "", "snapshot")
    record_feedback(owner.index, "第二问", HOSTILE, "down", HOSTILE, "snapshot")
    html = render_voices.feedback(read_feedback(owner.index))
    assert html.index("第二问") < html.index("第一问")
    assert "有用 1，没用 1" in html
    assert "<img" not in html
    assert "还没有人评价" in render_voices.feedback(())


def test_feedback_on_an_unsure_answer_shows_that_it_was_unsure() -> None:
    said = Feedback("2026-01-02T03:04:05+00:00", "问", f"{TENTATIVE}\n水清了。[1]", "down", "", "s")
    assert f"<p>【?不确定 unsure】 {TENTATIVE}\n水清了。[1]</p>" in render_voices.feedback([said])
    assert "不确定" not in render_voices.feedback([replace(said, answer="水清了。[1]")])
