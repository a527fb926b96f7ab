"""How long a language model is asked and how much it is shown, by what the environment says and by who serves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qa.llm.calling import DEFAULT_LIMITS
from qa.llm.model import GenerationError, Limits
from qa.local_llm.model_file import is_local

SECONDS = "SUYUAN_LLM_SECONDS"
"""Environment variable: seconds for a whole reply, half of them for its first words; `limits_of` has the usual ones."""
TOKENS = "SUYUAN_LLM_TOKENS"
"""Environment variable: tokens that a prompt may hold; `limits_of` has the usual ones."""
_LOCAL_LIMITS = replace(DEFAULT_LIMITS, seconds=240.0, prompt_tokens=1500, at_once=1)
"""Of a model on this machine's own processor, which may read thirty tokens a second and answers one at a time."""
_MOST_SECONDS = 3600
_FEWEST_TOKENS, _MOST_TOKENS = 500, 1_000_000


def limits_of(environment: Mapping[str, str], name: str = "") -> Limits:
    """The limits that the environment names; for those that it does not, the usual ones of the model of that name.

    60 seconds and 3,000 tokens; of a local one 240 seconds and 1,500 tokens.

    Raises:
        GenerationError: what it names is no whole number, or out of range.
    """
    usual = _LOCAL_LIMITS if is_local(name) else DEFAULT_LIMITS
    seconds = _whole(environment, SECONDS, round(usual.seconds), 1, _MOST_SECONDS)
    tokens = _whole(environment, TOKENS, usual.prompt_tokens, _FEWEST_TOKENS, _MOST_TOKENS)
    return replace(usual, seconds=float(seconds), silence=seconds / 2, prompt_tokens=tokens)


def _whole(environment: Mapping[str, str], variable: str, usual: int, least: int, most: int) -> int:
    given = environment.get(variable, "").strip() or str(usual)
    if not (given.isascii() and given.isdecimal() and least <= int(given) <= most):
        raise GenerationError(
            f"环境变量 {variable} 应是 {least} 到 {most} 的整数"
            f" / {variable} must be a whole number from {least} to {most}"
        )
    return int(given)
