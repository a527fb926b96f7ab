"""Questions as people type them, each with the excerpts that the project's own retrieval gives it.

    python -m material.asked SHARED --work DIR [--extra FOLDER ...] [--news N]

SHARED holds reading/asked (questions and the documents they are on) and news/news-20k.txt.xz; FOLDER holds more of
the same form,
documents in texts/. All documents and the first N other news articles are indexed in DIR, each question is asked of
the index, and DIR/excerpts.jsonl and DIR/asked.jsonl are written: what training.train and benchmarks.reader read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from zlib import crc32

from tqdm import tqdm

import qa
from embeddings.progress import shown_in_terminal
from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.corpus_store import CorpusStore
from embeddings.types import Passage, Span
from material.corpora import ArticleFile, news_articles, write_corpus
from qa.reading.cross_encoder import asking_of, front_of, text_of
from qa.reading.excerpts import Excerpt, excerpts_of
from qa.retrieving.retriever import Retriever

_RETRIEVED, _OTHERS = 20, 8
"""Passages retrieved, and how many of other texts are kept."""
_HELD_OUT = 8
"""Every eighth text is kept for measuring, by a hash of its name."""
_REPRINTED = 20
"""Letters of a sentence that tell a reprint of it."""
NO_WORD = re.compile(r"[\W_]+")
_LOOK_ALIKE = re.compile(r"office:(k|ka|V|L)(\d+)")
_TOGETHER = {"k": 2, "ka": 3, "V": 2, "L": 3}
"""Batches of look-alike documents, and how many stand together: they are held out together."""
_FAMILY = re.compile(r"(?P<family>.+)-\d+")
"""Later look-alikes carry a number of their own behind the family's name."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line of the questions' files."""

    texts: tuple[str, ...]
    """Names of the documents it is asked of: one, or those that only answer together."""
    question: str
    answers: tuple[str, ...]
    sentences: tuple[str, ...]
    history: tuple[str, ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether its texts are kept for measuring."""
        return crc32(_group(self.texts[0]).encode()) % _HELD_OUT == 0

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The ids that its documents have in the index."""
        return tuple(text.replace(":", "-") for text in self.texts)


@dataclass(frozen=True, slots=True)
class CodedExcerpt:
    """An excerpt as the reader sees it: its heading on the first line, and where its units stand."""

    id: str
    text: str
    units: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """What of an excerpt answers a question."""

    excerpt: str
    belongs: tuple[int, ...]
    """The units that belong to the answer."""
    answers: tuple[Span, ...]
    """Exact answers, characters of the excerpt's text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its excerpts by their ids, each list in the order of retrieval."""

    text: str
    question: str
    earlier: tuple[str, ...]
    held_out: bool
    gold: tuple[Gold, ...]
    own: tuple[str, ...]
    """Excerpts of its text that do not answer; all of them where it is short."""
    others: tuple[str, ...] = field(default=())
    """Excerpts of other texts among the twenty retrieved; none where the question does not name its subject, which
    is taken from whether its own text is found first."""


def main() -> None:
    """Index, ask, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--news", type=int, default=2700)
    args = parser.parse_args()
    folders = [args.shared / "reading/asked", *args.extra]
    written = [one for folder in folders for one in read_written(folder)]
    named = {text for one in written for text in one.texts}
    news = {int(text.removeprefix("news:")) for text in named if text.startswith("news:")}
    texts = [file for folder in folders for file in _documents(folder / "texts")]
    folder = write_corpus(args.work / "articles", texts, _news(args.shared, news, args.news))
    with shown_in_terminal() as tell:
        rebuild(folder, args.work / "index", tell=tell)
    _write(written, qa.load(args.work / "index", log_unanswered=False).retriever, args.work)


def _group(text: str) -> str:
    if alike := _LOOK_ALIKE.fullmatch(text):
        return f"{alike[1]}-{(int(alike[2]) - 1) // _TOGETHER[alike[1]]}"
    family = _FAMILY.fullmatch(text)
    return family["family"] if family else text


def read_written(folder: Path) -> Iterator[Written]:
    """The questions of a folder's files, in the order of their names."""
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            item = json.loads(line)
            texts = (name if ":" in name else f"office:{Path(name).stem}" for name in item["text"].split("+"))
            lists = (tuple(item.get(name, ())) for name in ("answers", "sentences", "history"))
            yield Written(tuple(texts), item["question"], *lists)


def _documents(folder: Path) -> Iterator[ArticleFile]:
    for file in sorted(folder.iterdir()):
        yield ArticleFile(f"office-{file.name}", file.read_text("utf-8"))


def _news(shared: Path, needed: set[int], others: int) -> Iterator[ArticleFile]:
    for number, article in enumerate(news_articles(shared)):
        if number in needed or number < others:
            yield ArticleFile(f"news-{number}.txt", article.text)


