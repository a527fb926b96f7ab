"""What the reading pane shows after a click; what the browser sends with it may be anything at all."""

from __future__ import annotations

from embeddings.types import Outline, Span
from ui.article import article as render_article
from ui.article import cards as render_cards
from ui.types import Answerer, Turn, is_turn


def open_citation(answerer: Answerer, turns: tuple[Turn, ...], turn: object, number: object) -> str:
    """The article of citation `number` of turn `turn`, with the quote highlighted."""
    if not is_turn(turn, turns) or not isinstance(number, int):
        return _expired()
    cited = turns[turn].cited
    citation = next((citation for citation in cited if citation.number == number), None)
    if citation is None:
        return render_article.message("这个标记没有对应的引文。", "There is no such citation.")
    try:
        article = answerer.article(citation.article_id)
    except KeyError:
        return render_article.lost_article(citation, turn, turns[turn].exact)
    contents = _outline(answerer, citation.article_id)
    return render_article.article(article, turn, number, cited, turns[turn].exact, contents)


def open_sources(turns: tuple[Turn, ...], turn: object) -> str:
    """What turn `turn` cites, one card an article."""
    if not is_turn(turn, turns):
        return _expired()
    return render_cards.cards(turns[turn], turn)


def open_passage(answerer: Answerer, turns: tuple[Turn, ...], turn: object, place: object) -> str:
    """The article of passage number `place`, counted from 0, of those that turn `turn` considered."""
    if not is_turn(turn, turns) or not isinstance(place, int):
        return _expired()
    answer = turns[turn].answer
    passages = answer.trace.passages if answer is not None and answer.trace is not None else ()
    if not 0 <= place < len(passages):
        return _expired()
    considered = passages[place]
    try:
        article = answerer.article(considered.article_id)
    except KeyError:
        return _gone()
    span = Span(considered.start, considered.end)
    return render_article.passage(article, span, turn, _outline(answerer, article.id))


def open_article(answerer: Answerer, article_id: object) -> str:
    """A whole article, nothing highlighted."""
    try:
        article = answerer.article(str(article_id))
    except KeyError:
        return _gone()
    return render_article.article(article, contents=_outline(answerer, article.id))


def open_elsewhere(answerer: Answerer, article_id: str, span: Span | None) -> str:
    """An article chosen in another tab, over the conversation where the screen is narrow; `span` is highlighted."""
    try:
        article = answerer.article(article_id)
    except KeyError:
        return _gone()
    contents = _outline(answerer, article_id)
    shown = render_article.passage(article, span, None, contents) if span else None
    return f"<div data-raise>{shown or render_article.article(article, contents=contents)}</div>"


def open_library(answerer: Answerer) -> str:
    """Which articles there are."""
    return render_article.library(answerer.heads())


def _outline(answerer: Answerer, article_id: str) -> Outline:
    """The outline, empty where the article was removed between two looks at the index."""
    try:
        return answerer.outline(article_id)
    except KeyError:
        return Outline(())


def _expired() -> str:
    return render_article.message("这段对话已经过期，请重新提问。", "This conversation has expired; please ask again.")


def _gone() -> str:
    return render_article.message("这篇文章已不在索引中。", "This article is no longer indexed.")
