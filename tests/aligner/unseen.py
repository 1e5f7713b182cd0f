"""What of a text can be seen: all but blanks and characters without a width."""

import re

__all__ = ["seen"]

_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def seen(text: str) -> str:
    """Return the text without its blanks and unseen characters."""
    return _UNSEEN.sub("", text)
