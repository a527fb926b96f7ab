"""Trains the reader on reading examples; a run that was cut short goes on from its last checkpoint.

    python -m training.train SHARED --asked DIR --work DIR [--go-on-from WEIGHTS] [--retrieved FILE] [--steps N]

SHARED holds reading/train.jsonl.xz (CMRC 2018, DRCD, CAIL 2019, DuReader robust and checklist, SQuAD 2.0 in Chinese, as
material.examples reads them) and news/news-20k.txt.xz, whose words decide what the vocabulary keeps where no
weights are gone on
from. `--asked` names what material.asked wrote, FILE what training.negatives wrote. All is written to the work folder;
training.export makes of it what is shipped. On a GPU, where there is one, else on all cores.
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

from embeddings.folding import fold
from embeddings.network.texts import special_id
from material.asked_pairs import AskedPool, read_asked
from material.corpora import news_articles
from material.examples import Example, read_examples
from qa.reading.network import ReaderModel, ReaderOutput
from qa.reading.tokens import means, pad
from training.negatives import read_negatives
from training.optimiser import MasterWeights
from training.sampling import MULTIPLE, Pool, TrainingPair, batches
from training.state import Progress, RunFolder

_SPAN_WEIGHT, _NO_SPAN_WEIGHT = 0.5, 0.1
"""Of the pointers' loss, beside 1 for the score's: where the text answers, and where it does not."""
_BELONGS_WEIGHT, _BELONGING_WEIGHT = 2.0, 2.0
"""Of the sentences' loss beside the score's, and of a sentence that belongs beside one that does not."""
_WARM_UP, _FALLING = 100, 0.25
"""Steps in which the learning rate rises, and the share of all steps, at the end, in which it falls to zero. Between
them it is constant, so that a run may be made longer after it has begun (Hu et al., MiniCPM, COLM 2024)."""


def main() -> None:
    """Train, printing the loss as it goes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--asked", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument(
        "--go-on-from", type=Path, help="a folder of shipped weights; without it from the bundled encoder"
    )
    parser.add_argument("--retrieved", type=Path)
    parser.add_argument("--steps", type=int, default=2700)
    parser.add_argument("--rate", type=float, default=8e-5, help="highest learning rate")
    parser.add_argument("--tokens", type=int, default=4096, help="of a step")
    parser.add_argument("--asked-share", type=float, default=0.55, help="of the pairs, those of typed questions")
    parser.add_argument("--questions", type=float, default=1.0, help="share of the typed questions that is used")
    parser.add_argument("--seed", type=int, default=20, help="of what is drawn; another for a run that goes on")
    args = parser.parse_args()
    examples = read_examples(args.shared / "reading/train.jsonl.xz")
    run = RunFolder(args.work)
    if not run.is_begun and args.go_on_from:
        run.begin_from(args.go_on_from, args.seed)
    elif not run.is_begun:
        run.begin([*_texts(examples), *_news(args.shared)], args.seed)
    retrieved = read_negatives(args.retrieved) if args.retrieved else {}
    asked = read_asked(args.asked).part(held_out=False, share=args.questions)
    train(run, examples, asked, retrieved, Recipe(args.steps, args.rate, args.seed, args.tokens, args.asked_share))


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
    seed: int
    tokens: int = 4096
    """Of a batch: 16 pairs of 256."""
    asked_share: float = 0.55
    """Of the pairs, those of questions as people type them."""
    save_every: int = 50
    """Steps between checkpoints: what an interruption loses at most."""


def train(
    run: RunFolder,
    examples: Sequence[Example],
    asked: AskedPool,
    retrieved: Mapping[str, Sequence[str]],
    recipe: Recipe,
) -> None:
    """Take the steps that are not done yet."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer, model = run.tokenizer(), run.model().to(device)
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False
    master = MasterWeights(model)
    model.to(torch.bfloat16).train()
    progress = run.resume(master)
    answerable = [e for e in examples if e.answers]
    with_retrieved = [e for e in answerable if retrieved.get(e.id)]
    unanswerable = [e for e in examples if not e.answers]
    pool = Pool(answerable, unanswerable, retrieved, with_retrieved, asked, recipe.asked_share)
    stream = batches(pool, tokenizer, recipe.seed, recipe.tokens, progress.block, progress.place)
    padding = special_id(tokenizer, "<pad>")
    losses: list[Tensor] = []
    began = time.perf_counter()
    for step in range(progress.step, recipe.steps):
        drawn = next(stream)
        loss = loss_of(model, drawn.pairs, padding, device)
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


def loss_of(model: ReaderModel, pairs: Sequence[TrainingPair], padding: int, device: torch.device) -> Tensor:
    """The loss of a batch: of its scores, of the ends of exact answers, of the sentences that belong."""
    batch = pad([pair.tokens for pair in pairs], padding, MULTIPLE)
    output: ReaderOutput = model(batch.ids.to(device), batch.mask.to(device))
    answers = torch.tensor([pair.answers for pair in pairs], dtype=torch.float32, device=device)
    weights = torch.where(answers > 0, _SPAN_WEIGHT, _NO_SPAN_WEIGHT)
    span = _pointed(output.start, [pair.starts for pair in pairs]) + _pointed(output.end, [pair.ends for pair in pairs])
    score = functional.binary_cross_entropy_with_logits(output.score, answers)
    return score + (weights * span / 2).mean() + _BELONGS_WEIGHT * _belonging(output.belongs, pairs)


def _pointed(logits: Tensor, places: Sequence[Sequence[int]]) -> Tensor:
    """The cross-entropy of each row with its places, all alike."""
    chances = logits.log_softmax(dim=1)
    return torch.stack([-chances[row, list(each)].mean() for row, each in enumerate(places)])


def _belonging(logits: Tensor, pairs: Sequence[TrainingPair]) -> Tensor:
    """The loss of the units: each of a pair as much as its others, each pair that has any as much as the others."""
    of_units = means(logits, [pair.units for pair in pairs])
    belongs = torch.tensor([b for pair in pairs for b in pair.belongs], dtype=torch.float32, device=logits.device)
    share = torch.tensor([1 / len(pair.units) for pair in pairs for _ in pair.units], device=logits.device)
    weights = torch.where(belongs > 0, _BELONGING_WEIGHT, 1.0) * share
    losses = functional.binary_cross_entropy_with_logits(of_units, belongs, reduction="none")
    return (weights * losses).sum() / len(pairs)


if __name__ == "__main__":
    main()
