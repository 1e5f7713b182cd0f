"""The tables of `benchmarks.fidelity` by domain: alarms on faithful pairs, edits found, no translations, ranking."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tithi.checks.checker import Checker, check_pairs
from tithi.records import Quality
from training.edits import EDITS, NO_TRANSLATIONS, edit, no_translation
from training.judgements import better_picked, read_judged, spearman, spearman_given
from training.pairs import DevPair

__all__ = ["tables"]

Texts = list[tuple[str, str]]


def tables(pairs: Sequence[DevPair], data: Path) -> Iterator[str]:
    """Yield the lines of all tables over pairs of several domains; `data` holds the judged translations."""
    domains: dict[str, Texts] = {}
    for pair in pairs:
        domains.setdefault(pair.domain, []).append((pair.hi, pair.en))
    checked = {domain: list(check_pairs(texts)) for domain, texts in domains.items()}
    yield from _alarms(checked)
    texts = [text for found in domains.values() for text in found]
    faithful = [quality for found in checked.values() for quality in found]
    yield from _edits(texts, faithful)
    yield from _no_translations(texts)
    yield from _judgements(data)


def _alarms(checked: dict[str, list[Quality]]) -> Iterator[str]:
    yield "\nfaithful pairs told more than a hint, by domain"
    yield f"{'domain':20} {'pairs':>6} {'error':>7} {'alarm':>7} {'q < .5':>7}   most"
    shares, below = [], []
    for domain, found in checked.items():
        told = [{issue.severity for issue in quality.issues} for quality in found]
        alarm = [bool(severities & {"error", "doubt"}) for severities in told]
        kinds = Counter(
            issue.kind for quality in found for issue in quality.issues if issue.severity != "hint"
        ).most_common(4)
        low = [(quality.quality or 0) < 0.5 for quality in found]
        shares.append(sum(alarm) / len(found))
        below.append(sum(low) / len(found))
        yield (
            f"{domain:20} {len(found):6} {_share('error' in one for one in told)} {_share(alarm)} {_share(low)}   "
            + ", ".join(f"{kind} {count}" for kind, count in kinds)
        )
    yield (
        f"{'mean of domains':20} {'':6} {'':7} {sum(shares) / len(shares):7.1%} {sum(below) / len(below):7.1%}   "
        f"worst of them {max(below):.1%}"
    )


def _edits(texts: Texts, faithful: Sequence[Quality]) -> Iterator[str]:
    yield "\none edit in a faithful pair, found with more than a hint"
    yield f"{'edit':20} {'pairs':>6} {'found':>7} {'named':>7} {'q < .5':>7}"
    shares = []
    for kind, expected in EDITS.items():
        made = edit(texts, kind)
        if not made:
            continue
        found = [
            (_kinds(quality) - _kinds(faithful[at]), quality)
            for (at, _), quality in zip(made, check_pairs((e.hi, e.en) for _, e in made), strict=True)
        ]
        shares.append(sum(bool(new) for new, _ in found) / len(made))
        yield (
            f"{kind:20} {len(made):6} {_share(bool(new) for new, _ in found)} "
            f"{_share(bool(new.keys() & expected) for new, _ in found)} "
            f"{_share((quality.quality or 0) < 0.5 for _, quality in found)}"
        )
    yield f"{'mean of edits':20} {'':6} {sum(shares) / len(shares):7.1%}"


def _no_translations(texts: Texts) -> Iterator[str]:
    yield "\nwhat is no translation"
    yield f"{'made of pairs':20} {'pairs':>6} {'error':>7} {'q < .5':>7}   of them without an issue above a hint"
    checker = Checker()  # which takes exchanged sides for data, and not for a slip of the caller
    for kind in NO_TRANSLATIONS:
        found = list(checker.check_all((e.hi, e.en) for _, e in no_translation(texts, kind)))
        errors = _share(any(issue.severity == "error" for issue in quality.issues) for quality in found)
        low = [quality for quality in found if (quality.quality or 0) < 0.5]
        unexplained = sum(all(issue.severity == "hint" for issue in quality.issues) for quality in low)
        yield f"{kind:20} {len(found):6} {errors} {len(low) / max(len(found), 1):7.1%}   {unexplained}"


def _judgements(data: Path) -> Iterator[str]:
    judged = read_judged(data)
    quality = np.array([found.quality or 0.0 for found in check_pairs((hi, en) for hi, en, _ in judged)])
    score = np.array([score for *_, score in judged])
    length = np.array([-float(len(en)) for _, en, _ in judged])
    yield "\njudged translations, which the ranking was learnt on (its training prints the cross-validated figure)"
    yield f"Spearman {spearman(quality, score):.3f}, length held fixed {spearman_given(quality, score, length):.3f}"
    picked = better_picked(quality, score, length)
    yield f"of two of like length that people tell apart by a standard deviation, the better is picked in {picked:.1%}"


def _kinds(quality: Quality) -> Counter[str]:
    return Counter(issue.kind for issue in quality.issues if issue.severity != "hint")


def _share(flags: "Iterator[bool] | list[bool]") -> str:
    found = list(flags)
    return f"{sum(found) / max(len(found), 1):7.1%}"
