"""Fits the model that decides whether to answer, on public data, and writes qa/calibration.json.

    python -m benchmarks.calibrate SHARED [--work DIR] [--write]

SHARED holds eval/sets/rgb-zh-half.jsonl (RGB, Chinese half: passages that answer a question and passages of the same
topic that do not; Chen et al., AAAI 2024) and reading/train.jsonl.xz (questions on paragraphs: CMRC 2018, DRCD,
DuReader, CAIL 2019, SQuAD 2.0 in Chinese). Every question is asked twice of one index: as it is, and with the
passages that answer it left out of the retrieval; questions that their own paragraph does not answer are asked once.
Prints, by five-fold cross-validation over questions, the area under the curve and the share of unanswerable
questions refused when 5% of the answerable ones are.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

import qa
from embeddings.rebuild import rebuild
from qa.abstain import CALIBRATION, Calibration, Features, Weight, features_of
from qa.citations import quote_of
from qa.facts import best_sentences
from qa.question import understand

READING_QUESTIONS = 1500
IMPOSSIBLE_QUESTIONS = 1000
RETRIEVED, KEPT = 60, 20
ANSWERABLE_REFUSED = 0.05
OUTPUT = Path(qa.__file__).with_name("calibration.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the files that answer it and its gold answers."""

    source: str
    question: str
    answering: frozenset[str]
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The features of one asking; `answerable` where the passages that answer were in the index."""

    source: str
    group: str
    features: Features
    answerable: bool
    right: bool


def write_articles(shared: Path, folder: Path) -> list[Asked]:
    """Write every passage as a file of its own; returns the questions on them."""
    asked: list[Asked] = []
    for line in (shared / "eval/sets/rgb-zh-half.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        names = [
            _write(folder, f"rgb-{item['id']}-{kind}{n}", text)
            for kind in ("positive", "negative")
            for n, text in enumerate(item[kind])
        ]
        gold = tuple(str(a) for group in item["answer"] for a in (group if isinstance(group, list) else [group]))
        asked.append(Asked("rgb", item["query"], frozenset(n for n in names if "positive" in n), gold))
    with lzma.open(shared / "reading/train.jsonl.xz", "rt", encoding="utf-8") as lines:
        examples = list(map(json.loads, lines))
    answerable = [e for e in examples if e["answers"] and e["source"] != "squad2-zh"]
    impossible = [e for e in examples if not e["answers"]]
    drawn = [
        *random.Random(0).sample(answerable, READING_QUESTIONS),
        *random.Random(0).sample(impossible, IMPOSSIBLE_QUESTIONS),
    ]
    for n, example in enumerate(drawn):
        name = _write(folder, f"reading-{n}", example["context"])
        gold = tuple(answer["text"] for answer in example["answers"])
        source = example["source"] if gold else "impossible"
        asked.append(Asked(source, example["question"], frozenset({name} if gold else ()), gold))
    return asked


def _write(folder: Path, name: str, text: str) -> str:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return name


def samples(answerer: qa.Answerer, asked: list[Asked]) -> Iterator[Sample]:
    """Two askings of each question, where there is any evidence to judge."""
    retriever = answerer.retriever
    snapshot = retriever.snapshot
    paths = {a.id: frozenset({a.id, *(Path(r.path).stem for r in a.reprints)}) for a in answerer.articles()}
    for one in asked:
        question = understand(one.question)
        retrieved = retriever.retrieve(one.question, RETRIEVED)
        for answerable in (True, False) if one.answering else (False,):
            hits = [h for h in retrieved if answerable or paths[h.passage.article_id].isdisjoint(one.answering)][:KEPT]
            found = best_sentences(question, hits, snapshot)
            if found:
                said = _plain(quote_of(found[0].article, found[0].span))
                right = any(_plain(gold) in said for gold in one.gold)
                yield Sample(
                    one.source, one.question, features_of(question, found[0], hits, snapshot), answerable, right
                )


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def fit(rows: list[Sample]) -> Calibration:
    """Answerable and rightly answered against unanswerable; what was answered wrongly teaches nothing."""
    used = [row for row in rows if row.right or not row.answerable]
    x = np.array([astuple(row.features) for row in used])
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(class_weight="balanced", max_iter=1000).fit(
        (x - mean) / scale, [row.answerable for row in used]
    )
    names = [field.name for field in fields(Features)]
    weights = {
        name: Weight(round(float(m), 4), round(float(s), 4), round(float(w), 4))
        for name, m, s, w in zip(names, mean, scale, model.coef_[0], strict=True)
    }
    return Calibration("", {}, weights, round(float(model.intercept_[0]), 4), 0.5)


def scores(model: Calibration, rows: list[Sample]) -> np.ndarray:
    """The model's probabilities."""
    from qa.abstain import probability

    return np.array([probability(row.features, model.weights, model.bias) for row in rows])


def cross_validated(rows: list[Sample]) -> np.ndarray:
    """Each row's probability under the model fitted on the other four folds."""
    out = np.zeros(len(rows))
    for train, test in GroupKFold(5).split(rows, groups=[row.group for row in rows]):
        model = fit([rows[i] for i in train])
        out[test] = scores(model, [rows[i] for i in test])
    return out


def refused_at(probabilities: np.ndarray, answerable: np.ndarray, share: float) -> tuple[float, float]:
    """Threshold that refuses this share of the answerable, and the share of unanswerable that it refuses."""
    threshold = float(np.quantile(probabilities[answerable], share))
    return threshold, float((probabilities[~answerable] < threshold).mean())


def main() -> None:
    """Build the index, ask, cross-validate, print and, with --write, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, default=Path("calibration-work"))
    parser.add_argument("--write", action="store_true", help="write qa/calibration.json")
    args = parser.parse_args()
    folder = args.work / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    asked = write_articles(args.shared, folder)
    rebuild(folder, args.work / "index", show_progress=True)
    rows = list(samples(qa.load(args.work / "index"), asked))
    probabilities = cross_validated(rows)
    figures: dict[str, float] = {}
    for source in ("all", "rgb", *sorted({row.source for row in rows} - {"rgb"})):
        chosen = np.array([source in ("all", row.source) for row in rows])
        answerable = np.array([row.answerable for row in rows])[chosen]
        right = np.array([row.right for row in rows])[chosen]
        if answerable.all() or not answerable.any():
            continue
        area = float(roc_auc_score(answerable, probabilities[chosen]))
        _, refused = refused_at(probabilities[chosen], answerable, ANSWERABLE_REFUSED)
        print(f"{source:20s} {chosen.sum():5d} rows  right {right[answerable].mean():.3f}", end="  ")
        print(f"area {area:.3f}  refused at 5% {refused:.3f}")
        figures[f"{source}: area under the curve"] = round(area, 3)
        figures[f"{source}: unanswerable refused when 5% of the answerable are"] = round(refused, 3)
    answerable = np.array([row.answerable for row in rows])
    threshold, _ = refused_at(probabilities, answerable & np.array([row.right for row in rows]), ANSWERABLE_REFUSED)
    model = fit(rows)
    how = (
        "Fitted by python -m benchmarks.calibrate on RGB (Chinese, half) and 2,500 questions of the reading data; "
        "figures by five-fold cross-validation."
    )
    print("threshold", threshold, {name: weight.weight for name, weight in model.weights.items()})
    if args.write:
        final = Calibration(how, figures, model.weights, model.bias, round(threshold, 3))
        OUTPUT.write_bytes(CALIBRATION.dump_json(final, indent=1) + b"\n")


if __name__ == "__main__":
    main()
