"""What makes a number that could be a year a count, a share or a price, by the words around it."""

from typing import Final

from tithi.dates.alike import is_alike
from tithi.dates.changes import is_risen
from tithi.dates.fiscal import MODERN
from tithi.dates.labels import is_label, is_score
from tithi.dates.many import are_many
from tithi.dates.reader import Reader
from tithi.dates.shares import is_out_of, is_share
from tithi.dates.signs import after_feast, is_about, names_year

__all__ = ["is_counted"]

#: Tokens between what tells a whole and the number of a part: `Of the 2014 voters on the list, 1998`.
_WHOLE: Final = 8
_INITIALS: Final = 2
_SIDES: Final = ("post", "pre")
#: Tokens between two prices, and what the prices of goods end in.
_NEAR: Final = 6
_PRICES: Final = ("49", "99")


def is_counted(reader: Reader, index: int) -> bool:
    """Whether what stands around a number makes it a count, an amount or a label."""
    if names_year(reader, index):
        return reader.has("every", index - 2)  # हर साल 2000 मेहमान
    if reader.text(index - 1) == "-" and reader.text(index - 2) in _SIDES:
        return False  # the post-2014 years
    if after_feast(reader, index):
        return False
    if reader.text(index - 1) == "of" and reader.has("cohort", index - 2):
        is_one = reader.text(index - 3) in ("a", "an")  # a batch of 1998 shells
        return is_one and reader.text(index + 1).endswith("s")  # the Class of 2010 students
    if reader.text(index + 1) == "-" and is_score(reader, index, index + 3):
        return True
    return (
        is_label(reader, index)
        or _is_counted_before(reader, index)
        or _is_counted_behind(reader, index)
        or are_many(reader, index)
        or is_share(reader, index)
        or _is_price(reader, index)
        or _is_beside_price(reader, index)
        or _is_quoted(reader, index)
        or is_risen(reader, index)
        or _is_tabled(reader, index)
        or is_alike(reader, index)
    )


def _is_counted_before(reader: Reader, index: int) -> bool:
    """Whether a word before a number makes it an amount or a count: Rs 1999, about 1999."""
    before = reader.text(index - 1)
    if reader.has("money", index - 1 - (before == ".")) or before in ("$", "₹", "€", "£", "#", "№"):
        return True
    if (before == "by" and reader.has("score", index - 2)) or (
        before == ":" and reader.counts(index - 2) and not reader.has("year_name", index - 2)
    ):
        return True  # won by 1999, Total posts: 1956
    if before == "as" and reader.has("how_many", index - 2):
        return True  # as many as 1947
    if reader.has("tallied", index - 1):
        return True
    if not reader.has("count_before", index - 1):
        return False
    is_range = reader.text(index + 1) == "-" and len(reader.text(index + 2)) == 2 and not reader.counts(index + 3)
    is_compared = before == "over" and reader.year(index - 2) is not None  # in 2005 over 2004
    told = is_range or is_compared or (reader.has("until", index + 1) and reader.number(index) in MODERN)
    return not told and not is_about(reader, index)


def _is_counted_behind(reader: Reader, index: int) -> bool:
    """Whether what follows a number makes it a count: people, में से, से अधिक, `1998-12 votes`, of them."""
    after = reader.text(index + 1)
    if any(told(reader, index) for told in (_is_paid, _opens_counted, _is_of_whole, is_out_of)):
        return True
    if reader.has("from_word", index - 1) and reader.has("in_word", index - 2) and reader.has("by_person", index + 1):
        return True  # 2014 में से 1998 ने
    if reader.has("from_word", index + 1) and reader.has("more", index + 2):
        return True
    if after == "of" and (reader.has("of_whom", index + 2) or _is_of_many(reader, index + 2)):
        return True
    if after == "-" and reader.number(index + 2) and reader.tokens.tight(index + 2) and reader.counts(index + 3):
        return reader.text(index + 4) != "out"  # the Survey 2008-09 points out
    is_tied = after == "-" and reader.tokens.tight(index + 1)
    is_tied = is_tied and index + 2 < len(reader.tokens) and reader.tokens.tight(index + 2)  # no 1978- Man is a song
    is_measured = is_tied and reader.has("measure", index + 2)  # a 2021-mark paper
    return is_measured or _counts(reader, index, index + 2 if is_tied else index + 1)


def _is_of_whole(reader: Reader, index: int) -> bool:
    """Whether a number is a part or the whole of `1985 out of 2000`, `1985 marks out of a possible 2000`."""
    is_whole = reader.text(index - 1) == "of" and reader.text(index - 2) == "out"
    out = index - 2 if is_whole else index + 1 + reader.text(index + 1).endswith("s")
    if reader.text(out) != "out" or reader.text(out + 1) != "of":
        return False
    part = reader.number(out - 1) is not None or reader.number(out - 2) is not None
    return part and any(reader.number(out + ahead) is not None for ahead in (2, 3, 4))


def _is_of_many(reader: Reader, index: int) -> bool:
    """Whether a token begins what a number is a part of: `1985 of the 2000 seats`, `1950 of 2010 seats`."""
    index += reader.text(index) == "the"
    return reader.number(index) is not None and (reader.counts(index + 1) or reader.text(index + 1).endswith("s"))


