"""A document of one kind -> the same of another, by LibreOffice where it is installed; no macro of it is run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from embeddings.page.unreadable import UnreadableError

_COMMANDS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    str(Path(os.environ.get("PROGRAMFILES", "C:/Program Files"), "LibreOffice", "program", "soffice.com")),
)
"""Where installers for Linux, macOS and Windows put it."""
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
_SECONDS = 180.0
"""By the clock: a long document takes 20, the first start of a busy machine as many."""
_MEMORY = 2 * 1024**3
"""Bytes resident in all its processes."""
_EVERY = 0.2
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    # Never: the program for texts counts otherwise than the one for tables.
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
)
"""What its profile says: no macro, nothing active, nothing fetched. LibreOffice passes over what a version lacks."""


def find_libreoffice() -> str | None:
    """The command that starts LibreOffice; None where it is not installed."""
    return next(filter(None, map(shutil.which, _COMMANDS)), None)


def converted(data: bytes, suffix: str, target: str, command: str) -> bytes:
    """The document as LibreOffice saves it with the extension `target`; `suffix` says what it is taken for.

    It runs in a folder and with a profile of its own, which go with it.

    Raises:
        UnreadableError: LibreOffice could not open it, or took too long or too much memory.
    """
    with tempfile.TemporaryDirectory(prefix="suyuan-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source, saved = home / f"document{suffix}", home / "saved" / f"document{target}"
        source.write_bytes(data)
        _write_profile(home / "profile")
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        form = target.removeprefix(".")
        arguments = [command, profile, *_OPTIONS, "--convert-to", form, "--outdir", str(saved.parent), str(source)]
        with _running(arguments, _environment(home)) as process:
            _wait(process)
        try:
            return saved.read_bytes()
        except OSError as error:
            raise UnreadableError(
                f"LibreOffice 打不开它，可能已损坏或有密码；请用 WPS 或 Office 打开，另存为 {target}。"
            ) from error


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    file = profile / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _environment(home: Path) -> dict[str, str]:
    """What it sees of ours: nothing that would have it show a window, or leave a trace elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "SAL_USE_VCLPLUGIN": "svp"}


@contextmanager
def _running(arguments: list[str], environment: Mapping[str, str]) -> Iterator[psutil.Popen]:
    """The program while it runs, ended with all that it started."""
    nowhere = subprocess.DEVNULL
    try:
        process = psutil.Popen(
            arguments, env=environment, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
    except OSError as error:
        raise UnreadableError(f"LibreOffice 启动不了（{error.strerror}）；请重新安装。") from error
    try:
        yield process
    finally:
        _end(process)


def _end(process: psutil.Popen) -> None:
    # What it starts does not end with it, and is no child of it any more where it has ended by itself.
    with suppress(psutil.Error):
        for each in _with_children(process):
            with suppress(psutil.Error):
                each.kill()
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _with_children(process: psutil.Popen) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _wait(process: psutil.Popen) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        with suppress(psutil.TimeoutExpired, subprocess.TimeoutExpired):
            process.wait(_EVERY)
            return
        if _memory(process) > _MEMORY:
            raise UnreadableError("LibreOffice 打开它时占用内存太多，没有读；文件可能有问题。")
    raise UnreadableError(f"LibreOffice 打开它超过 {_SECONDS:g} 秒，没有读；文件可能有问题。")


def _memory(process: psutil.Popen) -> int:
    total = 0
    with suppress(psutil.Error):
        for each in _with_children(process):
            with suppress(psutil.Error):
                total += each.memory_info().rss
    return total
