import random

from embeddings.chunking import cut_passages, embedded_text
from embeddings.outline import read_outline
from embeddings.sentences import sentences
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
