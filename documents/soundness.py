"""Whether a text can be Hindi as people write it: marks that no Hindi has come from fonts that were read wrongly."""

import re
from typing import Final

__all__ = ["MAX_UNSOUND", "unsound_share"]

MAX_UNSOUND: Final = 0.01
"""A text with more impossible marks than this share of its letters is refused."""
_SIGN: Final = "\u093a-\u093b\u093e-\u094c\u094e\u094f\u0955-\u0957\u0962\u0963"
_UNSOUND: Final = re.compile(
    rf"[\x00\ufffd\ue000-\uf8ff]|(?:^|(?<=[\s\d।,.]))[{_SIGN}\u094d\u093c]|[{_SIGN}][{_SIGN}]|\u094d[{_SIGN}]|\u094d\u094d|[अआ][\u093e\u0940]"
)
_LETTER: Final = re.compile(r"[^\W\d_]")


def unsound_share(text: str) -> float:
    """Return how many impossible marks a text has for each of its letters.

    >>> unsound_share("िकताब ेमज") > 0.1, unsound_share("किताब मेज़")
    (True, 0.0)
    """
    return len(_UNSOUND.findall(text)) / max(len(_LETTER.findall(text)), 1)
