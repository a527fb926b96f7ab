"""Questions typed in pinyin letters: the Chinese words of the corpus that they spell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from embeddings.folding import fold
from embeddings.index.legs import LexicalLeg
from embeddings.structure.chunking import embedded_text
from qa.retrieving.retriever import Retriever
from qa.understanding.sounds import characters_of, confused_with, places_spelled, spelled

_LETTERS = re.compile(r"[a-zA-Z]+(?:['’ -]+[a-zA-Z]+)*")
_ASKING = {
    "de": "的", "shi": "是", "fa": "法", "gongzuofa": "工作法", "he": "和", "zai": "在", "you": "有",
    "shenme": "什么", "shishenme": "是什么", "shisha": "是啥", "youshenme": "有什么", "naxie": "哪些",
    "younaxie": "有哪些", "shinaxie": "是哪些", "naji": "哪几", "jige": "几个", "najige": "哪几个",
    "shinajige": "是哪几个", "duoshao": "多少", "shiduoshao": "是多少", "shui": "谁", "shei": "谁",
    "shishui": "是谁", "shishei": "是谁", "ruhe": "如何", "zenme": "怎么", "zenyang": "怎样", "weishenme": "为什么",
    "nali": "哪里", "zainali": "在哪里", "fenbie": "分别", "fenbieshi": "分别是", "zuozhe": "作者", "ma": "吗",
    "ne": "呢", "shenmeshihou": "什么时候", "shihou": "时候",
}  # fmt: skip
"""Words of asking and of methods (工作法), which no article need hold."""
_SPELLINGS = 6
"""Ways to cut a word into syllables that are tried (xianning: xian ning, xia n ning)."""
_CHARACTERS = 24
"""Characters weighed for a syllable, the commonest of the corpus."""
_PASSAGES = 10


@dataclass(frozen=True, slots=True)
class _Reading:
    """What letters spell, and the words of it that the corpus must hold."""

    text: str
    words: tuple[str, ...]


def without_pinyin(question: str, retriever: Retriever) -> str:
    """The question with stretches of pinyin as the Chinese that the corpus has; all of a stretch or nothing of it.

    What is read must stand in one passage of the corpus together.
    """
    text = question
    words: list[str] = []
    for match in reversed(list(_LETTERS.finditer(question))):
        reading = _read(match.group(), retriever.snapshot.lexical)
        if reading is not None:
            text = text[: match.start()] + reading.text + text[match.end() :]
            words.extend(reading.words)
    return text if words and _stand_together(words, text, retriever) else question


def _read(stretch: str, lexical: LexicalLeg) -> _Reading | None:
    """The Chinese that the words spell, or None where one of them spells nothing that the corpus knows."""
    words = re.split(r"[ -]+", re.sub(r"['’]", "", stretch.lower()))
    weights = lexical.idf(["", *words])
    if any(weights[word] < weights[""] and word not in _ASKING for word in words):
        return None
    text, said, pending = "", [], []
    for word in [*words, ""]:
        if word and word not in _ASKING:
            pending.append(word)
            continue
        if pending:
            found = _spoken(pending, lexical)
            if not found:
                return None
            text += "".join(found)
            said.extend(found)
            pending = []
        text += _ASKING.get(word, "")
    return _Reading(text, tuple(said))


def _spoken(words: Sequence[str], lexical: LexicalLeg) -> list[str]:
    """The words of the corpus that these words spell, or none: places first, else the commonest pairs of characters."""
    for count in range(len(words), 0, -1):
        letters = "".join(words[:count])
        places = [place for place in places_spelled(letters) if _is_known(place, lexical)]
        if places:
            rest = _spoken(words[count:], lexical) if words[count:] else []
            return [places[0], *rest] if rest or not words[count:] else []
    cuts = [list(islice(sorted(spelled(word), key=len), _SPELLINGS)) for word in words]
    ways = sorted((sum(way, ()) for way in product(*cuts)), key=len)[:_SPELLINGS]
    for blur in (False, True):
        for way in ways:
            if found := _likeliest(way, lexical, blur):
                return found
    return []


def _is_known(word: str, lexical: LexicalLeg) -> bool:
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    weights = lexical.idf(["", *pairs])
    return all(weights[pair] < weights[""] for pair in pairs)


def _likeliest(syllables: Sequence[str], lexical: LexicalLeg, blur: bool) -> list[str]:
    """The words (of two characters or more) whose pairs of characters are the commonest, or none.

    Viterbi over the characters of each syllable; a pair costs its idf, and one unknown to the corpus parts two words.
    """
    unseen = lexical.idf([""])[""]
    best: dict[str, tuple[float, str]] = {}
    for syllable in syllables:
        like = "".join(map(characters_of, confused_with(syllable))) if blur else characters_of(syllable)
        weights = lexical.idf(dict.fromkeys(like))
        known = sorted((c for c in weights if weights[c] < unseen), key=lambda c: weights[c])[:_CHARACTERS]
        if not known:
            return []
        if not best:
            best = {c: (0.0, c) for c in known}
            continue
        pairs = lexical.idf(before + c for before in best for c in known)
        best = {
            c: min((cost + pairs[before + c], f"{said}{'' if pairs[before + c] < unseen else ' '}{c}")
                   for before, (cost, said) in best.items())
            for c in known
        }  # fmt: skip
    words = min(best.values())[1].split() if best else []
    return words if all(len(word) >= 2 for word in words) else []


def _stand_together(words: Sequence[str], text: str, retriever: Retriever) -> bool:
    corpus = retriever.snapshot.corpus
    for hit in retriever.snapshot.lexical.search(text, _PASSAGES):
        passage = corpus.passage(hit.passage)
        page = re.sub(r"[“”‘’]", "", fold(embedded_text(corpus.article(passage.article_id), passage)))
        if all(word in page for word in words):
            return True
    return False
