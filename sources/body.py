"""The article on a web page: its blocks in order, without what stands around it.

What is no text or is named as something else (menus, captions, share buttons, related stories) is left out first. The
article is then the innermost element that still holds most of the prose; prose is a block that is long enough and no
link. Blocks of links, and short lines before the first and behind the last prose, do not belong to it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Block", "article_blocks", "blocks_of", "find_article", "prune"]

_NO_TEXT: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "button",
        "input",
        "select",
        "textarea",
        "audio",
        "video",
        "canvas",
        "object",
        "embed",
        "map",
        "math",
    ]
)
_ASIDE: Final = frozenset(["nav", "footer", "figcaption", "aside", "dialog", "menu", "form", "header"])
_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_KEPT: Final = frozenset(["html", "body", "head", "article", "main", *_HEADINGS])
_ROLES: Final = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "dialog", "search", "menu", "toolbar", "alert"]
)
# Names that say what an element is for. Those of the second kind stand on articles too: short elements alone.
_OTHER: Final = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social\w*|related\w*|recommend\w*|also-?read|read-?(?:more|also|next)|more-?(?:stories|news|from)|"
    r"breadcrumbs?|nav|navbar|navigation|\w*menu|footer|sidebar|side-?bar|rhs|comments?|disqus\w*|advert\w*|ads?|adsense|adbox|"
    r"google-?ad\w*|promo\w*|newsletter|subscri\w+|cookies?|consent|popup|modal|overlay|trending|popular|most-?\w+|latest-?\w+|"
    r"teasers?|carousel|slider|toolbar|skip-?\w*|visually-?hidden|sr-only|screen-?reader\w*|login|sign-?up|search\w*|"
    r"lang(?:uage)?-?switch\w*|copyright|disclaimer|outbrain|taboola|whatsapp|telegram|app-?download|download-?app|"
    r"notification|poll|quiz|paywall|tags?|tag-?(?:list|cloud)|topics|follow\w*|reactions?|up-?next|next-?prev|pagination)(?:$|[\s_-])"
)
_SMALL: Final = re.compile(
    r"(?:^|[\s_-])(?:caption\w*|\w*caption|credits?|by-?line|author\w*|meta\w*|timestamp|date\w*|time|publish\w*|updated|"
    r"widget|card|source|agency|photo\w*|image-?\w*|views?|read-?time|location|hidden|print|audio\w*|listen\w*)(?:$|[\s_-])"
)
_SMALL_TEXT: Final = 250
_MUCH: Final = 0.4
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BODY: Final = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry|news)-?_?(?:body|content|text|detail\w*|description)(?:$|[\s_-])"
)
# What introduces another article or asks for something; compared without nuktas and marks.
_ASIDES: Final = re.compile(
    r"\W*(?:(?:यह|ये|इसे|इन्हे|इन्हें) भी (?:पढे|पढें|पढिए|देखें|देखे)|और (?:पढे|पढें)|"
    r"(?:आगे|पूरी खबर|विस्तार से) पढ(?:े|ें)\W*$|पढ(?:े|ें)\s*[:ः\-–—|]|"
    r"(?:संबंधित|सम्बन्धित) (?:खबर|समाचार|लेख)|विज्ञापन\W*$|(?:शेयर|साझा) करें\W*$|"
    r"हमारे (?:whatsapp|telegram|व्हाट्सएप|व्हाट्सऐप|टेलीग्राम)|(?:also|must) read\b|read (?:also|more|next|full)\b|"
    r"recommended (?:for|stories|reading)|related (?:stories|news|articles|links)|more (?:stories|from|on this)\b|"
    r"(?:follow|join) us\b|click here\b|share (?:this|on|via)\b|advertisement\W*$|story continues below|"
    r"sign up (?:for|to)|subscribe (?:to|now|for)|download (?:the|our) app|"
    r"(?:फोटो|तस्वीर|चित्र|photo|image|file photo|photo credit|image credit|credit)\s*[:ः])",
    re.IGNORECASE,
)
_SPACES: Final = re.compile(r"[\s\u00a0]+")
_END: Final = re.compile(r"[।॥.!?…|][\"'”’»)\]]*$")
_MOST: Final = 0.65
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


def prune(tree: "HtmlElement") -> None:
    """Take out what is no article by its element, its role or its name, unless much of the page's text is in it."""
    sizes = _sizes(tree)
    total = max(sizes.get(tree, 0), 1)
    doomed = [element for element in tree.iter() if element is not tree and _is_aside(element, sizes, total)]
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            element.drop_tree()


