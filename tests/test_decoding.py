"""Files come in many encodings; each is read exactly or not at all."""

from __future__ import annotations

import pytest

from embeddings.text.decoding import DecodingError, decode

SIMPLIFIED = "我市推进“水清•岸绿”行动，先后治理河道12条。😀\n第二段，写的是明年的打算。"
TRADITIONAL = "環境保護署今日公佈，本港空氣質素持續改善。\n市民對此表示歡迎。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_simplified_text_with_bullet_and_emoji_is_read_exactly(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "cp950", "gb18030", "utf-16"])
def test_traditional_text_is_read_exactly(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff \n".encode()])
def test_empty_files_are_refused(data: bytes) -> None:
    with pytest.raises(DecodingError, match="空"):
        decode(data)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", b"PK\x03\x04\x14\x00\x06\x00\x08", b"a\x00\x01b\x02"]
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(DecodingError, match="二进制"):
        decode(data)


def test_text_that_fits_no_encoding_is_refused_whole() -> None:
    with pytest.raises(DecodingError, match="编码"):
        decode("一篇正常的文章。".encode() * 3 + b"\xff\xfe\xff\x80 abc")
