"""Scans and pictures of text become articles that say so, with the page; without the extra they are named."""

from __future__ import annotations

import io
import subprocess
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from embeddings.pdf.pages import read_pdf
from embeddings.reading.articles import read_articles
from embeddings.rebuilding.rebuild import rebuild
from embeddings.recognition.lines import recognised_lines
from embeddings.recognition.pictures import picture_pages
from embeddings.recognition.recogniser import Piece, is_installed
from embeddings.snapshot.snapshot import open_live
from embeddings.types import Article, SetAside, Span
from tests.conftest import REPOSITORY
from tests.fakes import CountingEncoder
from tests.office_files import pdf, pdf_lines

Image = pytest.importorskip("PIL.Image", reason="the extra “ocr” is not installed")
needs_extra = pytest.mark.skipif(not is_installed(), reason="the extra “ocr” is not installed")

SCAN = Path(__file__).parent / "documents" / "scan.png"
SAID = [
    "江城治水的五年实践",
    "这几年，江城的水清了，岸绿了，人也多了起来。全市共有河长一千二百名，每月巡河两次，发现的问题七日内整改，群众满意度达到百分之九十八。",
    "第二段说的是另一件事：湖边的垃圾站搬走了，新修的步道长十二公里，老人和孩子都爱去，每到周末有三千多人来散步。",
    "河段\t长度\t河长",
    "东河\t12公里\t张三",
    "西河\t8公里\t李四",
    "截至二〇二三年五月，全市投入资金三亿五千万元，建成污水处理厂六座，日处理能力十八万吨，比前年翻了一番。",
]
STATED = "山谷县林业站去年种树4200亩，成活率93%，护林员共有27人。"


def scanned() -> bytes:
    """A PDF of one page that is a picture: of the title and the paragraph below it."""
    file = io.BytesIO()
    with Image.open(SCAN) as picture:
        picture.convert("L").crop((0, 0, 900, 315)).save(file, "PDF", resolution=108)
    return file.getvalue()


def mixed(*documents: bytes) -> bytes:
    """The pages of several PDFs in one."""
    whole, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for document in documents:
        whole.import_pages(pypdfium2.PdfDocument(document))
    whole.save(file)
    return file.getvalue()


def stated() -> bytes:
    return pdf([pdf_lines(["　　" + STATED], top=600)])


class Shown:
    """A recogniser that finds what it is told, and keeps the shapes of what it was shown."""

    def __init__(self, *pieces: Piece) -> None:
        self.found, self.shapes = pieces, list[tuple[int, ...]]()

    def pieces(self, picture: NDArray[np.uint8]) -> Sequence[Piece]:
        self.shapes.append(picture.shape)
        return self.found


