"""Writes a training run's weights in the form that is shipped.

python -m training.export DIR --output qa/weights
"""

from __future__ import annotations

import argparse
from pathlib import Path

from qa.reading.files import TOKENIZER, save_model
from training.state import RunFolder


def main() -> None:
    """Quantise to 8 bits and write weights and tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    run = RunFolder(args.run)
    save_model(run.model(), args.output)
    run.tokenizer().save(str(args.output / TOKENIZER), pretty=False)
    print(", ".join(f"{file.name} {file.stat().st_size / 1e6:.1f} MB" for file in sorted(args.output.iterdir())))


if __name__ == "__main__":
    main()
