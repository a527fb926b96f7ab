"""`suyuan evaluate` on questions few enough to work the figures out by hand."""

import json
import lzma
import math

import pytest

from embeddings.errors import SuyuanError
from embeddings.rebuilding.rebuild import rebuild
from qa.evaluation.evaluate import measure
from qa.evaluation.formats import Asked
from qa.evaluation.sets import read_evaluation_set
from tests.written_articles import write_articles
from ui.cli import main

BUS = "流动图书车每月去外岛三次，司机也是管理员。"
BRAILLE = "盲文书有1200册，由志愿者送书上门。"
SEED = [
    {
        "id": "bus",
        "question": "流动图书车多久去一次外岛",
        "kind": "fact",
        "article": "sub/library",
        "must": [["3次", "三次"]],
    },
    # Judged by what the set says, which is wrong here: the answer is neither in this article nor this number.
    {
        "id": "braille",
        "question": "盲文书有几册",
        "kind": "fact",
        "article": ["harbour"],
        "must": [["一千二百", "1300"]],
    },
    {
        "id": "deeds",
        "question": "那三件实事具体是哪些？",
        "kind": "followup",
        "article": "harbour",
        "must": [["修食堂"], ["建浴室"], ["通班车"]],
        "history": ["港城的123工作方法是什么"],
    },
    {"id": "gold", "question": "今天的金价是多少", "kind": "fact", "article": "valley", "must": [["五百元"]]},
    {"id": "phone", "question": "谁发明了电话机", "kind": "none", "article": None, "must": []},
    {"id": "rangers", "question": "护林员有多少人", "kind": "none", "article": None, "must": []},
]

TOWER = "灯塔建于1907年，高21米，由三名守塔人轮流看护。"
TERRACE = "梯田里种的是红米，每亩收三百公斤，全靠人力收割。"
ON_CONTEXTS = [
    ("灯塔高多少米", TOWER, ["21米", "二十一米"]),
    ("梯田里种的是什么", TERRACE, ["红米"]),
    # Said to be of the terraces, of which the lexical leg finds no term in it and the dense leg finds the tower first.
    ("灯塔建于何时", TERRACE, ["红米"]),
    ("今天的金价是多少", TOWER, []),
]


def lines(file, items):
    written = [item if isinstance(item, bytes) else json.dumps(item, ensure_ascii=False).encode() for item in items]
    file.write_bytes(b"\n".join(written))
    return file


def squad(file):
    paragraphs = [
        {
            "context": context,
            "qas": [
                {
                    "id": question,
                    "question": question,
                    "answers": [{"text": g} for g in gold],
                    "is_impossible": not gold,
                }
                for question, on, gold in ON_CONTEXTS
                if on == context
            ],
        }
        for context in (TOWER, TERRACE)
    ]
    file.write_text(json.dumps({"version": "1", "data": [{"paragraphs": paragraphs}]}, indent=1), encoding="utf-8")
    return file


def reading_items():
    return [
        {
            "id": question,
            "source": "written",
            "context": context,
            "question": question,
            "answers": [{"text": said, "start": context.find(said)} for said in gold],
            "impossible": not gold,
        }
        for question, context, gold in ON_CONTEXTS
    ]


def reading(file):
    return lines(file, reading_items())


def reading_xz(file):
    file.write_bytes(lzma.compress(reading(file).read_bytes()))
    return file


def rgb(file):
    return lines(
        file,
        [
            {
                "id": question,
                "query": question,
                "answer": [gold],
                "positive": [context] if gold else [],
                "negative": [text for text in (TOWER, TERRACE) if text != context or not gold],
            }
            for question, context, gold in ON_CONTEXTS
        ],
    )


