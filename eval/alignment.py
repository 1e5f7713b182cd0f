"""How well a system's beads agree with gold beads: strict, lax, nulls, links, AER, bead types.

All figures of a corpus come from per-document counts that add up: the bootstrap draws documents and adds their counts.

Definitions, with null beads left out unless said otherwise:

- strict: a bead is right when gold holds the same bead; lax: when a gold bead shares a sentence with it on both sides
  (for recall the parts of gold and system are exchanged). Source: vecalign's score.py after
  https://aclanthology.org/W11-4624. Its precision, unlike its recall, also counts the system's null beads; the figures
  of that convention are given apart, as `with_nulls`.
- null: sentences left without a counterpart, counted by sentence, so that `0-2` and two `0-1` are the same.
- link: pairs of a Hindi and an English sentence that lie in one bead.
- AER: 1 - (|A & S| + |A & P|) / (|A| + |S|) over links, with P all gold links and S those of beads with one sentence
  on a side, where each link is certain. Source: Och and Ney 2003, https://aclanthology.org/J03-1002.
"""

import dataclasses
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tithi.errors import DataError
from tithi.eval.beads import BeadIndex, read_documents
from tithi.eval.counts import COUNTS, count_beads

__all__ = ["PRF", "AlignmentScores", "TypeScore", "score_documents", "score_files"]

_Counts = NDArray[np.int64]
_AT = {name: i for i, name in enumerate(COUNTS)}


@dataclass(frozen=True, slots=True)
class PRF:
    """Precision, recall and their harmonic mean, each in [0, 1]; None where nothing was there to count.

    `f1_interval` is the bootstrap's 95 % percentile interval of F1 over documents, None with fewer than two.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    f1_interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class TypeScore:
    """Of one bead type: how many gold and system have, and how many are equal."""

    kind: str
    gold: int
    system: int
    right: int


@dataclass(frozen=True, slots=True)
class AlignmentScores:
    """Everything `tithi score` prints; the module docstring defines each figure."""

    strict: PRF
    lax: PRF
    null: PRF
    link: PRF
    aer: float | None
    with_nulls: tuple[PRF, PRF]
    types: tuple[TypeScore, ...]
    documents: int
    signature: str

    def to_json(self) -> str:
        """Return one JSON object on one line."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)

    def table(self) -> str:
        """Return a table to read, figures in percent, and the signature."""
        rows = [f"{'':12} {'precision':>9} {'recall':>9} {'F1':>9}   95 % interval of F1"]
        named = {"strict": self.strict, "lax": self.lax, "null": self.null, "link": self.link}
        for name, prf in named.items():
            interval = prf.f1_interval
            shown = f"   [{100 * interval[0]:.2f}, {100 * interval[1]:.2f}]" if interval else ""
            rows.append(f"{name:12} {_percent(prf.precision)} {_percent(prf.recall)} {_percent(prf.f1)}{shown}")
        for name, prf in zip(("strict+null", "lax+null"), self.with_nulls, strict=True):
            rows.append(f"{name:12} {_percent(prf.precision)} {_percent(prf.recall)} {_percent(prf.f1)}")
        rows += [f"{'AER':12} {_percent(self.aer)}", "", f"{'bead':12} {'gold':>9} {'system':>9} {'right':>9}"]
        rows += [f"{t.kind:12} {t.gold:>9} {t.system:>9} {t.right:>9}" for t in self.types]
        return "\n".join([*rows, "", self.signature])


def score_files(gold: Path, system: Path, *, samples: int = 1000, seed: int = 12345) -> AlignmentScores:
    """Score a system file against a gold file, or two folders of them; see `tithi.eval.beads.read_documents`.

    Raises:
        DataError: a file is missing or malformed, or a document has no counterpart.
    """
    _, golds, systems = read_documents(gold, system)
    return score_documents(golds, systems, samples=samples, seed=seed)


