"""Rows in, a verdict for each out: the filters that need no more than the row and its neighbours."""

from collections.abc import Mapping, Sequence
from functools import cache

from tithi.checks.checker import Checker
from tithi.encoder import load
from tithi.encoder.protocol import SumEncoder
from tithi.filters.evidence import Evidence, meanings
from tithi.filters.filters import FILTERS, Filter
from tithi.filters.verdict import Row, Verdict

__all__ = ["Thresholds", "judge", "scores"]

Thresholds = Mapping[str, float]
"""Which filters run, by name, and the threshold of each."""


def judge(rows: Sequence[Row], thresholds: Thresholds) -> list[Verdict | None]:
    """Return for each row why it is dropped, None where it is kept so far.

    Rows that follow one another in the corpus: the line before and after is compared. What costs more is asked of
    those that are left: first the texts, then vectors, then the checks.
    """
    looked = [Evidence(row) for row in rows]
    verdicts: list[Verdict | None] = [None] * len(rows)
    for needs in ("text", "vectors", "checks"):
        chosen = [found for found in FILTERS if found.needs == needs and found.name in thresholds]
        left = [i for i, verdict in enumerate(verdicts) if verdict is None]
        if not chosen or not left:
            continue
        _prepare(needs, rows, looked, left)
        for i in left:
            verdicts[i] = _first(chosen, looked[i], thresholds)
    return verdicts


def scores(rows: Sequence[Row], names: Sequence[str]) -> list[dict[str, tuple[float, str]]]:
    """Return for each row the score and the reason of each named filter that has something to say of it."""
    looked = [Evidence(row) for row in rows]
    chosen = [found for found in FILTERS if found.name in names and found.score is not None]
    for needs in {found.needs for found in chosen}:
        _prepare(needs, rows, looked, range(len(rows)))
    told: list[dict[str, tuple[float, str]]] = []
    for pair in looked:
        said = {found.name: found.score(pair) for found in chosen if found.score is not None}
        told.append({name: (what.score, what.reason) for name, what in said.items() if what is not None})
    return told


def _prepare(needs: str, rows: Sequence[Row], looked: Sequence[Evidence], wanted: Sequence[int]) -> None:
    if needs == "vectors":
        for pair, told in zip(looked, meanings(rows, _encoder()), strict=True):
            pair.meaning = told
    elif needs == "checks":
        unknown = [looked[i] for i in wanted if looked[i].quality is None]
        checked = _checker().check_all((pair.hi, pair.en) for pair in unknown)
        for pair, quality in zip(unknown, checked, strict=True):
            pair.quality = quality


def _first(chosen: Sequence[Filter], pair: Evidence, thresholds: Thresholds) -> Verdict | None:
    for found in chosen:
        said = None if found.score is None else found.score(pair)
        if said is not None and found.passes(said.score, thresholds[found.name]):
            return Verdict(found.name, said.score, thresholds[found.name], said.reason)
    return None


@cache
def _encoder() -> SumEncoder:
    encoder = load()
    assert isinstance(encoder, SumEncoder)  # the shipped one
    return encoder


@cache
def _checker() -> Checker:
    return Checker(_encoder())
