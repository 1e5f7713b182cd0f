"""Learn which words have no counterpart (`tithi.evidence.gaps`) from clauses put into faithful pairs."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tithi.evidence.alike import alike_texts
from tithi.evidence.coverage import WordVectors, cover
from tithi.evidence.gaps import word_terms
from tithi.evidence.pair import read_pair
from training.made_errors import spoil
from training.pairs import DevPair

__all__ = ["learn_words"]

Floats = NDArray[np.float64]


def learn_words(pairs: Sequence[DevPair], vectors: WordVectors) -> tuple[float, ...]:
    """Return the bias and the weights of `gaps.word_terms`; half of all words are taken to be missing."""
    from sklearn.linear_model import LogisticRegression

    texts = [(pair.hi, pair.en) for pair in pairs]
    kept = [side for hi, en in texts for side in _terms(hi, en, vectors)]
    put_in = []
    for at, made in spoil(texts, "clause added", []):
        side = made.side == "en"
        spoilt, whole = (made.hi, made.en)[side], texts[at][side]
        sides = _terms(made.hi, made.en, vectors)
        if sides:
            new = _new_words(whole, spoilt)
            put_in.append(sides[side][:, new[0] : new[1]])
    x = np.concatenate([*kept, *put_in], axis=1).T
    missing = np.arange(len(x)) >= sum(part.shape[1] for part in kept)
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    model = LogisticRegression(class_weight="balanced", max_iter=1000).fit((x - mean) / scale, missing)
    weights = model.coef_[0] / scale
    return tuple(round(float(weight), 5) for weight in (model.intercept_[0] - weights @ mean, *weights))


def _terms(hi: str, en: str, vectors: WordVectors) -> tuple[Floats, ...]:
    pair = read_pair(hi, en)
    coverage = cover(*alike_texts(pair), vectors)
    if coverage is None:
        return ()
    return word_terms(pair, coverage)


def _new_words(whole: str, spoilt: str) -> tuple[int, int]:
    """Return which words of a spoilt text were put in, as a range."""
    before, after = (read_pair(text, "").hi_words.keys for text in (whole, spoilt))
    first = next((i for i, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), len(before))
    return first, first + len(after) - len(before)
