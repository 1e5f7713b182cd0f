"""Where rows are cut into batches, row groups and files: after articles whose ids say so, at some chance.

Cut by a count, rows would lie otherwise in all files behind an article that is put in. Cut by what they hold, the next
cut is again where it was, and so are the bytes between: what changes is the piece around the article.

Source: A. Muthitacharoen, B. Chen and D. Mazieres, A Low-bandwidth Network File System (2001), for the idea.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

__all__ = ["BATCH", "Bound"]


@dataclass(frozen=True, slots=True)
class Bound:
    """Where pieces of one kind end: not before `least`, then by chance after some `span` more, by `most` anyway."""

    kind: str
    least: int
    span: int
    most: int

    def ends(self, held: int, size: int, last: str) -> bool:
        """Return whether a piece that holds so much ends here.

        Args:
            held: How much it holds with what came last.
            size: How much came last.
            last: The id of the article that came last; with its size it decides, whatever came before.
        """
        if held < self.least:
            return False
        number = hashlib.blake2b(last.encode("utf-8", "surrogatepass"), digest_size=8, person=self.kind.encode())
        return held >= self.most or int.from_bytes(number.digest()) * self.span < size << 64


BATCH: Final = Bound("batch", 1, 64, 128)
"""Articles that are written together."""
