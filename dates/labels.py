"""Numbers that look like years and are labels, scores or prices: Room 2019, ISO 1989-2014, पृष्ठ 1990, `1998-12 से हराया`.

The words stand in words.tsv: after `label` words a number is a label whatever follows; after `label_alone` and `price`
words it is one unless में or the like makes it a year (`फ़ोन 2019 में आया`).
"""

from tithi.dates.reader import Reader

__all__ = ["is_label", "is_score"]


def is_label(reader: Reader, index: int) -> bool:
    """Whether the number at a token is a label or a price by the word before it, or by `/-` behind it."""
    if reader.text(index + 1) == "/" and reader.text(index + 2) == "-":
        return True  # 1947/-
    before = index - 1 - (reader.text(index - 1) == ".")
    numbered = reader.has("number_word", before)
    if numbered:
        before -= 1 + (reader.text(before - 1) == ".")
    if _is_word(reader, "label", before) or (numbered and reader.has("label_alone", before)):
        return True
    if reader.has("year_after", index + 1) or reader.text(index - 1) in ("in", "since"):
        return False
    named = before - (reader.text(before) in ("at", "is", "of"))
    return reader.has("label_alone", before) or reader.has("price", named) or numbered


def _is_word(reader: Reader, kind: str, index: int) -> bool:
    """Whether a token is of a kind; one in small letters is no standard (`is 2019`)."""
    if not reader.has(kind, index):
        return False
    start, stop = reader.tokens.span(index, index + 1)
    written = reader.tokens.source[start:stop]
    return not written.isascii() or reader.words.get(kind, reader.text(index)) != "capitals" or written.isupper()


def is_score(reader: Reader, index: int, stop: int) -> bool:
    """Whether two numbers joined by a hyphen are a score: `won 1998-12`, `a score of 98-12`, `2019-18 से जीता`."""
    before = index - 1 - (reader.text(index - 1) in ("by", "of"))
    if reader.has("score", before):
        return True
    return reader.has("from_word", stop) and reader.has("beat", stop + 1)
