"""How far an answer is to be believed, in a word and a sign: the same wherever answers are shown."""

from __future__ import annotations

from dataclasses import dataclass

from qa.types import Answer


@dataclass(frozen=True, slots=True)
class Standing:
    """What sets an answer apart that is not simply an answer; the sign is told from the others without colours."""

    sign: str
    zh: str
    en: str

    @property
    def badge(self) -> str:
        """As plain text on a line of its own: “【?不确定 unsure】”."""
        return f"【{self.sign}{self.zh} {self.en}】"


UNSURE = Standing("?", "不确定", "unsure")
SILENT = Standing("○", "没有找到答案", "no answer")


def standing_of(answer: Answer) -> Standing | None:
    """SILENT where the answer abstains, UNSURE where it is tentative; None: it is sure, and nothing is said of that."""
    if answer.abstained:
        return SILENT
    return UNSURE if answer.tentative else None


def badge_line(answer: Answer) -> str:
    """The line that goes before the answer's text, with its line break; empty of a sure answer."""
    standing = standing_of(answer)
    return f"{standing.badge}\n" if standing else ""
