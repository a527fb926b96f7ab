"""Pictures (.png .jpg .tif .bmp .webp) -> their pages as arrays, no larger than what is recognised."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.page.unreadable import UnreadableError
from embeddings.recognition.recogniser import LONGEST_SIDE

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
_MOST_PIXELS = 100_000_000
"""A sheet of A3 at 600 to the inch has 70 million."""
_TOO_LARGE = f"图片太大（超过 {_MOST_PIXELS // 10_000} 万像素），没有读。"
_MOST_PAGES = 500
"""Of a .tif that holds several."""
_FULL_COLOURS = {"1": "L", "P": "RGBA"}
_SMALLEST = 64
"""Pixels of the shorter side of a picture that may be a page of text, and is no sign or button."""


def picture_pages(data: bytes) -> Iterator[NDArray[np.uint8]]:
    """Every page of a picture, upright, as (height, width, 3) of blue, green, red.

    Raises UnreadableError for what is damaged, too large or too small, before any page or amid them.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # How large it is, we ask ourselves.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
        with picture:
            pages = min(getattr(picture, "n_frames", 1), _MOST_PAGES) if picture.format == "TIFF" else 1
            for number in range(pages):
                picture.seek(number)
                yield _page(picture)
    except UnreadableError:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableError(_TOO_LARGE) from error
    # Whatever stands in a file that only looks like a picture: the library raises what it runs into.
    except Exception as error:
        raise UnreadableError("图片已损坏，打不开。") from error


def _page(picture: Image.Image) -> NDArray[np.uint8]:
    from PIL import Image, ImageOps

    if picture.width * picture.height > _MOST_PIXELS:
        raise UnreadableError(_TOO_LARGE)
    if min(picture.size) < _SMALLEST:
        raise UnreadableError("图片太小，不像一页文字。")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    # What has two colours, or a table of them, is made smaller badly.
    page = picture.convert(_FULL_COLOURS[picture.mode]) if picture.mode in _FULL_COLOURS else picture.copy()
    page.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    page = ImageOps.exif_transpose(page).convert("RGBA")
    # What can be seen through is set on white, as programs show it.
    white = Image.new("RGBA", page.size, "white")
    white.alpha_composite(page)
    pixels: NDArray[np.uint8] = np.array(white, dtype=np.uint8)[:, :, 2::-1].copy()
    return pixels
