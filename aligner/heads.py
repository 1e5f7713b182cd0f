"""What stands before a stop at the head of a sentence and is none itself: `4 .`, `ii.`, `HAMLET.`, `जयपुर.`."""

import re
from typing import Final

from tithi.aligner.abbreviations import words_of
from tithi.aligner.around import next_word
from tithi.aligner.datelines import is_dateline
from tithi.script import is_devanagari

__all__ = ["is_head"]

_WORDY: Final = re.compile(r"[^\s\"'“‘(\[*_`~]")
_LABEL: Final = re.compile(r"[\d.]+|[ivx]+|[IVX]+|Q\d+|.", re.DOTALL)
_NUMBERED: Final = re.compile(r"(\S{1,12}) ?\d{1,3}")
_SPEAKER: Final = re.compile(r"[A-Z]{3,12}(?: [A-Z]{2,12})?")
_FIRST_SPEAKER: Final = re.compile(rf"{_SPEAKER.pattern}\. [A-Z]")
_REACH: Final = 16
#: The number of the first item of a list behind a colon.
_FIRST_ITEM: Final = re.compile(r":\s{0,2}(\S)\s?\Z")
_ITEM_REACH: Final = 6


def is_head(paragraph: str, begin: int, stop: int) -> bool:
    """Whether nothing but the number of an item, the initial of a name or a speaker stands before a stop."""
    item = _FIRST_ITEM.search(paragraph, max(begin, stop - _ITEM_REACH), stop)
    if item is not None and item[1] in words_of("hi", "first_item") | words_of("en", "first_item"):
        return True  # आदेश: 1. वेतन रोका जाए।
    start = _WORDY.search(paragraph, begin, stop)
    if start is None or stop - start.start() > _REACH:
        return False
    head = paragraph[start.start() : stop].rstrip()
    named = _NUMBERED.fullmatch(head)
    is_named = named is not None and named[1] in words_of("hi", "numbered") | words_of("en", "numbered")
    return is_named or _LABEL.fullmatch(head) is not None or _is_named_head(paragraph, begin, stop, head)


def _is_named_head(paragraph: str, begin: int, stop: int, head: str) -> bool:
    """Whether a speaker stands before a stop, or at the head of a Hindi report its place: `जयपुर. सरकार ने कहा`."""
    if begin > 0 or not is_devanagari(head[0]):
        return _is_speaker(paragraph, begin, stop, head)
    return is_dateline(f"{head}:", "hi") and next_word(paragraph, stop + 1) not in words_of("hi", "starter")


def _is_speaker(paragraph: str, begin: int, stop: int, head: str) -> bool:
    """Whether a name in capitals opens a paragraph, or follows a stage direction or speaker: `HAMLET. Whither?`."""
    opens = begin == 0 or paragraph[begin - 1] in "])" or _FIRST_SPEAKER.match(paragraph) is not None
    if not opens or _SPEAKER.fullmatch(head) is None or head in words_of("en", "shout"):
        return False
    after = next_word(paragraph, stop + 1).strip(".,!?;:")
    return after[:1].isupper() and (len(after) == 1 or not after.isupper())
