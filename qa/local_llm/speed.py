"""How fast a model in a process of ours reads and writes on this machine, by llama.cpp's own clock."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from qa.llm.model import GenerationError
from qa.local_llm.server import LocalServer

_READ = "请用自己的话讲一遍：" + "全市去年新建公园三十座，修了步道四十公里，居民走十分钟就有一处绿地。" * 8
"""About as long as a passage or two."""
_WRITTEN = 48


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second."""

    reading: float
    writing: float


def speed_of(server: LocalServer, seconds: float) -> Speed:
    """Measure it, by one prompt of some hundred tokens and some dozen tokens of a reply, within so many seconds.

    Raises:
        GenerationError: the server does not answer, or not in time.
    """
    asked = {
        "messages": [{"role": "user", "content": _READ}],
        "max_tokens": _WRITTEN,
        "ignore_eos": True,
        # What it has read before would count for nothing.
        "cache_prompt": False,
    }
    try:
        answered = httpx.post(
            f"{server.base_url}/chat/completions",
            json=asked,
            headers={"Authorization": f"Bearer {server.key}"},
            timeout=seconds,
            trust_env=False,
        )
        # httpx allows each read its seconds, and a system's timer may round them up: the whole counts here.
        if answered.elapsed.total_seconds() > seconds:
            raise httpx.ReadTimeout("")
        timings = answered.raise_for_status().json()["timings"]
        return Speed(float(timings["prompt_per_second"]), float(timings["predicted_per_second"]))
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        why = type(error).__name__
        raise GenerationError(
            f"测不出本机语言模型的速度（{why}）：请用 SUYUAN_LLM_SECONDS 放宽时限，或换一个小的模型"
            f" / The local model's speed can't be measured ({why}): allow more SUYUAN_LLM_SECONDS or name a smaller one"
        ) from error
