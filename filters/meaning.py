"""Filters that ask the language identifier, the vectors and the checks: which language, how close, how sure."""

from collections.abc import Callable
from typing import Final

from tithi.evidence.lexicon import lexicon, stem
from tithi.evidence.order import edges, order_odds
from tithi.evidence.tables import common_words
from tithi.evidence.words import words
from tithi.filters.evidence import Evidence
from tithi.filters.order import ended, goes_on, out_of_place
from tithi.filters.verdict import Said
from tithi.numerals.memo import Memo
from tithi.records import Issue, Lang
from tithi.sources.language import NAMES, detect

__all__ = ["adequacy", "balance", "cut", "foreign", "issue", "margin", "order", "quality", "similarity"]

_LEAST_WORDS: Final = 4
_FEW: Final = 6
_DOUBT: Final = 1.0
"""Added to the score of fewer than six words, which tell less: so few of them are lost as of longer texts."""
_PHRASE: Final = 4
"""Shorter texts are too much alike in a list of them: `Copy`, `Paste`, `Paste as text`."""
_CLOSE: Final = 0.8
"""One in a hundred lines beside a wrong one is as close."""
_SIGN: Final = 3.0
"""What a sign that a text was taken apart is worth, as a logarithm."""
_GOES_ON: Final = 4.0
"""What a comma for an end is worth, as a logarithm, where a side says less."""
_LESS: Final = 8.0
_AS_MUCH: Final = 0.15
"""Half of the good pairs differ by more, by the logarithm of the vectors' lengths; each tenth beyond is worth 0.8."""
_LACKS: Final = 0.2
"""So much less, by the logarithm of the vectors' lengths: one verse of a hundred that ends in a comma."""
_UNMARKED: Final = 1.2
_TITLE: Final = 8
_MAY_STOP: Final = -1.0
_SHORT: Final = 12
_HINDI: Final = Memo(lambda key: stem(key, "hi") in lexicon().frequent)


def foreign(pair: Evidence) -> Said:
    """Sides that are in another language than their own, by the language identifier; too short to tell is none.

    A side of few letters is believed to be foreign only if hardly a word of it is known: names mislead the identifier.
    """
    told = []
    for (lang, _), text in zip(pair.sides, pair.prose, strict=True):
        found = detect(text)
        if found not in (None, lang) and not _known(pair, lang) and not (lang == "en" and pair.same):
            told.append(f"{NAMES.get(found or '', found)} in the {'Hindi' if lang == 'hi' else 'English'}")
    return Said(len(told), " and ".join(told) or "sides in another language")


def _known(pair: Evidence, lang: Lang) -> bool:
    """Whether a short side has many words of its own language, or is a list of names."""
    found = pair.words_of(lang)
    if len(found) > _SHORT:
        return False
    if lang == "hi":
        own = sum(map(_HINDI.__getitem__, found.keys))
    else:
        own = sum(key in common_words() or text[0].isupper() for key, text in zip(found.keys, found.texts, strict=True))
    return 2 * own >= len(found)


def similarity(pair: Evidence) -> Said | None:
    """Cosine of the vectors of both sides, in [-1, 1]."""
    if pair.meaning is None:
        return None
    return Said(pair.meaning.similarity, "is how close the sides are")


def margin(pair: Evidence) -> Said | None:
    """How much closer the sides are to one another than to the other side of the line before or after, in [-2, 2].

    Sides that are very close have no score, nor have three words: in a list of what programs say, lines are much alike.
    """
    if pair.meaning is None or pair.meaning.margin == 2.0 or pair.meaning.similarity > _CLOSE:
        return None
    if min(len(pair.hi_words), len(pair.en_words)) < _PHRASE:
        return None
    return Said(pair.meaning.margin, "closer to one another than to the line before or after")


def balance(pair: Evidence) -> Said | None:
    """How many times as much one side says as the other, by the lengths of their vectors."""
    if pair.meaning is None:
        return None
    import math

    more = "Hindi" if pair.meaning.balance > 0 else "English"
    return Said(math.exp(abs(pair.meaning.balance)), f"times as much is said in the {more}")


def order(pair: Evidence) -> Said | None:
    """How much likelier the words of the worse side stand as they do than in any other order, as a logarithm.

    5 to 20 in prose, below -5 where they are shuffled, near 0 for few words: a side of three and fewer has none, one of
    four or five is taken for a little better. It is lowered for marks and capitals inside that belong to the edges.
    """
    scores: dict[Lang, float] = {}
    for (lang, text), (_, other), prose in zip(pair.sides, reversed(pair.sides), pair.prose, strict=True):
        found = pair.words_of(lang) if prose is text else words(prose)
        if len(found) >= _LEAST_WORDS:
            scores[lang] = order_odds(found, lang) - _SIGN * out_of_place(text, other) + _DOUBT * (len(found) < _FEW)
    if not scores:
        return None
    lang = min(scores, key=scores.__getitem__)
    return Said(scores[lang], f"is how the words follow one another in the {'Hindi' if lang == 'hi' else 'English'}")


