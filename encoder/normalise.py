"""The one normaliser of scoring, written as rewrite rules that SentencePiece compiles into its model.

The rules run in C++ before a text is cut into pieces, in training and in use alike, so the two cannot drift apart; the
published text is never touched by them. SentencePiece applies the longest rule that matches at each position, from left
to right, and does not look at its own output again: every rule therefore gives the final form.

What the rules make equal: compatibility forms (NFKC) and case; accents of Latin letters; nukta composed, decomposed and
absent; chandrabindu, anusvara and the half nasal before its consonants (हिन्दी, हिंदी); visarga present and absent; the
verb endings -ये/-ए and -यी/-ई; ZWJ, ZWNJ and other invisible characters; Devanagari and ASCII digits, with or without
commas inside a number (१,००,०००, 100000); quotes, dashes, danda and full stop.

What no such rule can tell, having no look behind, is done before them, by `readable`: a zero that hangs on to a letter
is the sign of abbreviation, and so a full stop (रु०, रु.).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tithi.script import stop_signs

__all__ = ["VERSION", "Normaliser", "readable", "rules", "write_rules"]

VERSION = 1
"""Rises with every change of the rules; it is kept in the model file."""

_NUKTA, _VIRAMA, _ANUSVARA = "\u093c", "\u094d", "\u0902"
_BLANK = "\u2581"
_JOINERS = "\u200c\u200d"
_RANGES = (
    *((0x01, 0x3000), (0xA640, 0xABC0), (0xFB00, 0xFB50)),
    *((0xFE00, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1F200)),
)
_NASALS = {"ङ": "कखगघ", "ञ": "चछजझ", "ण": "टठडढ", "न": "तथदध", "म": "पफबभ"}
_NUKTA_LETTERS = dict(zip("कखगजडढफ", "\u0958\u0959\u095a\u095b\u095c\u095d\u095e", strict=True))
_ENDINGS = {
    "िये": "िए",
    "ाये": "ाए",
    "ायी": "ाई",
    "गये": "गए",
    "गयी": "गई",
    "नये": "नए",
    "नयी": "नई",
    "हुये": "हुए",
    "हुयी": "हुई",
}
_SIGNS = {
    "।": ".", "॥": ".", "…": "...", "॰": ".",
    **dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"),
    "\u0901": _ANUSVARA, "\u0903": "", _NUKTA: "",
}  # fmt: skip


def _letter(char: str) -> str:
    """Return the scoring form of one character: NFKC, case folded, without marks on Latin letters or nuktas."""
    if char in _SIGNS:
        return _SIGNS[char]
    kind = unicodedata.category(char)
    if kind in {"Zs", "Zl", "Zp"} or char in "\t\n\v\f\r\x85":
        return " "
    if kind in {"Cc", "Cf"} or char in "\u034f\ufe0e\ufe0f":
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(char))
    bare = "".join(c for c in unicodedata.normalize("NFKD", char) if not 0x300 <= ord(c) < 0x370 and c != _NUKTA)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", bare).casefold())
    return "".join(_SIGNS.get(c, c) for c in folded)


def _sequences() -> Iterator[tuple[str, str]]:
    """Yield the rules of more than one character."""
    for nasal, letters in _NASALS.items():
        for joiner, letter in product(("", *_JOINERS), letters):
            for form in filter(None, (letter, _NUKTA_LETTERS.get(letter))):
                yield nasal + _VIRAMA + joiner + form, _ANUSVARA + letter
    yield from _ENDINGS.items()
    digits = [*enumerate("0123456789"), *enumerate("०१२३४५६७८९")]
    for (left, a), (right, b) in product(digits, digits):
        yield f"{a},{b}", f"{left}{right}"


@cache
def rules() -> dict[str, str]:
    """Return every rule as source -> target; characters without a rule stay as they are.

    Example: न् before द becomes anusvara and द; composed ज़ becomes ज.
    """
    single = {chr(code): _letter(chr(code)) for first, stop in _RANGES for code in range(first, stop)}
    changed = {char: target for char, target in single.items() if char != target and unicodedata.category(char) != "Cn"}
    return changed | dict(_sequences())


def write_rules(path: Path) -> None:
    """Write the rules as the tab-separated code points that SentencePiece's trainer reads."""
    lines = ["\t".join(" ".join(f"{ord(c):X}" for c in side) for side in rule) for rule in rules().items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def readable(text: str) -> str:
    """Return `text` as the rules can read it: zeros that are signs of abbreviation are full stops, and it is UTF-8.

    NUL, which ends a C string, is a blank, and a lone surrogate a question mark.

    Example: `readable("वि० सं० २०७७")` is `"वि. सं. २०७७"`.
    """
    told = stop_signs(text)
    return told if told.isprintable() else told.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


class Normaliser:
    """The rules at work on their own, for comparing texts before there is a model: a list of texts in, a list out.

    Example: `Normaliser()(["हिन्दी १,०००"])` is `["हिंदी 1000"]`.
    """

    def __init__(self) -> None:
        """Compile the rules, in about a tenth of a second."""
        import sentencepiece

        sentencepiece.SetMinLogLevel(2)
        with TemporaryDirectory() as folder:
            path = Path(folder, "rules.tsv")
            write_rules(path)
            self._normalizer = sentencepiece.SentencePieceNormalizer(rule_tsv=str(path), remove_extra_whitespaces=True)

    def __call__(self, texts: Sequence[str]) -> list[str]:
        """Return the scoring form of each text, blanks between words single."""
        marked: list[str] = self._normalizer.normalize([readable(text) for text in texts])
        return [text.replace(_BLANK, " ").strip() for text in marked]
