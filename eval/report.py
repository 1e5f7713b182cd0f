"""One report on systems that translate in one direction: figures, significance, groups of lines, what they break.

Line i of a system belongs to item i. Scores of a group of lines are over that group alone, as if it were the test set.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tithi.checks.checker import check_pairs
from tithi.checks.model import models
from tithi.errors import DataError
from tithi.eval.comet import Comet, CometScores, comet_scores
from tithi.eval.groups import Group, group_scores
from tithi.eval.items import MTItem, MTSystem
from tithi.eval.pieces import Pieces
from tithi.eval.scores import MTFigures, mt_figures, segment_scores
from tithi.eval.significance import Mean, PairedScore, mean_score, paired_significance
from tithi.records import Lang, Quality

__all__ = ["Broken", "MTReport", "SystemReport", "evaluate", "report_json", "segment_rows"]


@dataclass(frozen=True, slots=True)
class Broken:
    """In how many lines the checks find a kind of issue between the source and a translation.

    `system` counts the system's translations, `reference` those by people (where the checks are wrong, or people were
    free), `only_system` the lines in which the system's has the issue and the reference has not.
    """

    kind: str
    system: int
    reference: int
    only_system: int


@dataclass(frozen=True, slots=True)
class SystemReport:
    """What is known of one system.

    `means` are over its lines: `quality`, `adequacy` and `fluency` by the checks, which need no reference, and `comet`
    where it was asked for; `comet` tells by what.
    """

    name: str
    figures: MTFigures
    comet: CometScores | None
    means: Mapping[str, Mean]
    broken: tuple[Broken, ...]
    groups: Mapping[str, tuple[Group, ...]]
    checks: tuple[Quality, ...]


@dataclass(frozen=True, slots=True)
class MTReport:
    """All systems of one direction; `significance` compares the others with the first, empty when there is one."""

    target: Lang
    items: tuple[MTItem, ...]
    systems: tuple[SystemReport, ...]
    reference_quality: Mean
    significance: tuple[PairedScore, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "direction": _direction(self.target),
            "lines": len(self.items),
            "reference_quality": asdict(self.reference_quality),
            "systems": [_system_dict(system) for system in self.systems],
            "significance": [asdict(score) for score in self.significance],
        }

    def table(self) -> str:
        """Return tables to read."""
        return "\n".join(_table(self))


def evaluate(  # noqa: PLR0913
    items: Sequence[MTItem],
    systems: Sequence[MTSystem],
    target: Lang,
    *,
    samples: int = 1000,
    pieces: Pieces | None = None,
    comet: Comet | None = None,
) -> MTReport:
    """Judge systems that translate into `target`.

    Args:
        items: The pairs; the side `target` is the reference, the other one the source.
        systems: One or more with different names; the first is the baseline of the comparison.
        target: The language that is written.
        samples: Draws of the bootstraps; 0 leaves out intervals and significance.
        pieces: What spBLEU counts; by default the pieces of the shipped encoder.
        comet: Where COMET is, if it is asked for.

    Raises:
        DataError: a system has another number of lines than there are items, two have one name, or COMET fails.
    """
    names = [system.name for system in systems]
    if len(set(names)) < len(names):
        raise DataError(f"mt-eval: each system once; got {', '.join(names)}; leave one out")
    source, reference = [item.source(target) for item in items], [item.text(target) for item in items]
    expected = _checks(source, reference, target)
    reports = []
    for system in systems:
        figures = mt_figures(system.lines, reference, target, samples=samples, pieces=pieces)
        checks = _checks(source, system.lines, target)
        asked = comet_scores(comet, source, system.lines, reference) if comet else None
        reports.append(
            SystemReport(
                system.name,
                figures,
                asked,
                _means(checks, asked, samples),
                tuple(_broken(checks, expected)),
                group_scores(items, system, checks, target),
                checks,
            )
        )
    significance: list[PairedScore] = []
    if len(systems) > 1 and samples > 1:
        lines = {system.name: system.lines for system in systems}
        significance = paired_significance(lines, reference, target, samples=samples)
    wanted = _means(expected, None, samples)["quality"]
    return MTReport(target, tuple(items), tuple(reports), wanted, tuple(significance))


def segment_rows(report: MTReport, systems: Sequence[MTSystem]) -> Iterator[dict[str, Any]]:
    """Yield one plain row for each line of each system: its scores, its quality and its issues.

    The spans of an issue are `[start, stop)` in the source and in the system's text, by their languages.
    """
    reference = [item.text(report.target) for item in report.items]
    for system, told in zip(systems, report.systems, strict=True):
        comet = told.comet.lines if told.comet else [None] * len(reference)
        scores = segment_scores(system.lines, reference, report.target)
        for item, score, quality, model in zip(report.items, scores, told.checks, comet, strict=True):
            row: dict[str, Any] = {"id": item.id, "direction": _direction(report.target), "system": system.name}
            row |= {name: round(value, 2) for name, value in asdict(score).items()}
            row |= {} if model is None else {"comet": round(model, 4)}
            parts = {"quality": quality.quality, "adequacy": quality.adequacy, "fluency": quality.fluency}
            row |= {name: None if value is None else round(value, 4) for name, value in parts.items()}
            yield row | {"issues": [asdict(issue) for issue in quality.issues]}


def _checks(source: Sequence[str], translated: Sequence[str], target: Lang) -> tuple[Quality, ...]:
    hi, en = (translated, source) if target == "hi" else (source, translated)
    return tuple(check_pairs(zip(hi, en, strict=True)))


def _broken(checks: Sequence[Quality], expected: Sequence[Quality]) -> Iterator[Broken]:
    """Yield a count for each kind, the one that the system breaks most first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for ours, theirs in zip(checks, expected, strict=True):
        found, known = ({issue.kind for issue in told.issues} for told in (ours, theirs))
        for kind in found | known:
            there = kind in found, kind in known, kind in found - known
            counts[kind] = [count + more for count, more in zip(counts[kind], there, strict=True)]
    for kind, (system, reference, only) in sorted(counts.items(), key=lambda item: (-item[1][2], item[0])):
        yield Broken(kind, system, reference, only)


