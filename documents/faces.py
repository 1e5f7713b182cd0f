"""The legacy fonts of a web page: which of its text is written in one, by `<font face>`, styles and style sheets.

Of style sheets the rules of a single element, class or id are read (`body`, `.story`, `p.story`, `#main`). A legacy
font that others name makes the page be refused, for it is not known what is written in it.
"""

import re
from typing import TYPE_CHECKING, Final

from tithi.documents.blocks import INLINE
from tithi.documents.fonts import in_unicode, legacy_font, refuse_legacy_font

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["page_in_unicode"]

_FAMILY: Final = re.compile(r"(?:^|[;{\s])font(-family)?\s*:\s*([^;}<>]{1,300})", re.IGNORECASE)
_RULE: Final = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_WORD: Final = re.compile(r"\S+")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE: Final = re.compile(r"(\*|[a-z][a-z0-9]*)?([.#][\w-]+)?", re.IGNORECASE)
_SIZE: Final = re.compile(r"^.*?\d(?:px|pt|em|rem|%)?(?:\s*/\s*[\d.]+\w*)?\s+", re.IGNORECASE)


def page_in_unicode(tree: "HtmlElement", where: str) -> None:
    """Put Unicode in the place of what a page writes in a legacy font, in the tree itself.

    Raises:
        DataError: The font's keys are not known, the text is not what it shows, or it is unknown what is written in it.
    """
    rules = _rules(tree, where)
    named = tree.xpath("//*[@face or contains(@style, 'font')]")
    if not rules and not any(legacy_font(_own(element) or "") for element in named):
        return
    # The font in force at each element, from the top down: an element is met before what is in it.
    fonts: dict[HtmlElement, str | None] = {}
    pieces: list[tuple[HtmlElement, bool, str | None]] = []
    stack: list[tuple[HtmlElement, bool]] = [(tree, False)]
    while stack:
        element, done = stack.pop()
        above = fonts.get(element.getparent())
        if done:
            pieces.append((element, True, above))
            continue
        fonts[element] = above
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "head"):
            face = _own(element) or _ruled(element, rules)
            fonts[element] = above if face is None else legacy_font(face)
            pieces.append((element, False, fonts[element]))
            stack += [(element, True), *((child, False) for child in reversed(element))]
        else:
            stack.append((element, True))
    _convert(pieces, where)


def _convert(pieces: "list[tuple[HtmlElement, bool, str | None]]", where: str) -> None:
    """Convert each text of the tree, given in order: that within an element, and that behind one.

    A word that an element like `<b>` cuts is taken together, for its signs may stand on either side.
    """
    texts = [(element.tail if behind else element.text) or "" for element, behind, _ in pieces]
    last = None
    for place, (element, _, font) in enumerate(pieces):
        if element.tag not in INLINE:
            last = None
        if last is not None and font == pieces[last][2] and not texts[last][-1].isspace():
            cut = _WORD.match(texts[place])
            texts[last] += cut[0] if cut else ""
            texts[place] = texts[place][cut.end() if cut else 0 :]
        if texts[place]:
            last = place
    for (element, behind, font), text in zip(pieces, texts, strict=True):
        found = "".join(in_unicode([(text, font)], where))
        if behind:
            element.tail = found
        else:
            element.text = found


def _family(style: str) -> str | None:
    """Return the first font that a style names."""
    found = _FAMILY.findall(style)
    if not found:
        return None
    whole, names = found[-1]
    face = names.split(",")[0]
    return (face if whole else _SIZE.sub("", face)).strip().strip("\"'") or None


def _own(element: "HtmlElement") -> str | None:
    face = element.get("face") if element.tag == "font" else None
    return _family(element.get("style") or "") or (face.split(",")[0].strip() if face else None)


def _rules(tree: "HtmlElement", where: str) -> dict[tuple[str, str], str]:
    """Return the fonts that style sheets name for elements, classes and ids, if one of them is a legacy font."""
    rules = {}
    for sheet in tree.iter("style"):
        for selectors, body in _RULE.findall(_COMMENT.sub(" ", sheet.text or "")):
            face = _family(body)
            for selector in selectors.split(",") if face else ():
                match = _SIMPLE.fullmatch(selector.strip())
                if match and face:
                    rules[(match[1] or "*").lower(), match[2] or ""] = face
                elif "@font-face" not in selector and face and (font := legacy_font(face)):
                    raise refuse_legacy_font(where, font, "in which it is not known what is written")
    return rules if any(map(legacy_font, rules.values())) else {}


def _ruled(element: "HtmlElement", rules: dict[tuple[str, str], str]) -> str | None:
    """Return the font that the style sheets give an element: by its id, else its classes, else its tag."""
    names = [f"#{element.get('id')}", *(f".{name}" for name in (element.get("class") or "").split()), ""]
    places = ((tag, name) for name in names for tag in (element.tag, "*"))
    return next((rules[place] for place in places if place in rules), None)
