"""Archives and mails made in the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage


class Named(zipfile.ZipInfo):
    """A member whose name is written in this encoding, with nothing to say so."""

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(name)
        self.encoding = encoding

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (zipfile's own)
        return self.filename.encode(self.encoding), self.flag_bits


def zipped(files: Mapping[str, bytes | str], encoding: str = "") -> bytes:
    """An archive; its names are flagged as UTF-8 unless it is told to write them otherwise and not to say so."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = Named(name, encoding) if encoding else zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return file.getvalue()


def with_flag(archive: bytes, name: str, flag: int) -> bytes:
    """The archive with a flag of one member set, in its own header and in the directory."""
    data = bytearray(archive)
    for signature, flags, names in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if data[at + names :].startswith(name.encode()):
                data[at + flags] |= flag
    return bytes(data)


def mail(subject: str, text: str = "", html: str = "", attached: Mapping[str, bytes] | None = None) -> EmailMessage:
    """A mail as programs write it."""
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "张三 <zhangsan@example.invalid>"
    message["To"], message["Date"] = "office@example.invalid", "Tue, 12 Mar 2024 23:30:00 +0800"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in (attached or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message
