"""How good vectors are: does a text find its translation among all others, and do sums know what they hold."""

import numpy as np

from tithi.encoder.protocol import FloatArray

__all__ = ["margin_retrieval", "retrieval", "whole_over_part"]


def retrieval(hi: FloatArray, en: FloatArray) -> tuple[float, float]:
    """Return the shares in [0, 1] of rows whose own partner is nearest by cosine, hi to en and en to hi.

    `hi` and `en` are `(n, d)` unit rows, row i of one translating row i of the other. Memory is `n * n` floats.
    """
    return _found(hi @ en.T)


def margin_retrieval(hi: FloatArray, en: FloatArray, neighbours: int = 2) -> tuple[float, float]:
    """Return the same with each cosine divided by the mean of both sides' `neighbours` best.

    Source: ratio margin, Artetxe and Schwenk 2019 (https://arxiv.org/abs/1811.01136).
    """
    cosine = hi @ en.T
    count = min(neighbours, len(cosine))
    rows = np.partition(cosine, -count, axis=1)[:, -count:].mean(axis=1)
    columns = np.partition(cosine, -count, axis=0)[-count:].mean(axis=0)
    return _found(cosine / ((rows[:, None] + columns[None]) / 2))


def _found(scores: FloatArray) -> tuple[float, float]:
    own = np.arange(len(scores))
    return float((scores.argmax(axis=1) == own).mean()), float((scores.argmax(axis=0) == own).mean())


def whole_over_part(hi_sums: FloatArray, en_sums: FloatArray) -> float:
    """Return the share in [0, 1] of neighbours whose sum lies nearer to both translations' sum than to either alone.

    `hi_sums` and `en_sums` are `(n, d)` unnormalised rows in document order.
    """
    both = _unit(hi_sums[:-1] + hi_sums[1:])
    whole = (both * _unit(en_sums[:-1] + en_sums[1:])).sum(axis=1)
    parts = [(both * _unit(part)).sum(axis=1) for part in (en_sums[:-1], en_sums[1:])]
    return float((whole > np.maximum(*parts)).mean())


def _unit(rows: FloatArray) -> FloatArray:
    unit: FloatArray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return unit
