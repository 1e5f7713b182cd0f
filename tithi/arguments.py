"""Wrong calls are told, not obeyed: what the front door's functions ask of their arguments.

Every fault is a `UsageError` that says what was found and what to do. None of this reads a file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path, PurePath
from typing import Final, TypeVar

from tithi.errors import UsageError
from tithi.records import Alignment, Article, Lang, Reject, Source
from tithi.script import count_letters

__all__ = [
    "alignment", "article", "counts", "day", "encoder", "entries", "label", "lang", "pairs", "path", "sides",
    "spans", "text",
]  # fmt: skip

T = TypeVar("T")

_NAMES: Final = {"hi": "Hindi", "en": "English"}
#: A path: no blanks, and an ending that starts with a letter; `क.ख` and `e.g` and `12.5` are words.
_PATH: Final = re.compile(
    r"[^\s।]{0,4000}[^\s।./\\]\.(?:txt|text|md|html?|xhtml|pdf|docx?|odt|rtf|jsonl?|[ct]sv|xml|tmx|xlf|xliff|srt|vtt|epub|"
    r"parquet|warc|wet|hi|en|gz|bz2|xz|zip)",
    re.IGNORECASE,
)
_FEW_LETTERS: Final = 6
_FIRST: Final = 8


def lang(value: object, where: str) -> Lang:
    """Return a language, `hi` or `en`.

    Raises:
        UsageError: It is anything else.
    """
    if value == "hi":
        return "hi"
    if value == "en":
        return "en"
    raise UsageError(f"{where}: the language must be 'hi' or 'en'; got {_shown(value)}; give one of the two")


def text(value: object, where: str) -> str:
    """Return a text.

    Raises:
        UsageError: It is no `str`, or is the path of a file.
    """
    if not isinstance(value, str):
        raise UsageError(f"{where}: must be a text; got {_shown(value)}; {_cure(value)}")
    if len(value) < 4096 and _PATH.fullmatch(value):
        raise UsageError(
            f"{where}: must be a text; got what looks like a path, {value!r}; "
            f"read the file first: tithi.read_article({value!r}, 'hi' or 'en')"
        )
    return value


def path(value: object, where: str) -> str | Path:
    """Return a path.

    Raises:
        UsageError: It is neither a `str` nor a `Path`.
    """
    if isinstance(value, str | Path):
        return value
    raise UsageError(f"{where}: must be the path of a file or folder; got {_shown(value)}; give a str or a Path")


def label(value: object, where: str) -> str:
    """Return what something is called: any `str`.

    Raises:
        UsageError: It is none.
    """
    if isinstance(value, str):
        return value
    raise UsageError(f"{where}: must be a str; got {_shown(value)}; {_cure(value)}")


def day(value: object, where: str) -> date | None:
    """Return a day, or None.

    Raises:
        UsageError: It is anything else, as the ISO string of a day is.
    """
    if value is None or isinstance(value, date):
        return value
    raise UsageError(
        f"{where}: must be a datetime.date; got {_shown(value)}; make it by datetime.date.fromisoformat('2024-06-18')"
    )


def spans(value: Iterable[tuple[int, int]], where: str) -> Sequence[tuple[int, int]]:
    """Return a sequence of spans `(start, stop)`.

    Raises:
        UsageError: It is none.
    """
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        found = list(value)
        if all(isinstance(one, tuple | list) and [type(part) for part in one] == [int, int] for one in found):
            return found
    raise UsageError(f"{where}: must be a list of (start, stop); got {_shown(value)}; give [(0, 4)], say")


def counts(value: Mapping[str, int], where: str) -> Mapping[str, int]:
    """Return counts by name.

    Raises:
        UsageError: They are none, or below zero.
    """
    if isinstance(value, Mapping) and all(
        isinstance(name, str) and isinstance(count, int) and count >= 0 for name, count in value.items()
    ):
        return value
    raise UsageError(f"{where}: must be counts by name; got {_shown(value)}; give {{'news': 120, 'law': 30}}, say")


def encoder(value: object, where: str) -> str | Path | None:
    """Return the name or path of an encoder, or None.

    Raises:
        UsageError: It is anything else, or empty.
    """
    if value is None or isinstance(value, Path) or (isinstance(value, str) and value):
        return value
    raise UsageError(
        f"{where}: must be the name or the path of an encoder; got {_shown(value)}; "
        "give 'tithi', a model file, or nothing for the one that comes with the package"
    )


def alignment(value: object, where: str) -> Alignment:
    """Return an alignment.

    Raises:
        UsageError: It is none.
    """
    if isinstance(value, Alignment):
        return value
    raise UsageError(
        f"{where}: must be an alignment; got {_shown(value)}; align the two texts first: tithi.align(hi, en)"
    )


def entries(value: Iterable[T], kind: type, where: str) -> Iterator[T]:
    """Return an iterator over a manifest's entries: records of `kind`, and rejects.

    Raises:
        UsageError: At once when `value` is no iterable of them, and at an entry that is none.
    """
    if isinstance(value, str | bytes | PurePath) or not isinstance(value, Iterable):
        shown = repr(str(value)) if isinstance(value, str | PurePath) else "'pairs.jsonl'"
        raise UsageError(
            f"{where}: must be the entries of a manifest; got {_shown(value)}; "
            f"read it first: tithi.sources.manifest.read_manifest({shown})"
        )
    return _entered(value, kind, where)


def _entered(value: Iterable[T], kind: type, where: str) -> Iterator[T]:
    for number, entry in enumerate(value):
        if not isinstance(entry, kind | Reject):
            raise UsageError(
                f"{where}: entry {number}: must be a {kind.__name__} or a Reject; got {_shown(entry)}; "
                "make them by tithi.sources.manifest.read_manifest(path)"
            )
        yield entry


def article(value: object, side: Lang, where: str) -> Article:
    """Return an article of one side, made of its text when it is given as such.

    Raises:
        UsageError: It is neither an article of that language nor a text.
    """
    if not isinstance(value, Article):
        return Article(side, text(value, f"{where}: the {_NAMES[side]} side"), Source(""))
    if value.lang != side:
        raise UsageError(
            f"{where}: the {_NAMES[side]} side comes {'first' if side == 'hi' else 'second'}; "
            f"got an article whose lang is {value.lang!r}; exchange the two"
        )
    return value


def sides(hi: str, en: str, where: str) -> None:
    """Tell of exchanged sides: a first text in Latin letters, a second one in Devanagari.

    Raises:
        UsageError: They are.
    """
    if _exchanged(hi, en):
        raise UsageError(f"{where}: Hindi comes first, then English; got them the other way round; exchange the two")


def _exchanged(hi: str, en: str) -> bool:
    hindi, latin = count_letters([hi])
    if latin <= hindi * 4 or hindi + latin < _FEW_LETTERS:
        return False
    hindi, latin = count_letters([en])
    return hindi > latin and hindi + latin >= _FEW_LETTERS


def pairs(value: Iterable[tuple[str, str]], where: str) -> Iterator[tuple[str, str]]:
    """Return an iterator over `(hi, en)` pairs of texts.

    A single pair with its sides exchanged is data; when the first ones all are, the call is wrong.

    Raises:
        UsageError: At once when `value` is no iterable of pairs, and at a pair that is none.
    """
    if isinstance(value, str | bytes | PurePath) or not isinstance(value, Iterable):
        raise UsageError(
            f"{where}: must be a list or iterator of (hi, en) pairs; got {_shown(value)}; put it in a list"
        )
    return _facing(_checked(value, where), where)


def _facing(checked: Iterator[tuple[str, str]], where: str) -> Iterator[tuple[str, str]]:
    first = list(islice(checked, _FIRST))
    if first and all(_exchanged(*pair) for pair in first):
        raise UsageError(f"{where}: a pair is (hi, en); got (en, hi); exchange the two")
    yield from first
    yield from checked


def _checked(value: Iterable[tuple[str, str]], where: str) -> Iterator[tuple[str, str]]:
    for number, pair in enumerate(value):
        place = f"{where}: pair {number}"
        if isinstance(pair, str | bytes) or not isinstance(pair, tuple | list):
            raise UsageError(f"{place}: must be (hi, en); got {_shown(pair)}; give a tuple of two texts")
        if len(pair) != 2:
            raise UsageError(f"{place}: must be (hi, en); got {len(pair)} parts; give a tuple of two texts")
        # A row of data may well be a lone file name: that is a text here.
        for side, one in zip(("Hindi", "English"), pair, strict=True):
            if not isinstance(one, str):
                raise UsageError(f"{place}: the {side} side: must be a text; got {_shown(one)}; {_cure(one)}")
        yield pair[0], pair[1]


def _shown(value: object) -> str:
    """Name a value: itself when it is short, and its type."""
    if value is None:
        return "None"
    shown = repr(value)
    return f"{type(value).__name__} {shown if len(shown) <= 40 else shown[:39] + '…'}"


def _cure(value: object) -> str:
    if isinstance(value, PurePath):
        return f"read the file first: tithi.read_article({str(value)!r}, 'hi' or 'en')"
    if isinstance(value, bytes | bytearray):
        return "decode it: value.decode('utf-8')"
    if isinstance(value, list | tuple):
        return "join the parts: '\\n'.join(value)"
    return "give a str"
