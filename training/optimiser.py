"""AdamW on float32 weights for a network that computes in bfloat16."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

_HEAD_FACTOR = 5.0
"""The new heads learn faster than the encoder, which has learned before."""
_WEIGHT_DECAY = 0.01
_LONGEST_GRADIENT = 1.0


class MasterWeights:
    """The float32 weights of a model; after each step they are copied, rounded, into the model that computes.

    bfloat16 keeps 8 bits: small steps added to it would be lost. `rate` is the encoder's learning rate.
    """

    def __init__(self, model: nn.Module) -> None:
        """Take the model's weights as they are now; those that need no gradient stay out."""
        self._names = [name for name, weight in model.named_parameters() if weight.requires_grad]
        self._model = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
        self._master = {name: self._model[name].detach().float().clone() for name in self._names}
        groups = [
            {"params": [self._master[n] for n in self._names if _group(n) == key], "decays": key[1], "head": key[0]}
            for key in ((False, False), (False, True), (True, False), (True, True))
        ]
        for group in groups:
            group["weight_decay"] = _WEIGHT_DECAY if group["decays"] else 0.0
        self._optimiser = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), eps=1e-6, fused=True)

    def step(self, rate: float) -> None:
        """Take the gradients of the model, clipped to length one, and move its weights."""
        for name in self._names:
            gradient = self._model[name].grad
            self._master[name].grad = None if gradient is None else gradient.float()
            self._model[name].grad = None
        nn.utils.clip_grad_norm_(self._master.values(), _LONGEST_GRADIENT)
        for group in self._optimiser.param_groups:
            group["lr"] = rate * (_HEAD_FACTOR if group["head"] else 1.0)
        self._optimiser.step()
        self._copy()

    def _copy(self) -> None:
        with torch.no_grad():
            for name in self._names:
                self._model[name].copy_(self._master[name])

    def tensors(self) -> dict[str, Tensor]:
        """All that is needed to go on: weights, both moments and the number of steps."""
        saved = {f"weight/{name}": weight for name, weight in self._master.items()}
        for name, weight in self._master.items():
            for part, value in self._optimiser.state[weight].items():
                saved[f"{part}/{name}"] = torch.as_tensor(value)
        return saved

    def load(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from what `tensors` gave."""
        with torch.no_grad():
            for name, weight in self._master.items():
                weight.copy_(tensors[f"weight/{name}"])
                parts = ("step", "exp_avg", "exp_avg_sq")
                self._optimiser.state[weight] = {part: tensors[f"{part}/{name}"].clone() for part in parts}
        self._copy()


def _group(name: str) -> tuple[bool, bool]:
    """Whether the weight is of a head, and whether it decays: biases and layer norms do not."""
    return not name.startswith("encoder."), not (name.endswith(".bias") or "LayerNorm" in name)
