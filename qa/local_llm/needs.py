"""What a language model in a process of ours takes of this machine, said before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qa.llm.model import GenerationError, Limits
from qa.local_llm.gguf import read_shape
from qa.local_llm.machine import free_memory, physical_cores
from qa.local_llm.model_file import gigabytes

LONGEST_REPLY = 1024
"""Tokens of a reply: answers have a few hundred, and a model that never stops must not."""
_USUAL_CONTEXT = 4096
_TWICE = 0.6
"""Share of the file that llama.cpp holds a second time, in the order in which the processor reads it fastest: that of
the default model, whose weights have 4 bits like most that people run."""
_PROGRAM = 250_000_000
"""Bytes that the process takes beside the model: itself, and what it computes in."""


@dataclass(frozen=True, slots=True)
class Needs:
    """A model's file and what it takes."""

    path: Path
    context: int
    """Tokens of prompt and reply together."""
    memory: int
    free: int | None
    """Bytes of memory; None where that is not known."""
    cores: int

    @property
    def said(self) -> str:
        """In one line for the user, Chinese first."""
        free = "" if self.free is None else f"，可用 {gigabytes(self.free)}"
        free_english = "" if self.free is None else f" of {gigabytes(self.free)} free"
        slow = "（只有一个核，会很慢）" if self.cores == 1 else ""
        slow_english = "1 core, which is slow" if self.cores == 1 else f"{self.cores} cores"
        return (
            f"本机语言模型 {self.path.name}：约需内存 {gigabytes(self.memory)}{free}，用 {self.cores} 个核{slow}"
            f" / the local model takes about {gigabytes(self.memory)} of memory{free_english}, {slow_english}"
        )

    def check(self) -> None:
        """Raise GenerationError where the memory does not suffice."""
        if self.free is not None and self.memory > self.free:
            raise GenerationError(
                f"内存不够：{self.path.name} 约需 {gigabytes(self.memory)}，可用 {gigabytes(self.free)}；"
                "请关掉别的程序，或用 --llm local:/path/to/model.gguf 换一个小的模型"
                " / There is too little memory for the model, as said: end other programs or name a smaller one"
            )


def needs_of(path: Path, limits: Limits) -> Needs:
    """What the model in this file takes, asked within these limits.

    Raises:
        GenerationError: the file can't be read, or is no model.
    """
    shape = read_shape(path)
    context = min(max(_USUAL_CONTEXT, limits.prompt_tokens + LONGEST_REPLY), shape.longest_context)
    memory = round(path.stat().st_size * (1 + _TWICE)) + context * shape.bytes_a_token + _PROGRAM
    return Needs(path, context, memory, free_memory(), physical_cores())
