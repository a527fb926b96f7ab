"""What stands around an answer as HTML: cards, how it came about, what to ask next, refusals, contents, chips."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from embeddings.types import Article, Outline, Section, Span
from qa.types import TENTATIVE, TENTATIVE_WORDED, Answer, AnswerSpan, Citation, Considered, Sentence, Timings, Trace
from ui.answer import conversation as render
from ui.answer.plain import with_sources
from ui.article import cards as render_cards
from ui.article import contents as render_contents
from ui.asking import frame as render_frame
from ui.types import FeedbackGiven, Hooks, Turn

HOSTILE = '<img src=x onerror=alert(1)><script>alert(1)</script>" onclick="alert(1) [点](javascript:alert(1))'
ARTICLE = Article("one", "渡口记", "渡口记\n旧渡口建于1932年。\n新渡口在下游2公里处。", "one.txt", body_start=4)
OLD, NEW = "旧渡口建于1932年。", "新渡口在下游2公里处。"


def cite(quote: str, number: int) -> Citation:
    start = ARTICLE.text.index(quote)
    told = ("渡口记", "赵六", "2020-01-02", "水乡报", "https://example.org/f")
    return Citation(number, "one", *told, start, start + len(quote), quote, ARTICLE.sha256, "s7", "水乡")


def answer() -> Answer:
    start = OLD.index("1932年")
    spans = (AnswerSpan(start, start + 5, 1, 4 + start, 4 + start + 5),)
    trace = Trace(
        "fact",
        ("渡口", "建"),
        (
            Considered("one", "渡口记", 4, 14, 1, 3, 0.8125, 6.5, 0.0321, 0.875, cited=True),
            Considered("two", "别处", 0, 5, None, 1, None, 9.25, 0.0164, None, cited=False),
        ),
    )
    return Answer(
        question="渡口何时建？",
        standalone="渡口何时建？",
        text=f"{OLD}[1]\n- {NEW}[2]",
        citations=(cite(OLD, 1), cite(NEW, 2)),
        nearest=(),
        abstained=False,
        reason="",
        confidence=0.934,
        mode="extractive",
        timings=Timings(0.01, 0.02, 0.031),
        answer_spans=spans,
        trace=trace,
        suggestions=("新渡口在哪里？", "谁建的渡口？"),
    )


def refusal() -> Answer:
    trace = Trace("fact", ("渡口", "票价"), ())
    return replace(answer(), text="没有提到。", citations=(), nearest=(cite(NEW, 1),), abstained=True, trace=trace)


def unsure() -> Answer:
    lead = f"{TENTATIVE}\n"
    spans = tuple(replace(one, start=one.start + len(lead), end=one.end + len(lead)) for one in answer().answer_spans)
    return replace(answer(), text=f"{lead}{answer().text}", answer_spans=spans, tentative=True)


def whole(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def chinese(html: str) -> BeautifulSoup:
    soup = whole(html)
    for hidden in soup.select(".en"):
        hidden.decompose()
    return soup


def texts(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [found.text for found in soup.select(selector)]


def shown(*answers: Answer, hooks: Hooks = Hooks()) -> BeautifulSoup:  # noqa: B008  (frozen)
    return chinese(render.conversation([Turn(one.question, one) for one in answers], hooks=hooks))


def test_the_citations_of_an_article_share_a_card_with_the_exact_words_in_them() -> None:
    soup = chinese(render_cards.cards(Turn("渡口何时建？", answer()), 3))
    assert texts(soup, ".bar .label") == ["出处 · 1 篇 2 处"]
    assert texts(soup, ".bar .standing") == []
    places = [(place["data-turn"], place["data-number"]) for place in soup.select(".card button.place")]
    assert places == [("3", "1"), ("3", "2")]
    assert texts(soup, ".card .badge") == ["[1]", "[2]"]
    assert texts(soup, ".card .title") == ["渡口记"]
    assert texts(soup, ".card .of") == ["赵六 · 2020-01-02 · 水乡 · 水乡报"]
    assert texts(soup, ".card .quoted") == [OLD, NEW]
    assert texts(soup, ".card mark.exact") == ["1932年"]


def test_the_cards_come_in_the_order_in_which_their_articles_are_first_cited() -> None:
    two = (("b", 1), ("a", 2), ("b", 3), ("a", 4))
    cited = tuple(replace(cite(OLD, number), article_id=name, title=f"题{name}") for name, number in two)
    soup = chinese(render_cards.cards(Turn("问", replace(answer(), citations=cited, answer_spans=())), 0))
    assert texts(soup, ".bar .label") == ["出处 · 2 篇 4 处"]
    shown = [(card.h3.text, texts(card, ".badge")) for card in soup.select(".card") if card.h3]
    assert shown == [("题b", ["[1]", "[3]"]), ("题a", ["[2]", "[4]"])]
    english = whole(render_cards.cards(Turn("问", replace(answer(), citations=cited[:1])), 0))
    assert texts(english, ".bar .label .en") == ["Sources", "1 article, 1 quote"]


def test_the_cards_of_a_refusal_say_that_they_are_no_answer() -> None:
    soup = chinese(render_cards.cards(Turn("票价？", refusal()), 0))
    assert texts(soup, ".bar .label") == ["最接近的段落（不是答案） · 1 篇 1 处"]
    assert texts(soup, ".bar .standing") == ["○没有找到答案"]
    assert texts(soup, ".card .quoted") == [NEW]


def test_each_of_the_three_states_has_its_own_word_and_sign() -> None:
    soup = shown(answer(), unsure(), refusal())
    sure, doubtful, silent = soup.select(".turn")
    assert [texts(turn, ".standing") for turn in (sure, doubtful, silent)] == [[], ["?不确定"], ["○没有找到答案"]]
    assert [turn.select_one(".reply")["class"] for turn in (sure, doubtful, silent)] == [  # type: ignore[index]
        ["reply", "answer"], ["reply", "answer", "tentative"], ["reply", "refusal"],
    ]  # fmt: skip
    # What no article says stands apart from the quotations, which have their markers and exact words as ever.
    assert texts(doubtful, ".lead") == [TENTATIVE]
    assert texts(doubtful, ".words") == [f"{OLD}[1]{NEW}[2]"]
    assert texts(doubtful, ".words li") == [f"{NEW}[2]"]
    assert texts(doubtful, ".words .marker") == ["[1]", "[2]"]
    assert "".join(texts(doubtful, ".words strong.exact")) == "1932年"
    assert doubtful.text.count(TENTATIVE) == 1
    assert texts(chinese(render_cards.cards(Turn("问", unsure()), 0)), ".bar .standing") == ["?不确定"]


def test_an_unsure_answer_is_so_from_its_first_sentence_on() -> None:
    turn = Turn("渡口何时建？", unsure())
    steps = [chinese(render.conversation([turn], shown=pieces)) for pieces in (1, 2)]
    assert [texts(step, ".growing .standing") for step in steps] == [["?不确定"]] * 2
    assert [texts(step, ".growing .words") for step in steps] == [[""], [f"{OLD}[1]"]]
    assert render.piece_count(unsure()) == 3


def test_in_english_an_unsure_answer_says_so_in_english() -> None:
    soup = whole(render.conversation([Turn("问", unsure())]))
    assert texts(soup, ".standing .en") == ["Unsure"]
    assert texts(soup, ".lead .en") == ["The articles do not say so outright; the nearest words are:"]


def test_a_models_unsure_answer_says_whose_words_it_is_in() -> None:
    said = (Sentence(OLD, "verbatim", (1,)), Sentence(NEW, "verbatim", (2,), level=1))
    text = unsure().text.replace(TENTATIVE, TENTATIVE_WORDED)
    moved = len(TENTATIVE_WORDED) - len(TENTATIVE)
    exact = tuple(replace(one, start=one.start + moved, end=one.end + moved) for one in unsure().answer_spans)
    worded = replace(unsure(), text=text, mode="generated", sentences=said, answer_spans=exact)
    soup = shown(worded)
    assert (texts(soup, ".standing"), texts(soup, ".lead")) == (["?不确定"], [TENTATIVE_WORDED])
    assert texts(whole(render.conversation([Turn("问", worded)])), ".lead .en") == [
        "Not certain; from the articles, the language model answers:"
    ]
    assert texts(soup, ".words") == [f"{OLD}[1]{NEW}[2]"]
    assert "".join(texts(soup, ".words strong.exact")) == "1932年"


def test_how_an_answer_came_about() -> None:
    soup = shown(answer())
    facts = dict(zip(texts(soup, ".trace dt"), texts(soup, ".trace dd"), strict=True))
    assert facts == {
        "理解为": "渡口何时建？",
        "问题类型": "事实",
        "查找的词": "渡口、建",
        "把握": "0.93",
        "用时": "检索 0.010 秒，成文 0.020 秒，共 0.031 秒",
    }
    rows = [[cell.text for cell in row.select("td")] for row in soup.select(".trace tbody tr")]
    assert rows == [
        ["1. 渡口记", "1 · 0.812", "3 · 6.500", "0.0321", "0.88", "是"],
        ["2. 别处", "—", "1 · 9.250", "0.0164", "未读", "否"],
    ]
    places = [(row["data-turn"], row["data-passage"]) for row in soup.select(".trace tbody tr")]
    assert places == [("0", "0"), ("0", "1")]
    assert not soup.select("details.trace[open]")
    assert shown(replace(answer(), trace=None)).select(".trace") == []


def test_what_to_ask_next_stands_under_the_last_answer_only() -> None:
    soup = shown(answer(), answer())
    buttons = [(one.text, one["data-turn"], one["data-suggestion"]) for one in soup.select(".suggestion")]
    assert buttons == [("新渡口在哪里？", "1", "0"), ("谁建的渡口？", "1", "1")]
    assert [one["data-retry"] for one in soup.select("[data-retry]")] == ["1"]
    assert [one["data-edit"] for one in soup.select("[data-edit]")] == ["0", "1"]


def test_a_growing_answer_has_no_foot_yet() -> None:
    growing = whole(render.conversation([Turn("渡口何时建？", answer())], shown=1))
    assert growing.select(".foot, .trace, .suggestion") == []


def test_copying_takes_the_sources_along() -> None:
    copied = (
        f"{OLD}[1]\n- {NEW}[2]\n\n出处：\n"
        f"[1] 《渡口记》赵六，水乡报，2020-01-02，https://example.org/f\n    “{OLD}”\n"
        f"[2] 《渡口记》赵六，水乡报，2020-01-02，https://example.org/f\n    “{NEW}”"
    )
    assert with_sources(answer()) == copied
    assert [one["data-copy"] for one in shown(answer()).select("[data-copy]")] == [copied]
    assert "最接近的段落（不是答案）：\n[1] 《渡口记》" in with_sources(refusal())
    assert with_sources(replace(refusal(), nearest=())) == "【○没有找到答案 no answer】\n没有提到。"
    assert with_sources(unsure()) == f"【?不确定 unsure】\n{TENTATIVE}\n{copied}"
    assert [one["data-copy"] for one in shown(unsure()).select("[data-copy]")] == [with_sources(unsure())]


def test_a_refusal_says_what_was_looked_for_and_what_becomes_of_the_question() -> None:
    silent, recorded = shown(refusal()), shown(refusal(), hooks=Hooks(records=True))
    offered = shown(refusal(), hooks=Hooks(record=lambda _: None))
    assert texts(silent, ".looked .term") == ["渡口", "票价"]
    assert texts(silent, ".recorded") == []
    assert texts(recorded, ".recorded") == ["这个问题已记下，供文库的管理者补充文章。"]
    assert recorded.select("[data-record]") == []
    assert [one["data-record"] for one in offered.select("[data-record]")] == ["0"]
    assert texts(shown(replace(refusal(), trace=None)), ".looked") == []


def test_thumbs_are_shown_only_where_someone_takes_them() -> None:
    def take(given: FeedbackGiven) -> None:
        raise AssertionError(given)

    assert shown(answer()).select("[data-like], .why") == []
    soup = shown(answer(), refusal(), hooks=Hooks(feedback=take))
    said = [(one["data-like"], one["data-verdict"]) for one in soup.select("[data-like]")]
    assert said == [("0", "up"), ("0", "down"), ("1", "up"), ("1", "down")]


def test_an_outline_becomes_nested_contents() -> None:
    text = "一、建桥\n先打桩再铺板\n二、" + "很" * 60
    inner = Section("item", "先", Span(5, 8), 5, 12)
    outline = Outline(
        (Section("heading", "一、", Span(0, 4), 0, 12, (inner,)), Section("heading", "二、", Span(12, 74), 12, 74))
    )
    soup = whole(render_contents.contents(outline, text))
    assert [entry["data-at"] for entry in soup.select("[data-at]")] == ["0", "5", "12"]
    assert texts(soup, "ol ol [data-at]") == ["先打桩"]
    assert texts(soup, ".contents > ol > li > [data-at]") == ["一、建桥", "二、" + "很" * 45 + "…"]
    assert render_contents.contents(Outline(()), text) == ""


def test_chips_name_the_article_asked_alone_and_the_question_being_edited() -> None:
    soup = chinese(render_frame.chips(["渡口记"], 1))
    assert texts(soup, ".chip") == ["只问《渡口记》✕", "正在修改第 2 问，其后的问答会被替换✕"]
    assert [one["data-clear"] for one in soup.select("[data-clear]")] == ["within", "edit"]
    assert render_frame.chips([], None) == ""


def test_hostile_text_around_an_answer_stays_text() -> None:
    citation = replace(
        cite(OLD, 1), title=HOSTILE, author=HOSTILE, published=HOSTILE, source=HOSTILE, place=HOSTILE, quote=HOSTILE
    )
    considered = Considered(HOSTILE, HOSTILE, 0, 5, 1, 1, 0.5, 0.5, 0.5, 0.5, cited=True)
    bad = replace(
        answer(),
        text=f"{HOSTILE}[1]",
        standalone=HOSTILE,
        citations=(citation,),
        answer_spans=(),
        trace=Trace(HOSTILE, (HOSTILE,), (considered,)),
        suggestions=(HOSTILE,),
    )
    refused = replace(bad, citations=(), nearest=(citation,), abstained=True, reason=HOSTILE)
    hooks = Hooks(record=lambda _: None, feedback=lambda _: None)
    heading = Outline((Section("heading", HOSTILE, Span(0, len(HOSTILE)), 0, len(HOSTILE)),))
    pages = [
        render.conversation([Turn(HOSTILE, refused), Turn(HOSTILE, bad)], hooks=hooks),
        render_cards.cards(Turn(HOSTILE, bad), 0),
        render_frame.chips([HOSTILE], None),
        render_contents.contents(heading, HOSTILE),
    ]
    for soup in map(whole, pages):
        assert soup.select("img, script, iframe, a") == []
        assert all(not name.startswith("on") for tag in soup.find_all(True) for name in tag.attrs)
    assert [one["data-copy"] for one in whole(pages[0]).select("[data-copy]")] == list(
        map(with_sources, (refused, bad))
    )
    assert texts(chinese(pages[0]), ".suggestion") == [HOSTILE]
    assert texts(chinese(pages[2]), ".chip .title") == [f"《{HOSTILE}》"]
