"""How well the check of a reply's sentences tells true ones from false ones.

    python -m benchmarks.verification [FOLDER] [--contexts FILE] [--articles N] [--choose] [--show]

FOLDER holds articles, or is an index (default: this repository's corpus). With --contexts FILE, a file of questions
with paragraphs such as reading/dev.jsonl.xz, the paragraphs are the articles. Sentences are rewritten so that they stay
true, and altered so that they become false; each is checked against ten passages, those of its own article among them
(none of them for sentences “of no source”). --choose tries thresholds on every second article and prints the best; the
table is always of the other articles. --show prints what was judged wrongly.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.altering.altered import Altered, Original
from benchmarks.altering.corruptions import corruptions
from benchmarks.altering.rewritings import rewritings
from benchmarks.measuring.machine import describe_machine
from embeddings.encoding.encoder import load_encoder
from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.snapshot import open_live
from embeddings.structure.sentences import paragraphs, sentences
from embeddings.types import Article, Span
from material.examples import read_examples
from qa.checking.sources import Source
from qa.checking.support import Thresholds
from qa.checking.verification import Verifier
from qa.replies.reply import Claimed
from qa.retrieving.retriever import Retriever

_CORPUS = Path(__file__).parents[1] / "corpus"
_SHORTEST, _LONGEST = 18, 130
"""Characters of a sentence that is altered."""
_SOURCES = 10
_GRID = {
    "least": (0.3, 0.4, 0.5),
    "well": (0.5, 0.6, 0.7),
    "close": (0.86, 0.9, 0.92),
    "near": (0.92, 0.94, 0.96),
    "own": (0.3, 0.4, 0.5),
    "clause": (0.15, 0.25, 0.35),
    "margin": (0.05, 0.1, 0.2),
    "unheard": (3, 4, 5, 6),
}
"""Tried one threshold after the other, each with the best of those before."""
_NAMES = re.compile(r"[^\W\d_一二三四五六七八九十]{2,8}")
"""Answers that say who, where or what, and not how many."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence to check, whether it is true, and the passages to check it against."""

    altered: Altered
    true: bool
    sources: tuple[Source, ...]
    even: bool
    """Whether it is of the half of the articles that thresholds are chosen on."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a case."""

    case: Case
    supported: bool
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the check told it right."""
        return self.supported == self.case.true


def main() -> int:
    """Print the tables; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=_CORPUS)
    parser.add_argument("--contexts", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    print(f"machine {describe_machine()}")
    with tempfile.TemporaryDirectory() as folder:
        answers: dict[str, tuple[str, ...]] = {}
        if args.contexts:
            args.folder = Path(folder) / "contexts"
            answers = write_contexts(args.contexts, args.folder, args.articles)
        retriever = _retriever(args.folder, Path(folder) / "index")
        cases = list(_cases(retriever, answers, args.articles))
        thresholds = choose(retriever, [case for case in cases if case.even]) if args.choose else Thresholds()
        judged = judge(retriever, [case for case in cases if not case.even], thresholds)
    print_table(judged)
    if args.show:
        for one in judged:
            if not one.right:
                print(f"{'refused ' if one.case.true else 'accepted'} {one.case.altered.how}: {one.case.altered.text}")
    return 0


def write_contexts(file: Path, folder: Path, count: int) -> dict[str, tuple[str, ...]]:
    """Write the first paragraphs of the file as articles; returns the answers asked of each by its id."""
    folder.mkdir(parents=True)
    answers: dict[str, list[str]] = {}
    for example in read_examples(file):
        if example.context not in answers and len(answers) == count:
            break
        found = answers.setdefault(example.context, [])
        found.extend(example.context[span.start : span.end] for span in example.answers)
    named: dict[str, tuple[str, ...]] = {}
    for number, (context, asked) in enumerate(answers.items()):
        (folder / f"{number:04d}.txt").write_text(context, encoding="utf-8")
        words = (answer for answer in asked if _NAMES.fullmatch(answer))
        named[f"{number:04d}"] = tuple(dict.fromkeys(words))
    return named


def _retriever(folder: Path, index: Path) -> Retriever:
    if not (folder / "CURRENT").is_file():
        rebuild(folder, index)
        folder = index
    snapshot = open_live(folder)
    return Retriever(snapshot, load_encoder(snapshot.manifest.model))


def _cases(retriever: Retriever, answers: dict[str, tuple[str, ...]], count: int) -> Iterator[Case]:
    """Every altered sentence; the same for every run."""
    random = Random(7)
    corpus = retriever.snapshot.corpus
    articles = corpus.articles()[:count]
    passages = {a.id: [(a, Span(p.start, p.end)) for p in corpus.passages(a.id)] for a in articles}
    originals = {a.id: _originals(a, answers.get(a.id, ())) for a in articles}
    for number, article in enumerate(articles):
        others = [a for a in articles if a.id != article.id]
        for original in originals[article.id]:
            near = random.sample(others, len(others) // 2)
            far = [a for a in others if a not in near]
            shown = [one for one in passages[article.id] if one[1].start <= original.span.start < one[1].end]
            shown += [one for one in passages[article.id] if one not in shown][: _SOURCES // 2]
            distractors = [one for a in near for one in passages[a.id]]
            shown += random.sample(distractors, min(len(distractors), _SOURCES - len(shown)))
            random.shuffle(shown)
            sources = tuple(Source(n, a, span) for n, (a, span) in enumerate(shown, 1))
            shown_ids = {a.id for a, _ in shown}
            with_them = [o for a in near if a.id in shown_ids for o in originals[a.id] if _in(o, shown)]
            without = [o for a in far for o in originals[a.id]]
            random.shuffle(with_them)
            random.shuffle(without)
            for altered in rewritings(original, with_them):
                yield Case(altered, True, sources, number % 2 == 0)
            if without:
                for altered in corruptions(original, without, random):
                    yield Case(altered, False, sources, number % 2 == 0)


def _in(original: Original, shown: Sequence[tuple[Article, Span]]) -> bool:
    return any(
        a.id == original.article.id and s.start <= original.span.start and original.span.end <= s.end for a, s in shown
    )


def _originals(article: Article, answers: Sequence[str]) -> list[Original]:
    found: list[Original] = []
    for paragraph in paragraphs(article.text, article.body_start):
        spans = sentences(article.text, paragraph)
        texts = [article.text[span.start : span.end] for span in spans]
        for text, span, following in zip(texts, spans, [*texts[1:], ""], strict=True):
            if _SHORTEST <= len(text) <= _LONGEST and text.endswith("。") and span not in article.bylines:
                named = tuple(answer for answer in answers if answer in text)
                found.append(Original(article, span, text, following if following.endswith("。") else "", named))
    return found


def choose(retriever: Retriever, cases: Sequence[Case]) -> Thresholds:
    """The thresholds that tell most right, each kind of false sentence counting as much as the next; one at a time."""
    best = Thresholds()
    right = _score(judge(retriever, cases, best))
    for threshold, values in _GRID.items():
        for value in values:
            tried = replace(best, **{threshold: value})
            score = _score(judge(retriever, cases, tried)) if tried != best else right
            print(f"{threshold} {value}: {score:.4f}", flush=True)
            if score > right:
                best, right = tried, score
    print(best)
    return best


def _score(judged: Sequence[Judged]) -> float:
    shares = {how: _share(group) for how, group in _by_kind(judged).items()}
    true = [share for (is_true, _), share in shares.items() if is_true]
    false = [share for (is_true, _), share in shares.items() if not is_true]
    return (statistics.fmean(true) + statistics.fmean(false)) / 2


def judge(retriever: Retriever, cases: Sequence[Case], thresholds: Thresholds) -> list[Judged]:
    """Check every case as a sentence without markers."""
    judged: list[Judged] = []
    verifiers: dict[tuple[Source, ...], Verifier] = {}
    for case in cases:
        verifier = verifiers.setdefault(case.sources, Verifier(retriever, "", thresholds))
        began = time.perf_counter()
        verdict = verifier.check(Claimed(case.altered.text, (), 0, True), case.sources)
        judged.append(Judged(case, bool(verdict.spans), time.perf_counter() - began))
    return judged


def _by_kind(judged: Sequence[Judged]) -> dict[tuple[bool, str], list[Judged]]:
    kinds: dict[tuple[bool, str], list[Judged]] = defaultdict(list)
    for one in judged:
        kinds[one.case.true, one.case.altered.how].append(one)
    return kinds


def _share(judged: Sequence[Judged]) -> float:
    return statistics.fmean(one.right for one in judged)


def print_table(judged: Sequence[Judged]) -> None:
    """Shares by kind and of all, and how long a check took."""
    for true, title in ((True, "true sentences accepted"), (False, "false sentences caught")):
        of_kind = [one for one in judged if one.case.true is true]
        print(f"\n{title}")
        for (is_true, how), group in _by_kind(of_kind).items():
            if is_true is true:
                print(f"  {how:26s} {len(group):5d}  {100 * _share(group):5.1f}%")
        print(f"  {'all':26s} {len(of_kind):5d}  {100 * _share(of_kind):5.1f}%")
    seconds = sorted(one.seconds for one in judged)
    late = seconds[int(0.95 * len(seconds))]
    median, slow = (f"{1000 * value:.0f} ms" for value in (statistics.median(seconds), late))
    print(f"\na check against {_SOURCES} passages: median {median}, 95% {slow}")


if __name__ == "__main__":
    raise SystemExit(main())