def piece(text: str, left: float, top: float, certainty: float = 1.0, em: float = 20) -> Piece:
    """A piece in characters of one width, its box a little higher than they are."""
    right, bottom = left + em * len(text), top + em / 0.85
    return Piece(text, certainty, ((left, top), (right, top), (right, bottom), (left, bottom)))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a picture, and of a PDF whose second page is one."""
    if not is_installed():
        pytest.skip("the extra “ocr” is not installed")
    folder = tmp_path_factory.mktemp("scans") / "articles"
    folder.mkdir()
    (folder / "mixed.pdf").write_bytes(mixed(stated(), scanned()))
    (folder / "scan.png").write_bytes(SCAN.read_bytes())
    patch = pytest.MonkeyPatch()
    patch.setattr("embeddings.rebuilding.rebuild.encoder_apart", lambda model: CountingEncoder("水气土声"))
    report = rebuild(folder, folder.parent / "index")
    patch.undo()
    assert report.set_aside == (SetAside("scan.png", "第 1 页有 1 行认不清，没有收。"),)
    return folder.parent / "index"


def test_a_picture_of_a_page_is_an_article_that_says_so(index: Path) -> None:
    article = open_live(index).corpus.article("scan")
    assert article.text.split("\n") == SAID
    assert article.title == SAID[0]
    ((start, end, page),) = ((each.start, each.end, each.page) for each in article.recognised)
    assert (start, end, page) == (0, len(article.text), 1)
    assert article.unread == "第 1 页有 1 行认不清，没有收。"


def test_of_a_pdf_only_the_pages_that_are_pictures_are_recognised(index: Path) -> None:
    article = open_live(index).corpus.article("mixed")
    assert article.text.split("\n") == [STATED, *SAID[:2]]
    (span,) = article.recognised
    assert (article.text[: span.start], span.page, span.end) == (STATED + "\n", 2, len(article.text))
    behind = len(STATED)
    spans = (Span(0, behind), Span(behind - 3, behind + 3), Span(behind + 1, behind + 3))
    assert [article.recognised_page(each) for each in spans] == [0, 2, 2]


def test_without_the_extra_a_scan_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.formats.pdf.is_installed", lambda: False)
    (tmp_path / "scan.pdf").write_bytes(scanned())
    (item,) = read_articles(tmp_path)
    reason = '是扫描件，没有文字层；装上文字识别（OCR）后重建即可：pip install "suyuan[ocr]"。'
    assert item == SetAside("scan.pdf", reason)


def test_without_the_extra_pages_that_were_not_read_are_named_but_for_covers() -> None:
    whole = read_pdf(mixed(stated(), scanned(), scanned(), stated(), scanned()), pypdfium2, None)
    assert "".join(block.text for block in whole.blocks) == STATED * 2
    # The last of five is the back cover.
    assert whole.unread == '第 2–3 页是图片，没有读（装上文字识别后重建即可：pip install "suyuan[ocr]"）。'


def test_without_the_extra_pictures_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(SCAN.read_bytes())
    (tmp_path / "a.txt").write_text(STATED, encoding="utf-8")
    program = (
        "import importlib.util as imported; from pathlib import Path; import sys\n"
        "real = imported.find_spec\n"
        "imported.find_spec = lambda name, *rest: None if name == 'rapidocr' else real(name, *rest)\n"
        "from embeddings.reading.files import find_files\n"
        "print(*(found.path for found in find_files(Path(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["a.txt"]


def test_the_text_of_a_page_with_a_scanner_s_name_is_that_of_its_picture() -> None:
    written = pypdfium2.PdfDocument(scanned())
    page = written[0]
    font = pypdfium2.raw.FPDFText_LoadStandardFont(written, b"Helvetica")
    text = pypdfium2.raw.FPDFPageObj_NewTextObj(written, b"Helvetica", 12.0)
    assert font and text
    pypdfium2.raw.FPDFText_SetText(text, (pypdfium2.raw.FPDF_WCHAR * 8)(*map(ord, "Scanner\0")))
    pypdfium2.raw.FPDFPage_InsertObject(page, text)
    pypdfium2.raw.FPDFPage_GenerateContent(page)
    file = io.BytesIO()
    written.save(file)
    seen = Shown(piece("江城的水清了岸绿了", 100, 100), piece("人也多了起来。", 100, 130))
    read = read_pdf(file.getvalue(), pypdfium2, seen)
    assert [(block.text, block.recognised_page) for block in read.blocks] == [("江城的水清了岸绿了人也多了起来。", 1)]
    # Drawn at the size that is recognised: 2000 pixels high.
    assert [shape[1] for shape in seen.shapes] == [2000]
    assert "Scanner" in read_pdf(file.getvalue(), pypdfium2, None).blocks[0].text


def test_two_columns_are_read_one_after_the_other_and_tables_row_by_row() -> None:
    title = piece("江城治水的五年实践报告", 290, 10, em=30)
    left = [piece("左边一栏的第某行文字", 60, 100 + 30 * n) for n in range(4)]
    right = [piece("右边一栏的第某行文字", 360, 100 + 30 * n) for n in range(4)]
    lines, _ = recognised_lines([title, *(each for pair in zip(left, right, strict=True) for each in pair)])
    assert [line.text[:2] for line in lines] == ["江城", *["左边"] * 4, *["右边"] * 4]
    cells = [("河段的名称", "长度"), ("东河上游段", "12公里"), ("西河下游的一大段河道", "8公里"), ("南河", "9公里")]
    table = [
        piece(text, x, 100 + 30 * n) for n, row in enumerate(cells) for text, x in zip(row, (60, 360), strict=True)
    ]
    lines, _ = recognised_lines(table)
    assert [line.text for line in lines] == ["\t".join(row) for row in cells]


def test_a_page_put_in_askew_is_set_straight() -> None:
    turned = [
        Piece(each.text, 1.0, tuple((x, y + 0.05 * x) for x, y in each.corners))
        for n in range(3)
        for each in (piece(f"第{n}行的前一半文字", 60, 100 + 30 * n), piece("后一半。", 320, 100 + 30 * n))
    ]
    lines, _ = recognised_lines(turned)
    assert [line.text for line in lines] == [f"第{n}行的前一半文字\t后一半。" for n in range(3)]


def test_lines_too_uncertain_are_left_out_whole_and_counted() -> None:
    pieces = [piece("清楚的一行字。", 60, 100), piece("罚款3万元", 60, 130, 0.89), piece("另一半", 400, 131)]
    lines, left_out = recognised_lines(pieces)
    assert ([line.text for line in lines], left_out) == (["清楚的一行字。"], 1)


def png(size: tuple[int, int], mode: str = "RGB", colour: object = "white", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, options.pop("format", "PNG"), **options)
    return file.getvalue()


def test_pictures_are_shown_upright_small_enough_and_on_white() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright
    ((height, width, colours),) = (page.shape for page in picture_pages(png((4000, 3000), exif=turned)))
    assert (height, width, colours) == (2000, 1500, 3)
    (seen_through,) = picture_pages(png((80, 80), "RGBA", (0, 0, 255, 0)))
    assert seen_through.min() == 255
    (blue,) = picture_pages(png((80, 80), "RGB", (0, 0, 255)))
    assert tuple(blue[0, 0]) == (255, 0, 0)
    pages = [Image.new("1", (100, 120 + n), 1) for n in range(3)]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    assert [page.shape for page in picture_pages(file.getvalue())] == [(120, 100, 3), (121, 100, 3), (122, 100, 3)]


def bomb() -> bytes:
    """A .png of four kilobytes that says it is 60,000 by 60,000."""
    header = (60_000).to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b"")]
    packed = (len(c).to_bytes(4, "big") + k + c + zlib.crc32(k + c).to_bytes(4, "big") for k, c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@needs_extra
@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.png", b"no picture", "已损坏"),
        ("a.jpg", SCAN.read_bytes()[:3000], "已损坏"),
        ("a.webp", b"GIF89a" + bytes(100), "已损坏"),
        ("a.png", bomb(), "太大"),
        ("a.bmp", png((20, 300), format="BMP"), "太小"),
        ("a.tif", png((300, 300), format="TIFF"), "认出 0 个字"),
    ],
)
def test_a_picture_that_is_none_of_a_page_is_named(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(data)
    (item,) = read_articles(tmp_path)
    assert not isinstance(item, Article)
    assert expected in item.reason
