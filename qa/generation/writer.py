"""From an extractive answer to one in a language model's words, each of its sentences held to the corpus."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from langchain_core.messages import BaseMessage

from qa.checking.sources import Source
from qa.checking.verification import Verifier
from qa.generation.cache import ReplyCache
from qa.generation.coverage import complete, touched
from qa.generation.draft import Draft, exact_answers
from qa.generation.packing import estimated_tokens, pack
from qa.generation.prompt import answer_messages, reworded_messages, summary_messages
from qa.generation.rewording import believable
from qa.generation.standalone import standalone_by
from qa.generation.summary import asks_for_summary, portions
from qa.grounds import Grounds, unsure_answer
from qa.llm.model import GenerationError, LanguageModel
from qa.replies.refusals import is_refusal
from qa.replies.reply import Claimed, ReplyParser
from qa.types import Answer, Citation, Sentence

_NEAR = -3.0
"""The reader's logit, of the best passage, from which a question that is refused comes near enough to something."""
_BEYOND_DOUBT = 0.9
"""Probability from which a certain answer stays certain though the model refused. Asked the office questions of the
measurements, one of 1.5 billion parameters refused nine certain answers; of the six above it five were right, of the
three below it two."""
_RULES = 600
"""Tokens that the rules and the question take of a prompt."""
_ALSO_REFUSED = (
    "语言模型读了这些段落，也没有找到回答。\nThe language model read these passages and found no answer either."
)
_REFUSED = (
    "语言模型说资料不足以回答，以下是文章原文。\n"
    "The language model found the passages insufficient; these are the articles’ own words."
)
_UNFOUNDED = (
    "语言模型写的句子在原文里都找不到依据，已全部弃用，以下是文章原文。\n"
    "Nothing the language model wrote is supported by the articles; these are the articles’ own words."
)


class _RefusedError(GenerationError):
    """The model read the passages and says that they do not answer."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is sent once, and the sources that its reply is held to."""

    messages: Sequence[BaseMessage]
    sources: Sequence[Source]


class Writer:
    """Words answers by one language model."""

    def __init__(self, llm: LanguageModel, cache: ReplyCache | None = None) -> None:
        """`cache` keeps replies to questions that are asked again; by default none are kept."""
        self._llm = llm
        self._cache = cache

    def standalone(self, question: str, history: Sequence[str]) -> str:
        """The follow-up completed from the earlier questions; empty where the model's wording can't be believed.

        Raises:
            GenerationError: the model gave no reply.
        """
        return standalone_by(self._llm, question, history)

    def rewords(self, grounds: Grounds) -> bool:
        """Whether reading is unsure, of a question that stands by itself, so that other words for it may help."""
        question = grounds.question
        alone = not question.earlier and question.chinese and question.kind not in ("corpus", "metadata")
        return alone and not grounds.is_sure and not asks_for_summary(question.text) and _is_for_a_model(grounds)

    def waiting(self, grounds: Grounds, started: float) -> Answer:
        """What whoever waits sees while the model is asked: nothing yet, and that it is asked."""
        draft = Draft(grounds.answer, grounds.retriever.snapshot.manifest.id)
        return draft.answer(time.monotonic() - started, "")

    def reworded(self, grounds: Grounds) -> str:
        """The question in the words of documents; empty where what the model makes of it can't be believed.

        Raises:
            GenerationError: the model gave no reply.
        """
        question = grounds.question
        return believable("".join(self._reply(grounds, reworded_messages(question.text))), question.text)

    def write(self, grounds: Grounds, started: float) -> Iterator[Answer]:
        """The answer as it grows, the last one whole; the extractive one, saying why, where the model gives none.

        What the keyless way is not sure of is put to the model too, with all that was read: where both found the
        same sentence, the answer is certain, where the model alone found one, unsure; where nothing that it says is
        supported, the keyless answer, unsure or silent, stands. What it was sure of, but not beyond doubt, is unsure
        where the model says that the passages do not answer. A question that comes near nothing costs no token.
        `started` is when it was asked, on the monotonic clock.
        """
        if not _is_for_a_model(grounds):
            yield grounds.answer
            return
        prompts = self._prompts(grounds)
        if not prompts:
            yield grounds.answer
            return
        draft = Draft(grounds.answer, grounds.retriever.snapshot.manifest.id)
        try:
            for prompt in prompts:
                for pending in self._written(draft, grounds, prompt):
                    yield draft.answer(time.monotonic() - started, pending, _is_doubtful(grounds))
            yield _whole(draft, grounds, started)
        except GenerationError as error:
            kept = unsure_answer(grounds) if isinstance(error, _RefusedError) and _may_err(grounds) else grounds.answer
            yield replace(kept, note=str(error), timings=replace(kept.timings, total=time.monotonic() - started))

    def _prompts(self, grounds: Grounds) -> list[Prompt]:
        """What the model is asked: once, or for a summary once for each portion of what is summed up."""
        question = grounds.question
        room = self._llm.limits.prompt_tokens - _RULES - estimated_tokens(question.text)
        if asks_for_summary(question.text):
            return [Prompt(summary_messages(question, sources), sources) for sources in portions(grounds, room)]
        sources = pack(grounds, room)
        return [Prompt(answer_messages(question, grounds.finding, sources), sources)] if sources else []

    def _written(self, draft: Draft, grounds: Grounds, prompt: Prompt) -> Iterator[str]:
        """Fill the draft with the reply; yields what is under way and not checked yet."""
        # Before the model is asked: whoever waits sees that it is, and may leave.
        yield ""
        verifier = Verifier(grounds.retriever, grounds.question.text)
        parser = ReplyParser()
        with closing(self._reply(grounds, prompt.messages)) as pieces:
            for piece in pieces:
                _add(draft, parser.feed(piece), verifier, prompt.sources)
                yield parser.pending
        _add(draft, parser.end(), verifier, prompt.sources)

    def _reply(self, grounds: Grounds, messages: Sequence[BaseMessage]) -> Generator[str, None, None]:
        """The reply in pieces, kept once it is whole."""
        question, snapshot = grounds.question.text, grounds.retriever.snapshot.manifest.id
        kept = self._cache.get(question, snapshot, self._llm.name, messages) if self._cache else None
        if kept is not None:
            yield kept
            return
        pieces: list[str] = []
        with closing(self._llm.stream(messages)) as stream:
            for piece in stream:
                pieces.append(piece)
                yield piece
        if self._cache:
            self._cache.put(question, snapshot, self._llm.name, messages, "".join(pieces))


