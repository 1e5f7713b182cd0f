"""Learn how sure an issue is (`tithi.checks.confidence`) from alarms on faithful pairs and on pairs with a made error.

    python -m training.alarms DATA/dev

learns it anew after a change of the rules and leaves the other models of checks/model.json as they are; `python -m
training.quality` learns all of them.

Each domain of faithful pairs weighs the same, so that none is cried at because another is larger. A kind of error is
taken to stand in the share `SHARES` of pairs, or `OTHER`; what is said to be sure holds for such shares. Some of the
human translations have faults of their own: the alarms that were read and are true (`gold_faults`) teach nothing.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tithi.checks.checker import rule_issues
from tithi.checks.confidence import AlarmFeatures, Evidence, alarm_features, alarm_key
from tithi.checks.judging import stretch_issues
from tithi.checks.model import Models, stretch_odds
from tithi.checks.model import models as shipped
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.errors import DataError
from tithi.evidence.alike import alike_texts
from tithi.evidence.coverage import WordVectors, cover
from tithi.evidence.gaps import find_gaps
from tithi.evidence.pair import read_pair
from tithi.records import Issue
from training.edits import EDITS, NO_TRANSLATIONS, edit, no_translation
from training.found_names import found_names
from training.gold_faults import faults
from training.made_errors import KINDS, Spoilt, spoil
from training.needed import package, run
from training.pairs import DevPair, dev_pairs, faithful_pairs, short_pairs

__all__ = ["TARGET", "learn_confidence", "word_vectors"]

TARGET: Final = Path(__file__).parents[1] / "checks" / "model.json"
SHARES = {
    "number": 0.04, "date": 0.03, "name": 0.02, "negation removed": 0.015, "negation put in": 0.015,
    "clause dropped": 0.03, "clause added": 0.03, "neighbour": 0.01, "shuffled": 0.03,
}  # fmt: skip
OTHER = 0.006
"""The share of pairs with an error of any other kind."""
ENOUGH = 12
"""With fewer alarms of either sort only their rate is learnt."""
WHOLE = frozenset({"language", "repetition", "untranslated"})
"""Kinds that tell of a whole side: how well the pair agrees says nothing of them."""
STRENGTH = 0.2
"""Of the regression: the smaller, the nearer a kind stays to its rate."""


Floats = NDArray[np.float64]


class Alarm(NamedTuple):
    """An alarm, the share of all pairs that it stands for, and whether it is a true one."""

    key: str
    features: AlarmFeatures
    mass: float
    true: bool


def word_vectors() -> WordVectors:
    """Return the vectors of the shipped encoder's words; `DataError` if they do not add up."""
    encoder = load()
    if not isinstance(encoder, SumEncoder):
        raise DataError(f"encoder {encoder.name}: its word vectors must add up; got none; train one that sums")
    return WordVectors(encoder)


def learn_confidence(pairs: Sequence[DevPair], models: Models, vectors: WordVectors) -> dict[str, list[float]]:
    """Return the rows of `Confidence`."""
    alarms: dict[str, list[Alarm]] = {}
    for alarm in _alarms(pairs, models, vectors):
        alarms.setdefault(alarm.key, []).append(alarm)
    few = {
        key for key, found in alarms.items() if min(sum(a.true for a in found), sum(not a.true for a in found)) < ENOUGH
    }
    slopes = _slopes([alarm for key in few if key.partition("/")[0] not in WHOLE for alarm in alarms[key]])
    doubt = 0.5 / len(pairs)
    # Of kinds that hardly any made error has, nothing can be learnt.
    known = {key: found for key, found in sorted(alarms.items()) if sum(alarm.true for alarm in found) >= ENOUGH}
    return {
        key: _by_rate(found, doubt, slopes, whole=key.partition("/")[0] in WHOLE) if key in few else _fit(found, doubt)
        for key, found in known.items()
    }


def _alarms(pairs: Sequence[DevPair], models: Models, vectors: WordVectors) -> Iterator[Alarm]:
    texts = [(pair.hi, pair.en) for pair in pairs]
    sizes = Counter(pair.domain for pair in pairs)
    before: list[Counter[str]] = []
    for pair, text in zip(pairs, texts, strict=True):
        found = list(_found(text, models, vectors))
        before.append(Counter(alarm_key(issue) for issue, _ in found))
        mass = 1 / (len(sizes) * sizes[pair.domain])
        true = faults(*text)
        yield from (Alarm(alarm_key(issue), told, mass, true=False) for issue, told in found if issue.kind not in true)
    for kind, made in _spoilt(texts):
        share = SHARES.get(kind, OTHER)
        for at, spoilt in made:
            old = Counter(before[at])
            for issue, features in _found((spoilt.hi, spoilt.en), models, vectors):
                key = alarm_key(issue)
                old[key] -= 1
                if old[key] < 0:
                    yield Alarm(key, features, share / len(made), true=True)


