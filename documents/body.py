"""The article on a web page: its blocks in order, without what stands around it.

What is named as something else is left out first (`tithi.documents.pruning`). The article is then the innermost element
that still holds most of the prose; prose is a block that is long enough and no link. Blocks of links, and short lines
before the first and behind the last prose, do not belong to it.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tithi.documents.blocks import Block, ends_sentence
from tithi.documents.pruning import is_named_article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["article_blocks", "find_article"]

_ASIDES: Final = re.compile(
    r"\W*(?:(?:यह|ये|इसे|इन्हे|इन्हें) भी (?:पढे|पढें|पढिए|देखें|देखे)|और (?:पढे|पढें)|"
    r"(?:आगे|पूरी खबर|विस्तार से) पढ(?:े|ें)\W*$|पढ(?:े|ें)\s*[:ः\-–—|]|"
    r"(?:संबंधित|सम्बन्धित) (?:खबर|समाचार|लेख)|विज्ञापन\W*$|(?:शेयर|साझा) करें\W*$|"
    r"हमारे (?:whatsapp|telegram|व्हाट्सएप|व्हाट्सऐप|टेलीग्राम)|(?:also|must) read\b|read (?:also|more|next|full)\b|"
    r"recommended (?:for|stories|reading)|related (?:stories|news|articles|links)|more (?:stories|from|on this)\b|"
    r"(?:follow|join) us\b|click here\b|share (?:this|on|via)\b|advertisement\W*$|story continues below|"
    r"sign up (?:for|to)|subscribe (?:to|now|for)|download (?:the|our) app|"
    r"©|copyright\b|all rights reserved|सर्वाधिकार|कॉपीराइट|"
    r"(?:फोटो|तस्वीर|चित्र|photo|image|file photo|photo credit|image credit|credit)\s*[:ः])",
    re.IGNORECASE,
)
_SPACES: Final = re.compile(r"[\s\u00a0]+")
_MOST: Final = 0.65


def find_article(tree: "HtmlElement", blocks: list[Block]) -> "HtmlElement":
    """Return the innermost element that holds most of the prose, one that the page names the article before others."""
    weights: dict[HtmlElement, float] = {}
    for block in blocks:
        if block.weight:
            for element in (block.owner, *block.owner.iterancestors()):
                weights[element] = weights.get(element, 0.0) + block.weight
                if element is tree:
                    break
    total = weights.get(tree, 0.0)
    named = [element for element in weights if is_named_article(element) and weights[element] >= 0.5 * total]
    if named:
        return min(named, key=lambda element: (weights[element], -len(list(element.iterancestors()))))
    place = tree
    while True:
        best = max(place, key=lambda child: weights.get(child, 0.0), default=None)
        if best is None or weights.get(best, 0.0) < _MOST * weights.get(place, 0.0) or not weights.get(best):
            return place
        if best.tag in ("p", "li", "td", "blockquote", "ul", "ol", "table"):
            return place
        place = best


def article_blocks(blocks: list[Block], place: "HtmlElement", title: str | None) -> list[Block]:
    """Return the blocks of the article that lies in `place`, without the headline, which is the page's title."""
    inside = [block for block in blocks if block.owner is place or place in block.owner.iterancestors()]
    kept = list(_without_asides(inside))
    if title:
        said = _plain(title)
        kept = [block for block in kept if block.kind != "heading" or _plain(block.text) != said]
    body = [number for number, block in enumerate(kept) if _is_body(block)]
    if not body:
        return []
    first, last = body[0], body[-1]
    while first > 0 and kept[first - 1].kind in ("heading", "cell", "li", "code") and kept[first - 1].owner.tag != "h1":
        first -= 1
    while last + 1 < len(kept) and kept[last + 1].kind in ("cell", "li", "code"):
        last += 1
    return kept[first : last + 1]


def _is_body(block: Block) -> bool:
    return (block.weight > 0 and (len(block.text) >= 60 or ends_sentence(block.text))) or block.kind == "code"


def _without_asides(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks that do not lead to something else, as the links behind "यह भी पढ़ें" do."""
    introduced = False
    for block in blocks:
        if _ASIDES.match(_plain(block.text)) and len(block.text) < 250:
            introduced = block.kind == "heading" or len(block.text) < 40
            continue
        if introduced and (block.kind == "li" or block.linked > 0.5 * len(block.text)):
            continue
        introduced = False
        if block.kind != "code" and block.linked >= 0.8 * len(block.text) and not ends_sentence(block.text):
            continue
        yield block


def _plain(text: str) -> str:
    """Return the text for comparing: nuktas apart and left out, blanks as one, lower case."""
    return _SPACES.sub(" ", unicodedata.normalize("NFD", text).replace("\u093c", "")).strip().lower()
