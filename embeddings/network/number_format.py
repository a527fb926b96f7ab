"""The number format that this machine is fast at."""

from __future__ import annotations

from collections.abc import Mapping


def bfloat16_is_fast() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware (AMX or AVX512-BF16); elsewhere float32 is faster.

    PyTorch before 2.10 can't say: False there.
    """
    import torch

    capabilities = getattr(torch.cpu, "get_capabilities", None)
    if capabilities is None:
        return False
    found: Mapping[str, object] = capabilities()
    return bool(found.get("amx_bf16") or found.get("avx512_bf16"))
