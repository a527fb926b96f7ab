"""Replies kept for questions that are asked again."""

from langchain_core.messages import HumanMessage

from qa.generation.cache import ReplyCache
from qa.generation.writer import Writer
from tests.scripted_model import ScriptedModel

FINE = "港务局查处违规作业罚款多少"
MESSAGES = [HumanMessage("资料与问题")]


def test_a_reply_belongs_to_its_question_snapshot_model_and_messages(tmp_path):
    cache = ReplyCache(tmp_path)
    assert cache.get("问", "s1", "m", MESSAGES) is None
    cache.put("问", "s1", "m", MESSAGES, "答[1]。")
    assert cache.get("问", "s1", "m", MESSAGES) == "答[1]。"
    assert cache.get("另问", "s1", "m", MESSAGES) is None
    assert cache.get("问", "s2", "m", MESSAGES) is None
    assert cache.get("问", "s1", "n", MESSAGES) is None
    assert cache.get("问", "s1", "m", [HumanMessage("别的资料")]) is None


def test_replies_on_an_older_snapshot_are_forgotten(tmp_path):
    cache = ReplyCache(tmp_path)
    cache.put("问", "s1", "m", MESSAGES, "旧答")
    cache.put("问", "s2", "m", MESSAGES, "新答")
    assert cache.get("问", "s1", "m", MESSAGES) is None
    assert cache.get("问", "s2", "m", MESSAGES) == "新答"


def test_a_damaged_file_or_a_missing_folder_costs_nothing(tmp_path):
    (tmp_path / "replies.sqlite").write_bytes(b"no database at all, but long enough to be read as one" * 20)
    for cache in (ReplyCache(tmp_path), ReplyCache(tmp_path / "missing")):
        cache.put("问", "s1", "m", MESSAGES, "答")
        assert cache.get("问", "s1", "m", MESSAGES) is None


def test_the_second_asking_costs_no_token_and_gets_the_same_answer(written, tmp_path, monkeypatch):
    model = ScriptedModel("港务局全年罚款12.6万元[1]。")
    monkeypatch.setattr(written, "_writer", Writer(model, ReplyCache(tmp_path)))
    first, second = written.ask(FINE), written.ask(FINE)
    assert (first.text, first.mode) == ("港务局全年罚款12.6万元。[1][2]", "generated")
    assert second.text == first.text
    assert len(model.sent) == 1


def test_nothing_is_kept_unless_asked_for(written, monkeypatch):
    model = ScriptedModel("港务局全年罚款12.6万元[1]。", "港务局全年罚款12.6万元[1]。")
    monkeypatch.setattr(written, "_writer", Writer(model))
    written.ask(FINE)
    written.ask(FINE)
    assert len(model.sent) == 2
