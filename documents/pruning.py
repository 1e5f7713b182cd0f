"""What stands around an article and is told by its element, its role or its name: menus, captions, share buttons."""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["NO_TEXT", "is_named_article", "prune"]

NO_TEXT: Final = frozenset(
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
"""Elements whose text is none."""

_ASIDE: Final = frozenset(["nav", "footer", "figcaption", "aside", "dialog", "menu", "form", "header"])
_KEPT: Final = frozenset(["html", "body", "head", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6"])
_ROLES: Final = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "dialog", "search", "menu", "toolbar", "alert"]
)
_OTHER: Final = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social\w*|related\w*|recommend\w*|also-?read|read-?(?:more|also|next)|more-?(?:stories|news|from)|"
    r"breadcrumbs?|nav|navbar|navigation|\w*menu|footer|sidebar|side-?bar|rhs|comments?|disqus\w*|advert\w*|ads?|adsense|ads?box|"
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
        if not isinstance(element.tag, str) or element.tag in NO_TEXT:
            sizes[element] = 0
            continue
        own = 0 if element.tag == "a" else len((element.text or "").strip())
        for child in element:
            own += len((child.tail or "").strip()) + (0 if element.tag == "a" else sizes.get(child, 0))
        sizes[element] = own
    return sizes


def _is_aside(element: "HtmlElement", sizes: dict["HtmlElement", int], total: int) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in NO_TEXT:
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


def is_named_article(element: "HtmlElement") -> bool:
    """Return whether the page itself calls the element the article or its body."""
    return element.get("itemprop") == "articleBody" or element.tag == "article" or bool(_BODY.search(_name(element)))
