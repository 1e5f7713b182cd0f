"""The judge of the aligner as a network that can be learnt: the same sums as `tithi.aligner.judge`, in torch."""

import numpy as np
import torch
from numpy.typing import NDArray

from tithi.aligner.calibration import EVIDENCE as TRUST
from tithi.aligner.calibration import Calibration
from tithi.aligner.doubts import no_doubts
from tithi.aligner.features import BEAD_FEATURES, NULL_FEATURES
from tithi.aligner.habits import EVIDENCE, KINDS, Habits
from tithi.aligner.judge import Judge, Moving
from tithi.aligner.layers import layers_of

__all__ = ["GIVEN", "JudgeNet", "plain"]

#: What no noisy document tells. A document of fewer beads than `patience` is taken for a usual one. The rest is
#: about dated segments: a date that contradicts weighs as much as being unlike does, one that agrees little, for many
#: segments of a timeline agree by chance; and rarely is a bead told across the start of a segment.
GIVEN = {"patience": 10.0, "contradiction": -4.0, "agreement": 0.5, "crossing": -0.5}


class Net(torch.nn.Module):
    """A linear term plus rectified units, as `tithi.aligner.judge.Layers` computes it."""

    def __init__(self, features: int, units: int, first: float, bias: float) -> None:
        super().__init__()
        self.linear = torch.nn.Linear(features, 1)
        self.hidden = torch.nn.Linear(features, units)
        self.output = torch.nn.Linear(units, 1, bias=False)
        with torch.no_grad():
            self.linear.weight.zero_()
            self.linear.weight[0, 0] = first
            self.linear.bias.fill_(bias)
            self.output.weight.mul_(0.1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return (n,) scores of (n, k) features."""
        score: torch.Tensor = self.linear(features) + self.output(torch.relu(self.hidden(features)))
        return score.squeeze(1)

    def weights(self) -> dict[str, object]:
        """Return the weights as plain lists."""
        return {
            "linear": plain(self.linear.weight[0]),
            "bias": plain(self.linear.bias)[0],
            "hidden": [plain(row) for row in self.hidden.weight],
            "hidden_bias": plain(self.hidden.bias),
            "output": plain(self.output.weight[0]),
        }


def plain(row: torch.Tensor) -> list[float]:
    """Return the row as it is written."""
    return [round(float(value), 5) for value in row.detach()]


class JudgeNet(torch.nn.Module):
    """The whole judge: beads, nulls, the opening of a run of nulls."""

    def __init__(self) -> None:
        super().__init__()
        self.bead = Net(len(BEAD_FEATURES), 16, 8.0, -4.0)
        self.null = Net(len(NULL_FEATURES), 8, 0.0, -1.0)
        self.opening = torch.nn.Parameter(torch.tensor(-1.0))
        self.shift = torch.nn.Parameter(torch.zeros(len(KINDS), len(EVIDENCE)))

    def scores(
        self, beads: torch.Tensor, null_hi: torch.Tensor, null_en: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the scores of the beads that fit and of the nulls of both sides, by their features."""
        return self.bead(beads), self.null(null_hi), self.null(null_en)

    def judge(self, usual: NDArray[np.float64]) -> Judge:
        """Return the judge of these weights, for articles that are told in one order."""
        bead, null = (layers_of(net.weights()) for net in (self.bead, self.null))
        habits = Habits(usual=usual, shift=self.shift.detach().numpy().astype(float), **GIVEN)
        as_found = Calibration(np.array([float(name == "odds") for name in TRUST]))
        moving = Moving(*[0.0] * len(Moving.__slots__))
        return Judge(bead, null, float(self.opening.detach()), habits, no_doubts(), moving, as_found)
