"""Documents of older programs: made into newer ones by LibreOffice, or named with how to go on."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import docx
import psutil
import pytest

from embeddings.converting import libreoffice
from embeddings.converting.libreoffice import converted, find_libreoffice
from embeddings.packages.compound import ENCRYPTED
from embeddings.page.unreadable import UnreadableError
from embeddings.reading.articles import parse_article
from embeddings.rebuilding.inputs import program_digest
from tests.office_files import saved

DOCUMENTS = Path(__file__).parent / "documents"
OLDER = (DOCUMENTS / "older.doc").read_bytes()
TEXT = "山谷县怎样种树\n山谷县林业站去年种树4200亩，成活率93%，护林员共有27人。"
SAYING = f"""#!{sys.executable}
import json, os, subprocess, sys
from pathlib import Path
home = Path(os.environ["HOME"])
settings = next((home / "profile").rglob("registrymodifications.xcu")).read_text(encoding="utf-8")
source, target = Path(sys.argv[-1]), sys.argv[sys.argv.index("--convert-to") + 1]
Path(os.environ["SEEN"]).write_text(json.dumps([sys.argv[1:], settings, source.read_bytes().decode("latin-1")]))
"""
SAVING = (
    SAYING
    + """
saved = Path(sys.argv[sys.argv.index("--outdir") + 1])
saved.mkdir()
(saved / f"{source.stem}.{target}").write_bytes(Path(os.environ["SAVED"]).read_bytes())
"""
)
HANGING = (
    SAYING
    + """
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
Path(os.environ["SEEN"]).write_text(str(child.pid))
child.wait()
"""
)
posix = pytest.mark.skipif(os.name == "nt", reason="a script is no program there")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called soffice in place of LibreOffice, which does what is written into it."""
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(SAYING, encoding="utf-8")
    program.chmod(0o755)
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    (tmp_path / "saved").write_bytes(saved(document))
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    monkeypatch.setenv("SAVED", str(tmp_path / "saved"))
    return program


@posix
def test_a_document_is_converted_with_a_profile_of_its_own_that_runs_no_macro(office: Path, tmp_path: Path) -> None:
    office.write_text(SAVING, encoding="utf-8")
    # Files of WPS are those of Word by another name.
    assert parse_article(OLDER, ".wps").text == TEXT
    arguments, settings, content = json.loads((tmp_path / "seen").read_text())
    assert content.encode("latin-1") == OLDER
    profile, headless = arguments[:2]
    assert (profile.startswith("-env:UserInstallation=file:///"), headless) == (True, "--headless")
    assert arguments[arguments.index("--convert-to") + 1] == "docx"
    assert arguments[-1].endswith("document.doc")
    assert '"MacroSecurityLevel" oor:op="fuse"><value>3</value>' in settings
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true</value>' in settings
    # Nothing of it is left.
    assert not Path(arguments[-1]).parent.exists()


@posix
def test_what_libreoffice_can_not_open_is_named(office: Path) -> None:
    with pytest.raises(UnreadableError, match=r"LibreOffice 打不开它.*\.docx"):
        parse_article(OLDER, ".doc")


@posix
def test_libreoffice_is_ended_with_all_that_it_started(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write_text(HANGING, encoding="utf-8")
    monkeypatch.setattr(libreoffice, "_SECONDS", 3.0)
    with pytest.raises(UnreadableError, match="超过 3 秒"):
        parse_article(OLDER, ".doc")
    child = int((tmp_path / "seen").read_text())
    deadline = time.monotonic() + 10
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@posix
def test_libreoffice_is_ended_where_it_takes_too_much_memory(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.write_text(HANGING, encoding="utf-8")
    monkeypatch.setattr(libreoffice, "_MEMORY", 1000)
    with pytest.raises(UnreadableError, match="内存太多"):
        parse_article(OLDER, ".doc")


@pytest.mark.parametrize(
    ("suffix", "target"),
    [(".doc", ".docx"), (".wps", ".docx"), (".ods", ".xlsx"), (".ppt", ".pptx"), (".dps", ".pptx")],
)
def test_without_libreoffice_it_is_named_with_how_to_go_on(
    suffix: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.formats.older.find_libreoffice", lambda: None)
    with pytest.raises(UnreadableError) as refused:
        parse_article(OLDER, suffix)
    said = f"读不了 {suffix}：装上 LibreOffice 后重建即可；或用 WPS、Office 打开，另存为 {target}。"
    assert str(refused.value) == said


def test_what_only_has_an_older_name_needs_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.formats.older.find_libreoffice", lambda: None)
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    page = f"\ufeff\r\n<html><meta charset='utf-8'><body>{paragraphs}</body></html>"
    for suffix, data in ((".doc", saved(document)), (".wps", saved(document)), (".doc", page.encode())):
        assert parse_article(data, suffix).text == TEXT
    for name, suffix in (("rules.rtf", ".doc"), ("ledger.xls", ".et"), ("deck.pptx", ".dps")):
        data = (DOCUMENTS / name).read_bytes()
        assert parse_article(data, suffix).text == parse_article(data, Path(name).suffix).text
    with pytest.raises(UnreadableError, match=ENCRYPTED):
        parse_article((DOCUMENTS / "secret.xlsx").read_bytes(), ".doc")


def test_once_libreoffice_is_there_all_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = set[str]()
    for there in (None, "/usr/bin/soffice", "/opt/soffice"):
        monkeypatch.setattr("embeddings.rebuilding.inputs.find_libreoffice", lambda there=there: there)
        digests.add(program_digest())
    assert len(digests) == 2


@pytest.mark.skipif(find_libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_itself() -> None:
    assert parse_article(OLDER, ".doc").text.split("\n") == [
        "江城治水的五年实践",
        "这几年，江城的水清了，岸绿了，人也多了起来。",
        "河段\t长度",
        "东河\t12公里",
        "后面还有一段话，说的是护岸。",
    ]


def test_a_program_that_can_not_be_started_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="启动不了"):
        converted(OLDER, ".doc", ".docx", str(tmp_path / "none"))
