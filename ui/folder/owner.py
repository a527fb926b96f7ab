"""What the owner's page is started with: the index, the folder of articles, and a password from the environment."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from embeddings.errors import SuyuanError
from embeddings.snapshot.snapshot import live_id, read_manifest

_VARIABLE = "SUYUAN_PASSWORD"
_SHORTEST = 8


class OwnerError(SuyuanError):
    """The owner's page can't be served as things are; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who may change the articles and the index, and where these are."""

    index: Path
    folder: Path
    password: str = field(repr=False)


def read_owner(index: Path, folder: Path | None = None) -> Owner:
    """The owner of an index, with the password that SUYUAN_PASSWORD holds.

    `folder` is the folder of articles; None: the one that the live snapshot was built from. The password is taken
    out of the environment, so that no process started later gets it.

    Raises:
        OwnerError: there is no password, it is shorter than 8 characters, or there is no such folder.
        SnapshotError: there is no index.
    """
    password = os.environ.pop(_VARIABLE, "")
    if len(password) < _SHORTEST:
        raise OwnerError(
            f"--manage 需要密码：请把至少 {_SHORTEST} 个字符的密码放进环境变量 {_VARIABLE} 再启动。\n"
            f"--manage needs a password of at least {_SHORTEST} characters in the environment variable {_VARIABLE}."
        )
    articles = folder or Path(read_manifest(index, live_id(index)).folder)
    if not articles.is_dir():
        raise OwnerError(
            f"找不到文章文件夹 {articles}，请用 --articles 指明它现在在哪里。\n"
            "The folder of articles is not there: name it with --articles."
        )
    return Owner(index.absolute(), articles.absolute(), password)


def warning_about(host: str) -> str:
    """What to tell who serves the page on this address, where others can listen in; empty where they can't."""
    try:
        is_local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_local = host == "localhost"
    if is_local:
        return ""
    return (
        f"注意：{host} 上的连接没有加密，管理密码会以明文经过网络；请放在提供 HTTPS 的反向代理后面。\n"
        f"Warning: the connection on {host} is not encrypted, and the owner's password crosses the network as it is; "
        "put the page behind a proxy that speaks HTTPS."
    )
