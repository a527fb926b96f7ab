"""The whole path with a small real model in a process of ours."""

import re
from pathlib import Path

import pytest

from qa.generation.writer import Writer
from qa.llm.model import Limits
from qa.providers.providers import language_model
from tests.llm.local_model import NoModelError, model_file

pytestmark = pytest.mark.llm
pytest.importorskip("xllamacpp", reason="the extra local is not installed")
SHORT = Limits(seconds=240, silence=200, prompt_tokens=1100, at_once=1)
"""Few passages, so that a small machine reads them in time."""


def test_a_fact_is_answered_within_the_memory_that_was_stated(written, monkeypatch):
    try:
        file = model_file()
    except NoModelError as error:
        pytest.skip(str(error))
    model = language_model(f"local:{file}", SHORT, {})
    try:
        monkeypatch.setattr(written, "_writer", Writer(model))
        monkeypatch.setattr(written, "_log_unanswered", False)
        *growing, answer = written.stream("港务局查处违规作业罚款多少")
        assert growing
        assert not answer.note
        assert answer.mode == "generated"
        assert "12.6万元" in answer.text
        assert "罚款12.6万元" in "".join(citation.quote for citation in answer.citations)
        status = Path(f"/proc/{model.server._process.pid}/status")
        if status.exists():
            most = int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) * 1024
            assert 0.7 * model.server.needs.memory < most < model.server.needs.memory
    finally:
        model.server.stop()