def _is_paid(reader: Reader, index: int) -> bool:
    """Whether money stands behind a number: `1999 rs`, `1950 रु.`, `1950 का जुर्माना`; no `in 2019 Rs 500`."""
    if reader.has("genitive", index + 1) and not reader.has("ke", index + 1) and reader.has("sum_of", index + 2):
        return True  # 1950 का जुर्माना
    if not reader.has("rupees", index + 1) or reader.text(index - 1) in ("in", "since"):
        return False
    return reader.number(index + 2 + (reader.text(index + 2) == ".")) is None


def _opens_counted(reader: Reader, index: int) -> bool:
    """Whether a number is the first of two of which the second counts: `1900 से 2000 छात्र`."""
    joins = any(reader.has(kind, index + 1) for kind in ("range_word", "and_word", "list_word"))
    if not joins or len(reader.text(index + 2)) != len(reader.text(index)) or reader.number(index + 2) is None:
        return False
    return reader.text(index - 1) not in ("in", "since", "from") and reader.counts(index + 3)


def _counts(reader: Reader, index: int, counted: int) -> bool:
    """Whether the token `counted` is what the number is of; `in 1998 people` tells a year, `in 2000 rupees` none."""
    is_in = reader.text(index - 1) in ("in", "since")
    is_dated = is_in and reader.number(index) in MODERN
    if reader.has("many_adjective", counted) and reader.counts(counted + 1) and reader.unit(counted + 1) is None:
        return not is_dated  # 1985 नए स्कूल
    if any(reader.has("occasion", counted + ahead) for ahead in (1, 2)) and reader.number(index) in MODERN:
        return False  # 2020 किसान आंदोलन, the 2018 teachers recruitment scam
    if _is_rate(reader, index) or _are_initials(reader, counted):
        return not is_in
    return reader.counts(counted) and (not is_dated or reader.has("coin", counted))


def _is_rate(reader: Reader, index: int) -> bool:
    """Whether a number is so much for each: `1850 a night`, `1950 प्रति माह`."""
    if reader.text(index + 1) in ("a", "an"):
        return reader.has("each", index + 2)
    return reader.has("per", index + 1)


def _are_initials(reader: Reader, index: int) -> bool:
    """Whether a token is the plural of initials: FPOs, MLAs."""
    if not reader.text(index).endswith("s") or not reader.text(index).isascii():
        return False
    start, stop = reader.tokens.span(index, index + 1)
    written = reader.tokens.source[start:stop]
    return stop - start > _INITIALS and written[:-1].isupper() and written[-1] == "s"  # no IPS


def _is_price(reader: Reader, index: int) -> bool:
    """Whether a number that ends as prices do is one: `1999 का रिचार्ज`, `सिर्फ 1499 में`, `1999 only`."""
    if not reader.text(index).endswith(_PRICES):
        return False
    if reader.has("only", index - 1) and reader.has("in_word", index + 1):
        return not reader.has("emphasis", index + 2)
    if reader.text(index + 1) == "only":
        return True
    if reader.text(index - 1) == "for" and any(reader.has("bought", index - back) for back in range(2, 6)):
        return True
    if reader.has("in_word", index + 1) and any(reader.has("buys", index + ahead) for ahead in (2, 3, 4)):
        return True  # 1999 में जूते मिल रहे हैं
    joint = reader.has("genitive", index + 1) or reader.has("of_that", index + 1)
    return joint and reader.has("goods", index + 2)


def _is_beside_price(reader: Reader, index: int) -> bool:
    """Whether a price of three figures makes a number that ends as prices do another: `999 में, 1999 में`."""
    if not reader.text(index).endswith(_PRICES) or reader.text(index - 1) in ("in", "since"):
        return False
    beside = (
        place for place in range(max(0, index - _NEAR), index + _NEAR + 1) if reader.text(place).endswith(_PRICES)
    )
    return any(len(reader.text(place)) == len("999") and not reader.counts(place + 1) for place in beside)


def _is_tabled(reader: Reader, index: int) -> bool:
    """Whether a colon stands between a number and what it counts: `Posts sanctioned: 1956`, `Cost of repair: 1985`."""
    if reader.text(index - 1) != ":" or (reader.text(index + 1).isalnum() and not reader.counts(index + 1)):
        return False
    if reader.text(index + 1) == "," and reader.year(index + 2) is not None:
        return False  # she won the championships: 1929, 1930
    told = False
    for place in range(index - 2, max(-1, index - 2 - _WHOLE), -1):
        if reader.has("clause_mark", place) or reader.has("sentence_end", place) or reader.text(place) in ("\n", ":"):
            break
        if reader.has("year_name", place) and reader.year(place + 1) is None:
            return False  # Year of birth: 1985
        told = told or (reader.unit(place) is None and (reader.counts(place) or reader.has("price", place)))
    return told


def _is_quoted(reader: Reader, index: int) -> bool:
    """Whether a number is what a share stands at: `closed at 2047`, `1950 पर बंद हुआ`."""
    if reader.text(index - 1) == "at":
        return reader.has("trades", index - 2)
    return reader.has("on_word", index + 1) and reader.has("trades", index + 2)
