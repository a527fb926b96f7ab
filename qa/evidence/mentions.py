"""Finds the articles that say something: the words as asked for, else all of their parts in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from embeddings.folding import squeeze
from embeddings.index.lexical import tokenize
from embeddings.snapshot.snapshot import Snapshot
from embeddings.structure.sentences import clauses, paragraphs, sentences, trim_clause_end
from embeddings.types import Article, Span

_BETWEEN = r"[\s“”‘’「」『』《》\"'·•,，]*"
"""What `squeeze` leaves out: “五个聚焦” is found in 五个“聚焦”."""
_FILLERS = re.compile(r"[的了和与及在、]|以及")
_JOINED = re.compile(r"和|与|以及|及|、")
_READ_FOR_PARTS = 200
"""Passages cut into sentences where the words themselves stand nowhere; they are tried best first."""
_RANKED = 3000
"""Passages ranked to find those."""
_SHORT = 60
"""A sentence of more characters than this is quoted only as far as it holds what was asked for."""
_LEAST = 12
"""A run of clauses shorter than this says too little by itself."""
_ALIKE = tuple(
    frozenset(words.split())
    for words in (
        "开展 组织 举办 举行 进行 实施 推进 推动 深化 抓好 召开",
        "参加 参与",
        "建立 制定 完善 健全 成立 设立 出台 印发 编制 绘制 落实 执行",
        "打造 创建 建设 建成 争创 培育 创立",
        "获得 荣获 获评 入选 被评为 评为 授予 表彰 获",
        "推行 实施 实行 采用 探索 运用 使用 坚持",
    )
)
"""Verbs that say the same of an office's work."""


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that say it, in the order of the corpus."""

    article_ids: tuple[str, ...]
    about: tuple[str, ...]
    """What every one of them says."""
    exact: bool
    """Whether in these words, else in one sentence with all their parts."""
    complete: bool
    """Whether no other article can say it: else there are at least these."""

    @property
    def exact_ids(self) -> tuple[str, ...]:
        """The articles that say it in these very words."""
        return self.article_ids if self.exact else ()


def find_mentions(about: Sequence[str], snapshot: Snapshot) -> Found:
    """The articles that say all of this; several names must each stand in it, wherever."""
    found = [articles_saying(words, snapshot) for words in about]
    ids = _common(found)
    if ids:
        return Found(ids, tuple(about), exact=True, complete=True)
    if len(about) == 1:
        joined = tuple(part for part in _JOINED.split(about[0]) if len(part) >= 2)
        if len(joined) >= 2 and (ids := _common([articles_saying(part, snapshot) for part in joined])):
            return Found(ids, joined, exact=True, complete=True)
        return _in_parts(about[0], snapshot)
    return Found((), tuple(about), exact=True, complete=True)


def _common(found: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(i for i in found[0] if all(i in other for other in map(set, found[1:])))


def _characters(words: str) -> list[str]:
    """The single characters, words and numbers that any passage with these words holds, quoted inside or not."""
    return [term for term in tokenize(squeeze(words)) if len(term) == 1 or not re.match(r"[\u4e00-\u9fff]", term)]


def articles_saying(words: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Ids of the articles that say these very words, in the order of the corpus."""
    wanted = squeeze(words)
    characters = _characters(words)
    if not characters:
        return ()
    spelled = re.compile(_BETWEEN.join(map(re.escape, wanted)), re.IGNORECASE)
    texts = snapshot.corpus.texts_with(snapshot.lexical.holding(characters).tolist())
    return tuple(i for i, text in texts.items() if spelled.search(text) or _folded_holds(text, wanted))


def _folded_holds(text: str, wanted: str) -> bool:
    """For a text in traditional or full-width characters; one with all the characters as asked has been searched."""
    return any(character not in text for character in wanted) and wanted in squeeze(text)


