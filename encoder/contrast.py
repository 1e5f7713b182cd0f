"""The loss of training and one optimiser step, with torch: a pair must find itself among all pairs of its batch.

Source: symmetric InfoNCE (van den Oord et al. 2018, https://arxiv.org/abs/1807.03748) with the additive margin of Yang
et al. 2019 (https://arxiv.org/abs/1902.08564). Joined pairs are ours: the sum of two Hindi sentences must be closer to
the sum of both translations than to either alone, which is what an aligner asks of group vectors.
"""

from typing import Any

import numpy as np
import torch
import torch.nn.functional as fn
from numpy.typing import NDArray
from torch import Tensor

from tithi.encoder.bags import Bags
from tithi.encoder.recipe import Recipe

__all__ = ["Learner", "PairLoss", "equal_pairs", "pair_loss"]

_SCALE_LIMIT = 60.0
_MASKED = -1e4
_MOST_JOINED = 512


class PairLoss(torch.autograd.Function):
    """Symmetric InfoNCE of unit rows with its gradient by hand: one exponential serves both directions."""

    @staticmethod
    def forward(ctx: Any, *inputs: Any) -> Tensor:
        """Return the mean loss, a scalar, of `inputs`: hi, en, scale, equal, margin.

        `hi`, `en` are `(n, d)` unit rows, `scale` the inverse temperature, `equal` `(k, 2)` index pairs that are no
        negatives, `margin` what is taken off the cosine of right pairs.
        """
        hi, en, scale, equal, margin = inputs
        cosine = hi @ en.T
        cosine.diagonal().sub_(margin)
        share = cosine.mul(scale).sub_(scale)
        right = share.diagonal().clone()
        share[equal[:, 0], equal[:, 1]] = _MASKED
        share.exp_()
        rows, columns = share.sum(1), share.sum(0)
        loss: Tensor = (torch.log(rows) + torch.log(columns) - 2 * right).mean() / 2
        share.mul_((0.5 / rows)[:, None] + (0.5 / columns)[None])
        share.diagonal().sub_(1)
        share.div_(len(share))
        ctx.save_for_backward(hi, en, scale, share, cosine.mul_(share).sum())
        return loss

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:
        """Return the gradients of `hi`, `en` and `scale`."""
        hi, en, scale, share, by_scale = ctx.saved_tensors
        weight = grads[0] * scale
        return weight * (share @ en), weight * (share.T @ hi), grads[0] * by_scale, None, None


def pair_loss(*inputs: Any) -> Tensor:
    """Return `PairLoss` of hi, en, scale, equal, margin, as a scalar that knows its gradient."""
    loss: Tensor = PairLoss.apply(*inputs)  # type: ignore[no-untyped-call]
    return loss


def equal_pairs(*keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `(k, 2)` index pairs i != j whose entries are equal in one of `keys`: the same text is no wrong answer."""
    found = [np.zeros((0, 2), np.int64)]
    for key in keys:
        _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
        several = np.flatnonzero(counts[inverse] > 1)
        groups = inverse[several]
        same = (groups[:, None] == groups[None]) & ~np.eye(len(several), dtype=bool)
        found.append(several[np.argwhere(same)])
    return np.concatenate(found)


class Learner:
    """The vectors being learnt and their optimiser."""

    def __init__(self, table: NDArray[np.float32], recipe: Recipe) -> None:
        """Start from `table` (pieces, d)."""
        self.recipe = recipe
        self.table = torch.nn.Parameter(torch.from_numpy(table.copy()))
        self.log_scale = torch.nn.Parameter(torch.tensor(-float(np.log(recipe.temperature))))
        groups: list[dict[str, Any]] = [{"params": [self.table]}, {"params": [self.log_scale], "lr": 1e-3}]
        self.optimiser = torch.optim.Adam(groups, lr=recipe.rate, betas=(0.9, 0.98), fused=True)

    def step(self, hi: Bags, en: Bags, equal: NDArray[np.int64], joined: NDArray[np.int64], rate: float) -> float:
        """Learn from a batch of `n` pairs and return its loss; `joined` `(2, k)` are the pairs put together."""
        self.optimiser.param_groups[0]["lr"] = rate
        hi_sums, en_sums = self._sums(hi), self._sums(en)
        scale = self.log_scale.exp().clamp(max=_SCALE_LIMIT)
        hi_rows, en_rows = fn.normalize(hi_sums), fn.normalize(en_sums)
        loss = pair_loss(hi_rows, en_rows, scale, torch.from_numpy(equal), self.recipe.margin)
        total = loss
        if self.recipe.joined and joined.shape[1]:
            one, two = torch.from_numpy(joined)
            both = fn.normalize(hi_sums[one] + hi_sums[two]), fn.normalize(en_sums[one] + en_sums[two])
            there = self._joined_loss(both[0], both[1], en_rows[one], en_rows[two], scale)
            back = self._joined_loss(both[1], both[0], hi_rows[one], hi_rows[two], scale)
            total = loss + self.recipe.joined / 2 * (there + back)
        self.optimiser.zero_grad()
        total.backward()  # type: ignore[no-untyped-call]
        self.optimiser.step()
        return float(loss.detach())

    @staticmethod
    def _joined_loss(query: Tensor, right: Tensor, one: Tensor, two: Tensor, scale: Tensor) -> Tensor:
        """Return the loss of finding the joined translation among the batch's and its own halves."""
        halves = torch.stack([(query * one).sum(1), (query * two).sum(1)], 1)
        return fn.cross_entropy(torch.cat([query @ right.T, halves], 1) * scale, torch.arange(len(query)))

    def _sums(self, bags: Bags) -> Tensor:
        return fn.embedding_bag(torch.from_numpy(bags.ids), self.table, torch.from_numpy(bags.offsets[:-1]), mode="sum")

    def numpy(self) -> NDArray[np.float32]:
        """Return a view of the vectors."""
        view: NDArray[np.float32] = self.table.detach().numpy()
        return view

    def state(self) -> dict[str, Any]:
        """Return all that a resumed run needs."""
        return {"table": self.table.detach(), "log_scale": self.log_scale.detach(), "adam": self.optimiser.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from `state`."""
        with torch.no_grad():
            self.table.copy_(state["table"])
            self.log_scale.copy_(state["log_scale"])
        self.optimiser.load_state_dict(state["adam"])
