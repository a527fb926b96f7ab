"""RTF files, control word by control word; which ones there are is said in Rich Text Format 1.9.1."""

from __future__ import annotations

from embeddings.page.blocks import Page
from embeddings.page.unreadable import UnreadableError
from embeddings.rtf.encodings import Encodings, codec_of_page
from embeddings.rtf.lines import Lines
from embeddings.rtf.paragraphs import Destination, State, Style, style_named
from embeddings.rtf.tables import Forms
from embeddings.rtf.tokens import Token, tokens

_BEGINNING = b"{\\rtf"
_MOST_CHARACTERS = 10_000_000
DAMAGED = "文件已损坏，不是完整的 .rtf；请用 Word 或 WPS 打开后另存为 .docx。"
_CHARACTERS = {
    "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "tab": " ", "nestcell": " ", "~": " ", "_": "-",
}  # fmt: skip
_ESCAPED = "{}\\"
_SKIPPED = frozenset({
    "colortbl", "info", "pict", "objdata", "objclass", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "themedata",
    "colorschememapping", "latentstyles", "datastore", "fldinst", "bkmkstart", "bkmkend", "annotation", "atnid",
    "atnauthor", "atntime", "atnref", "atnparent", "atrfstart", "atrfend", "tc", "tcn", "xe", "rxe", "txe",
    "pnseclvl", "pntxta", "pntxtb", "revtbl", "nonesttables", "nonshppict", "comment", "doccomm", "ftnsep", "ftnsepc",
    "ftncn", "aftnsep", "aftnsepc", "aftncn", "private", "shprslt", "filetbl", "template",
})  # fmt: skip
"""Destinations that are no text of the document, besides those that a reader may leave out if it does not know them."""

_DESTINATIONS: dict[str, Destination] = {
    "fonttbl": "fonts", "stylesheet": "styles", "listtext": "label", "pntext": "label"
}  # fmt: skip


def read_rtf(data: bytes) -> Page:
    """Return the lines of an RTF file; pictures, headers, comments and what was struck in revision are left out.

    Raises UnreadableError for what is none, ends before its time or holds too much.
    """
    bare = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not bare.startswith(_BEGINNING):
        raise UnreadableError(DAMAGED)
    reader = _Reader()
    for token in tokens(bare):
        reader.take(token)
        if not reader.is_open:
            return reader.page()
    raise UnreadableError(DAMAGED)


class _Reader:
    """Takes the pieces of a file one by one."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._state = State()
        self._groups: list[State] = []
        """What holds in the groups around this one."""
        self._encodings = Encodings()
        self._default_font = 0
        self._styles: dict[int, Style] = {}
        self._forms = Forms()
        self._pending = bytearray()
        self._skip = 0
        self._starred = False
        self._characters = 0

    @property
    def is_open(self) -> bool:
        """Whether the outermost group is."""
        return bool(self._groups)

    def page(self) -> Page:
        """What was read."""
        self._end_paragraph()
        return self._lines.page()

    def take(self, token: Token) -> None:
        """Take the next piece."""
        if token.kind == "bytes":
            skipped = min(self._skip, token.characters)
            self._skip -= skipped
            self._pending += token.data[skipped:]
            return
        if token.kind == "symbol" and token.said in _ESCAPED:
            self._pending += token.said.encode("ascii")
            return
        self._flush()
        self._skip = 0
        if token.kind == "open":
            self._groups.append(self._state)
            self._state = self._state.inner()
        elif token.kind == "close":
            self._close()
        elif token.kind == "word":
            self._word(token.said, token.number)
        elif token.said in _CHARACTERS:
            self._say(_CHARACTERS[token.said])
        self._starred = token.kind == "symbol" and token.said == "*"

    def _flush(self) -> None:
        """Decode the bytes that came one after the other: a character may be two of them, one hexadecimal or none."""
        data, self._pending = bytes(self._pending), bytearray()
        state = self._state
        if not data or state.destination not in ("text", "label", "styles"):
            return
        symbol = self._encodings.is_symbol(state.font) and data.strip()
        text = "•" if symbol else self._encodings.decode(data, state.font)
        if state.destination == "styles":
            self._styles[state.style] = style_named(text.strip(" ;"), state.level)
        else:
            self._say(text)

    def _say(self, text: str) -> None:
        if self._state.destination == "label":
            self._lines.add_label(text)
        elif self._state.destination == "text" and not self._state.hidden:
            self._characters += len(text)
            if self._characters > _MOST_CHARACTERS:
                raise UnreadableError("文件太长（超过一千万字），不像一篇文章。")
            self._lines.add(text, self._state.high)

    def _close(self) -> None:
        inner = self._state
        self._state = self._groups.pop() if self._groups else State()
        if inner.note and not self._state.note:
            self._lines.end_note(inner)

    def _end_paragraph(self) -> None:
        self._lines.end_paragraph(self._state, self._styles.get(self._state.style, Style()))

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if state.destination == "nothing":
            return
        if state.destination == "shape":
            state.destination = "text" if word in ("shptxt", "ud") else "shape"
        elif word in ("shpinst", "upr"):
            state.destination = "shape"
        elif word in _SKIPPED or self._starred:
            state.destination = "nothing"
        elif word in _DESTINATIONS:
            state.destination = _DESTINATIONS[word]
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif not (state.apply(word, number) or self._forms.apply(word, number)):
            self._structure(word, number or 0)

    def _structure(self, word: str, number: int) -> None:
        match word:
            case "par" | "sect" | "page" | "line" | "nestrow":
                self._end_paragraph()
            case "cell":
                self._lines.end_cell(self._state)
            case "row":
                self._lines.end_row(self._forms.forms)
            case "footnote":
                self._state.note = True
                self._lines.begin_note()
            case "u":
                self._say(chr(number % 0x10000))
                self._skip = self._state.fallback
            case "plain":
                self._state.plain(self._default_font)
            case _:
                self._encoding(word, number)

    def _encoding(self, word: str, number: int) -> None:
        match word:
            case "ansicpg":
                self._encodings.codec = codec_of_page(number)
            case "mac":
                self._encodings.codec = "mac_roman"
            case "pc" | "pca":
                self._encodings.codec = "cp437" if word == "pc" else "cp850"
            case "deff":
                self._default_font = number
            case "fcharset":
                self._encodings.charsets[self._state.font] = number
