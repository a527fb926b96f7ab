"""README and docs hold together: links, both languages, the tree of folders, names of commands, options and modules."""

import importlib.util
import re
from itertools import combinations

import pytest
from importlinter.api import read_configuration

from embeddings.rebuild_command import main as rebuild_index
from tests.conftest import REPOSITORY
from tests.doc_pages import folders, page, pages, tree
from ui.cli import main as suyuan

ALL = {each.name: each for each in pages()}
CHINESE = [each for each in ALL.values() if not each.name.endswith(".en.md")]
TREE_PAGES = ("docs/how-it-works.md", "docs/how-it-works.en.md")
LONGEST_README = 200
LEAST_REPEATED = 60
"""Characters of a line that two pages can't share by chance."""


def tree_of(name):
    return next(block.text for block in ALL[name].blocks() if block.text.startswith("embeddings/"))


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_a_readme_is_read_in_five_minutes(name):
    assert len(ALL[name].text.splitlines()) <= LONGEST_README


@pytest.mark.parametrize("each", ALL.values(), ids=ALL)
def test_every_link_leads_somewhere(each):
    for target in each.links():
        path, _, fragment = target.partition("#")
        file = (each.file.parent / path).resolve() if path else each.file
        assert file.exists(), f"{each.name}: {target}"
        if fragment:
            assert fragment in page(file.relative_to(REPOSITORY).as_posix()).anchors(), f"{each.name}: {target}"


@pytest.mark.parametrize("chinese", CHINESE, ids=lambda each: each.name)
def test_both_languages_say_the_same(chinese):
    english = ALL[chinese.twin]
    assert [level for level, _ in chinese.headings()] == [level for level, _ in english.headings()]
    both = (chinese.blocks(), english.blocks())
    assert [block.language for block in both[0]] == [block.language for block in both[1]]
    # Pictures and trees speak the page's language.
    codes = [[block for block in blocks if block.language != "text"] for blocks in both]
    assert codes[0] == codes[1]
    for one, other in ((chinese, english), (english, chinese)):
        assert other.file.name in one.links(), f"{one.name} does not lead to {other.name}"


@pytest.mark.parametrize("language", ["", ".en"])
def test_every_page_is_reached_from_the_readme(language):
    readme = ALL[f"README{language}.md"].links()
    others = {name for name in ALL if name.endswith(".en.md") == bool(language)} - {f"README{language}.md"}
    assert others <= {target.partition("#")[0] for target in readme}


def test_no_page_repeats_another():
    for one, other in combinations(ALL.values(), 2):
        if other.name == one.twin:
            continue
        shared = _lines(one) & _lines(other)
        assert not shared, f"{one.name} and {other.name}: {shared}"


def _lines(each):
    return {line.strip() for line in each.prose.splitlines() if len(line.strip()) >= LEAST_REPEATED}


@pytest.mark.parametrize("name", TREE_PAGES)
def test_the_tree_is_the_folders(name):
    shown = tree(tree_of(name))
    assert len(shown) == len(set(shown))
    assert set(shown) == folders()


@pytest.mark.parametrize("name", TREE_PAGES)
@pytest.mark.parametrize("package", ["embeddings", "qa", "ui"])
def test_the_tree_has_the_rooms_in_the_order_in_which_they_may_import(name, package):
    layers = _layers(package)
    shown = [folder.split("/") for folder in tree(tree_of(name)) if folder.startswith(f"{package}/")]
    rooms = [path[1] for path in shown if len(path) == 2 and (REPOSITORY / package / path[1] / "__init__.py").exists()]
    assert rooms == sorted(rooms, key=layers.__getitem__)


def _layers(package):
    """The number of the layer, from the top, of each room and file of a package."""
    contracts = read_configuration(str(REPOSITORY / "pyproject.toml"))["contracts_options"]
    layers = next(each["layers"] for each in contracts if each.get("containers") == [package])
    return {room.strip(): number for number, layer in enumerate(layers) for room in re.split("[|:]", layer)}


def test_the_commands_have_the_options_that_are_shown(capsys):
    synopsis = next(block.text for block in ALL["docs/commands.md"].blocks() if "rebuild-index FOLDER" in block.text)
    shown: dict[str, set[str]] = {}
    for usage in re.split(r"\n(?=\S)", synopsis.strip()):
        words = usage.split()
        command = words[0] if words[0] == "rebuild-index" else f"suyuan {words[1]}"
        shown.setdefault(command, set()).update(re.findall(r"--[a-z-]+", usage))
    offered = {"rebuild-index": _options(rebuild_index, [], capsys)}
    commands = re.search(r"^  COMMAND\n((?:    .*\n)+)", _help(suyuan, [], capsys), re.MULTILINE)
    for command in re.findall(r"^    ([a-z-]+)", commands[1], re.MULTILINE):
        offered[f"suyuan {command}"] = _options(suyuan, [command], capsys)
    assert shown == offered


def _help(main, command, capsys):
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    return capsys.readouterr().out


def _options(main, command, capsys):
    usage = _help(main, command, capsys).split("\n\n")[0]
    return set(re.findall(r"--[a-z-]+", usage)) - {"--help"}


@pytest.mark.parametrize("each", ALL.values(), ids=ALL)
def test_modules_make_targets_and_extras_exist(each):
    for module in re.findall(r"python -m ((?:benchmarks|material|training)[\w.]*)", each.text):
        assert importlib.util.find_spec(module), f"{each.name}: {module}"
    targets = re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for target in re.findall(r"`make ([a-z]+)|^make ([a-z]+)", each.text, re.MULTILINE):
        assert "".join(target) in targets, f"{each.name}: {target}"
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    for extra in re.findall(r"suyuan\[(\w+)\]", each.text):
        assert re.search(rf"^{extra} = \[", project, re.MULTILINE), f"{each.name}: {extra}"


def test_files_that_are_named_exist():
    """`qa/keyless.py` and the like, wherever a page names one with its folder."""
    tops = ("embeddings", "qa", "ui", "benchmarks", "material", "training", "tests", "docs")
    for each in ALL.values():
        for name in re.findall(rf"`((?:{'|'.join(tops)})/[\w./-]+\.\w+)`", each.prose):
            assert (REPOSITORY / name).exists(), f"{each.name}: {name}"


def test_the_changelog_begins_with_the_version():
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d[\d.]*)\]", changelog, re.MULTILINE)
    assert f'\nversion = "{released[0]}"\n' in project
