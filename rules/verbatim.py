"""What every translation keeps as it is: addresses, telephone numbers, versions, file names, placeholders, markup.

Each thing of one side must stand on the other, in any script of digits. Markup is compared by the names of its tags,
placeholders without their positions (`%1$s` is `%s`); a date such as 15.08.1947 is no version.
"""

import re
from collections import Counter
from typing import Final

from tithi.evidence.pair import Pair
from tithi.records import Issue, Span
from tithi.rules.check import Check
from tithi.script import ascii_digits

__all__ = ["VERBATIM", "check_verbatim"]

_SUFFIXES: Final = (
    "txt|pdf|docx?|xlsx?|pptx?|odt|csv|tsv|json|ya?ml|toml|xml|html?|css|jsx?|tsx?|py|java|cpp|md|rst|jpe?g|png|gif|svg|"
    "mp[34]|zip|tar|gz|exe|sh|bat|ini|conf|cfg|log|sql|apk|iso|deb|rpm"
)
_DOMAINS: Final = "com|org|net|info|edu|gov|gov\\.in|nic\\.in|co\\.in|org\\.in|ac\\.in|in"
_KEPT: Final = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>\"'“”‘’()\[\]{}|।]+)"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<site>(?<![\w@./-])(?:[a-z0-9-]{{2,40}}\.){{1,4}}(?:{_DOMAINS})\b(?:/[^\s<>\"'“”‘’()\[\]{{}}|।]*)?)"
    r"|(?P<handle>(?<![\w.@/])@[A-Za-z_][A-Za-z0-9_]{2,30}\b)"
    r"|(?P<phone>(?<![\w.,:/-])(?:(?:\+\d{1,3}[ -])?\d{2,5}(?:-\d{2,8}){1,3}(?![\w-]|[.,:/]\d)|\+\d{10,13}(?!\w)))"
    r"|(?P<markup></?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,120})?/?>)"
    r"|(?P<placeholder>(?<![\d%])(?<!\d )%(?:\d\$)?[sdifu@](?![A-Za-z])|%\(\w{1,30}\)[sdf]|\$\{[^{}\n]{1,40}\}"
    r"|\{\{[^{}\n]{1,40}\}\}|\{[A-Za-z0-9_.]{0,30}\}|%[A-Z][A-Z_]+%|\$[A-Za-z_][A-Za-z0-9_]*\$)"
    r"|(?P<path>(?<![\w/.])(?:~|[A-Z]:)?[/\\][A-Za-z0-9_.-]+(?:[/\\][A-Za-z0-9_.-]+)+)"
    rf"|(?P<file>(?<![\w/.])[A-Za-z0-9_-]{{1,60}}(?:\.[A-Za-z0-9_-]{{1,20}}){{0,3}}\.(?:{_SUFFIXES})(?![\w-]))"
    r"|(?P<option>(?<![\w-])--[a-z][a-z0-9-]+)"
    r"|(?P<version>(?<![\w.])v?\d{1,4}\.\d{1,4}\.\d{1,6}(?:\.\d{1,6})*(?:-[a-z]+[.\d]*)?(?![\w]|\.\d))"
)
_DIALLED: Final = 8
"""So many digits a telephone number has at least; four and four are two years, and one of six may be a date."""
_YEARS: Final = re.compile(r"\d{4}-\d{2,4}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2}-\d{2,4}")
_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})|\d{4}\.\d{1,2}\.\d{1,2}|\d{1,3}(?:\.\d{3})+")
# What none of these is in has nothing to be kept; each begins with one character, which is searched fast.
_SIGNS: Final = ("@", "{", "$", "<", "www.")
_SLASHES: Final = "/\\"
_BESIDE: Final = {
    "%": re.compile(r"%[sdifu@(A-Z\d]"),
    ".": re.compile(r"\.(?<=[\w-]\.)[A-Za-z]{2}|\.\d{1,4}\.\d"),
    "-": re.compile(r"-(?<=\d\d-)\d\d|--[a-z]"),
    "+": re.compile(r"\+\d{10}"),
}
_LOOSE: Final = frozenset({"markup", "option", "site", "handle"})
"""A translator may leave these out or write them otherwise, and then it is only a hint."""
_ANY_CASE: Final = frozenset({"version", "mail", "site", "handle"})

