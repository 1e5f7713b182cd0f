"""Alarms that a person called false, so that they no longer count anywhere: of a pair, of a kind, of a domain.

A file of them has one object a line, in which what is left out means any; at least one of `kind`, `domain` and the two
texts has to be given:

    {"kind": "punctuation"}
    {"kind": "name", "domain": "radio_news"}
    {"hi": "दस लाख लोग आए।", "en": "A million people came.", "kind": "number"}

A domain is what a pair's origin is called: the publisher, the host of its address, the name of its file without ending,
or the id of its article. Texts that differ in blanks, case or the writing of a nukta are the same.
"""

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from tithi.errors import DataError
from tithi.records import Issue, Source

__all__ = ["Dismissal", "Dismissed", "IsFalse", "domains_of", "read_dismissals"]

IsFalse: TypeAlias = Callable[[str, str, Issue], bool]
"""Whether an issue of the pair `hi`, `en` was called false."""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """What a person called false: issues of a `kind`, with a `message`, of one pair, of a `domain`; None is any."""

    kind: str | None = None
    domain: str | None = None
    hi: str | None = None
    en: str | None = None
    message: str | None = None


class Dismissed:
    """Dismissals, looked up by pair and by domain."""

    def __init__(self, dismissals: Iterable[Dismissal] = ()) -> None:
        self._pairs: dict[bytes, list[Dismissal]] = defaultdict(list)
        self._others: list[Dismissal] = []
        for one in dismissals:
            if one.hi is not None and one.en is not None:
                self._pairs[_key(one.hi, one.en)].append(one)
            else:
                self._others.append(one)

    def __bool__(self) -> bool:
        return bool(self._pairs or self._others)

    def kinds(self, domains: Collection[str], kinds: Iterable[str]) -> frozenset[str]:
        """Return those of `kinds` that were dismissed for all pairs of these domains."""
        folded = {domain.casefold() for domain in domains}
        wide = [one for one in self._others if one.message is None and _within(one, folded)]
        return frozenset(kind for kind in kinds if any(one.kind in (None, kind) for one in wide))

    def of(self, domains: Collection[str] = ()) -> IsFalse | None:
        """Return which issues of pairs of these domains are false; None when none is."""
        folded = {domain.casefold() for domain in domains}
        wide = [one for one in self._others if _within(one, folded)]
        if not wide and not self._pairs:
            return None

        def is_false(hi: str, en: str, issue: Issue) -> bool:
            own = self._pairs.get(_key(hi, en), []) if self._pairs else []
            return any(
                one.kind in (None, issue.kind) and one.message in (None, issue.message) and _within(one, folded)
                for one in (*wide, *own)
            )

        return is_false


def domains_of(*sources: Source | None, article: str | None = None, file: str | None = None) -> frozenset[str]:
    """Return what the origin of a pair is called: publishers, hosts, its article, the name of its file."""
    names = {article, None if file is None else Path(file).name.partition(".")[0]}
    for source in sources:
        if source is not None:
            names |= {source.publisher, _host(source.url), Path(source.path.partition("#")[0]).name.partition(".")[0]}
    return frozenset(name for name in names if name)


def read_dismissals(path: str | Path, kinds: Collection[str]) -> list[Dismissal]:
    """Read a file of dismissals; `kinds` are those that there are.

    Raises:
        DataError: It cannot be read, or a line is no dismissal.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: must be a file of dismissals in UTF-8; got {error}; check the path") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            dismissal = _dismissal(line, kinds)
            if isinstance(dismissal, str):
                raise DataError(f"{path}:{number}: {dismissal}; got {line[:60]!r}; see `tithi check --help`")
            found.append(dismissal)
    return found


def _dismissal(line: str, kinds: Collection[str]) -> Dismissal | str:
    """Return the dismissal of a line, or what is wrong with it."""
    names = Dismissal.__dataclass_fields__
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or not fields.keys() <= names.keys() or not all(map(_is_text, fields.values())):
        return f"must be a JSON object of the texts {', '.join(names)}"
    if ("hi" in fields) != ("en" in fields):
        return "must give both texts of a pair or none"
    if "kind" in fields and fields["kind"] not in kinds:
        return f"kind must be one of {', '.join(kinds)}"
    if not {"kind", "domain", "hi"} & fields.keys():
        return "must give a kind, a domain or the two texts of a pair"
    return Dismissal(**fields)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _within(dismissal: Dismissal, folded: Collection[str]) -> bool:
    return dismissal.domain is None or dismissal.domain.casefold() in folded


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _key(hi: str, en: str) -> bytes:
    text = "\t".join(" ".join(unicodedata.normalize("NFC", side).casefold().split()) for side in (hi, en))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