def _in_parts(words: str, snapshot: Snapshot) -> Found:
    pieces = [piece for piece in map(squeeze, _FILLERS.split(words)) if piece]
    holding = {int(number) for number in snapshot.lexical.holding(_characters("".join(pieces)))} if pieces else set()
    # Words that are only numbers or one character have no parts that could stand apart.
    if not any(len(piece) >= 4 for piece in pieces) and len(pieces) < 2:
        holding = set()
    tried = sorted(holding)
    if len(holding) > _READ_FOR_PARTS:
        ranked = (hit.passage for hit in snapshot.lexical.search(words, _RANKED))
        tried = [number for number in ranked if number in holding][:_READ_FOR_PARTS]
    ids: list[str] = []
    texts = snapshot.corpus.texts_with(tried)
    for passage in snapshot.corpus.passages_at(tried):
        text = texts[passage.article_id]
        if any(says(text[s.start : s.end], words) for s in sentences(text, Span(passage.start, passage.end))):
            ids.append(passage.article_id)
    in_order = tuple(i for i in texts if i in set(ids))
    return Found(in_order, (words,), exact=False, complete=len(tried) == len(holding))


def says(sentence: str, words: str) -> bool:
    """Whether a sentence holds these words, or every character of them next to a neighbour it has in them."""
    said = squeeze(sentence)
    if squeeze(words) in said:
        return True
    pieces = [piece for piece in map(squeeze, _FILLERS.split(words)) if piece]
    return bool(pieces) and all(_covered(piece, said) for piece in pieces)


def _covered(piece: str, said: str) -> bool:
    if len(piece) < 4 or not re.fullmatch(r"[\u4e00-\u9fff]+", piece):
        return piece in said
    pairs = [piece[i : i + 2] in said for i in range(len(piece) - 1)]
    return all(before or behind for before, behind in zip([False, *pairs], [*pairs, False], strict=True))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where one article says it."""

    article: Article
    spans: tuple[Span, ...]
    """For each thing asked for, the clauses that say it."""
    done: bool
    """Whether the sentence of the first also holds the verb asked for, or one like it."""


def mention_in(article: Article, about: Sequence[str], verb: str) -> Mention | None:
    """The first sentences of an article that say it, those with the verb before others; None where one is missing."""
    spans: list[Span] = []
    done = True
    for words in about:
        holding = list(_sentences_with(article, words))
        if not holding:
            return None
        with_verb = [span for span in holding if _does(article.text[span.start : span.end], verb, words)]
        in_body = [span for span in with_verb or holding if article.body_start <= span.start < article.body_end]
        spans.append(_shortened(article.text, (in_body or with_verb or holding)[0], words))
        done = done and bool(with_verb)
    return Mention(article, tuple(spans), done)


def _sentences_with(article: Article, words: str) -> Iterator[Span]:
    text, wanted = article.text, squeeze(words)
    exact = [line for line in paragraphs(text) if wanted in squeeze(text[line.start : line.end])]
    for line in exact or paragraphs(text):
        for span in sentences(text, line):
            said = text[span.start : span.end]
            if wanted in squeeze(said) or (not exact and says(said, words)):
                yield span


def _does(sentence: str, verb: str, words: str) -> bool:
    """Whether it holds the verb, one like it, or 抓 before the thing, which says any of an office's work."""
    if not verb or f"抓{squeeze(words)}" in squeeze(sentence):
        return True
    alike = next((words for words in _ALIKE if verb in words), frozenset({verb}))
    return any(word in sentence for word in alike)


def _shortened(text: str, sentence: Span, words: str) -> Span:
    """The sentence, or of a long one the shortest run of clauses that says it and is not a mere fragment."""
    if sentence.end - sentence.start <= _SHORT:
        return sentence
    parts = clauses(text, sentence)
    runs = (Span(parts[i].start, parts[j].end) for i in range(len(parts)) for j in range(i, len(parts)))
    holding = [run for run in runs if run.end - run.start >= _LEAST and says(text[run.start : run.end], words)]
    return trim_clause_end(text, min(holding, key=lambda run: run.end - run.start, default=sentence))


def ranks(words: Sequence[str], snapshot: Snapshot, limit: int) -> Mapping[str, int]:
    """Articles by their best passage's place in the lexical ranking, from 0, of the first `limit` passages."""
    numbers = [hit.passage for hit in snapshot.lexical.search(" ".join(words), limit)]
    article_of = {number: snapshot.corpus.passage(number).article_id for number in numbers}
    return {article_id: rank for rank, article_id in enumerate(dict.fromkeys(article_of.values()))}
