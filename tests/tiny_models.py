"""Networks of a few thousand weights and tokenizers of single characters: what they say is chance."""

from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from transformers import BertConfig

from qa.reading.files import TOKENIZER, save_model
from qa.reading.network import ReaderModel

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


def character_tokenizer(text: str) -> Tokenizer:
    """A token for each character of the text; whatever else is read is <unk>."""
    vocabulary = {piece: number for number, piece in enumerate([*SPECIAL, *sorted(set(text))])}
    made = Tokenizer(models.WordLevel(vocabulary, unk_token=SPECIAL[-1]))
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    return made


def tiny_config(words: int, longest: int = 512) -> BertConfig:
    return BertConfig(
        vocab_size=words,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=longest,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        pad_token_id=1,
        initializer_range=0.5,
    )


def tiny_model(words: int, seed: int = 0) -> ReaderModel:
    torch.manual_seed(seed)
    return ReaderModel(tiny_config(words)).eval()


def write_reader(folder: Path, text: str, seed: int = 0) -> ReaderModel:
    """Write a tiny reader's files, as they are shipped, into the folder; the network before it was rounded."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = character_tokenizer(text)
    model = tiny_model(tokenizer.get_vocab_size(), seed)
    save_model(model, model.encoder.config, folder)
    tokenizer.save(str(folder / TOKENIZER))
    return model
