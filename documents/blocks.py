"""A web page as blocks of text in order: paragraphs, headings, list items, table cells and lines of code."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tithi.documents.pruning import NO_TEXT

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["INLINE", "Block", "blocks_of", "ends_sentence"]

INLINE: Final = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
     "i", "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
     "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)  # fmt: skip
"""Elements that do not end a line."""
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SPACES: Final = re.compile(r"[\s\u00a0]+")
_END: Final = re.compile(r"[।॥.!?…|][\"'”’»)\]]*$")
_PROSE: Final = 25


@dataclass(slots=True)
class Block:
    """A line of a page: what it is, its text, how many of its characters are links, and the element it stands in."""

    kind: str
    text: str
    linked: int
    owner: "HtmlElement" = field(repr=False)

    @property
    def weight(self) -> float:
        """How much prose it is, in characters: none for headings, links and short lines that are no sentence."""
        size = len(self.text)
        if self.kind not in ("p", "li", "cell") or self.linked > 0.5 * size:
            return 0.0
        if size < _PROSE and not (_END.search(self.text) and self.text.count(" ") >= 2):
            return 0.0
        return float(size - self.linked)


def blocks_of(tree: "HtmlElement") -> list[Block]:
    """Return the blocks of text in the tree, in order."""
    writer = _Writer(tree)
    # An explicit stack: a hostile page nests deeper than Python calls.
    stack: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while stack:
        element, done = stack.pop()
        if done:
            writer.leave(element)
            if element is not tree:
                writer.say(element.tail)
            continue
        if not isinstance(element.tag, str) or element.tag in NO_TEXT:
            writer.say(element.tail)
            continue
        writer.enter(element)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    writer.flush()
    return writer.blocks


class _Writer:
    """Gathers the running text of a page into blocks."""

    def __init__(self, tree: "HtmlElement") -> None:
        self.blocks: list[Block] = []
        self.owners = [tree]
        self.parts: list[str] = []
        self.linked = self.in_link = self.in_code = 0

    def enter(self, element: "HtmlElement") -> None:
        tag = element.tag
        if tag == "br":
            self.parts.append("\n")
        elif tag == "a":
            self.in_link += 1
        elif tag not in INLINE:
            self.flush()
            self.owners.append(element)
            self.in_code += tag == "pre"
        self.say(element.text)

    def leave(self, element: "HtmlElement") -> None:
        tag = element.tag
        if tag == "a":
            self.in_link -= 1
        elif tag not in INLINE and tag != "br":
            self.flush()
            self.owners.pop()
            self.in_code -= tag == "pre"

    def say(self, text: str | None) -> None:
        if text:
            self.parts.append(text if self.in_code else _SPACES.sub(" ", text))
            self.linked += len(text.strip()) if self.in_link else 0

    def flush(self) -> None:
        """End the block; a line break within it makes two."""
        text, linked = "".join(self.parts), self.linked
        self.parts, self.linked = [], 0
        if not text.strip():
            return
        owner = self.owners[-1]
        lines = text.split("\n") if self.in_code else [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
        kind = "code" if self.in_code else _kind(self.owners)
        share = linked / len(text)
        self.blocks.extend(Block(kind, line, round(share * len(line)), owner) for line in lines if line.strip())


def _kind(owners: list["HtmlElement"]) -> str:
    for owner in reversed(owners[-4:]):
        tag = owner.tag
        if tag in _HEADINGS:
            return "heading"
        if tag in ("td", "th"):
            return "cell"
        if tag in ("li", "dd", "dt"):
            return "li"
        if tag not in ("div", "p", "blockquote"):
            break
    return "p"


def ends_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence does."""
    return _END.search(text) is not None
