"""Text in the fonts Kruti Dev 010 and DevLys 010 as Unicode.

These fonts show Hindi glyphs in the places of Latin characters (`krutidev.tsv`), in the order in which a typewriter
sets them: `fgUnh` is `ि ह न् द ी`. Three rules bring that into the order of speech: a bar makes a half letter whole, the
sign of the short i moves behind its letters, and the hook of an r before them.

>>> to_unicode("fgUnh esa ckfj'k vkSj dk;Z")
'हिन्दी में बारिश और कार्य'
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["glyphs", "to_unicode"]

# Stand-ins of the private area for the two signs that move, and for the glyph of colon and visarga.
_I, _REPH, _DOTS = "\ue000", "\ue001", "\ue002"
_LETTER: Final = "[\u0915-\u0939]\u093c?"
_CLUSTER: Final = f"(?:{_LETTER}\u094d)*{_LETTER}"
_NASAL: Final = "[\u0901\u0902]?"
_SHORT_I: Final = re.compile(f"{_I}({_REPH}?)({_NASAL})({_CLUSTER})")
_HOOK: Final = re.compile(f"({_CLUSTER}[\u093e-\u094c]*{_NASAL}){_REPH}")
# Signs above and below the letter, typed in either order, look the same.
_NASAL_FIRST: Final = re.compile("([\u0901\u0902])([\u093e-\u094c]+)")
_U_FIRST: Final = re.compile("([\u0941\u0942])(\u094d\u0930)")
_JOINED: Final = {
    "अा": "आ", "अॉ": "ऑ", "आॅ": "ऑ", "आे": "ओ", "आै": "औ", "एे": "ऐ", "ाे": "ो", "ाै": "ौ", "ाॅ": "ॉ", "ाॉ": "ॉ",
}  # fmt: skip
# Words that end in a visarga; behind others the two dots are a colon.
_VISARGA: Final = re.compile(
    "(?<![\u0900-\u0963])(?:अत|प्राय|पुन|स्वत|प्रात|छ|मूलत|विशेषत|सामान्यत|संभवत|सम्भवत|अंतत|अन्तत|पूर्णत|मुख्यत|वस्तुत|"
    f"अंशत|अधिकांशत|प्रमुखत|प्रत्यक्षत|प्रायश|फलत|साधारणत|स्पष्टत|क्रमश|शनै|अंश|नम|दु|नि|अन्त|अंत)(?={_DOTS})"
)
_STRAIGHT: Final = {"’": "'", "‘": "'", "“": '"', "”": '"'}


def to_unicode(text: str) -> str:
    """Return what a text in one of these fonts shows.

    Line breaks, tabs, blanks and ASCII digits stay. Symbols as Word keeps them (U+F020 to U+F0FF) are the same keys.

    Raises:
        ValueError: It has a character that the table does not know, or a sign without its letter; the character is
            the argument.
    """
    known = glyphs()
    shown = []
    for place, char in enumerate(text):
        key = _key(char)
        if text[place + 1 : place + 2] == "k":
            # Word's correction of the half श and its like: no quotation mark stands before a bar.
            key = _STRAIGHT.get(key, key)
        if key in known:
            shown.append(known[key])
        elif key.isspace() or "0" <= key <= "9":
            shown.append(key)
        else:
            raise ValueError(key)
    return _in_order("".join(shown))


@cache
def glyphs() -> dict[str, str]:
    """Return what each key shows; the signs that move are characters of the private area."""
    names = {"i": _I, "reph": _REPH, "colon": _DOTS}
    lines = files("tithi.documents").joinpath("krutidev.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if "\t" in line and not line.startswith(("# ", "key\t")))
    return {key: "".join(names.get(part, part) for part in text.split(" ")) for key, text in rows}


def _key(char: str) -> str:
    if "\uf020" <= char <= "\uf0ff":
        return bytes([ord(char) - 0xF000]).decode("cp1252", "replace")
    return char


def _in_order(text: str) -> str:
    text = text.replace("\u094d\u093c", "\u093c\u094d")  # the dot of a half letter
    text = text.replace("\u094d\u093e", "")  # its bar
    text = text.replace("\u094d\u094d\u0930", "\u094d\u0930")  # the foot of an r below it
    text = _NASAL_FIRST.sub("\\2\\1", text)
    text = _U_FIRST.sub("\\2\\1", text)
    for parts, whole in _JOINED.items():
        text = text.replace(parts, whole)
    text = _SHORT_I.sub("\\3\u093f\\1\\2", text)
    text = text.replace(f"इ{_REPH}", "ई")
    text = _HOOK.sub("र्\\1", text)
    text = re.sub(f"{_DOTS}(?=[\u0904-\u0939])", "ः", text)
    text = _VISARGA.sub(lambda match: match[0] + "ः", text).replace(f"ः{_DOTS}", "ः").replace(_DOTS, ":")
    left = next((key for key, sign in (("f", _I), ("Z", _REPH)) if sign in text), None)
    if left is not None:
        raise ValueError(left)
    return text
