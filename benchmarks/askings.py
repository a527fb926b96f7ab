"""Questions of public data, asked of an index that holds their answer and of one that does not.

RGB (Chinese, half; Chen et al., AAAI 2024) has for each question passages that answer it and passages of the same topic
that do not: it is asked of all of them and of the latter alone. The reading data has questions on paragraphs: they are
asked of all paragraphs, of all but the question's own, and of all with the sentences that hold the answer cut out.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import qa
from embeddings.folding import fold
from embeddings.progress import shown_in_terminal
from embeddings.rebuild import rebuild
from embeddings.sentences import sentences
from embeddings.types import Span
from qa.citations import quote_of
from qa.evidence.features import Features, features_of
from qa.evidence.gathering import gather
from qa.reader import Reader
from qa.understanding.question import understand

Situation = Literal["all", "same topic", "article left out", "sentences cut out", "never answered"]
"""What the index holds: everything; RGB's negatives only; no article or no sentence with the answer; a paragraph that
was never meant to answer."""

MAIN_SOURCE = "rgb"
RGB_FILE = "eval/sets/rgb-zh-half.jsonl"
READING_FILE = "reading/dev.jsonl.xz"
"""The reader was trained on the other file: what it has learned by heart it is surer of than of what it reads."""
_READING_QUESTIONS = 700
_IMPOSSIBLE_QUESTIONS = 150
_TRANSLATED = "squad2-zh"
"""Machine-translated questions often share no word with their own paragraph: they teach little of refusing."""
_LEAST_LEFT = 60
"""A paragraph shorter than this once its answer is cut out, in characters, is no article any more."""
_RETRIEVED, _KEPT = 60, 20
"""Passages retrieved, and those kept when an article's own are taken out of them; the program retrieves 20."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the file that answers it (empty: none does) and its gold answers."""

    source: str
    question: str
    file: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The features of one asking."""

    source: str
    question: str
    situation: Situation
    features: Features | None
    """None where no evidence was found: the program refuses without asking the model."""
    right: bool
    """Whether the best sentence holds a gold answer."""

    @property
    def answerable(self) -> bool:
        """Whether the index holds the answer."""
        return self.situation == "all"


def ask_rgb(shared: Path, work: Path, reader: Reader | None) -> list[Sample]:
    """Each question of RGB asked of all passages and of the negative ones alone."""
    asked: list[Asked] = []
    everything, negatives = _empty(work / "rgb-all"), _empty(work / "rgb-negatives")
    for line in (shared / RGB_FILE).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        gold = tuple(str(a) for group in item["answer"] for a in (group if isinstance(group, list) else [group]))
        asked.append(Asked(MAIN_SOURCE, item["query"], "", gold))
        for kind in ("positive", "negative"):
            for n, text in enumerate(item[kind]):
                for folder in (everything, negatives) if kind == "negative" else (everything,):
                    (folder / f"{item['id']}-{kind}{n}.txt").write_text(text, encoding="utf-8")
    return [
        *_samples(_indexed(everything, work, reader), asked, "all"),
        *_samples(_indexed(negatives, work, reader), asked, "same topic"),
    ]


def ask_reading(shared: Path, work: Path, reader: Reader | None) -> list[Sample]:
    """Questions of the reading data in every situation."""
    with lzma.open(shared / READING_FILE, "rt", encoding="utf-8") as lines:
        examples = [e for e in map(json.loads, lines) if e["source"] != _TRANSLATED and calibrates(e["context"])]
    answerable, impossible = ([e for e in examples if bool(e["answers"]) is has] for has in (True, False))
    drawn = random.Random(0).sample(answerable, _READING_QUESTIONS)
    never = random.Random(0).sample(impossible, _IMPOSSIBLE_QUESTIONS)
    whole, cut = _empty(work / "reading"), _empty(work / "reading-cut")
    asked: list[Asked] = []
    still_there: list[Asked] = []
    for n, example in enumerate([*drawn, *never]):
        gold = tuple(answer["text"] for answer in example["answers"])
        one = Asked(example["source"], example["question"], f"reading-{n}" if gold else "", gold)
        left = without_answers(example["context"], gold)
        (whole / f"reading-{n}.txt").write_text(example["context"], encoding="utf-8")
        asked.append(one)
        if len(left) >= _LEAST_LEFT:
            (cut / f"reading-{n}.txt").write_text(left, encoding="utf-8")
            still_there.append(one)
    answered = [one for one in asked if one.file]
    answerer = _indexed(whole, work, reader)
    samples = [
        *_samples(answerer, answered, "all"),
        *_samples(answerer, answered, "article left out"),
        *_samples(answerer, [one for one in asked if not one.file], "never answered"),
    ]
    samples.extend(_samples(_indexed(cut, work, reader), [one for one in still_there if one.file], "sentences cut out"))
    return samples


def calibrates(context: str) -> bool:
    """Whether the refusal is calibrated on questions on this paragraph: half of all paragraphs, drawn by their text."""
    return hashlib.sha256(fold(context).encode("utf-8")).digest()[0] % 2 == 0


def without_answers(text: str, gold: Sequence[str]) -> str:
    """The text without the sentences that hold a gold answer."""
    spans = sentences(text, Span(0, len(text)))
    return "".join(text[s.start : s.end] for s in spans if not any(g in text[s.start : s.end] for g in gold))


def _empty(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.txt"):
        file.unlink()
    return folder


def _indexed(folder: Path, work: Path, reader: Reader | None) -> qa.Answerer:
    """An answerer over the folder; all share one index directory, and with it the vectors embedded before."""
    with shown_in_terminal() as tell:
        rebuild(folder, work / "index", tell=tell, force=True)
    return qa.load(work / "index", False, lambda: reader)


def _samples(answerer: qa.Answerer, asked: Sequence[Asked], situation: Situation) -> Iterator[Sample]:
    retriever = answerer.retriever
    snapshot = retriever.snapshot
    files = {a.id: frozenset({a.id, *(Path(r.path).stem for r in a.reprints)}) for a in answerer.articles()}
    for one in asked:
        question = understand(one.question)
        hits = retriever.retrieve(one.question, _RETRIEVED)
        if situation == "article left out":
            hits = tuple(hit for hit in hits if one.file not in files[hit.passage.article_id])
        gathered = gather(question, hits[:_KEPT], retriever)
        best = gathered.best
        said = _plain(quote_of(best.article, best.span)) if best else ""
        features = features_of(question, gathered, hits[:_KEPT], snapshot) if best else None
        yield Sample(one.source, one.question, situation, features, any(_plain(gold) in said for gold in one.gold))


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).lower()
