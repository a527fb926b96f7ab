"""When the program answers and when it says that the corpus does not say: features, model, calibration, reasons."""

import math
from dataclasses import fields

import pytest

import qa
from embeddings.rebuild import rebuild
from embeddings.types import Hit, Span
from qa.evidence.abstain import Model, Weight, calibration, judge, probability
from qa.evidence.candidates import named, wanted_thing
from qa.evidence.facts import Evidence
from qa.evidence.features import OF_THE_READER, Features, features_of
from qa.evidence.gathering import Gathered
from qa.understanding.question import understand

TOWER = "灯塔建于1907年，用红砖砌成。灯塔高21米，由三名守塔人看护。"
BRIDGE = "石桥建于1907年，石桥长80米，桥下能过渔船。"
GUIDE = "游客守则写明，灯塔高21米，台阶陡，登塔须有人陪同。"


@pytest.fixture(scope="module")
def coast(one_model, tmp_path_factory):
    """Three articles of one passage each."""
    folder = tmp_path_factory.mktemp("coast")
    for name, text in {"bridge": BRIDGE, "guide": GUIDE, "tower": TOWER}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    rebuild(folder, folder / "index")
    return qa.load(folder / "index")


def hits(answerer, **cosines):
    """The one passage of each article named, in this order, with its cosine."""
    corpus = answerer.retriever.snapshot.corpus
    return [
        Hit(corpus.passages(name)[0], 0.0, rank, None, cosine, None)
        for rank, (name, cosine) in enumerate(cosines.items(), 1)
    ]


def evidence(answerer, name, sentence):
    article = answerer.article(name)
    start = article.text.index(sentence)
    return Evidence(article, Span(start, start + len(sentence)), 0.0, Span(0, len(article.text)))


def features(answerer, question, best, found):
    return features_of(understand(question), Gathered((best,)), found, answerer.retriever.snapshot)


def idf(passages):
    return math.log(1 + (3 - passages + 0.5) / (passages + 0.5))


def test_cosines_are_those_of_the_nearest_passages(coast):
    best = evidence(coast, "tower", "灯塔高21米，由三名守塔人看护。")
    found = hits(coast, tower=0.9, bridge=0.7, guide=0.8)
    seen = features(coast, "灯塔有多高", best, found)
    assert seen.nearest == 0.9
    assert seen.nearest_three == pytest.approx(0.8)
    assert features(coast, "灯塔有多高", best, hits(coast, tower=None)).nearest == 0


def test_shares_are_idf_of_the_terms_said_over_idf_of_all(coast):
    # 灯塔 stands in two of the three passages, 红砖 in one, 门票 in none.
    best = evidence(coast, "tower", "灯塔高21米，由三名守塔人看护。")
    seen = features(coast, "灯塔，红砖，门票", best, hits(coast, tower=0.9, bridge=0.8))
    whole = idf(2) + idf(1) + idf(0)
    # What the article is about, its title and the opening of its lead, says 灯塔 and 红砖 for all of its sentences.
    assert seen.sentence == pytest.approx((idf(2) + idf(1)) / whole)
    assert seen.passage == pytest.approx((idf(2) + idf(1)) / whole)
    # The first sentence of the tower says most of the question; the bridge's only one says nothing of it.
    assert seen.sentences == pytest.approx((idf(2) + idf(1)) / whole / 2)


def test_articles_agree_where_they_name_the_same_amount(coast):
    best = evidence(coast, "tower", "灯塔高21米，由三名守塔人看护。")
    both = features(coast, "灯塔高多少米", best, hits(coast, tower=0.9, guide=0.9))
    alone = features(coast, "灯塔高多少米", best, hits(coast, tower=0.9))
    assert both.voices == pytest.approx(2 * alone.voices)
    assert (both.agreement, alone.agreement) == (1, 1)
    against = features(coast, "灯塔高多少米", best, hits(coast, tower=0.9, guide=0.9, bridge=0.9))
    assert against.voices == pytest.approx(both.voices)


def test_an_amount_in_the_question_is_no_answer_to_it(coast):
    best = evidence(coast, "tower", TOWER[: TOWER.index("。") + 1])
    asked = features(coast, "1907年灯塔建于哪一年", best, hits(coast, tower=0.9))
    assert (asked.voices, asked.agreement) == (0, 0)
    nothing_wanted = features(coast, "灯塔用红砖砌成", best, hits(coast, tower=0.9))
    assert (nothing_wanted.voices, nothing_wanted.agreement) == (1, 0.5)