def score_documents(
    gold: Sequence[Sequence[BeadIndex]],
    system: Sequence[Sequence[BeadIndex]],
    *,
    samples: int = 1000,
    seed: int = 12345,
) -> AlignmentScores:
    """Score documents of beads, document i of `system` against document i of `gold`, all counts pooled.

    The beads of a document must not share sentences. Time is that of sorting them; the bootstrap adds
    `samples` times the number of documents.

    Raises:
        DataError: the numbers of documents differ, or there is none.
    """
    if len(gold) != len(system) or not gold:
        raise DataError(
            f"score: gold and system need the same documents; got {len(gold)} and {len(system)}; pair them up"
        )
    counts = np.array([count_beads(g, s) for g, s in zip(gold, system, strict=True)], dtype=np.int64)
    total = counts.sum(axis=0)
    figures = _figures(total)
    intervals = _bootstrap(counts, samples, seed) if len(gold) > 1 and samples else {}
    named = {
        k: dataclasses.replace(figures[k], f1_interval=intervals.get(k)) for k in ("strict", "lax", "null", "link")
    }
    bs = f"|bs:{samples}|seed:{seed}" if intervals else ""
    return AlignmentScores(
        **named,
        aer=_aer(total),
        with_nulls=(figures["strict+null"], figures["lax+null"]),
        types=_types(gold, system),
        documents=len(gold),
        signature=f"docs:{len(gold)}|nulls:excluded|match:strict,lax|null:sentences{bs}|tithi:{version('tithi')}",
    )


def _figures(c: _Counts) -> dict[str, PRF]:
    def prf(right: str, system: str, gold: str, right_gold: str | None = None) -> PRF:
        return _prf(c[_AT[right]], c[_AT[system]], c[_AT[right_gold or right]], c[_AT[gold]])

    strict, lax = prf("strict", "system", "gold"), prf("lax", "system", "gold", "lax_gold")
    null_bead, null_beads = c[_AT["null_bead"]], c[_AT["null_beads"]]
    system, gold = c[_AT["system"]] + null_beads, c[_AT["gold"]]
    return {
        "strict": strict,
        "lax": lax,
        "null": prf("null", "null_system", "null_gold"),
        "link": prf("link", "link_system", "link_gold"),
        "strict+null": _prf(c[_AT["strict"]] + null_bead, system, c[_AT["strict"]], gold),
        "lax+null": _prf(c[_AT["lax"]] + null_bead, system, c[_AT["lax_gold"]], gold),
    }


def _prf(right: int, system: int, right_gold: int, gold: int) -> PRF:
    precision = float(right / system) if system else None
    recall = float(right_gold / gold) if gold else None
    if precision is None and recall is None:
        return PRF(None, None, None)
    p, r = precision or 0.0, recall or 0.0
    return PRF(precision, recall, 2 * p * r / (p + r) if p + r else 0.0)


def _aer(c: _Counts) -> float | None:
    size = c[_AT["link_system"]] + c[_AT["sure_gold"]]
    return float(1 - (c[_AT["sure"]] + c[_AT["link"]]) / size) if size else None


def _types(gold: Sequence[Sequence[BeadIndex]], system: Sequence[Sequence[BeadIndex]]) -> tuple[TypeScore, ...]:
    in_gold = Counter(b.kind for document in gold for b in document)
    in_system = Counter(b.kind for document in system for b in document)
    right: Counter[str] = Counter()
    for g, s in zip(gold, system, strict=True):
        right.update(b.kind for b in set(g) & set(s))
    order = sorted(in_gold | in_system, key=lambda k: (-in_gold[k], -in_system[k], k))
    return tuple(TypeScore(kind, in_gold[kind], in_system[kind], right[kind]) for kind in order)


def _bootstrap(counts: _Counts, samples: int, seed: int) -> dict[str, tuple[float, float]]:
    """Draw documents with replacement; return the 2.5 and 97.5 percentiles of each F1 (Koehn 2004, W04-3250)."""
    draws = np.random.default_rng(seed).integers(0, len(counts), size=(samples, len(counts)))
    drawn: dict[str, list[float]] = {"strict": [], "lax": [], "null": [], "link": []}
    for draw in draws:
        figures = _figures(counts[draw].sum(axis=0))
        for name, values in drawn.items():
            f1 = figures[name].f1
            if f1 is not None:
                values.append(f1)
    return {k: _interval(v) for k, v in drawn.items() if v}


def _interval(values: list[float]) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _percent(value: float | None) -> str:
    return f"{'-':>9}" if value is None else f"{100 * value:9.2f}"
