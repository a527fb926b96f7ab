"""Fetches a file whose hash is known: on from where it was cut off, and given its name only when it is right."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import httpx
from filelock import FileLock, Timeout

from embeddings.addresses import is_this_machine
from qa.llm.model import GenerationError
from qa.local_llm.hubs import Source
from qa.local_llm.model_file import gigabytes, is_fetched, place_of
from qa.local_llm.pinned import PinnedModel

Tell = Callable[[int, int], None]
"""Is told how many bytes of how many there are."""

_BLOCK = 1 << 20
_CONNECT, _SILENCE = 10.0, 60.0
"""Seconds for a connection, and between two pieces."""
_TRIES = 5
"""Requests in a row that bring nothing, after which it is given up."""
_PAUSE = 1.0
"""Seconds before the second of them; doubled before each later one."""
_SPARE = 200_000_000
"""Bytes of the disk that are left to others."""
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


def fetch(model: PinnedModel, source: Source, tell: Tell, pause: float = _PAUSE) -> Path:
    """Fetch the pinned model from there into the user's cache, where it is not; returns its path.

    What an earlier call left half done is gone on with, from whichever hub that came.

    Raises:
        GenerationError: the hub can't be reached or does not have the file, what it sent is not the model, the disk is
            full or can't be written, or another process is fetching it. Says what to do.
    """
    place = place_of(model)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{place}.lock", timeout=0):
            if not is_fetched(model):
                part = place.with_name(f"{place.name}.part")
                _download(model, source, part, tell, pause)
                _check(model, source, part)
                part.replace(place)
    except Timeout:
        raise GenerationError(
            "另一个进程正在下载这个模型：请等它完成 / Another process is fetching this model: wait for it"
        ) from None
    except OSError as error:
        why = error.strerror or error
        raise GenerationError(
            f"模型写不到 {place.parent}（{why}）：请腾出空间，或用环境变量 XDG_CACHE_HOME 指定另一个文件夹"
            f" / The model can't be written there ({why}): free space, or set XDG_CACHE_HOME"
        ) from error
    return place


def _download(model: PinnedModel, source: Source, part: Path, tell: Tell, pause: float) -> None:
    """Bring the file to its whole length."""
    if _length(part) > model.size:
        part.unlink()
    _check_space(part, model.size - _length(part))
    vain, why = 0, ""
    with _client(source) as client:
        while (had := _length(part)) < model.size:
            try:
                _go_on(client, model, source, part, tell)
            except httpx.RequestError as error:
                why = " ".join(str(error).split()) or type(error).__name__
            if _length(part) > had:
                vain = 0
                continue
            vain += 1
            if vain == _TRIES:
                raise GenerationError(
                    f"从 {source.hub} 下载不了{f'（{why}）' if why else ''}：请检查网络，再运行 suyuan fetch-model "
                    "接着下载，或用 --hub modelscope|huggingface 换一处"
                    " / It can't be fetched from there: check the network and run `suyuan fetch-model` again, which "
                    "goes on where it was, or choose another hub with --hub"
                )
            time.sleep(pause * 2 ** (vain - 1))


def _client(source: Source) -> httpx.Client:
    # A proxy that the environment names, which many have for the web, can't reach this machine's own servers.
    through_proxy = not is_this_machine(source.url)
    timeout = httpx.Timeout(_SILENCE, connect=_CONNECT)
    try:
        return httpx.Client(timeout=timeout, follow_redirects=True, trust_env=through_proxy)
    except (ImportError, ValueError) as error:
        raise GenerationError(
            f"环境变量里的代理用不了：{error} / The proxy that the environment names can't be used, as said"
        ) from error


def _go_on(client: httpx.Client, model: PinnedModel, source: Source, part: Path, tell: Tell) -> None:
    """Ask once for all that is missing, and keep what comes of it."""
    start = _length(part)
    # Packed on the way, its bytes would not be those that the range counts.
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={start}-"} if start else {})}
    with client.stream("GET", source.url, headers=headers) as response:
        if response.status_code in (408, 429) or response.status_code >= 500:
            raise httpx.TransportError(f"HTTP {response.status_code}")
        if response.status_code == 416:
            # Its file ends before ours does.
            raise _not_the_model(source)
        if response.status_code not in (200, 206):
            raise _refused(source, response.status_code)
        if response.status_code == 200:
            # It sends the whole, whatever it was asked for.
            start = 0
        total = _total(response, start)
        if total is not None and total != model.size:
            raise _not_the_model(source)
        with part.open("r+b" if start else "wb") as out:
            out.seek(start)
            tell(start, model.size)
            # As it comes: gathered into larger pieces, the last one would be lost where the connection breaks.
            for piece in response.iter_raw():
                start += out.write(piece[: model.size - start])
                tell(start, model.size)
                if start == model.size:
                    break


def _total(response: httpx.Response, start: int) -> int | None:
    """The length of the whole file, as the answer states it; None where it does not."""
    if response.status_code == 206:
        stated = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if not stated or int(stated[1]) != start:
            raise httpx.RemoteProtocolError("another range was sent than asked for")
        return int(stated[2]) if stated[2].isdecimal() else None
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


def _check(model: PinnedModel, source: Source, part: Path) -> None:
    digest = hashlib.sha256()
    with part.open("rb+") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
        # Its name promises the content, also after a power cut.
        os.fsync(file.fileno())
    if digest.hexdigest() != model.sha256:
        part.unlink()
        raise _not_the_model(source)


def _check_space(part: Path, missing: int) -> None:
    free = shutil.disk_usage(part.parent).free
    if free < missing + _SPARE:
        raise GenerationError(
            f"磁盘空间不够：{part.parent} 需要 {gigabytes(missing + _SPARE)}，只有 {gigabytes(free)}；"
            "请腾出空间，或用环境变量 XDG_CACHE_HOME 指定另一个文件夹"
            " / The disk lacks space for the model, as said: free some, or set XDG_CACHE_HOME"
        )


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _refused(source: Source, status: int) -> GenerationError:
    return GenerationError(
        f"{source.hub} 没有给出这个模型（{status}）：请用 --hub modelscope|huggingface 换一处"
        f" / The hub did not give the model ({status}): choose another with --hub"
    )


def _not_the_model(source: Source) -> GenerationError:
    return GenerationError(
        f"{source.hub} 发来的不是所要的模型（大小或 sha256 不符），没有保留：请用 --hub modelscope|huggingface 换一处"
        " / What the hub sent is not the model: its size or sha256 differs, and it was not kept; choose another hub"
        " with --hub"
    )
