"""What reviewers decided, to learn from: `python -m training.decided JUDGEMENTS.jsonl [--dismiss FILE]`.

Reads what `tithi review --export-gold DIR` writes into `DIR/judgements.jsonl`, prints how far the checks agree with the
people, and writes the kinds of alarms that they mostly call false as dismissals for `tithi check --dismiss`. Verdicts
on pairs train the quality model beside other judgements: `python -m training.quality DATA/dev --judgements FILE`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tithi.checks.checker import Checker
from tithi.errors import DataError
from training.judgements import Judged
from training.needed import run

__all__ = ["Alarm", "Decided", "mostly_false", "read_decided"]

WORTH: Final = {"accepted": 1.0, "rejected": -1.5}
"""Verdicts as standardised judgements: what is accepted is rather better than the mean, what is rejected far worse."""
ALARMS: Final = ("right", "false", "missed")
LEAST: Final = 10
"""With fewer alarms judged, a kind is not called mostly false."""
DISMISSED: Final = 0.8
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Alarm:
    """A judged alarm on a pair: `verdict` is `right`, `false`, or `missed` when a person found it, not the checks."""

    hi: str
    en: str
    kind: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The judged pairs, as `training.judgements` has them, and the judged alarms."""

    pairs: tuple[Judged, ...]
    alarms: tuple[Alarm, ...]


def read_decided(paths: Sequence[Path]) -> Decided:
    """Read files of judgements; a verdict on a pair that people disagree on is left out.

    Raises:
        DataError: A line is no judgement.
    """
    pairs: list[Judged] = []
    alarms: list[Alarm] = []
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    row = json.loads(line)
                    hi, en, verdict, by = str(row["hi"]), str(row["en"]), row["verdict"], set(row["by"].values())
                    if verdict in ALARMS:
                        alarms.append(Alarm(hi, en, str(row["issue"]), verdict))
                    elif len(by) == 1:
                        pairs.append((hi, en, WORTH[verdict]))
                except (ValueError, TypeError, KeyError, AttributeError) as error:
                    raise DataError(
                        f"{path}:{number}: must be a judgement; got {line[:60]!r}; export it anew"
                    ) from error
    return Decided(tuple(pairs), tuple(alarms))


def mostly_false(alarms: Sequence[Alarm]) -> list[str]:
    """Return the kinds of which at least four in five alarms are false, by the lower end of Wilson's interval (95 %).

    Source: Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953.
    """
    false = Counter(alarm.kind for alarm in alarms if alarm.verdict == "false")
    judged = false + Counter(alarm.kind for alarm in alarms if alarm.verdict == "right")
    return sorted(kind for kind, n in judged.items() if n >= LEAST and _low(false[kind] / n, n) >= DISMISSED)


def main() -> None:
    """Print the agreement by kind, and write the dismissals."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("judgements", type=Path, nargs="+", help="what `tithi review --export-gold` wrote")
    parser.add_argument("--dismiss", type=Path, help="write kinds that are mostly false alarms here")
    args = parser.parse_args()
    decided = read_decided(args.judgements)
    good = [(hi, en) for hi, en, worth in decided.pairs if worth > 0]
    bad = [(hi, en) for hi, en, worth in decided.pairs if worth < 0]
    checker = Checker()
    for name, pairs in (("accepted", good), ("rejected", bad)):
        low = sum((quality.quality or 0.0) < 0.5 for quality in checker.check_all(pairs))
        print(f"{name:10} {len(pairs):6} pairs, {low:6} of them of quality below .5")
    told = Counter((alarm.kind, alarm.verdict) for alarm in decided.alarms)
    print(f"{'alarm':14} " + " ".join(f"{verdict:>8}" for verdict in ALARMS))
    for kind in sorted({kind for kind, _ in told}):
        print(f"{kind:14} " + " ".join(f"{told[kind, verdict]:8}" for verdict in ALARMS))
    if args.dismiss:
        kinds = mostly_false(decided.alarms)
        lines = [json.dumps({"kind": kind}, ensure_ascii=False) + "\n" for kind in kinds]
        args.dismiss.write_text("".join(lines), encoding="utf-8", newline="\n")
        print(f"{args.dismiss}: {', '.join(kinds) or 'no kind'} dismissed")


def _low(share: float, n: int) -> float:
    middle = share + _Z**2 / (2 * n)
    half = _Z * (share * (1 - share) / n + _Z**2 / (4 * n**2)) ** 0.5
    return float((middle - half) / (1 + _Z**2 / n))


if __name__ == "__main__":
    run(main)
