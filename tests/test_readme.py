"""README and docs: the commands and examples that they show run, as a reader would type them, page after page."""

import io
import os
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from benchmarks.page.serving import served
from embeddings.rebuild_command import main as rebuild_index
from qa.providers.providers import BASE_URL
from tests.conftest import REPOSITORY
from tests.doc_pages import Block, page, pages
from tests.llm.fault_proxy import FaultProxy
from tests.llm.faults import reply
from ui.cli import main as suyuan

SAID = "泰安市生态环境局推行了一套办法，叫“12345”工作法[1]。"
COMMANDS = {"suyuan": suyuan, "rebuild-index": rebuild_index}
PAGE = "http://127.0.0.1:7860"
NEEDS = re.compile(r"(?:, | and |a |minutes|GPU|Windows|network)+")
README = "README.md"
SHOWN = [each.name for each in pages() if not each.name.endswith(".en.md") and "language-models" not in each.name]


@pytest.fixture(scope="module")
def home(one_model, tmp_path_factory):
    """A folder with the sample corpus and an empty file in articles/, where the pages' commands are typed."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(REPOSITORY / "corpus", folder / "articles")
    (folder / "articles" / "空.txt").touch()
    (folder / "benchmarks").symlink_to(REPOSITORY / "benchmarks")
    return folder


@pytest.fixture(autouse=True)
def at_home(home, monkeypatch):
    """Where the commands are typed; a language model is at hand, and whoever serves a page is not kept waiting."""
    monkeypatch.chdir(home)
    for name in [name for name in os.environ if name.startswith("SUYUAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("ui.web.app.serve", lambda answerer, *_, **__: answerer.articles()[0])
    with FaultProxy() as server:
        server.plan(reply(SAID))
        monkeypatch.setenv(BASE_URL, server.base_url)
        yield


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_page_shows_runs(name, home):
    run(name, home)


def test_the_language_model_of_the_examples_words_the_answer(home):
    answer = run("docs/language-models.md", home)["answer"]
    assert answer.mode == "generated"
    assert "“12345”工作法" in answer.text


def run(name, home):
    """Run what a page shows; returns what its examples have named."""
    if name == README:
        shutil.rmtree(home / "index", ignore_errors=True)
    elif not (home / "index").is_dir():
        assert typed("rebuild-index articles")[0] == 0
    blocks = page(name).blocks()
    # The index that the README builds last is the one that the examples before it ask.
    blocks.sort(key=lambda block: not block.text.startswith("$ rebuild-index"))
    names: dict = {}
    for block, behind in zip(blocks, [*blocks, None][1:], strict=True):
        if block.excuse:
            assert NEEDS.fullmatch(block.excuse), block.excuse
        elif block.language == "sh":
            for command in block.text.splitlines():
                code, said = typed(command)
                assert code == 0, f"{command}: {said}"
        elif block.language == "console":
            run_console(block.text)
        elif block.language == "python":
            run_python(block.text, names, behind)
        else:
            assert block.language in ("", "text", "json"), f"{name}: a block of {block.language} that is not run"
    return names


def run_console(text):
    for command, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
        if command.startswith("cat "):
            Path(command.removeprefix("cat ")).write_text(shown, encoding="utf-8")
            continue
        code, said = typed(command)
        assert code == 0, f"{command}: {said}"
        assert_shown(shown, said)


def run_python(text, names, behind: Block | None):
    """Run an example in what the examples before it have named; the block behind it may say what it prints."""
    if PAGE in text:
        with served(names["answerer"]) as address:
            exec(compile(text.replace(PAGE, address), "docs", "exec"), names)  # noqa: S102
        return
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(text, "docs", "exec"), names)  # noqa: S102
    if behind is not None and not behind.language:
        assert_shown(behind.text, printed.getvalue())


def typed(line):
    """What one line of a shell, of variables and one command of ours, returns and prints."""
    words, said = shlex.split(line), io.StringIO()
    with pytest.MonkeyPatch.context() as shell, redirect_stdout(said), redirect_stderr(said):
        while "=" in words[0]:
            variable, value = words.pop(0).split("=", 1)
            shell.setenv(variable, value.replace("…", "0000"))
        code = COMMANDS[words[0]](words[1:])
    return code, said.getvalue()


def assert_shown(shown, said):
    """What was printed is what the page shows, whatever stands for … there and however its lines are broken."""
    parts = ["".join(part.split()) for part in shown.split("…")]
    pattern = ".*?".join(map(re.escape, parts))
    assert re.fullmatch(pattern, "".join(said.split()), re.DOTALL), f"shown:\n{shown}\nprinted:\n{said}"