def _means(checks: Sequence[Quality], comet: CometScores | None, samples: int) -> dict[str, Mean]:
    """Return the means over the lines; a line that cannot be checked, such as an empty one, counts as 0."""
    lines = {
        "quality": [told.quality or 0.0 for told in checks],
        "adequacy": [told.adequacy or 0.0 for told in checks],
        "fluency": [told.fluency or 0.0 for told in checks],
    }
    if comet is not None:
        lines["comet"] = list(comet.lines)
    return {name: mean_score(values, samples=samples) for name, values in lines.items()}


def _direction(target: Lang) -> str:
    return "en-hi" if target == "hi" else "hi-en"


def _system_dict(system: SystemReport) -> dict[str, Any]:
    comet = system.comet
    return {
        "name": system.name,
        **{name: value for name, value in system.figures.to_dict().items() if name not in {"target", "lines"}},
        "comet": None if comet is None else asdict(system.means["comet"]) | {"signature": comet.signature},
        **{name: asdict(mean) for name, mean in system.means.items() if name != "comet"},
        "broken": [asdict(count) for count in system.broken],
        "groups": {name: [asdict(group) for group in groups] for name, groups in system.groups.items()},
    }


def _table(report: MTReport) -> Iterator[str]:
    for system in report.systems:
        yield f"{_direction(report.target)}: {system.name}"
        yield system.figures.table()
        if system.comet:
            yield f"{'COMET':8}{system.means['comet']}  {system.comet.signature}"
        yield f"{'quality':8}{system.means['quality']}  by the checks; of the reference {report.reference_quality}"
        yield from (f"{name:8}{system.means[name]}  by the checks" for name in ("adequacy", "fluency"))
        agreed, given = models().ranking.agreement
        yield f"  quality ranks lines as people do with a Spearman of {agreed:.2f}, {given:.2f} of lines of one length"
        yield f"  {'breaks':14} {'system':>8} {'reference':>10} {'system only':>12}"
        yield from (f"  {b.kind:14} {b.system:8} {b.reference:10} {b.only_system:12}" for b in system.broken)
        for name, groups in system.groups.items():
            yield f"  {name:14} {'lines':>8} {'BLEU':>10} {'chrF++':>12}"
            yield from (f"  {g.name:14} {g.lines:8} {g.bleu:10.2f} {g.chrf:12.2f}" for g in groups)
        yield ""
    for score in report.significance:
        told = "the baseline" if score.p_value is None else f"p = {score.p_value:.4f} against the baseline"
        yield f"{score.metric:7} {score.score:7.2f}  {score.system}: {told}"


def report_json(reports: Sequence[MTReport], about: Mapping[str, object]) -> str:
    """Return one JSON object: what the pairs are, and a report a direction."""
    return json.dumps({**about, "directions": [report.to_dict() for report in reports]}, ensure_ascii=False)