def test_passages_of_articles_that_cannot_be_meant_do_not_count(coast):
    best = evidence(coast, "tower", "灯塔高21米，由三名守塔人看护。")
    found = hits(coast, bridge=0.95, tower=0.9)
    # 80 stands in the bridge's article alone, 21 in the tower's.
    assert features(coast, "21米高的灯塔由几人看护", best, found).nearest == 0.9


@pytest.mark.parametrize(
    ("question", "thing", "sentence", "names"),
    [
        ("谁是第一任站长", "person", "第一任站长李青山，后来是阿莉·史密斯。", {"任站长", "李青山", "后来是阿莉史密斯"}),
        ("渡轮几点开", "time", "渡轮早上7:30开，周日停航。", {"7:30", "周日"}),
        ("罚款多少", "amount", "共罚款12.6万元，约谈8家。", {"12.6万元", "8家"}),
        ("展览在哪里举行", "place", "展览在鱼市街举行。", {"展览在鱼市街"}),
        ("渡轮为什么停航", "", "渡轮周日停航。", set()),
    ],
)
def test_what_is_wanted_and_what_a_sentence_names_of_it(question, thing, sentence, names):
    assert wanted_thing(understand(question)) == thing
    assert named(thing, sentence) == names


def test_probability_is_the_logistic_of_weighted_standardised_features():
    names = [field.name for field in fields(Features)]
    weights = {name: Weight(mean=0.0, scale=1.0, weight=0.0) for name in names}
    weights["nearest"] = Weight(mean=0.8, scale=0.05, weight=1.5)
    weights["sentence"] = Weight(mean=0.5, scale=0.25, weight=2.0)
    seen = Features(**dict.fromkeys(names, 0.7) | {"nearest": 0.9, "sentence": 0.25})
    # 1.5 * (0.9 - 0.8) / 0.05 = 3, 2 * (0.25 - 0.5) / 0.25 = -2.
    assert probability(seen, Model(weights, bias=-0.5)) == pytest.approx(1 / (1 + math.exp(-0.5)))


def test_the_calibration_says_how_it_came_and_weighs_every_feature():
    shipped = calibration().without_reader
    names = [field.name for field in fields(Features)]
    assert list(shipped.model.weights) == [name for name in names if name not in OF_THE_READER]
    assert all(weight.scale > 0 for weight in shipped.model.weights.values())
    assert 0 < shipped.threshold < 1
    assert "python -m benchmarks.calibrate" in calibration().how
    assert {name.split(",")[0] for name in shipped.figures} >= {"rgb", "cmrc2018-trial", "drcd"}
    for figures in shipped.figures.values():
        refused = list(figures.refused.values())
        assert list(figures.refused) == ["1%", "2%", "5%", "10%", "20%"]
        assert refused == sorted(refused)
        assert 0.5 <= figures.area <= 1


def test_what_is_nearer_says_more_or_is_said_by_more_is_likelier_an_answer():
    model = calibration().without_reader.model
    means = {name: weight.mean for name, weight in model.weights.items()}
    usual = probability(Features(**means), model)
    for name in ("nearest", "passage", "sentence", "voices", "agreement"):
        weight = model.weights[name]
        assert probability(Features(**means | {name: weight.mean + weight.scale}), model) > usual


# Each question beside one on the same thing that the article leaves out.
@pytest.mark.parametrize(
    ("asked", "answer", "neighbour"),
    [
        ("港务局全年罚款多少", "罚款12.6万元", "港务局全年的利润是多少"),
        ("码头上装了多少个摄像头", "60个摄像头", "码头上能停多少条船"),
        ("山谷县种树的成活率是多少", "成活率93%", "山谷县的森林覆盖率是多少"),
        ("护林员有多少人", "27人", "护林员的工资是多少"),
        ("盲文书有多少册", "1200册", "盲文书是哪家印刷厂印的"),
    ],
)
def test_what_an_article_says_is_answered_and_what_it_leaves_out_refused(written, asked, answer, neighbour):
    said = written.ask(asked)
    assert answer in said.text
    assert not said.abstained
    refused = written.ask(neighbour)
    assert refused.abstained, refused.text
    assert said.confidence > refused.confidence


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("山谷县林业站的办公电话是多少", "文章说到了“山谷县林业站”，没有说到“办公电话”"),
        ("港城市港务局的利润是多少", "文章说到了“港城市港务局”，没有说到“利润”"),
        ("火星上的火山有几座", "没有文章说到“火山”"),
    ],
)
def test_a_refusal_names_what_is_left_out(written, question, reason):
    assert written.ask(question).reason == reason


def test_without_evidence_the_reason_names_what_was_asked_for(coast):
    verdict = judge(understand("“六桥一塔”是什么"), Gathered(()), [], coast.retriever.snapshot)
    assert (verdict.probability, verdict.reason) == (0.0, "没有文章说到“六桥一塔”")