def cut(pair: Evidence) -> Said | None:
    """How unlikely a side stops or begins where it does, above 0 where it says less and the other side is whole.

    Marks and capitals tell where to look: the other side ends in a mark and this one does not, or the English ends and
    begins small; where neither does, a long English side has to stop at an unlikelier word. A comma counts where a side
    says clearly less: verses end so. The less a side says, the likelier it was cut; captions end as no sentence does.
    """
    if pair.meaning is None:
        return None
    if (pair.hi.rstrip()[-1:], pair.en.rstrip()[-1:]) == (":", ":"):
        return Said(0.0, "both sides announce something")
    hi_ends, en_ends = ended(pair.hi), ended(pair.en)
    lacks = -pair.meaning.balance if en_ends else pair.meaning.balance
    if hi_ends != en_ends and lacks > _LACKS and goes_on(pair.hi if en_ends else pair.en):
        return Said(_GOES_ON, f"is how unlikely the {'Hindi' if en_ends else 'English'} stops at such a mark")
    less: Lang = "hi" if pair.meaning.balance < 0 else "en"
    more = _LESS * (abs(pair.meaning.balance) - _AS_MUCH)
    if less == "en" and en_ends and pair.en[:1].islower():
        return Said(more - edges(pair.en_words, "en")[0], "is how unlikely the English begins there")
    odd = -edges(pair.words_of(less), less)[1]
    if hi_ends or en_ends:
        whole = hi_ends if less == "hi" else en_ends
        odd += more
    else:
        whole = less == "hi" or len(pair.en_words) <= _TITLE
        odd += max(more, 0.0) - _UNMARKED
    if whole:
        return Said(0.0, "no side is cut")
    return Said(odd, f"is how unlikely the {'Hindi' if less == 'hi' else 'English'} stops there")


def quality(pair: Evidence) -> Said | None:
    """The probability of a faithful translation that the checks give, in [0, 1]."""
    if pair.quality is None or pair.quality.quality is None:
        return None
    return Said(pair.quality.quality, "is the quality by the checks")


def adequacy(pair: Evidence) -> Said | None:
    """How well the sides mean the same by the checks, in [0, 1]: a number or a "not" alone does not lower it."""
    if pair.quality is None or pair.quality.adequacy is None:
        return None
    return Said(pair.quality.adequacy, "is how well the sides mean the same")


def issue(kind: str) -> Callable[[Evidence], Said | None]:
    """Return the filter of a kind of issue: the confidence in [0, 1] of the surest one that the checks found."""

    def found(pair: Evidence) -> Said | None:
        if pair.quality is None:
            return None
        mine = [item for item in pair.quality.issues if item.kind == kind and not _is_all(item, pair)]
        if not mine or (kind == "omission" and _is_title(pair)):
            return Said(0.0, f"no {kind}")
        surest = max(mine, key=lambda item: item.confidence)
        return Said(surest.confidence, f"sure: {surest.message}")

    return found


def _is_all(item: Issue, pair: Evidence) -> bool:
    """Whether what lacks a counterpart is the whole of a short side: `All right then` for ठीक; then nothing was cut."""
    if item.kind not in ("omission", "addition"):
        return False
    for span, text, found in ((item.hi, pair.hi, pair.hi_words), (item.en, pair.en, pair.en_words)):
        if span is not None and len(found) < _PHRASE and span[0] <= 0 and span[1] >= len(text.rstrip(" .।?!…")):
            return True
    return False


def _is_title(pair: Evidence) -> bool:
    """Whether few English words are a whole title or button: `Recent tab`, for which Hindi takes a clause.

    Both sides end in the same mark or neither in one, and the English begins with a capital and stops where a text may
    stop; a name or a keyword of a few words may begin small.
    """
    hi, en = pair.hi.rstrip(), pair.en.rstrip()
    alike = hi[-1:] == en[-1:] if ended(en) else not ended(hi) and not goes_on(en)
    if len(pair.en_words) > _TITLE or not alike:
        return False
    if not ended(en) and len(pair.en_words) < _PHRASE and len(pair.hi_words) <= _TITLE:
        return True
    return not en[:1].islower() and (ended(en) or edges(pair.en_words, "en")[1] > _MAY_STOP)