def _write(written: Sequence[Written], retriever: Retriever, work: Path) -> None:
    corpus = retriever.snapshot.corpus
    excerpts: dict[str, CodedExcerpt] = {}
    lost = 0
    with (work / "asked.jsonl").open("w", encoding="utf-8") as output:
        for one in tqdm(written, mininterval=5):
            asked = _asked(one, retriever, corpus, excerpts)
            if not asked.gold and (one.answers or not asked.own):
                lost += 1
                continue
            output.write(json.dumps(asdict(asked), ensure_ascii=False) + "\n")
    with (work / "excerpts.jsonl").open("w", encoding="utf-8") as output:
        output.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in excerpts.values())
    left_out = f"{lost} left out whose sentences or texts are not in the index"
    print(f"{len(written)} questions, {left_out}; {len(excerpts)} excerpts")


def _asked(one: Written, retriever: Retriever, corpus: CorpusStore, kept: dict[str, CodedExcerpt]) -> Asked:
    own_ids = one.article_ids
    asking = asking_of(one.question, one.history)
    hits = retriever.retrieve(" ".join([*one.history[:1], *one.history[-1:], one.question]), _RETRIEVED)
    ranked = [hit.passage for hit in hits]
    of_texts = (passage for own_id in own_ids for passage in corpus.passages(own_id))
    own = dict.fromkeys([*(p for p in ranked if p.article_id in own_ids), *of_texts])
    gold: list[Gold] = []
    silent: list[str] = []
    for passage in own:
        for coded, found in _read_with(one, passage, corpus):
            kept[coded.id] = coded
            if found:
                gold.append(found)
            else:
                silent.append(coded.id)
    others: list[str] = []
    if ranked and ranked[0].article_id in own_ids:
        for passage in [p for p in ranked if p.article_id not in own_ids][:_OTHERS]:
            for coded, _ in _read_with(one, passage, corpus):
                if not _may_answer(one, coded.text):
                    kept[coded.id] = coded
                    others.append(coded.id)
    return Asked(
        "+".join(one.texts), asking.question, asking.earlier, one.held_out, tuple(gold), tuple(silent), tuple(others)
    )


def _may_answer(one: Written, text: str) -> bool:
    """Whether another text seems to say the same: news are reprinted, with changes; look-alikes begin alike."""
    plain = NO_WORD.sub("", text)
    compared = _REPRINTED if one.texts[0].startswith("news:") else None
    return any(NO_WORD.sub("", sentence)[:compared] in plain for sentence in one.sentences)


def _read_with(one: Written, passage: Passage, corpus: CorpusStore) -> Iterator[tuple[CodedExcerpt, Gold | None]]:
    own = passage.article_id in one.article_ids
    for excerpt, coded in _excerpts(passage, corpus):
        yield coded, _gold(one, corpus.article(passage.article_id).text, excerpt, coded) if own else None


@cache
def _excerpts(passage: Passage, corpus: CorpusStore) -> tuple[tuple[Excerpt, CodedExcerpt], ...]:
    found = []
    for number, excerpt in enumerate(excerpts_of(corpus.article(passage.article_id), passage)):
        shift = len(front_of(excerpt))
        units = tuple(Span(unit.read.start + shift, unit.read.end + shift) for unit in excerpt.units)
        found.append((excerpt, CodedExcerpt(f"{passage.id}.{number}", text_of(excerpt), units)))
    return tuple(found)


def _gold(one: Written, text: str, excerpt: Excerpt, coded: CodedExcerpt) -> Gold | None:
    """Units that lie in a gold sentence, or it in them, compared by their letters and figures alone."""
    wanted = [NO_WORD.sub("", sentence) for sentence in one.sentences]
    belongs: list[int] = []
    answers: list[Span] = []
    for number, unit in enumerate(excerpt.units):
        said = NO_WORD.sub("", text[unit.span.start : unit.span.end])
        if not said or not any(said in sentence or sentence in said for sentence in wanted):
            continue
        found = [span for answer in one.answers for span in _places(excerpt.text, unit.read, answer)]
        whole = any(sentence in said for sentence in wanted)
        # A short line that is part of a longer gold sentence belongs only where it holds an answer.
        if found or whole or len(said) >= 8:
            belongs.append(number)
            answers.extend(found)
    shift = len(front_of(excerpt))
    spans = tuple(Span(a.start + shift, a.end + shift) for a in dict.fromkeys(answers))
    return Gold(coded.id, tuple(belongs), spans) if belongs else None


def _places(text: str, within: Span, answer: str) -> Iterator[Span]:
    """Where the answer stands in a unit: its first place."""
    at = text.find(answer, within.start, within.end)
    if at >= 0:
        yield Span(at, at + len(answer))


if __name__ == "__main__":
    main()
