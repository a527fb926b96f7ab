"""Passages that the project's own retriever ranks high for a training question and that do not answer it.

    python -m training.negatives SHARED --work DIR --output FILE [--every N]

Builds an index of the contexts of SHARED/reading/train.jsonl.xz and of the first 6,000 articles of
SHARED/news/news-20k.txt.xz in DIR and asks every Nth answerable question. FILE gets one JSON object a line, `id` and
`passages`; questions that it holds already are not asked again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from tqdm import tqdm

import qa
from embeddings.folding import fold
from embeddings.progress import shown_in_terminal
from embeddings.rebuilding.rebuild import rebuild
from material.corpora import contexts, news_articles, write_corpus
from material.examples import Example, holds_answer, read_examples
from qa.evaluation.sets import read_evaluation_set
from qa.retrieving.retriever import Retriever

_NEWS = 6000
_RANKED, _KEPT = 12, 4
"""Of the first twelve passages, the first four that hold no answer are kept."""


def main() -> None:
    """Build the index and ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--every", type=int, default=6)
    args = parser.parse_args()
    file = args.shared / "reading/train.jsonl.xz"
    news = islice(news_articles(args.shared), _NEWS)
    folder = write_corpus(args.work / "articles", contexts(read_evaluation_set(file)), news)
    with shown_in_terminal() as tell:
        rebuild(folder, args.work / "index", tell=tell)
    retriever = qa.load(args.work / "index").retriever
    asked = [example for example in read_examples(file) if example.answers][:: args.every]
    done = read_negatives(args.output)
    with args.output.open("a", encoding="utf-8") as output:
        for example in tqdm([example for example in asked if example.id not in done], mininterval=5):
            found = {"id": example.id, "passages": _negatives(retriever, example)}
            output.write(json.dumps(found, ensure_ascii=False) + "\n")


def read_negatives(file: Path) -> Mapping[str, Sequence[str]]:
    """Example id -> passages, as written by this script; nothing where there is no such file."""
    if not file.exists():
        return {}
    items = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    return {item["id"]: item["passages"] for item in items}


def _negatives(retriever: Retriever, example: Example) -> list[str]:
    corpus, own = retriever.snapshot.corpus, example.context
    texts: list[str] = []
    for hit in retriever.retrieve(example.question, _RANKED):
        passage = hit.passage
        text = fold(corpus.article(passage.article_id).text[passage.start : passage.end])
        if text not in own and not holds_answer(example, text):
            texts.append(text)
    return texts[:_KEPT]


if __name__ == "__main__":
    main()
