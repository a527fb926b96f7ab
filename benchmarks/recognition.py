"""How far recognised lines can be believed: `python -m benchmarks.recognition FONT…` (the extra `ocr`).

Sets lines of corpus/ as pages in these fonts, which have to hold Chinese characters; makes them as bad as scans
are, and prints for each band of certainty how many of the recognised characters are wrong.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.measuring.machine import describe_machine
from embeddings.reading.articles import read_articles
from embeddings.recognition.recogniser import EXTRA, Piece, is_installed, recogniser
from embeddings.types import Article

CORPUS = Path(__file__).parents[1] / "corpus"
_BANDS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
_DEFECTS = ("none", "blur", "noise", "packing", "turn", "all")
_SAME = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?", " ": None})


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page as it was set: its picture, and its lines with where they begin, in pixels from above."""

    picture: Image.Image
    lines: tuple[tuple[int, str], ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fonts", nargs="+", type=Path, metavar="FONT")
    parser.add_argument("--pages", type=int, default=150, metavar="N")
    args = parser.parse_args(arguments)
    if not is_installed():
        print(f"benchmarks.recognition: {EXTRA}", file=sys.stderr)
        return 2
    counted: dict[float, list[int]] = defaultdict(lambda: [0, 0, 0])
    started = time.process_time()
    for page in _pages(args.fonts, args.pages):
        for piece in recogniser().pieces(np.array(page.picture.convert("RGB"))[:, :, ::-1].copy()):
            band = counted[max(band for band in _BANDS if band <= piece.certainty)]
            for place, count in enumerate((1, len(piece.text), _wrong(piece, page))):
                band[place] += count
    print(f"machine  {describe_machine()}")
    print(f"pages    {args.pages}, {(time.process_time() - started) / args.pages:.1f} s of processor time each")
    print("certainty from   lines   characters   wrong of 1000")
    for band, (lines, characters, wrong) in sorted(counted.items()):
        print(f"{band:14.2f} {lines:7} {characters:12} {1000 * wrong / characters:15.0f}")
    return 0


def _pages(fonts: Sequence[Path], count: int) -> Iterator[SetPage]:
    articles = (article for article in read_articles(CORPUS) if isinstance(article, Article))
    paragraphs = [line for article in articles for line in article.text.split("\n") if len(line) > 8]
    for number in range(count):
        chance = random.Random(number)
        yield _spoilt(_set(chance, chance.choice(fonts), "".join(chance.sample(paragraphs, 6))), chance)


def _set(chance: random.Random, font: Path, text: str) -> SetPage:
    dots = chance.choice((70, 100, 150, 200))
    size = round(chance.choice((9, 10.5, 12, 14, 16)) / 72 * dots)
    width, height, margin = round(8.27 * dots), 5 * dots, round(0.9 * dots)
    picture = Image.new("L", (width, height), chance.choice((255, 240, 200)))
    drawn, face, ink = ImageDraw.Draw(picture), ImageFont.truetype(font, size), chance.choice((0, 40, 110))
    lines: list[tuple[int, str]] = []
    characters = (width - 2 * margin) // size
    for top in range(margin, height - margin, round(1.6 * size)):
        line, text = text[:characters], text[characters:]
        if line:
            drawn.text((margin, top), line, font=face, fill=ink)
            lines.append((top + size // 2, line))
    return SetPage(picture, tuple(lines))


def _spoilt(page: SetPage, chance: random.Random) -> SetPage:
    """The page with one defect, with all, or with none."""
    defect, picture = chance.choice(_DEFECTS), page.picture
    if defect in ("turn", "all"):
        picture = picture.rotate(chance.uniform(-1.5, 1.5), fillcolor=255, resample=Image.Resampling.BICUBIC)
    if defect in ("blur", "all"):
        picture = picture.filter(ImageFilter.GaussianBlur(chance.choice((0.5, 1.0, 1.6))))
    if defect in ("noise", "all"):
        spread = np.random.default_rng(chance.randrange(2**32)).normal(
            0, chance.choice((15, 35, 60)), picture.size[::-1]
        )
        picture = Image.fromarray(np.clip(np.asarray(picture) + spread, 0, 255).astype(np.uint8))
    if defect in ("packing", "all"):
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=chance.choice((10, 25, 50)))
        picture = Image.open(packed)
    return SetPage(picture, page.lines)


def _wrong(piece: Piece, page: SetPage) -> int:
    """Characters in which a piece differs from what is set there: of its line the stretch that it fits best."""
    middle = sum(top for _, top in piece.corners) / 4
    line = min(page.lines, key=lambda line: abs(line[0] - middle))[1].translate(_SAME)
    text = piece.text.translate(_SAME)
    stretches = (line[at : at + len(text)] for at in range(max(1, len(line) - len(text) + 1)))
    return min(_distance(text, stretch) for stretch in (line, *stretches))


def _distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for number, character in enumerate(one, 1):
        last, row = row, [number]
        for at, wanted in enumerate(other):
            row.append(min(row[at] + 1, last[at + 1] + 1, last[at] + (character != wanted)))
    return row[-1]


if __name__ == "__main__":
    raise SystemExit(main())