Kept = dict[str, list[tuple[str, Span]]]


def check_verbatim(pair: Pair) -> list[Issue]:
    """Report what one side writes otherwise or leaves out; at most one issue of each sort of thing."""
    hi, en = _kept(pair.hi), _kept(pair.en)
    issues = []
    for sort in dict.fromkeys((*hi, *en)):
        ours, theirs = hi.get(sort, []), en.get(sort, [])
        hi_left, en_left = _left(sort, ours, theirs, pair.en), _left(sort, theirs, ours, pair.hi)
        if not hi_left and not en_left:
            continue
        severity = "hint" if sort in _LOOSE and not (hi_left and en_left) else "error"
        hi_span, en_span = (left[0][1] if left else None for left in (hi_left, en_left))
        shown = [text[slice(*span)] for text, span in ((pair.hi, hi_span), (pair.en, en_span)) if span]
        if hi_span and en_span:
            message = f"{shown[0]} in the Hindi, {shown[1]} in the English"
        else:
            message = f"{shown[0]} is not in the {'English' if hi_span else 'Hindi'}"
        issues.append(Issue("verbatim", severity, hi_span, en_span, message))
    return issues


def _kept(text: str) -> Kept:
    """Return what must be kept by its sort, as it is compared and where it stands."""
    found: Kept = {}
    if not _may_keep(text):
        return found
    for match in _KEPT.finditer(text):
        sort = match.lastgroup or ""
        shown = match[0].rstrip(".,;:!?*_") if sort in ("address", "mail", "path", "site") else match[0]
        key = ascii_digits(shown)
        if (sort == "version" and _DATE.fullmatch(key)) or (sort == "phone" and not _is_dialled(key)):
            continue
        found.setdefault(sort, []).append((_key(sort, key), (match.start(), match.start() + len(shown))))
    return found


def _may_keep(text: str) -> bool:
    for sign in _SIGNS:
        if sign in text:
            return True
    if sum(map(text.count, _SLASHES)) > 1:
        return True
    return any(sign in text and beside.search(text) is not None for sign, beside in _BESIDE.items())


def _key(sort: str, shown: str) -> str:
    if sort == "markup":
        return re.sub(r"(</?\w+).*", r"\1", shown, flags=re.DOTALL).lower()
    if sort == "phone":
        return _figures(shown)
    if sort == "placeholder":
        return re.sub(r"^%\d\$", "%", shown)
    if sort == "address":
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", shown.rstrip("/").lower())
    return shown.rstrip("/").lower().removeprefix("v") if sort in _ANY_CASE else shown


def _is_dialled(shown: str) -> bool:
    return len(_figures(shown)) >= _DIALLED and not _YEARS.fullmatch(shown)


def _figures(shown: str) -> str:
    return "".join(filter(str.isdigit, shown))


def _left(sort: str, ours: list[tuple[str, Span]], theirs: list[tuple[str, Span]], text: str) -> list[tuple[str, Span]]:
    """Return what of ours the other side has not, counted where each stands for something: a placeholder, a tag."""
    if sort in ("placeholder", "markup"):
        there = Counter(key for key, _ in theirs)
        left = []
        for key, span in ours:
            there[key] -= 1
            if there[key] < 0:
                left.append((key, span))
        return left
    known = {key for key, _ in theirs}
    plain = ascii_digits(text).lower()
    if sort == "phone":
        plain = _figures(plain)
    return [(key, span) for key, span in ours if key not in known and key.lower() not in plain]


VERBATIM = Check(
    check_verbatim,
    {"verbatim": "an address, version, file name, placeholder or tag that is changed or left out"},
)
