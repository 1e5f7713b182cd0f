"""How far stated probabilities are from shares seen."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["calibration_error"]


def calibration_error(
    stated: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64] | None = None, *, bins: int = 10
) -> float:
    """Return the expected calibration error over bins of equal width (Naeini et al. 2015), cases weighted or alike."""
    weight = np.ones(len(stated)) if weight is None else weight
    at = np.minimum((stated * bins).astype(int), bins - 1)
    gaps = [abs(((stated - right) * weight)[at == k].sum()) for k in range(bins)]
    return float(sum(gaps) / weight.sum())
