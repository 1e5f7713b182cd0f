"""Words found in all article pairs of a review, in both scripts, without regard to nukta, joiners, accents and case.

>>> folded("ज़रूरत १२") == folded("जरूरत 12")
True
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from tithi.review.library import Library, row_key

__all__ = ["find", "folded"]

_DROPPED: Final = re.compile("[\u093c\u200c\u200d\u0300-\u036f]")
_ALIKE: Final = str.maketrans({"\u0901": "\u0902", **{chr(0x966 + digit): str(digit) for digit in range(10)}})


def find(library: Library, query: str, most: int) -> Iterator[tuple[str, str]]:
    """Yield the beads of the dataset that hold the words, `(article, bead)` in its order, at most `most`."""
    wanted = folded(query.strip())
    left = most if wanted else 0
    for article in library:
        if left <= 0:
            return
        story = library.story(article)
        if not any(wanted in folded(story.article[lang]) for lang in ("hi", "en")):
            continue
        for row in (*story.sentences, *story.unaligned):
            texts = [row["text"]] if "lang" in row else row["translation"].values()
            if left > 0 and any(wanted in folded(text) for text in texts):
                left -= 1
                yield article, row_key(row)


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return _DROPPED.sub("", unicodedata.normalize("NFKD", text).lower()).translate(_ALIKE)