def _is_for_a_model(grounds: Grounds) -> bool:
    """Whether no rule has answered it whole: of what a page says of itself a part may be missing."""
    kind, whole = grounds.question.kind, grounds.is_sure and not grounds.finding.note
    if kind == "corpus" or (kind == "metadata" and whole) or grounds.finding.contradicted or grounds.finding.computed:
        return False
    if asks_for_summary(grounds.question.text) or not grounds.answer.abstained:
        return True
    return max((passage.score for passage in grounds.finding.read), default=_NEAR - 1) >= _NEAR


def _is_doubtful(grounds: Grounds) -> bool:
    """Whether what the model says has nothing certain beside it; a summary needs none."""
    return not grounds.is_sure and not asks_for_summary(grounds.question.text)


def _agrees(said: Sequence[Sentence], citations: Sequence[Citation], grounds: Grounds) -> bool:
    """Whether the model found what reading, unsure, had found too."""
    found = () if grounds.answer.abstained else grounds.finding.statements
    return touched(found, "\n".join(sentence.text for sentence in said), citations)


def _may_err(grounds: Grounds) -> bool:
    """Whether a certain answer is one of reading that a second reader may shake: no list that its article announces."""
    listed = any(one.indent for one in grounds.finding.statements)
    return grounds.is_sure and not listed and grounds.answer.confidence < _BEYOND_DOUBT


def _add(draft: Draft, finished: Sequence[Claimed], verifier: Verifier, sources: Sequence[Source]) -> None:
    for claimed in finished:
        verdict = verifier.check(claimed, sources)
        if not verdict.lead_in:
            draft.add(_shown(claimed, verdict.computed), verdict.spans)


def _shown(claimed: Claimed, computed: str) -> Claimed:
    """The sentence with how its figure comes out, before its full stop."""
    if not computed:
        return claimed
    bare = claimed.text.rstrip("。；;！!")
    return replace(claimed, text=f"{bare}（{computed}）{claimed.text[len(bare) :]}")


def _whole(draft: Draft, grounds: Grounds, started: float) -> Answer:
    """The finished answer, with what the model left out.

    Raises:
        GenerationError: nothing of it is supported.
    """
    said = [sentence for sentence in draft.sentences if sentence.support != "unsupported"]
    if not said:
        refused = any(is_refusal(sentence.text) for sentence in draft.sentences)
        if (refused or not draft.sentences) and grounds.answer.abstained:
            raise GenerationError(_ALSO_REFUSED)
        if refused:
            raise _RefusedError(_REFUSED)
        raise GenerationError(_UNFOUNDED if draft.sentences else _REFUSED)
    if grounds.is_sure and not asks_for_summary(grounds.question.text):
        complete(draft, grounds, draft.answer(0).citations)
    doubtful = _is_doubtful(grounds) and not _agrees(said, draft.answer(0).citations, grounds)
    answer = draft.answer(time.monotonic() - started, tentative=doubtful)
    return replace(answer, answer_spans=exact_answers(answer, grounds.finding))
