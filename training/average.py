"""Averages the weights of two exported readers, one of which went on from the other.

    python -m training.average BEFORE AFTER --output DIR [--share 0.5]

Of what the further run changed a share is kept: it forgets less of what it knew and keeps most of what it learned
(Wortsman et al., Robust fine-tuning of zero-shot models, CVPR 2022).
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from qa.reading.files import TOKENIZER, load_tensors, read_size, save_model
from qa.reading.network import ReaderModel


def main() -> None:
    """Read both, average, write weights and tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.5, help="of AFTER, 0 to 1")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    save_model(average(args.before, args.after, args.share), args.output)
    shutil.copy(args.before / TOKENIZER, args.output)


def average(before: Path, after: Path, share: float) -> ReaderModel:
    """The network with (1 - share) of the weights in `before` and `share` of those in `after`, of the same measures."""
    old, new = load_tensors(before), load_tensors(after)
    model = ReaderModel(read_size(before))
    model.load_state_dict({name: (1 - share) * old[name] + share * new[name] for name in old}, assign=True)
    return model


if __name__ == "__main__":
    main()
