"""What is written in pictures, in Chinese and English where a Chinese font is installed."""

from __future__ import annotations

from dataclasses import dataclass

_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    # Of a collection of fonts matplotlib may see the first alone; it has the same characters.
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Source Han Serif SC",
    "SimSun",
)
"""Families with simplified characters that systems come with, in order of preference."""
_LATIN_FONT = "DejaVu Sans"
"""Comes with matplotlib."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What is written in the picture, and in which fonts."""

    chinese: str | None
    """A family with simplified characters; without one, everything is in English alone."""

    @classmethod
    def of_installed(cls) -> Labels:
        """With the first of the known families that matplotlib finds here."""
        from matplotlib.font_manager import fontManager

        installed = {font.name for font in fontManager.ttflist}
        return cls(next((family for family in _CHINESE_FONTS if family in installed), None))

    @property
    def family(self) -> list[str]:
        """Fonts in the order in which a character is looked for in them."""
        return [self.chinese, _LATIN_FONT] if self.chinese else [_LATIN_FONT]

    def both(self, chinese: str, english: str) -> str:
        """Both wordings, or the English one alone."""
        return f"{chinese} {english}" if self.chinese else english
