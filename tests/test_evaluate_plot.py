"""`suyuan evaluate` with --plot and by source: with the real model, and real pictures."""

import json
import sys

import pytest
from matplotlib.image import imread

from qa.evaluation.risk_coverage import Judged, risk_coverage
from ui.cli import main
from ui.commands import plot_labels, risk_coverage_plot

TOWER = "灯塔建于1907年，高21米，由三名守塔人轮流看护。"
TERRACE = "梯田里种的是红米，每亩收三百公斤，全靠人力收割。"
ASKED = [
    ("灯塔高多少米", TOWER, ["21米"], "towers"),
    ("梯田里种的是什么", TERRACE, ["红米"], "terraces"),
    # Said to be another year than the context's, so that an answer is wrong.
    ("灯塔建于哪一年", TOWER, ["1970年"], "towers"),
    ("今天的金价是多少", TERRACE, [], "terraces"),
]
CURVE = risk_coverage([Judged(0.9, right=True), Judged(0.7, right=False), Judged(0.7, right=True)], 4)


@pytest.fixture
def questions(tmp_path):
    file = tmp_path / "reading.jsonl"
    items = (
        {"question": question, "context": context, "answers": [{"text": said} for said in gold], "source": source,
         "impossible": not gold}
        for question, context, gold, source in ASKED
    )  # fmt: skip
    file.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in items), encoding="utf-8")
    return file


def pixels(file):
    """The picture as an array of height, width and colours, each from 0 to 1."""
    return imread(file)


def test_the_curve_is_measured_and_drawn(one_model, questions, tmp_path, capsys):
    picture = tmp_path / "curve.PNG"
    assert main(["evaluate", str(questions), "--json", "--plot", str(picture)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    measured = json.loads(out)
    # Answered: the height and the terraces, rightly, and the year; refused: the gold price.
    points = measured["risk_coverage"]["points"]
    assert (points[-1]["coverage"], points[-1]["risk"]) == (3 / 4, 1 / 3)
    confidences = [point["confidence"] for point in points]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 < measured["risk_coverage"]["area"] <= 3 / 4
    towers, terraces = measured["by_source"]["towers"], measured["by_source"]["terraces"]
    assert (towers["questions"], towers["answer_accuracy"], towers["refusal_recall"]) == (2, 1 / 2, None)
    assert (terraces["questions"], terraces["answer_accuracy"], terraces["refusal_recall"]) == (2, 1, 1)
    height, width, _ = pixels(picture).shape
    assert (height, width) == (800, 1120)


def test_the_table_has_the_curve_and_the_sources(one_model, questions, capsys):
    assert main(["evaluate", str(questions)]) == 0
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["覆盖率（末列：全部答案）coverage", "20%", "40%", "60%", "80%", "75.0%"] in table
    (risks,) = (line for line in table if line[:1] == ["风险（答错的）risk"])
    # The last is that of all answers; four fifths of the questions were not answered.
    assert risks[-2:] == ["—", "0.333"]
    # One right and one wrong, each answered by the same sentence of 26 characters.
    rows = [line for line in table if line[:1] == ["towers"]]
    assert rows == [["towers", "1.000", "1.000", "1.000", "1.000"], ["towers", "2", "0.500", "0.000", "26.0", "—"]]


def colours(file):
    return {tuple(round(float(part), 2) for part in pixel[:3]) for row in pixels(file) for pixel in row}


def test_the_picture_shows_curve_and_refusals(tmp_path):
    whole = risk_coverage([Judged(0.9, right=True), Judged(0.7, right=False)], 2)
    blue = (0.12, 0.37, 0.66)
    grey = tuple(round(1 - 0.15 * (1 - part / 255), 2) for part in bytes.fromhex("8a8f98"))
    for name, curve, expected in (
        ("refusing", CURVE, {blue, grey}),
        ("answering", whole, {blue}),
        ("silent", risk_coverage([], 2), {grey}),
    ):
        risk_coverage_plot.draw(curve, 4, tmp_path / f"{name}.png")
        assert colours(tmp_path / f"{name}.png") & {blue, grey} == expected, name


def test_without_a_chinese_font_it_is_in_english(tmp_path, capfd, recwarn, monkeypatch):
    risk_coverage_plot.draw(CURVE, 4, tmp_path / "first.png")
    monkeypatch.setattr(plot_labels, "_CHINESE_FONTS", ("No Such Family",))
    risk_coverage_plot.draw(CURVE, 4, tmp_path / "english.png")
    assert pixels(tmp_path / "english.png").shape == pixels(tmp_path / "first.png").shape
    assert capfd.readouterr() == ("", "")
    assert list(recwarn) == []


@pytest.fixture
def unmeasured(monkeypatch):
    """Fails the test where it comes to measuring."""
    monkeypatch.setattr("qa.evaluation.evaluate.evaluate", lambda *_, **__: pytest.fail("measured before it was told"))


def test_without_matplotlib_it_says_what_to_install(unmeasured, questions, tmp_path, capsys, monkeypatch):
    for module in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["evaluate", str(questions), "--plot", str(tmp_path / "curve.png")]) == 2
    assert 'pip install "suyuan[plot]"' in capsys.readouterr().err
    assert not (tmp_path / "curve.png").exists()


@pytest.mark.parametrize(
    ("name", "says"), [("nowhere/curve.png", "写不了"), ("folder.png", "写不了"), ("curve.pdf", ".png")]
)
def test_a_picture_that_cant_be_written_is_told_before_measuring(unmeasured, questions, tmp_path, capsys, name, says):
    (tmp_path / "folder.png").mkdir()
    assert main(["evaluate", str(questions), "--plot", str(tmp_path / name)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert str(tmp_path / name) in err


def test_a_picture_that_is_there_stays_until_the_new_one_is_drawn(tmp_path):
    picture = tmp_path / "curve.png"
    picture.write_bytes(b"before")
    risk_coverage_plot.check_plot(picture)
    assert picture.read_bytes() == b"before"
    risk_coverage_plot.check_plot(tmp_path / "new.png")
    assert not (tmp_path / "new.png").exists()
