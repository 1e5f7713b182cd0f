"""Signs that a number of four figures is a year: circa, around, a word for the year, the way it is said in words."""

from tithi.dates.reader import Reader
from tithi.numerals.words import number_words

__all__ = ["after_circa", "after_feast", "is_about", "is_circa", "is_year_in_words", "names_year"]


def is_circa(reader: Reader, index: int) -> bool:
    """Whether `c.`, `ca.` stands before the token, or a `c` hangs on to it: `c.1526`, `c1526`."""
    if reader.text(index - 1) == ".":
        return reader.has("circa", index - 2)
    if reader.text(index - 1) not in ("c", "ca") or reader.tokens.capital(index - 1):
        return False
    return reader.tokens.tight(index) or reader.text(index - 1) == "ca"


def after_circa(reader: Reader, index: int) -> int:
    """Return the token after `c.`, `ca.` or `circa`, else the same one."""
    if reader.text(index) in ("c", "ca") and reader.text(index + 1) == ".":
        return index + 2
    return index + (reader.text(index) == "circa")


def is_about(reader: Reader, index: int) -> bool:
    """Whether words around a number of four digits tell a year roughly: `around 1526.`, `लगभग 1526 में`."""
    if reader.has("genitive", index + 1):
        is_old = reader.has("circa_word", index - 1) and reader.has("copula", index + 2)
        return is_old or reader.has("circa_after", index + 2)
    if not reader.has("circa_word", index - 1):
        return False
    if reader.text(index - 1).isascii():
        ends = reader.ends(index + 1) or index + 1 == len(reader.tokens)
        return ends or (reader.text(index + 1) == "or" and reader.number(index + 2) is not None)
    return reader.has("in_word", index + 1) and not reader.has("from_word", index + 2)


def is_year_in_words(reader: Reader, index: int) -> bool:
    """Whether a number in words is said as years are: `nineteen ninety-nine`, `अठारह सौ सत्तावन में`, no price."""
    start, stop = reader.tokens.span(index, index + 1)
    written = reader.tokens.source[start:stop]
    said = written.lower().replace("-", " ").split()
    if written.istitle():
        return False  # Nineteen Eighty-Four, the novel
    if said[0].isascii() and number_words().forms("scale").isdisjoint(said):
        return True
    if said[0].isascii():  # the tsunami of two thousand and four
        told = reader.text(index - 1) == "of" and not reader.has("count_before", index - 2)
        return told and not (reader.counts(index + 1) or reader.text(index + 1).endswith("s"))
    is_sold = any(reader.has("sale", index + ahead) for ahead in range(2, 5))
    return not is_sold and (reader.has("year_after", index + 1) or reader.has("genitive", index + 1))


def after_feast(reader: Reader, index: int) -> bool:
    """Whether a feast is named before a number: `छठ 2018`, `Onam 2018`, `बैसाखी 1699 को`; nothing is counted by one."""
    if reader.words.get("dated_noun", reader.text(index - 1)) != "feast" or reader.tokens.tight(index):
        return False
    return reader.tokens.capital(index - 1) or not reader.text(index - 1).isascii()


def names_year(reader: Reader, index: int) -> bool:
    """Whether the word for a year stands before a number, and none that points before it: no `पिछले साल 1986 टन`."""
    if not reader.has("year_name", index - 1) or reader.shift("shift", index - 2) is not None:
        return False
    return not reader.has("indefinite", index - 2) or reader.text(index - 1).isascii()
