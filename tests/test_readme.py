"""The README's Python examples run, one after the other, as a reader would type them."""

import re

import pytest

from embeddings.rebuilding.rebuild import rebuild
from qa.providers.providers import BASE_URL
from tests.conftest import REPOSITORY
from tests.llm.fault_proxy import FaultProxy
from tests.llm.faults import reply

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_NEEDS_A_PAGE = "gradio_client"
SAID = "泰安市生态环境局推行了一套办法，叫“12345”工作法[1]。"


def examples(name):
    blocks = _BLOCK.findall((REPOSITORY / name).read_text(encoding="utf-8"))
    return [block for block in blocks if _NEEDS_A_PAGE not in block]


@pytest.fixture(scope="module")
def home(one_model, tmp_path_factory):
    """A folder with the sample corpus indexed in ./index."""
    folder = tmp_path_factory.mktemp("readme")
    rebuild(REPOSITORY / "corpus", folder / "index")
    return folder


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_every_example_runs(name, home, monkeypatch, capsys):
    monkeypatch.chdir(home)
    blocks = examples(name)
    assert len(blocks) == 5
    with FaultProxy() as server:
        server.plan(reply(SAID))
        monkeypatch.setenv(BASE_URL, server.base_url)
        names = {}
        for block in blocks:
            exec(compile(block, name, "exec"), names)  # noqa: S102
    printed = capsys.readouterr().out
    assert "五个数字串起一年工作：泰安“12345”工作法 24 64" in printed
    assert "“12345”工作法" in printed
    assert "- 生态环保大讲堂" in printed
    assert "出处 Sources:" in printed
