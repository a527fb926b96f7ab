"""The container of the office programs before 2007, which also holds newer files that have a password."""

from __future__ import annotations

_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""[MS-CFB] 2.2."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream of a newer file with a password, [MS-OFFCRYPTO] 2.3.4.4."""
ENCRYPTED = "文件有密码保护，读不了；请取消密码后另存。"


def is_compound(data: bytes) -> bool:
    """Whether a file is such a container."""
    return data.startswith(_SIGN)


def holds_encrypted(data: bytes) -> bool:
    """Whether such a container holds a newer file with a password."""
    return _ENCRYPTED in data
