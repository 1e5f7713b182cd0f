"""What people read as Markdown: untrusted text made harmless, tables, figures in words.

What sources say of themselves (titles, publishers, rights) is untrusted: it is escaped, put on one line and cut.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

__all__ = ["counted", "escaped", "flat", "literal", "one_line", "table", "words"]

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]|~$@])")
_UNSEEN: Final = re.compile(
    "[\x00-\x20\x7f-\xa0\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]+"
)


def one_line(text: str) -> str:
    """Return text on one line: blanks, control characters and direction marks become one blank.

    Joiners (ZWJ, ZWNJ) stay, Hindi needs them.
    """
    return _UNSEEN.sub(" ", text).strip()


def escaped(text: str, limit: int = 160) -> str:
    """Return untrusted text as Markdown that shows it literally, on one line, cut to `limit` characters."""
    line = one_line(text)
    if len(line) > limit:
        line = line[: limit - 1] + "…"
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", line)


def table(head: Iterable[str], body: Iterable[Iterable[str]]) -> str:
    """Return a table; cells are Markdown already."""
    head = list(head)
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 pair`, `1,200 pairs`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def flat(figures: Mapping[str, Any], above: str = "") -> list[list[str]]:
    """Return nested figures as rows of name and value; numbers with up to four decimals."""
    rows: list[list[str]] = []
    for key, value in figures.items():
        name = f"{above} › {words(key)}" if above else words(key)
        if isinstance(value, Mapping):
            rows.extend(flat(value, name))
        else:
            rows.append([escaped(name), _figure(value)])
    return rows


def words(key: object) -> str:
    """Return a name of the code as people write it."""
    return str(key).replace("_", " ")


def literal(text: str) -> str:
    """Return a text as Python and JSON write it."""
    return json.dumps(text, ensure_ascii=False)


def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return ", ".join(map(_figure, value))
    return "–" if value is None else escaped(str(value), 400)
