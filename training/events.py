"""What an event makes of the lines that it takes: beads of one side alone, of two sides, with a clause elsewhere."""

import random
import re
from collections.abc import Sequence

from training.foreign import Pair

__all__ = ["TextBead", "changed", "null", "whole"]

TextBead = tuple[tuple[str, ...], tuple[str, ...]]

# The match ends where the next clause starts.
_CLAUSE = re.compile(
    r"[,;:।?!—–][\"”’')]* "
    r"|[a-z]{3}\.[\"”’')]* (?=[A-Z])"
    r"|(?<= )(?:है|हैं|था|थी|थे|गया|गई|गए) (?=(?:और|तथा|एवं) )"
    r"| (?=(?:लेकिन|परंतु|परन्तु|मगर|जबकि|क्योंकि|ताकि|जिससे|जिसमें|जिनमें|but|because|while|whereas|although|which|who) )"
)


def changed(event: str, taken: Sequence[Pair], side: int, rng: random.Random) -> list[TextBead]:
    """Return what an event makes of the pairs it takes, nothing where it does not apply."""
    both = whole(taken)
    if event in ("delete", "block"):
        return [null(line, side) for line in both[side]]
    if event == "mismatch":
        return [null(taken[side][0], 0), null(taken[1 - side][1], 1)][:: 1 - 2 * side]
    if event == "merge":
        return [_with(both, side, (" ".join(both[side]),))]
    if event == "move":
        for one in (side, 1 - side):
            if lines := _moved(both[one][0], both[one][1], rng):
                return [_with(both, one, lines)]
    return []


def _moved(first: str, second: str, rng: random.Random) -> tuple[str, str] | None:
    """Move the boundary of two lines by a clause of two words or more, None where no clause ends."""
    text, border = f"{first} {second}", len(first) + 1
    cuts = []
    for cut in (match.end() for match in _CLAUSE.finditer(text)):
        clause = text[min(cut, border) : max(cut, border)]
        if min(len(part.split()) for part in (text[:cut], clause, text[cut:])) >= 2:
            cuts.append(cut)
    if not cuts:
        return None
    cut = rng.choice(cuts)
    return text[:cut].strip(), text[cut:].strip()


def whole(pairs: Sequence[Pair]) -> TextBead:
    """Return the bead of all lines of some pairs."""
    return tuple(hi for hi, _ in pairs), tuple(en for _, en in pairs)


def null(line: str, side: int) -> TextBead:
    """Return the bead of a line that stands alone on a side, 0 or 1."""
    return ((line,), ()) if side == 0 else ((), (line,))


def _with(bead: TextBead, side: int, lines: tuple[str, ...]) -> TextBead:
    return (lines, bead[1]) if side == 0 else (bead[0], lines)
