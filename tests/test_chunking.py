import random

from embeddings.structure.chunking import cut_passages, embedded_text
from embeddings.structure.outline import read_outline
from embeddings.structure.sentences import sentences
from embeddings.types import Span
from tests.outlines import article


def passages(built):
    return cut_passages(built, read_outline(built))


def texts(built):
    return [built.text[p.start : p.end] for p in passages(built)]


def test_passages_cover_the_text_in_order_and_end_with_sentences():
    text = "\n".join(f"这一段说的是第{n}件事，{'情况' * (n % 40)}。做法很多，成效也好，群众满意。" for n in range(40))
    built = article(text)
    found = passages(built)
    assert "".join(texts(built)).replace("\n", "") == text.replace("\n", "")
    assert [p.id for p in found[:2]] == ["a#0", "a#1"]
    ends = {span.end for span in sentences(text, Span(0, len(text)))}
    assert all(p.end in ends for p in found)
    assert all(p.end - p.start <= 340 for p in found)


def test_a_section_starts_a_passage_and_its_heading_is_in_it():
    text = "引言不长，只有一句。\n一、学习\n每周学一次，每月考一次。\n二、作风\n每季查一次，每年评一次。"
    built = article(text)
    assert texts(built) == [
        "引言不长，只有一句。",
        "一、学习\n每周学一次，每月考一次。",
        "二、作风\n每季查一次，每年评一次。",
    ]


def test_items_shorter_than_a_passage_are_never_cut():
    item = "是办好一件实事。" + "大家出主意，想办法，把事情办成办好，" * 9 + "群众满意。"
    text = "全年办了四件实事。" + "".join(numeral + item for numeral in "一二三四")
    assert texts(article(text)) == ["全年办了四件实事。一" + item, *(numeral + item for numeral in "二三四")]


def test_numbers_and_quotations_survive_text_without_any_full_stop():
    rng = random.Random(7)
    text = "".join(
        rng.choice(["水质优良", "2018年", "1,723.7万元", "“一条很长的引语，里面有逗号”", "，"]) for _ in range(600)
    )
    for part in texts(article(text))[:-1]:
        following = text[text.index(part) + len(part) :]
        assert not (part[-1].isdigit() and following[0].isdigit())
        assert part.count("“") == part.count("”")


def test_what_is_embedded_says_place_title_and_headings_first():
    text = "标题\n一、学习\n（一）领学\n" + "委员轮流领学，每次不超过五分钟，学完就议，议完就办，办完就报。" * 12
    built = article(text, body_start=3, place="咸宁")
    last = passages(built)[-1]
    assert embedded_text(built, last).startswith("咸宁 标题 一、学习 （一）领学\n委员轮流领学")
    assert embedded_text(article(text, place=""), last).startswith("标题 ")


def test_an_article_of_one_word_is_one_passage():
    assert texts(article("好")) == ["好"]


def test_a_table_begins_with_its_caption_and_is_cut_only_between_rows():
    rows = [f"第{n}类\t每户{n}00元。不重复享受，发完为止" for n in range(10, 24)]
    head = "表1 补助标准\n单位：元\n项目\t标准\n"
    built = article("这一段说的是补助。" * 28 + "\n" + head + "\n".join(rows))
    lead, first, *others = texts(built)
    assert lead == "这一段说的是补助。" * 28
    assert first.startswith(head + rows[0])
    assert [line for part in (first, *others) for line in part.split("\n")] == [*head.strip().split("\n"), *rows]


def test_a_row_longer_than_a_passage_is_cut_at_its_cells_and_clauses():
    cells = ["项目" * 60, "说明，" * 90, "备注" * 30]
    built = article("\t".join(cells))
    assert texts(built)[0].startswith("项目项目")
    assert "".join(texts(built)).replace("\t", "") == "".join(cells)
    assert len(texts(built)) == 2
    assert all(len(part) <= 310 for part in texts(built))


def test_what_the_page_says_is_a_passage_of_its_own_behind_the_body_without_headings():
    body = "一、学习\n每周学一次，每月考一次。\n二、作风\n每季查一次，每年评一次。"
    line, other = "来源：江城日报", "责任编辑：李四"
    start = len(body) + 1
    spans = (Span(start, start + len(line)), Span(start + len(line) + 1, start + len(line) + 1 + len(other)))
    built = article(f"{body}\n{line}\n{other}", page_lines=spans)
    assert texts(built)[-1] == f"{line}\n{other}"
    assert passages(built)[-1].headings == ()
    assert [built.text[s.start : s.end] for s in read_outline(built).sections] == [
        "一、学习\n每周学一次，每月考一次。", "二、作风\n每季查一次，每年评一次。"
    ]  # fmt: skip


def test_rows_announce_no_sections():
    rows = "一、\t抓学习\t一是集中学，二是自己学。\n二、\t抓作风\t一是经常查，二是年底评。"
    assert read_outline(article(rows)).sections == ()