def _spoilt(texts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[int, Spoilt]]]]:
    names = [name for hi, en in texts for name in found_names(hi, en)]
    yield from ((kind, spoil(texts, kind, names)) for kind in KINDS)
    yield from ((kind, edit(texts, kind)) for kind in EDITS)
    yield from ((kind, no_translation(texts, kind)[::5]) for kind in NO_TRANSLATIONS)


def _found(text: tuple[str, str], models: Models, vectors: WordVectors) -> Iterator[tuple[Issue, AlarmFeatures]]:
    pair = read_pair(*text)
    coverage = cover(*alike_texts(pair), vectors)
    if coverage is None:
        return
    gaps = find_gaps(pair, coverage, models.words)
    evidence = Evidence(coverage, gaps, stretch_odds(pair, coverage, gaps, models.stretch))
    issues = [*rule_issues(pair), *stretch_issues(pair, evidence, models.threshold)]
    kinds = Counter(issue.kind for issue in issues)
    for issue in issues:
        if issue.severity != "hint":
            yield issue, alarm_features(pair, issue, evidence, kinds[issue.kind])


def _rate(alarms: list[Alarm], doubt: float) -> float:
    """Return the log-odds of a true alarm; `doubt` is the mass of false ones that were not met so far."""
    true, false = (sum(alarm.mass for alarm in alarms if alarm.true == flag) for flag in (True, False))
    return float(np.log((true + doubt / 10) / (false + doubt)))


def _by_rate(alarms: list[Alarm], doubt: float, slopes: Floats, *, whole: bool) -> list[float]:
    """Return a row by the rate of true alarms, with the slopes of such kinds around the middle of its false ones."""
    if whole:
        return [round(_rate(alarms, doubt), 4), *[0.0] * len(slopes)]
    false = [alarm.features for alarm in alarms if not alarm.true] or [alarm.features for alarm in alarms]
    middle = np.mean(np.array(false), axis=0)
    bias = _rate(alarms, doubt) - float(slopes @ middle)
    return [round(float(value), 4) for value in (bias, *slopes)]


def _slopes(alarms: list[Alarm]) -> Floats:
    """Return the weights of the features for kinds of which there are too few alarms for weights of their own."""
    return np.array(_regression(alarms)[1:])


def _fit(alarms: list[Alarm], doubt: float) -> list[float]:
    """Return the bias and the weights for the alarms of one key."""
    bias, *weights = _regression(alarms)
    # Learnt on as many true alarms as false ones; the rate puts in what shares they have.
    return [round(value, 4) for value in (bias + _rate(alarms, doubt), *weights)]


def _regression(alarms: list[Alarm]) -> list[float]:
    from sklearn.linear_model import LogisticRegression

    true = np.array([alarm.true for alarm in alarms])
    mass = np.array([alarm.mass for alarm in alarms])
    x: Floats = np.array([alarm.features for alarm in alarms])
    weight = np.where(true, mass / mass[true].sum(), mass / mass[~true].sum()) * len(alarms) / 2
    scale = np.maximum(x.std(axis=0), 1e-3)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(x / scale, true, sample_weight=weight)
    return [float(model.intercept_[0]), *map(float, model.coef_[0] / scale)]


def main() -> None:
    """Learn the confidence anew beside the other models that ship, and write it into checks/model.json."""
    parser = argparse.ArgumentParser(description=(main.__doc__ or ""))
    parser.add_argument("data", type=Path, help="the folder with tico19/, flores200/ and faithful/")
    args = parser.parse_args()
    package("sklearn", "scikit-learn")
    pairs = [pair for pair in (*dev_pairs(args.data), *short_pairs(), *faithful_pairs(args.data)) if pair.half == 0]
    told = json.loads(TARGET.read_text(encoding="utf-8"))
    vectors = word_vectors()
    told["confidence"] = learn_confidence(pairs, shipped(), vectors)
    TARGET.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(told['confidence'])} kinds of alarms from {len(pairs)} pairs")


if __name__ == "__main__":
    run(main)