def _sizes(tree: "HtmlElement") -> dict["HtmlElement", int]:
    """Return how much text that is not linked each element holds, in characters."""
    sizes: dict[HtmlElement, int] = {}
    order = list(tree.iter())
    for element in reversed(order):
        if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
            sizes[element] = 0
            continue
        own = 0 if element.tag == "a" else len((element.text or "").strip())
        for child in element:
            own += len((child.tail or "").strip()) + (0 if element.tag == "a" else sizes.get(child, 0))
        sizes[element] = own
    return sizes


def _is_aside(element: "HtmlElement", sizes: dict["HtmlElement", int], total: int) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _NO_TEXT:
        return True
    if tag in _KEPT or sizes[element] > _MUCH * total:
        return False
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or element.get("role") in _ROLES or _HIDDEN.search(element.get("style") or ""):
        return True
    if tag in _ASIDE:
        return tag != "header" or not _within_article(element)
    return tag not in ("p", "td", "th", "tr", "tbody") and _is_named_aside(element, sizes[element])


def _is_named_aside(element: "HtmlElement", size: int) -> bool:
    name = _name(element)
    if not name or _BODY.search(name):
        return False
    return bool(_OTHER.search(name)) or (size < _SMALL_TEXT and bool(_SMALL.search(name)))


def _name(element: "HtmlElement") -> str:
    """Return the element's classes and id in lower case, parts of names apart."""
    name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    return _CAMEL.sub("-", name).lower()


def _within_article(element: "HtmlElement") -> bool:
    return any(parent.tag in ("article", "main") for parent in element.iterancestors())


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
        if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
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
        elif tag not in _INLINE:
            self.flush()
            self.owners.append(element)
            self.in_code += tag == "pre"
        self.say(element.text)

    def leave(self, element: "HtmlElement") -> None:
        tag = element.tag
        if tag == "a":
            self.in_link -= 1
        elif tag not in _INLINE and tag != "br":
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


def find_article(tree: "HtmlElement", blocks: list[Block]) -> "tuple[HtmlElement, bool]":
    """Return the innermost element that holds most of the prose, and whether the page itself names it the article."""
    weights: dict[HtmlElement, float] = {}
    for block in blocks:
        if block.weight:
            for element in (block.owner, *block.owner.iterancestors()):
                weights[element] = weights.get(element, 0.0) + block.weight
                if element is tree:
                    break
    total = weights.get(tree, 0.0)
    named = [element for element in weights if _is_named(element) and weights[element] >= 0.5 * total]
    if named:
        return min(named, key=lambda element: (weights[element], -len(list(element.iterancestors())))), True
    place = tree
    while True:
        best = max(place, key=lambda child: weights.get(child, 0.0), default=None)
        if best is None or weights.get(best, 0.0) < _MOST * weights.get(place, 0.0) or not weights.get(best):
            return place, False
        if best.tag in ("p", "li", "td", "blockquote", "ul", "ol", "table"):
            return place, False
        place = best


def _is_named(element: "HtmlElement") -> bool:
    return element.get("itemprop") == "articleBody" or element.tag == "article" or bool(_BODY.search(_name(element)))


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
    while first > 0 and kept[first - 1].kind in ("heading", "cell", "li", "code"):
        first -= 1
    while last + 1 < len(kept) and kept[last + 1].kind in ("cell", "li", "code"):
        last += 1
    return kept[first : last + 1]


def _is_body(block: Block) -> bool:
    return (block.weight > 0 and (len(block.text) >= 60 or bool(_END.search(block.text)))) or block.kind == "code"


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
        if block.kind != "code" and block.linked >= 0.8 * len(block.text) and not _END.search(block.text):
            continue
        yield block


def _plain(text: str) -> str:
    """Return the text for comparing: nuktas apart and left out, blanks as one, lower case."""
    return _SPACES.sub(" ", unicodedata.normalize("NFD", text).replace("\u093c", "")).strip().lower()
