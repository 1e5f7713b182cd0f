"""How far two people agree: Cohen's kappa over the beads that both judged, and where they do not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tithi.review.fold import Folded

__all__ = ["Agreement", "agreement", "kappa"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Beads both judged, on how many they agree, kappa (None if chance alone decides), and the others by name."""

    beads: int
    agreed: int
    kappa: float | None
    differ: tuple[tuple[str, str, str, str], ...]


def agreement(folded: Iterable[tuple[str, Folded]], one: str, other: str) -> Agreement:
    """Compare two people; `differ` holds `(article, bead, verdict of one, verdict of the other)`."""
    pairs: Counter[tuple[str, str]] = Counter()
    differ = []
    for article, state in folded:
        for bead, said in state.verdicts.items():
            if one in said and other in said:
                pairs[said[one], said[other]] += 1
                if said[one] != said[other]:
                    differ.append((article, bead, said[one], said[other]))
    agreed = sum(count for (a, b), count in pairs.items() if a == b)
    return Agreement(pairs.total(), agreed, kappa(pairs), tuple(differ))


def kappa(pairs: Counter[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa in [-1, 1] of counted pairs of verdicts, None where it is not defined.

    Source: Cohen 1960, https://doi.org/10.1177/001316446002000104.

    >>> kappa(Counter({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}))
    0.4
    """
    total = pairs.total()
    if not total:
        return None
    mine, theirs = Counter[str](), Counter[str]()
    for (a, b), count in pairs.items():
        mine[a] += count
        theirs[b] += count
    seen = sum(count for (a, b), count in pairs.items() if a == b) / total
    chance = sum(mine[verdict] * theirs[verdict] for verdict in mine) / total**2
    return None if chance == 1 else round((seen - chance) / (1 - chance), 10)
