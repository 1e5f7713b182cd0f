"""How often a document is distorted, and in which ways; what each does is told in `training.noise`."""

import random
from dataclasses import dataclass, fields, replace

from tithi.errors import UsageError

__all__ = ["EASY", "HARD", "PLAIN", "SHUFFLED", "Rates"]


@dataclass(frozen=True, slots=True)
class Rates:
    """Chances in [0, 1] of each event at a position; what is left of 1 keeps the pair as it is.

    `triple` is the share of the merges that join three lines instead of two; `shuffle` the chance that the segments of
    a document change their order; `head` and `tail` the chance that it begins and ends in lines of another document on
    both sides; `relocate` that a block of beads begins that is told elsewhere in English; `backwards` that the document
    is told in reverse.
    `free` is the largest share of their words that the lines of a side lose, each side's drawn for the document;
    `summary` the chance that one side tells only a part.
    """

    merge: float = 0.0
    move: float = 0.0
    delete: float = 0.0
    insert: float = 0.0
    block: float = 0.0
    mismatch: float = 0.0
    triple: float = 0.125
    shuffle: float = 0.0
    head: float = 0.0
    tail: float = 0.0
    relocate: float = 0.0
    backwards: float = 0.0
    free: float = 0.0
    summary: float = 0.0

    def __post_init__(self) -> None:
        """Check the chances."""
        for field in fields(self):
            chance = getattr(self, field.name)
            if not 0.0 <= chance <= 1.0:
                raise UsageError(f"{field.name}: a chance must lie in [0, 1]; got {chance}; give one that does")
        if sum(self.chances().values()) >= 1.0:
            raise UsageError(f"rates: the chances must sum to less than 1; got {self.chances()}; lower some")

    def chances(self) -> dict[str, float]:
        """Return the chance of each event by name."""
        return {name: getattr(self, name) for name in ("merge", "move", "delete", "insert", "block", "mismatch")}

    def draw(self, rng: random.Random) -> str:
        """Return the name of an event, or `keep`."""
        chances = self.chances()
        return rng.choices([*chances, "keep"], [*chances.values(), 1.0 - sum(chances.values())])[0]


PLAIN = Rates()
EASY = Rates(merge=0.12, move=0.02, delete=0.05, insert=0.03, block=0.005)
HARD = Rates(merge=0.15, move=0.05, delete=0.08, insert=0.08, block=0.03)
SHUFFLED = replace(EASY, shuffle=1.0)