@pytest.fixture(scope="module")
def index(one_model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluate")
    rebuild(write_articles(folder / "articles"), folder / "index")
    return folder / "index"


@pytest.fixture
def evaluated(one_model, capsys):
    """Run `suyuan evaluate`; returns what it printed, read where it is JSON."""

    def ran(*arguments):
        capsys.readouterr()
        assert main(["evaluate", *map(str, arguments)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return json.loads(out) if "--json" in arguments else out

    return ran


def first_of(article, hits):
    return next((rank for rank, hit in enumerate(hits, 1) if hit.passage.article_id == article), math.inf)


def test_the_figures_of_seed_questions(written, tmp_path):
    evaluation = measure(written, read_evaluation_set(lines(tmp_path / "seed.jsonl", SEED)))
    measured = evaluation.total
    assert (measured.questions, measured.answerable, measured.refused) == (6, 4, 2)
    assert (evaluation.articles, evaluation.passages, evaluation.judged_by) == (3, 15, "article")
    assert evaluation.by_source == {}
    # Ranks of the first passage of the article named: dense 1, 8, 1, beyond 10; lexical 1, 4, 1, 6.
    dense, lexical = measured.dense, measured.lexical
    assert (dense.recall_at_1, dense.recall_at_5, dense.recall_at_10) == (2 / 4, 2 / 4, 3 / 4)
    assert dense.mrr_at_10 == pytest.approx((1 + 1 / 8 + 1) / 4)
    assert (lexical.recall_at_1, lexical.recall_at_5, lexical.recall_at_10) == (2 / 4, 3 / 4, 4 / 4)
    assert lexical.mrr_at_10 == pytest.approx((1 + 1 / 4 + 1 + 1 / 6) / 4)
    retrieve = written.retriever.retrieve
    braille, gold = (
        first_of("harbour", retrieve("盲文书有几册", 10)),
        first_of("valley", retrieve("今天的金价是多少", 10)),
    )
    assert measured.fused.mrr_at_10 == pytest.approx((1 + 1 / braille + 1 + 1 / gold) / 4)
    # Right: the bus and the deeds; wrong: the braille books; refused: the gold price.
    assert measured.answer_accuracy == 2 / 4
    # Of the two questions without an answer one is refused, one answered.
    assert measured.worth == pytest.approx((1 - 1 + 1 + 0 + 1 - 1) / 6)
    assert measured.tentative == 0
    # Right: 1 of the bus, 4 of the deeds; wrong: 1 of the braille books, 1 of the rangers, who the set says are none.
    assert measured.citation_precision == 5 / 7
    assert measured.refusal_precision == 1 / 2
    assert measured.refusal_recall == 1 / 2
    deeds = "办好“三件实事”，暖到职工的心里。\n- 修食堂。\n- 建浴室。\n- 通班车。职工上下班路上的时间缩短了40%。"
    rangers = "站里的护林员共有27人，全年查处违规用火6起，罚款3000元。"
    assert sorted(map(len, (BUS, BRAILLE, deeds, rangers)))[1:3] == [len(BUS), len(rangers)]
    assert measured.median_answer_length == (len(BUS) + len(rangers)) / 2
    assert 0 < measured.median_seconds < 5
    # Of the four answered, the braille books and the rangers are wrong.
    end = evaluation.risk_coverage.points[-1]
    assert (end.coverage, end.risk) == (4 / 6, 2 / 4)
    assert evaluation.bad == ()


@pytest.mark.parametrize("write", [squad, reading, reading_xz, rgb])
def test_a_set_with_contexts_is_asked_of_them(evaluated, tmp_path, write):
    measured = evaluated(write(tmp_path / "set"), "--json")
    total = measured["total"]
    assert (measured["articles"], measured["passages"], measured["judged_by"]) == (2, 2, "article")
    assert (total["questions"], total["answerable"], total["refused"]) == (4, 3, 1)
    # Ranks: dense 1, 1, 2; lexical 1, 1 and not at all.
    assert total["dense"] == {
        "recall_at_1": 2 / 3, "recall_at_5": 1, "recall_at_10": 1, "mrr_at_10": pytest.approx(2.5 / 3),
    }  # fmt: skip
    assert total["lexical"] == dict.fromkeys(
        ("recall_at_1", "recall_at_5", "recall_at_10", "mrr_at_10"), pytest.approx(2 / 3)
    )
    assert total["fused"]["recall_at_5"] == 1
    assert total["answer_accuracy"] == 2 / 3
    assert total["citation_precision"] == 2 / 3
    assert (total["refusal_precision"], total["refusal_recall"]) == (1, 1)
    assert measured["bad"] == []


def test_on_another_index_the_gold_answers_judge(evaluated, index, tmp_path):
    items = [
        {"id": 1, "query": "流动图书车多久去一次外岛", "answer": ["每月", ["三次", "3次"]], "positive": ["甲"]},
        # What is asked for stands in another section than the one answered from.
        {"id": 2, "query": "盲文书有几册", "answer": ["故事 會"], "positive": ["乙"]},
        {"id": 3, "query": "盲文书有几册", "answer": ["1,200册"], "positive": ["丙"]},
    ]
    measured = evaluated(lines(tmp_path / "rgb.jsonl", items), "--index", index, "--json")
    total = measured["total"]
    assert (measured["articles"], measured["judged_by"]) == (3, "gold")
    assert total["lexical"]["recall_at_1"] == pytest.approx(2 / 3)
    assert total["lexical"]["mrr_at_10"] == pytest.approx((1 + 1 / 2 + 1) / 3)
    # Two passages lie so near that processors, which round differently, rank them third and fourth or the other way.
    assert any(total["dense"]["mrr_at_10"] == pytest.approx((1 + 1 / rank + 1) / 3) for rank in (3, 4))
    assert total["answer_accuracy"] == pytest.approx(2 / 3)
    assert total["citation_precision"] == pytest.approx(2 / 3)
    assert (total["refusal_precision"], total["refusal_recall"]) == (None, None)


def test_a_context_merged_with_its_reprint_still_answers(evaluated, tmp_path):
    items = [
        {"question": "灯塔高多少米", "context": context, "answers": [{"text": "21米"}]}
        for context in (TOWER, f"{TOWER}\n")
    ]
    items.append({"question": "今天的金价是多少", "context": TERRACE, "impossible": True})
    measured = evaluated(lines(tmp_path / "reading.jsonl", items), "--json")
    total = measured["total"]
    assert (measured["articles"], total["questions"], total["refused"]) == (2, 3, 1)
    assert (total["fused"]["recall_at_1"], total["citation_precision"]) == (1, 1)


def test_the_table(evaluated, index, tmp_path):
    table = evaluated(lines(tmp_path / "seed.jsonl", [*SEED[:3], SEED[4], b"{broken"]), "--index", index).splitlines()
    retrieval = next(number for number, line in enumerate(table) if line.startswith("检索 Retrieval"))
    assert table[retrieval].split() == ["检索", "Retrieval", "recall@1", "recall@5", "recall@10", "MRR@10"]
    assert table[retrieval + 1].split() == ["向量", "dense", "0.667", "0.667", "1.000", "0.708"]
    assert table[retrieval + 2].split() == ["词汇", "lexical", "0.667", "1.000", "1.000", "0.750"]
    assert table[:3] == [
        "索引 index                        3 篇 articles, 15 段 passages",
        "问题 questions                    4",
        "其中可答 answerable               3",
    ]
    assert table[3:5] == ["拒答 refused                      1", "不确定 unsure                     0"]
    assert "价值（错答倒扣）worth                  0.500" in table
    assert "拒答召回率 refusal recall              1.000" in table
    assert table[-2:] == ["略去 Left out: 1", "  第 5 行：不是 UTF-8 的 JSON 对象 / not a JSON object in UTF-8"]


def test_only_the_first_are_asked_and_nothing_is_logged(evaluated, index, tmp_path, monkeypatch):
    monkeypatch.setenv("SUYUAN_INDEX", str(index))
    file = lines(tmp_path / "seed.jsonl", [SEED[4], *SEED])
    measured = evaluated(file, "--limit", "2", "--json")
    total = measured["total"]
    assert (total["questions"], total["answerable"], total["refused"]) == (2, 1, 1)
    assert total["fused"]["recall_at_1"] == 1
    assert not (index / "unanswered.jsonl").exists()


def test_without_answerable_questions_there_is_no_recall(evaluated, index, tmp_path):
    file = lines(tmp_path / "seed.jsonl", [SEED[4]])
    measured = evaluated(file, "--index", index, "--json")
    total = measured["total"]
    assert set(total["fused"].values()) == {None}
    assert (total["answer_accuracy"], total["citation_precision"], total["median_answer_length"]) == (None,) * 3
    assert (total["refusal_precision"], total["refusal_recall"]) == (1, 1)
    assert "融合 fused                                 —         —         —         —" in evaluated(
        file, "--index", index
    )


def test_the_formats_are_told_apart_by_what_they_hold(tmp_path):
    seed = read_evaluation_set(lines(tmp_path / "a", SEED))
    assert seed.contexts == ()
    assert seed.asked[2] == Asked(
        id="deeds",
        question="那三件实事具体是哪些？",
        history=("港城的123工作方法是什么",),
        gold=(("修食堂",), ("建浴室",), ("通班车",)),
        articles=("harbour",),
        answerable=True,
    )
    assert seed.asked[4] == Asked("phone", "谁发明了电话机", (), (), (), answerable=False)
    sets = [read_evaluation_set(write(tmp_path / "b")) for write in (reading, reading_xz, squad, rgb)]
    tower, terrace = sets[0].contexts
    assert (tower.text, terrace.text) == (TOWER, TERRACE)
    asked = {
        "灯塔高多少米": ((("21米", "二十一米"),), (tower.id,), True),
        "梯田里种的是什么": ((("红米",),), (terrace.id,), True),
        "灯塔建于何时": ((("红米",),), (terrace.id,), True),
        "今天的金价是多少": ((), (), False),
    }
    for read in sets:
        assert {one.id: (one.gold, one.articles, one.answerable) for one in read.asked} == asked
        assert {one.id: one.question for one in read.asked} == {question: question for question in asked}
        assert set(read.contexts) == {tower, terrace}
        assert read.bad == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{broken", "JSON"),
        (b"[1]", "JSON"),
        ('{"question": "金价"}'.encode("gb18030"), "UTF-8"),
        (b"[" * 100_000, "JSON"),
        ({"question": " ", "kind": "fact"}, "question 是空的 / is blank"),
        ({"question": "几点", "must": [["三点"]]}, "kind 缺失 / is missing"),
        ({"question": "几点", "kind": "fact", "must": [["。"]]}, "没有标准答案"),
        ({"question": "几点", "kind": "fact", "must": "三点"}, "must 不对"),
        ({"question": "几点", "context": "三点开门。", "answers": []}, "没有标准答案"),
        ({"query": "几点", "answer": ["三点"], "positive": "三点开门。"}, "positive 不对"),
        (b'{"question": "\\ud800", "kind": "none"}', "question 不对"),
        (b'{"question": "q", "context": "\\ud800", "impossible": true}', "context 不对"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_go_on(tmp_path, line, says):
    read = read_evaluation_set(lines(tmp_path / "set.jsonl", [SEED[0], b"", line, SEED[4]]))
    assert [one.id for one in read.asked] == ["bus", "phone"]
    (bad,) = read.bad
    assert bad.place == "第 3 行"
    assert says in bad.reason


def test_a_bad_part_of_squad_is_named_and_the_rest_go_on(tmp_path):
    good = {"question": "灯塔高多少米", "answers": [{"text": "21米"}]}
    data = [
        {"title": "no paragraphs"},
        {"paragraphs": [{"context": " ", "qas": [good]}, {"context": TOWER, "qas": [{"question": "几点"}, good]}]},
    ]
    file = tmp_path / "squad.json"
    file.write_text(json.dumps({"data": data}), encoding="utf-8-sig")
    read = read_evaluation_set(file)
    assert [bad.place for bad in read.bad] == ["data[0]", "data[1].paragraphs[0]", "data[1].paragraphs[1].qas[0]"]
    assert [(one.id, one.question) for one in read.asked] == [("data[1].paragraphs[1].qas[1]", "灯塔高多少米")]
    assert [context.text for context in read.contexts] == [TOWER]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的"),
        (b"plain text", "第 1 行"),
        (b'{"data": []}', "文件是空的"),
        (lzma.compress(b"{}")[:-9], "解压不了"),
    ],
)
def test_a_file_without_questions_is_refused(tmp_path, content, says):
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(SuyuanError, match=says) as caught:
        read_evaluation_set(file)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_cant_be_read_is_refused(tmp_path, capsys, name):
    assert main(["evaluate", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"suyuan: 读不了 {tmp_path / name}")


def test_questions_without_contexts_need_an_index(tmp_path, capsys):
    file = lines(tmp_path / "seed.jsonl", SEED)
    assert main(["evaluate", str(file), "--index", str(tmp_path / "nowhere")]) == 2
    assert "rebuild-index" in capsys.readouterr().err


@pytest.mark.parametrize("limit", ["0", "-1", "five"])
def test_a_limit_is_a_positive_number(tmp_path, capsys, limit):
    with pytest.raises(SystemExit) as caught:
        main(["evaluate", str(tmp_path / "file"), "--limit", limit])
    assert caught.value.code == 2
    assert "正整数" in capsys.readouterr().err
