"""Networks of a few thousand weights and tokenizers of single characters: what they say is chance."""

from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from embeddings.network.bert import BertSize
from qa.reading.files import TOKENIZER, save_model
from qa.reading.network import ReaderModel

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


def character_tokenizer(text: str) -> Tokenizer:
    """A token for each character of the text; whatever else is read is <unk>."""
    vocabulary = {piece: number for number, piece in enumerate([*SPECIAL, *sorted(set(text))])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token=SPECIAL[-1]))
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    return made


def tiny_size(words: int, longest: int = 512) -> BertSize:
    return BertSize(words, 16, 1, 2, 16, longest)


def tiny_model(words: int, seed: int = 0) -> ReaderModel:
    torch.manual_seed(seed)
    model = ReaderModel(tiny_size(words)).eval()
    with torch.no_grad():
        for weight in model.parameters():
            if weight.ndim == 2:
                weight.normal_(std=0.5)
    return model


def write_reader(folder: Path, text: str, seed: int = 0) -> ReaderModel:
    """Write a tiny reader's files, as they are shipped, into the folder; the network before it was rounded."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = character_tokenizer(text)
    model = tiny_model(tokenizer.get_vocab_size(), seed)
    save_model(model, folder)
    tokenizer.save(str(folder / TOKENIZER))
    return model
