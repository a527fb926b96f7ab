"""Trains the reader on reading examples; a run that was cut short goes on from its last checkpoint.

    python -m training.train SHARED --work DIR [--retrieved FILE] [--steps N]

SHARED holds reading/train.jsonl.xz (CMRC 2018, DRCD, CAIL 2019, DuReader robust and checklist, SQuAD 2.0 in Chinese, as
training.examples reads them) and news/news-20k.txt.xz, whose words decide what the vocabulary keeps. FILE is what
training.negatives wrote. All is written to DIR; training.export makes of it what is shipped.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.corpora import news_articles
from embeddings.folding import fold
from qa.cross_encoder.network import ReaderModel, ReaderOutput
from qa.cross_encoder.tokens import pad, special_id
from training.examples import Example, read_examples
from training.negatives import read_negatives
from training.optimiser import MasterWeights
from training.sampling import MULTIPLE, Pool, TrainingPair, batches
from training.state import Progress, RunFolder

_SEED = 20
_SPAN_WEIGHT, _NO_SPAN_WEIGHT = 0.5, 0.1
"""Of the pointers' loss, beside 1 for the score's: where the text answers, and where it does not."""
_WARM_UP, _FALLING = 100, 0.25
"""Steps in which the learning rate rises, and the share of all steps, at the end, in which it falls to zero. Between
them it is constant, so that a run may be made longer after it has begun (Hu et al., MiniCPM, COLM 2024)."""


def main() -> None:
    """Train, printing the loss as it goes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--retrieved", type=Path)
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--rate", type=float, default=1.2e-4, help="highest learning rate")
    args = parser.parse_args()
    examples = read_examples(args.shared / "reading/train.jsonl.xz")
    run = RunFolder(args.work)
    if not run.is_begun:
        run.begin([*_texts(examples), *_news(args.shared)], _SEED)
    retrieved = read_negatives(args.retrieved) if args.retrieved else {}
    train(run, examples, retrieved, Recipe(args.steps, args.rate))


def _texts(examples: Sequence[Example]) -> list[str]:
    return [e.question for e in examples] + list(dict.fromkeys(e.context for e in examples))


def _news(shared: Path) -> list[str]:
    return [fold(article.text) for article in news_articles(shared)]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run may vary."""

    steps: int
    rate: float
    """Highest learning rate of the encoder."""
    tokens: int = 8192
    """Of a batch: 32 pairs of 256."""
    save_every: int = 50
    """Steps between checkpoints: what an interruption loses at most."""


def train(run: RunFolder, examples: Sequence[Example], retrieved: Mapping[str, Sequence[str]], recipe: Recipe) -> None:
    """Take the steps that are not done yet."""
    tokenizer, model = run.tokenizer(), run.model()
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False
    master = MasterWeights(model)
    model.to(torch.bfloat16).train()
    progress = run.resume(master)
    answerable = [e for e in examples if e.answers]
    asked = [e for e in answerable if retrieved.get(e.id)]
    pool = Pool(answerable, [e for e in examples if not e.answers], retrieved, asked)
    stream = batches(pool, tokenizer, _SEED, recipe.tokens, progress.block, progress.place)
    padding = special_id(tokenizer, "<pad>")
    losses: list[Tensor] = []
    began = time.perf_counter()
    for step in range(progress.step, recipe.steps):
        drawn = next(stream)
        loss = _loss(model, drawn.pairs, padding)
        loss.backward()  # type: ignore[no-untyped-call]
        master.step(rate_at(step, recipe))
        losses.append(loss.detach())
        if (step + 1) % recipe.save_every == 0 or step + 1 == recipe.steps:
            run.save(model, master, Progress(step + 1, drawn.block, drawn.place + 1))
            pace = (time.perf_counter() - began) / len(losses)
            recent = float(torch.stack(losses[-recipe.save_every :]).mean())
            print(f"step {step + 1} of {recipe.steps}: loss {recent:.4f}, {pace:.2f} s a step", flush=True)


def rate_at(step: int, recipe: Recipe) -> float:
    """The learning rate of a step, counted from 0: a linear rise, a plateau, a linear fall."""
    left = recipe.steps - step
    return recipe.rate * min(1.0, (step + 1) / _WARM_UP, left / (_FALLING * recipe.steps))


def _loss(model: ReaderModel, pairs: Sequence[TrainingPair], padding: int) -> Tensor:
    batch = pad([pair.tokens for pair in pairs], padding, MULTIPLE)
    output: ReaderOutput = model(batch.ids, batch.mask)
    answers = torch.tensor([pair.answers for pair in pairs], dtype=torch.float32)
    weights = torch.where(answers > 0, _SPAN_WEIGHT, _NO_SPAN_WEIGHT)
    start = functional.cross_entropy(output.start, torch.tensor([pair.start for pair in pairs]), reduction="none")
    end = functional.cross_entropy(output.end, torch.tensor([pair.end for pair in pairs]), reduction="none")
    span = (weights * (start + end) / 2).mean()
    return functional.binary_cross_entropy_with_logits(output.score, answers) + span


if __name__ == "__main__":
    main()
