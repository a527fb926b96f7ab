"""Starts llama.cpp in a process of ours and ends it with us: no server to set up, nothing left behind."""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import queue
import secrets
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import IO

from qa.llm.model import GenerationError
from qa.local_llm.machine import free_memory
from qa.local_llm.needs import LONGEST_REPLY, Needs

_PROGRAM = Path(__file__).with_name("serve.py")
_START_SECONDS = 300.0
"""A large file on a slow disk."""
_STOP_SECONDS = 10.0
_QUOTED = 300
_lock = threading.Lock()
_servers: dict[tuple[int, Path, int], LocalServer] = {}
"""By process, file and context: a forked child has the dictionary, but does not own the servers."""


class LocalServer:
    """One model behind a port of this machine; may be used from several threads."""

    def __init__(self, needs: Needs) -> None:
        """Nothing is started yet."""
        self._needs = needs
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        # Others who work on this machine, and pages in its browsers, reach the port too.
        self.key = secrets.token_urlsafe(24)

    @property
    def needs(self) -> Needs:
        """What it takes."""
        return self._needs

    @property
    def base_url(self) -> str:
        """Where it speaks OpenAI's protocol, once it runs."""
        return f"http://127.0.0.1:{self._port}/v1"

    def ensure_running(self) -> None:
        """Start it where it does not run, or no more; returns when it can be asked, at the address it had before.

        Raises:
            GenerationError: the memory does not suffice, or it does not start.
        """
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            self._end()
            # What was free may be taken by now.
            replace(self._needs, free=free_memory()).check()
            self._start()

    def stop(self) -> None:
        """End it, if it runs."""
        with self._lock:
            self._end()

    def _start(self) -> None:
        # Waiting threads that spin take the processor from those that compute: an order of magnitude on a busy machine.
        environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
        asked = {
            "model": str(self._needs.path),
            "port": self._port,
            "key": self.key,
            "context": self._needs.context,
            "longest_reply": LONGEST_REPLY,
            "cores": self._needs.cores,
        }
        with tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(  # noqa: S603 (a program of ours)
                [sys.executable, str(_PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
                # Ctrl-C is for us, who end it when we end.
                start_new_session=True,
            )
            stdin, stdout = self._process.stdin, self._process.stdout
            assert stdin is not None and stdout is not None  # noqa: S101
            try:
                stdin.write(json.dumps(asked).encode() + b"\n")
                stdin.flush()
                said = _line(stdout, _START_SECONDS)
            except OSError:
                said = b""
            except BaseException:
                self._end()
                raise
            if not said.strip().isdigit():
                self._end()
                raise self._not_started(errors)
        self._port = int(said)

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait(_STOP_SECONDS)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None

    def _not_started(self, errors: IO[bytes]) -> GenerationError:
        errors.seek(0)
        lines = [" ".join(line.split()) for line in errors.read().decode("utf-8", "replace").splitlines()]
        why = next((line for line in reversed(lines) if line), "")[:_QUOTED]
        return GenerationError(
            f"本机语言模型 {self._needs.path.name} 没能启动{f'：{why}' if why else ''}；文件可能已损坏，"
            "或 llama.cpp 还不认识这种模型"
            " / The local model did not start: its file may be damaged, or of a kind that llama.cpp does not know"
        )


def server_of(needs: Needs) -> LocalServer:
    """The server of this process for the model, started where it does not run.

    Raises:
        GenerationError: the extra is not installed, the memory does not suffice, or it does not start.
    """
    check_installed()
    with _lock:
        key = (os.getpid(), needs.path, needs.context)
        server = _servers.get(key) or LocalServer(needs)
        _servers[key] = server
    server.ensure_running()
    return server


def check_installed() -> None:
    """Raise GenerationError where what runs models is not installed."""
    if any(importlib.util.find_spec(package) is None for package in ("xllamacpp", "langchain_openai")):
        raise GenerationError(
            '在本机运行语言模型需要另装：pip install "suyuan[local]" / A local model needs the extra local, as above'
        )


@atexit.register
def _stop_all() -> None:
    for (process, _, _), server in list(_servers.items()):
        if process == os.getpid():
            server.stop()


def _line(stream: IO[bytes], seconds: float) -> bytes:
    """The first line of a stream; nothing where it ends, or says nothing for so long."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=lambda: lines.put(stream.readline()), daemon=True).start()
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        return b""
