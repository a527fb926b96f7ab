"""The formats that are read, each by the file beside this one that is named for it."""

from __future__ import annotations

from embeddings.formats import mail, ofd, older, pdf, picture, rtf, sheets, slides, text, word
from embeddings.formats.format import Format
from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.recognition.recogniser import is_installed

FORMATS: tuple[Format, ...] = (
    text.FORMAT, text.WEB, word.FORMAT, pdf.FORMAT, sheets.FORMAT, sheets.DELIMITED, slides.FORMAT, rtf.FORMAT,
    ofd.FORMAT, mail.FORMAT, older.FORMAT,
    # Without what recognises text, pictures are no documents.
    *((picture.FORMAT,) if is_installed() else ()),
)  # fmt: skip

_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}

SUFFIXES = frozenset(_BY_SUFFIX)
"""The extensions of all files that are read, in lower case with the dot."""

NAMED = ".txt .md .html .docx .pdf .xlsx .pptx .rtf .ofd .eml .zip"
"""The extensions that users are told of; the others are older or rarer names for much the same."""

OTHER_DOCUMENTS = {".caj": ".pdf", ".ceb": ".pdf", ".pages": ".docx", ".numbers": ".xlsx", ".key": ".pptx"}
"""Documents of formats that are not read, named as set aside, for their owner meant them to be; and as what the
program that opens them saves them so that they are."""

_OF_TEXT = frozenset((*text.FORMAT.suffixes, *text.WEB.suffixes))


def format_of(suffix: str) -> Format:
    """The format of files with this extension, one of SUFFIXES."""
    return _BY_SUFFIX[suffix]


def not_read(suffix: str) -> str:
    """Why a file with this extension, one of OTHER_DOCUMENTS, is set aside."""
    return f"读不了 {suffix} 文件；请用能打开它的程序另存为 {OTHER_DOCUMENTS[suffix]}。"


def read_document(data: bytes, suffix: str) -> Page:
    """The page in the content of a file with this extension, one of SUFFIXES.

    Raises:
        UnreadableError: there is none; the message says why.
    """
    page = format_of(suffix).read(data, suffix)
    if suffix not in _OF_TEXT and not any(block.text.strip() for block in page.blocks):
        raise UnreadableError("文件里没有文字，可能是扫描件或只有图片；请先做文字识别（OCR）再放入。")
    return page
