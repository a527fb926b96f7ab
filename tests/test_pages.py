"""Pages of a PDF from the file to the citation: each character on the page it was printed on."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import qa
from embeddings.cleaning.cleaning import clean_page
from embeddings.page.blocks import Block, Page
from embeddings.page.front_matter import Stated
from embeddings.page.notes import place_notes
from embeddings.page.signs import page_turn, raised
from embeddings.reading.articles import parse_article
from embeddings.rebuilding.rebuild import rebuild
from embeddings.snapshot.snapshot import live_id
from embeddings.types import Article, PageStart, Span
from qa.integrations.langchain_chain import suyuan_tool
from qa.integrations.langchain_retriever import SuyuanRetriever
from qa.json_form import answer_json, article_json
from qa.page_numbers import pages_both, pages_en, pages_zh
from qa.types import Answer
from tests.conversations import FINES, answer, refusal
from tests.office_files import Set, pdf, pdf_lines, typeset
from ui.answer import conversation as render
from ui.answer.plain import with_sources
from ui.article import article as render_article
from ui.article.cards import cards
from ui.asking.stored import turns_from_json, turns_to_json
from ui.cli import main
from ui.takeaway.markdown import conversation_markdown
from ui.takeaway.word import conversation_docx
from ui.types import Hooks, Turn

TITLE = "江城水务十年志"
HEADER = "江城志丛书"
OPENING = "江城三面临水，十年前只有一座水厂，日供水9万吨，管网漏损率高达31%，一到夏天，高处的住户就接不到水。"
PLANTS = "截至2023年5月，江城共投入资金3.5亿元，建成污水处理厂6座，日处理能力18万吨，比前年翻了一番，出水水质全部达标。"
LONG = "东河的整治分作四期。第一期清淤，挖走淤泥41万方。第二期截污，封堵排口127个。" + "".join(
    f"第{n}段护岸长{n * 130}米，栽柳{n * 45}株，设步道一条、亲水台{n % 4 + 1}处，由沿岸的街道分段管护。"
    for n in range(1, 14)
)
NOTE = "漏损率按当年水务年报计算。"
PATROL = "巡河队现有队员84人，分作7个组，每组每天走完11公里河岸，发现的问题当天录入平台，三天之内必须办结。"


def read(data: bytes) -> Article:
    return parse_article(data, ".pdf")


def furnished(number: int, lines: list[Set]) -> list[Set]:
    return [Set(90, 805, 9, HEADER), *lines, Set(280, 30, 9, f"- {number} -")]


def chronicle() -> bytes:
    """Five pages: a paragraph runs from the first to the second, one from there over all of the third to the fourth."""
    opening, plants, long, patrol = map(typeset, (OPENING, PLANTS, LONG, PATROL))
    last = pdf_lines(opening, top=720)[-1]
    mark = Set(last.x + 12 * sum(0.5 if char.isascii() else 1 for char in last.text), last.y + 5, 7, "1")
    first = [
        Set(165, 770, 22, TITLE),
        *pdf_lines(opening, top=720),
        mark,
        *pdf_lines(plants[:1], top=last.y - 20),
        Set(90, 70, 9, f"1 {NOTE}"),
    ]
    second = [*pdf_lines([*plants[1:], *long[:5]], top=760)]
    third = pdf_lines(long[5:12], top=760)
    fourth = pdf_lines(long[12:], top=760)
    fifth = pdf_lines(["　　一、日常巡查", *patrol], top=760)
    return pdf([furnished(n, lines) for n, lines in enumerate((first, second, third, fourth, fifth), 1)])


def span_of(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def test_every_character_keeps_its_page() -> None:
    article = read(chronicle())
    lines = article.text.split("\n")
    assert lines == [TITLE, OPENING, f"注1：{NOTE}", PLANTS, LONG, "一、日常巡查", PATROL]
    plants, long = typeset(PLANTS), typeset(LONG)
    second = article.text.index(plants[1])
    third, fourth = article.text.index(long[5]), article.text.index(long[12])
    assert article.pages == (
        PageStart(0, 1), PageStart(second, 2), PageStart(third, 3), PageStart(fourth, 4),
        PageStart(article.text.index("一、日常巡查"), 5),
    )  # fmt: skip
    assert article.pages_of(span_of(article, NOTE)) == (1, 1)
    assert article.pages_of(span_of(article, PLANTS)) == (1, 2)
    assert article.pages_of(Span(second - 1, second)) == (1, 1)
    assert article.pages_of(Span(second, second + 1)) == (2, 2)
    assert article.pages_of(span_of(article, LONG)) == (2, 4)
    assert article.pages_of(span_of(article, PATROL)) == (5, 5)
    # A line break before a page's first line is not on that page, nor is one behind the last of another.
    assert article.pages_of(Span(article.text.index("\n一、日常"), len(article.text))) == (5, 5)


def test_a_word_broken_at_the_end_of_a_page_stands_on_both() -> None:
    words = (
        "The water works of the city were opened in the spring of that year by a distin\u00adguished guest from afar."
    )
    before, after = words.split("\u00ad")
    article = read(pdf([pdf_lines([before + "\u00ad"], top=80), pdf_lines([after], top=760)]))
    joined = before + after
    assert joined in article.text
    turned = article.text.index("guished")
    assert article.pages == (PageStart(0, 1), PageStart(turned, 2))


def test_a_note_stands_on_its_own_page_wherever_its_paragraph_ends() -> None:
    body = f"漏损率高达31%{raised('1')}，{page_turn(4)}到了年底才降下来，这是江城水务十年里最难的一年。"
    blocks = (
        Block(body, page=3),
        Block(f"{raised('1')} {NOTE}", page=3),
        Block("后面的话写在第四页，讲怎样修管网。", page=4),
    )
    page = place_notes(Page(blocks=blocks, stated=Stated(title=TITLE)))
    assert [(block.text[:4], block.page, block.turns) for block in page.blocks] == [
        ("漏损率高", 3, (PageStart(9, 4),)), ("注1：漏", 3, ()), ("后面的话", 4, ()),
    ]  # fmt: skip
    article = clean_page(page)
    assert article is not None
    assert [article.text[at.start :][:4] for at in article.pages] == ["漏损率高", "到了年底", "注1：漏", "后面的话"]
    assert [at.page for at in article.pages] == [3, 4, 3, 4]


def test_slides_keep_their_numbers_and_what_has_no_pages_has_none() -> None:
    texts = (
        "第一张幻灯片讲的是江城的水厂和管网。",
        "第二张讲的是河道怎样清淤和截污。",
        "来源：江城日报 责任编辑：李四",
    )
    article = clean_page(Page(tuple(Block(text, page=n) for n, text in enumerate(texts, 1)), Stated(title=TITLE)))
    assert article is not None
    assert [(article.text[at.start :][:3], at.page) for at in article.pages] == [
        ("第一张", 1),
        ("第二张", 2),
        ("来源：", 3),
    ]
    assert parse_article("\n".join(texts).encode(), ".txt").pages == ()
    # What a text says that looks like a page's sign is none: it does not say on which page it begins.
    hostile = clean_page(place_notes(Page((Block(f"江城的水厂{page_turn(9)}有六座，每座都有人守。"),), Stated())))
    assert hostile is not None
    assert (hostile.text, hostile.pages) == ("江城的水厂有六座，每座都有人守。", ())


def test_a_line_cut_in_two_keeps_the_page_of_each_part() -> None:
    block = Block("前面的话在第二页，后面的话在第三页。（责任编辑：李四）", page=2, turns=(PageStart(9, 3),))
    assert block.piece(0, 18) == Block("前面的话在第二页，后面的话在第三页。", page=2, turns=(PageStart(9, 3),))
    assert block.piece(18, len(block.text)) == Block("（责任编辑：李四）", page=3)
    assert block.piece(9, 18) == Block("后面的话在第三页。", page=3)


@pytest.mark.parametrize(
    ("cited", "zh", "en"),
    [
        ([(0, 0)], "", ""),
        ([(3, 3)], "第3页", "p. 3"),
        ([(3, 4)], "第3—4页", "pp. 3–4"),
        ([(9, 9), (3, 3), (3, 3)], "第3、9页", "pp. 3, 9"),
        ([(3, 4), (4, 6), (12, 12), (0, 0)], "第3—6、12页", "pp. 3–6, 12"),
        ([(3, 3), (4, 4)], "第3—4页", "pp. 3–4"),
    ],
)
def test_pages_in_words(cited: list[tuple[int, int]], zh: str, en: str) -> None:
    citations = [replace(FINES, page=first, page_end=last) for first, last in cited]
    assert (pages_zh(*citations), pages_en(*citations)) == (zh, en)
    assert pages_both(citations[0]) == " ".join(filter(None, (pages_zh(citations[0]), pages_en(citations[0]))))


@pytest.fixture(scope="module")
def index(one_model: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages") / "articles"
    folder.mkdir()
    (folder / "chronicle.pdf").write_bytes(chronicle())
    (folder / "valley.txt").write_text("山谷县怎样种树\n山谷县林业站去年种树4200亩，护林员共有27人。", encoding="utf-8")
    rebuild(folder, folder.parent / "index")
    return folder.parent / "index"


@pytest.fixture(scope="module")
def answers(index: Path) -> dict[str, Answer]:
    answerer = qa.load(index)
    return {
        "one": answerer.ask("江城的巡河队有多少队员"),
        "two": answerer.ask("江城建成了几座污水处理厂"),
        "none": answerer.ask("山谷县的护林员有多少人"),
    }


def test_citations_say_on_which_pages_they_stand(answers: dict[str, Answer]) -> None:
    said = {name: [(c.quote, c.page, c.page_end) for c in answer.citations] for name, answer in answers.items()}
    assert said == {
        "one": [(PATROL, 5, 5)],
        "two": [(PLANTS, 1, 2)],
        "none": [("山谷县林业站去年种树4200亩，护林员共有27人。", 0, 0)],
    }
    told = [answer_json(answer)["citations"][0] for answer in answers.values()]
    assert [(citation["page"], citation["page_end"]) for citation in told] == [(5, 5), (1, 2), (0, 0)]


def test_the_terminal_prints_pages(index: Path, answers: dict[str, Answer], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "江城建成了几座污水处理厂", "--index", str(index)]) == 0
    cited = answers["two"].citations[0]
    assert f"《{TITLE}》第1—2页 pp. 1–2 (chronicle {cited.start}-{cited.end})" in capsys.readouterr().out
    assert main(["ask", "山谷县的护林员有多少人", "--index", str(index)]) == 0
    assert "页" not in capsys.readouterr().out.split("出处 Sources:")[1]


def test_pages_are_taken_away_with_the_sources(answers: dict[str, Answer]) -> None:
    turns = [Turn(answer.question, answer) for answer in answers.values()]
    notes = [line for line in conversation_markdown(turns).splitlines() if line.startswith("[^")]
    assert notes == [
        f"[^1]: 《{TITLE}》，第5页。原文：{PATROL}",
        f"[^2]: 《{TITLE}》，第1—2页。原文：{PLANTS}",
        "[^3]: 《山谷县怎样种树》。原文：山谷县林业站去年种树4200亩，护林员共有27人。",
    ]
    with zipfile.ZipFile(io.BytesIO(conversation_docx(turns, TITLE))) as archive:
        word = BeautifulSoup(archive.read("word/endnotes.xml"), "xml").get_text()
    assert f"《{TITLE}》，第5页。原文：{PATROL}" in word
    assert f"《{TITLE}》，第1—2页。原文：{PLANTS}" in word
    assert with_sources(answers["one"]).endswith(f"[1] 《{TITLE}》第5页\n    “{PATROL}”")


def seen(html: str, selector: str, language: str) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    return [" ".join(tag.get_text().split()) for tag in soup.select(f"{selector} .{language}")]


def test_the_page_shows_them_under_the_answer_on_the_cards_and_over_the_article(answers: dict[str, Answer]) -> None:
    first, second = answers["one"].citations[0], replace(answers["two"].citations[0], number=2)
    both = replace(
        answers["one"], text=f"{PATROL}[1]\n{PLANTS}[2]", citations=(first, second), sentences=(), answer_spans=()
    )
    turn = Turn("江城的水", both)
    shown = render.conversation((turn,), hooks=Hooks())
    assert seen(shown, ".source .on-page", "zh") == ["第1—2、5页"]
    assert seen(shown, ".source .on-page", "en") == ["pp. 1–2, 5"]
    assert "第5页" in BeautifulSoup(shown, "html.parser").select_one(".marker")["title"]
    assert seen(cards(turn, 0), ".place .on-page", "zh") == ["第5页", "第1—2页"]
    assert seen(cards(turn, 0), ".place .on-page", "en") == ["p. 5", "pp. 1–2"]
    opened = render_article.article(read_as("chronicle"), 0, 2, (first, second))
    assert seen(opened, ".jump .on-page", "zh") == ["第1—2页"]
    plain = Turn("山谷", answers["none"])
    assert "on-page" not in render.conversation((plain,), hooks=Hooks()) + cards(plain, 0)


def read_as(article_id: str) -> Article:
    return replace(read(chronicle()), id=article_id, path=f"{article_id}.pdf")


def test_of_a_refusal_the_nearest_passages_have_pages() -> None:
    near = replace(FINES, page=7, page_end=7)
    shown = render.conversation((Turn("问", refusal("问", "没有。", near)),), hooks=Hooks())
    assert seen(shown, ".nearest .on-page", "zh") == ["第7页"]


def test_chains_and_agents_are_told_pages(index: Path, answers: dict[str, Answer]) -> None:
    answerer = qa.load(index)
    found = SuyuanRetriever(answerer=answerer, limit=20, within=("chronicle",)).invoke("江城的巡河队有多少队员")
    article = answerer.article("chronicle")
    for document in found:
        told = document.metadata
        assert (told["page"], told["page_end"]) == article.pages_of(Span(told["start"], told["end"]))
    assert PATROL in found[0].page_content and (found[0].metadata["page"], found[0].metadata["page_end"]) == (5, 5)
    assert {page for document in found for page in (document.metadata["page"], document.metadata["page_end"])} == {
        1, 2, 3, 4, 5
    }  # fmt: skip
    assert f"[1] 《{TITLE}》第5页 p. 5：“{PATROL}”" in suyuan_tool(answerer).invoke("江城的巡河队有多少队员")
    told = article_json(article, answerer.outline("chronicle"))["pages"]
    assert [begun["page"] for begun in told] == [1, 2, 3, 4, 5]


def test_a_snapshot_from_before_pages_still_answers_and_a_rebuild_adds_them(index: Path, one_model: object) -> None:
    folder, name = index.parent / "articles", live_id(index)
    forget_pages(index / "snapshots" / name)
    answer = qa.load(index).ask("江城的巡河队有多少队员")
    assert [(c.quote, c.page, c.page_end) for c in answer.citations] == [(PATROL, 0, 0)]
    rebuild(folder, index, force=True)
    again = qa.load(index).ask("江城的巡河队有多少队员")
    assert [(c.page, c.page_end) for c in again.citations] == [(5, 5)]


def forget_pages(snapshot: Path) -> None:
    """Make a snapshot one that a version without pages wrote: the same but for that field."""
    file, manifest = snapshot / "corpus.sqlite", snapshot / "manifest.json"
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE articles SET article = json_remove(CAST(article AS TEXT), '$.pages')")
    connection.close()
    said = json.loads(manifest.read_bytes())
    said["files"][file.name] = sha256(file.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(said), encoding="utf-8")


def stored(**pages: int) -> tuple[Turn, ...]:
    (turn,) = turns_to_json([Turn("罚了多少", answer("罚了多少", f"{FINES.quote}[1]", FINES))])
    turn["answer"]["citations"][0] |= pages
    return turns_from_json([turn])


def test_a_conversation_kept_in_the_browser_keeps_pages_and_believes_none_that_can_not_be() -> None:
    assert stored(page=3, page_end=4)[0].answer.citations[0].page_end == 4
    (turn,) = turns_to_json([Turn("罚了多少", answer("罚了多少", f"{FINES.quote}[1]", FINES))])
    del turn["answer"]["citations"][0]["page"], turn["answer"]["citations"][0]["page_end"]
    assert turns_from_json([turn])[0].answer.citations[0].page == 0
    for page, page_end in ((4, 3), (-1, 2), (0, 2), (3, 0), (1, 10**9)):
        with pytest.raises(ValueError, match="pages of citation 1"):
            stored(page=page, page_end=page_end)
