"""Whether the word before a number of four figures names a thing that it numbers: `NGC 1985`, `वाल्व 1985`.

No list of what people number is complete, so the burden of proof lies with the year. Behind a word that is none of
those that stand before years (after, the, and, that, welcomed, जब, ने) a number is a year if the word is of what is
told by its year (`Act 1955`, `Budget 2014`, चुनाव 2019), or if something else tells one: a bracket or a colon behind it
(`(Kohinoor 1960)`, `Bhopal 1984: the night`), what happened then (`झाँसी 1857 के संग्राम`), or, behind a name, that it is
one of the years in which names of events are cut so: `IPL 2018`, `Mumbai 2012`.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from tithi.dates.labels import is_label, is_plural
from tithi.dates.reached import is_address
from tithi.dates.reader import Reader
from tithi.numerals.tokens import word_list

__all__ = ["is_numbered_thing", "is_of_event", "is_turn"]

#: Years of what is called by a short name and its year.
_RECENT: Final = range(1990, 2031)
#: Words of the longest name that is looked at, and those in which a sentence tells what kind of thing has the name.
_NAME: Final = 6
_TOLD: Final = 5
#: Tokens of the longest list of numbered things.
_LIST: Final = 12
_SHORT: Final = 2
#: What is told by its year, and what happens in one.
_DATED: Final = ("dated_noun", "event", "deed", "happening", "occasion", "year_noun", "plan", "games", "headed")
_EVENTS: Final = (*_DATED, "ruleset", "work_noun")
#: Endings of English words that number nothing: verbs and adverbs.
_NO_NOUNS: Final = ("ing", "ed", "ly")
_ADJECTIVES: Final = ("ous", "ful", "al", "ic", "ive", "able", "ible", "less", "ish", "ant", "ary", "ian", "ern", "est")
#: What stands behind `1985 के` or `1985 की` of a year: बाद, अंत, बीच, तीसरी तिमाही; यह इमारत 1911 की है.
_TURNS: Final = ("after_word", "ago", "edge", "between_word", "nth", "copula")
_DETERMINED: Final = ("the", "s", "'", "’", "vs", ",")
_NO_PLURALS: Final = ("ss", "us", "is", "ics")
_PLURAL: Final = 4
_CLOSE: Final = frozenset(")]\"”'’")
_PARTS: Final = (":", "-")


def is_numbered_thing(reader: Reader, index: int, year: int) -> bool:
    """Whether the number at a token is by the words around it that of a thing or of many, and nothing tells a year."""
    if _is_of_many(reader, index) or is_address(reader, index) or _is_next_thing(reader, index):
        return True
    place = index - 1
    if place < 0 or reader.tokens.kind(place) != "word" or reader.tokens.tight(index):
        return False
    if reader.has("in_word", place) and _is_time(reader, place - 1) and _is_content(reader, index + 1):
        return not _names_event(reader, index + 1)  # 2022 में 1998 पौधे, 1998 इंजीनियर भर्ती हुए
    if _is_dated(reader, place) or reader.has("part", place) or _is_bound(reader, index + 1):
        return False
    return _english(reader, place, year) if reader.text(place).isascii() else _hindi(reader, place, year)


def _is_next_thing(reader: Reader, index: int) -> bool:
    """Whether a number is the second of things that are numbered: `Wards 1985 and 1986`; no `polls 1952 and 1957`."""
    if not (reader.has("and_word", index - 1) or reader.has("list_word", index - 1)):
        return False
    first = index - 2
    while first > index - _LIST and reader.number(first) is not None and reader.has("list_word", first - 1):
        first -= 2
    year = reader.year(first)
    is_free = first > 0 and year is not None and reader.tokens.kind(first - 1) == "word"
    if not is_free or year is None or _is_any(reader, first - 1, ("year_before", "plain", *_DATED)):
        return False
    return is_label(reader, first) or is_numbered_thing(reader, first, year)


def is_of_event(reader: Reader, index: int) -> bool:
    """Whether a year is told by what happens in it: Act 1955, `चुनाव 2019`, the 1985 earthquake, `1857 का संग्राम`."""
    return _is_dated(reader, index - 1) or _tells_event(reader, index + 1)


def _is_dated(reader: Reader, index: int) -> bool:
    """Whether a word is of what is told by its year; a bill of no name is one to be paid."""
    if reader.words.get("dated_noun", reader.text(index)) == "named":
        named = index > 0 and reader.tokens.kind(index - 1) == "word" and _is_content(reader, index - 1)
        return named and (reader.tokens.capital(index - 1) or not reader.text(index - 1).isascii())
    return _is_any(reader, index, _DATED)


def _is_bound(reader: Reader, index: int) -> bool:
    """Whether a bracket closes behind a number, or a word is tied to it: the name 2019-nCoV, a 1998-batch officer."""
    if reader.text(index) in _CLOSE:
        return True
    return reader.text(index) == "-" and reader.tokens.tight(index) and _is_content(reader, index + 1)


def _is_of_many(reader: Reader, index: int) -> bool:
    """Whether an English noun in the plural tells of how many a number is: `1950 retries`; no `the 1985 recruits`."""
    things = reader.text(index + 1)
    if not things.isascii() or not things.isalpha() or not things.endswith("s") or things.endswith(_NO_PLURALS):
        return False
    if reader.tokens.capital(index + 1) or len(things) < _PLURAL or _is_any(reader, index + 1, (*_EVENTS, "plain")):
        return False
    if reader.text(index - 1) in _DETERMINED or _is_any(reader, index - 1, ("own", "indefinite", *_DATED)):
        return False
    if index and (reader.tokens.capital(index - 1) or reader.tokens.tight(index)):
        return False
    return not (reader.text(index - 1) == "of" and _is_any(reader, index - 2, _DATED))


def _is_any(reader: Reader, index: int, kinds: Iterable[str]) -> bool:
    return any(reader.has(kind, index) for kind in kinds)


def _english(reader: Reader, place: int, year: int) -> bool:
    word = reader.text(place)
    starts = place == 0 or reader.text(place - 1) == "\n" or reader.has("sentence_end", place - 1)
    capital = reader.tokens.capital(place)
    if (starts or not capital) and reader.has("plain", place):
        return False
    if (starts or not capital) and word.endswith(_NO_NOUNS) and not reader.has("noun", place):
        return False
    if reader.has("work_noun", place + 2) or _happens(reader, place + 2):
        return False  # Munich 1972 Summer Olympics, the spot 2017 survey
    return _of_name(reader, place, year, starts=starts) if capital else _of_noun(reader, place, year)


def _of_noun(reader: Reader, place: int, year: int) -> bool:
    """Whether a word in small letters is a noun in the singular: kiosk 1985; no `devastating 2001 earthquake`."""
    word = reader.text(place)
    if year in _RECENT and reader.has("clause_mark", place - 1) and _is_set_off(reader, place + 2):
        return False  # TB in March 2016; relapse 2021.
    if len(word) == 1 or (word.endswith("s") and not word.endswith(("ss", "us", "is"))):
        return False
    is_adjective = word.endswith(_ADJECTIVES) and not reader.has("noun", place)
    return not (is_adjective and place + 2 < len(reader.tokens) and reader.tokens.kind(place + 2) == "word")


def _is_content(reader: Reader, index: int) -> bool:
    """Whether a token is a word that says something: no article, preposition or verb that is often used."""
    return index < len(reader.tokens) and reader.tokens.kind(index) == "word" and not reader.has("plain", index)


def _happens(reader: Reader, index: int) -> bool:
    """Whether a token, or the one behind a word that says something, is of what happens in a year."""
    return _is_any(reader, index, _DATED) or (_is_content(reader, index) and _is_any(reader, index + 1, _DATED))


def _of_name(reader: Reader, place: int, year: int, *, starts: bool) -> bool:
    """Whether a number behind a word with a capital is of a thing that has the name: Boeing 1907, a Peugeot 2008."""
    first = _opening(reader, place)
    if reader.has("wins", first - 1):
        return False  # won Eurovision 1974
    opens = first == 0 or reader.text(first - 1) == "\n"
    if opens and (_ends(reader, place + 2) or reader.text(place + 2) in _PARTS):
        return False
    if year in _RECENT:
        is_short = starts and first == place and not _written(reader, place).isupper()
        return (is_short and not _is_set_off(reader, place + 2)) or _is_thing(reader, first, place)
    return not (first < place and (_ends(reader, place + 2) or reader.ends(place + 2)))  # Baiju Bawra 1952.


def _opening(reader: Reader, place: int) -> int:
    """Return the first of the words with capitals that stand before a number."""
    stop = max(0, place - _NAME)
    while place > stop and reader.tokens.kind(place - 1) == "word" and reader.tokens.capital(place - 1):
        place -= 1
    return place


def _ends(reader: Reader, index: int) -> bool:
    return reader.text(index) in ("", "\n")


def _is_set_off(reader: Reader, index: int) -> bool:
    """Whether a name and its number end before a token, which is a mark or none."""
    return _ends(reader, index) or reader.tokens.kind(index) == "mark"


def _written(reader: Reader, index: int) -> str:
    start, stop = reader.tokens.span(index, index + 1)
    return reader.tokens.source[start:stop]


def _is_thing(reader: Reader, first: int, place: int) -> bool:
    """Whether words around a name tell that it is one of its kind: drives a Peugeot 2008, HR 1998, a giant star."""
    if any(_is_any(reader, index, ("indefinite", "own")) for index in (first - 1, place)):
        return True
    before = first - 1 - (reader.text(first - 1) == "the")
    return _is_any(reader, before, ("handles", "thing")) or _tells_thing(reader, place + 2)


def _tells_thing(reader: Reader, index: int) -> bool:
    return any(reader.has("thing", ahead) for ahead in range(index, index + _TOLD))


def _hindi(reader: Reader, place: int, year: int) -> bool:
    ahead = place + 2
    if _is_any(reader, place, ("plain", "past")) or is_plural(reader, place) or _is_participle(reader, place):
        return False
    if _ends(reader, ahead) or (reader.ends(ahead) and (year in _RECENT or reader.text(ahead) != ",")):
        return False  # a caption: a sentence would end in its verb
    opens = place == 0 or reader.text(place - 1) == "\n"
    follows = not opens and reader.tokens.kind(place - 1) == "word"
    if follows and reader.has("plain", ahead) and not reader.has("postposition", ahead):
        return False  # the word ends what stands before: मिल की कहानी 1985 या उससे पहले की है
    won = any(reader.has("wins", ahead + step) for step in range(_NAME // 2))  # विंबलडन 1985 जीता
    if won or _tells_event(reader, ahead) or is_turn(reader, place + 1) or (opens and reader.text(ahead) in _PARTS):
        return False
    if year not in _RECENT:
        return True
    is_name = _is_set_off(reader, ahead) or _are_initials(reader.text(place))
    return not is_name or _tells_thing(reader, ahead)


def _tells_event(reader: Reader, index: int) -> bool:
    """Whether what stands behind a number happened in it: `1857 के संग्राम`, `2020 दंगे`."""
    if _happens(reader, index):
        return True
    return reader.has("genitive", index) and any(_is_any(reader, index + step, _EVENTS) for step in (1, 2, 3))


def _is_time(reader: Reader, index: int) -> bool:
    """Whether a year or a feast stands at a token: a number behind it in में is no other year."""
    return reader.year(index) is not None or reader.words.get("dated_noun", reader.text(index)) == "feast"


def _names_event(reader: Reader, index: int) -> bool:
    """Whether an event stands behind a number, and none that is said to happen: दंगों की जाँच, no भर्ती हुए."""
    is_said = not _is_any(reader, index, _DATED) and reader.has("said_of", index + 1)
    return not is_said and _tells_event(reader, index)


def is_turn(reader: Reader, index: int) -> bool:
    """Whether words of time stand beside a number: `1989 के बाद`, `1911 की है`, `before 1985`."""
    if reader.has("as_year", index - 1):
        return True
    return reader.has("genitive", index + 1) and _is_any(reader, index + 2, _TURNS)


def _is_participle(reader: Reader, index: int) -> bool:
    """Whether a Hindi word is the form of a verb by its ending: आयोजित, लेकर."""
    endings = tuple(reader.words.kinds["participle_ending"])
    return len(reader.text(index)) > _SHORT and reader.text(index).endswith(endings)


def _are_initials(word: str) -> bool:
    """Whether a Hindi word is Latin letters by their names, two or more: आईपीएल, जीसीसीएस."""
    return _letters().fullmatch(word) is not None


@cache
def _letters() -> re.Pattern[str]:
    names = word_list("tithi.dates", "words.tsv").kinds["letter_name"]
    return re.compile(f"(?:{'|'.join(sorted(names, key=len, reverse=True))}){{2,8}}")
