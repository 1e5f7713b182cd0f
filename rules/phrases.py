"""What a few words turn around: all and some, more and less, must and may, because and despite, guilty and acquitted.

Phrases stand in phrases.tsv by kind of issue, group and meaning. What one side says oftener than the other is left
over; two different meanings of a group left over on the two sides contradict each other, and a phrase such as `only`,
`allegedly` or `at least` is told even when it is just gone, unless the other side says so in looser words.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from tithi.evidence.lexicon import supports
from tithi.evidence.pair import Pair
from tithi.evidence.shares import equal_shares
from tithi.evidence.tables import word_set
from tithi.records import Issue, Lang, Span
from tithi.rules.check import Check
from tithi.rules.said import LOOSE, Meaning, Said, is_at, loose_phrases, said_in

__all__ = ["PHRASES", "check_phrases"]

_NEAR: Final = ({"many", "some"}, {"many", "most"}, {"few", "some"})
"""Meanings of one group that translators exchange freely."""
_APART: Final = ({"many", "few"}, {"many", "all"})
"""Meanings that no looser word brings together."""
_COMPARED: Final = ("more", "than")
"""Groups of one thing, told apart by whether a number stands beside it."""
_DOUBLED: Final = frozenset({"reason", "perhaps"})
"""Groups that are said twice over: perhaps it might possibly."""
_NEARBY: Final = 6
"""So many words from a phrase, what denies may deny it."""
_RELATIVES: Final = frozenset(
    f"{one}-{other}"
    for one, other in (
        ("uncle", "aunt"), ("nephew", "niece"), ("grandfather", "grandmother"), ("grandson", "granddaughter"),
        ("father-in-law", "mother-in-law"), ("son-in-law", "daughter-in-law"), ("brother-in-law", "sister-in-law"),
        ("husband", "wife"), ("widower", "widow"), ("father", "mother"), ("son", "daughter"), ("brother", "sister"),
    )
)  # fmt: skip
"""Groups of relatives of whom none is said for another."""
_ELSEWHERE: Final = 0.13
"""From this chance on a rival is taken for translated by a word that is no rival."""
_HINDI: Final[Lang] = "hi"
_ENGLISH: Final[Lang] = "en"
_TRANSLATED: Final = 0.1
"""From this chance on a loose word is taken for the translation of another word."""


def check_phrases(pair: Pair) -> list[Issue]:
    """Report phrases whose rival stands on the other side, or that the other side leaves out; one for each group."""
    hi, en = said_in(pair.hi_words, "hi"), said_in(pair.en_words, "en")
    if not hi and not en:
        return []
    hi_said, en_said = (Counter([said.phrase.meaning for said in side]) for side in (hi, en))
    hi_left, en_left = _left(hi, hi_said, en_said), _left(en, en_said, hi_said)
    issues = []
    for group in dict.fromkeys((*hi_left, *en_left)):
        if group == "percent" and any(equal_shares(pair)):
            continue  # 50 basis points, half a per cent
        ours, theirs = hi_left.get(group), en_left.get(group)
        if ours and theirs:
            near = {ours.phrase.meaning[1], theirs.phrase.meaning[1]} in _NEAR
            near |= "even" in (ours.phrase.told, theirs.phrase.told)
            near |= _told_elsewhere(pair, ours, theirs, hi, en)
            if not near and not _is_turned(pair, ours, theirs, hi, en) and not _is_loose(pair, ours, theirs, hi, en):
                issues.append(_issue(pair, ours, theirs))
        elif (said := _other_compared(group, hi_left, en_left)) is not None:
            issues += [_issue(pair, *said)] if said and not _is_turned(pair, *said, hi, en) else []
        elif ours and _is_lost(ours, hi, en_said) and not _answered(pair, ours, "en", en):
            issues.append(_issue(pair, ours, None))
        elif theirs and _is_lost(theirs, en, hi_said) and not _answered(pair, theirs, "hi", hi):
            issues.append(_issue(pair, None, theirs))
    return issues + _other_relatives(pair, hi_left, en_left, hi, en)


def _is_lost(asked: Said, here: list[Said], there: Counter[Meaning]) -> bool:
    """Whether a phrase must not be gone, and is not but another word for what was said: despite … nevertheless."""
    meaning = asked.phrase.meaning
    if asked.phrase.told != "lost":
        return False
    forms = [said.phrase.words for said in here if said.phrase.meaning == meaning]
    return not (meaning[0] in _DOUBLED and there[meaning] and len(set(forms)) == len(forms) > 1)


def _told_elsewhere(pair: Pair, ours: Said, theirs: Said, hi: list[Said], en: list[Said]) -> bool:
    """Whether both of two rivals have their translations outside of all phrases of their group."""
    taken = [
        {i for said in side if said.phrase.meaning[0] == ours.phrase.meaning[0] for i in range(said.first, said.stop)}
        for side in (hi, en)
    ]
    idle = word_set("case")
    sides = []
    for found, one, gone in ((pair.hi_words, ours, taken[0]), (pair.en_words, theirs, taken[1])):
        asked = [key for key in found.keys[one.first : one.stop] if key not in idle]
        sides.append((asked, [key for i, key in enumerate(found.keys) if i not in gone and key not in idle]))
    (hi_asked, hi_rest), (en_asked, en_rest) = sides
    return all(
        min(supports(asked, rest, lang), default=0.0) >= _ELSEWHERE
        for asked, rest, lang in ((hi_asked, en_rest, _HINDI), (en_asked, hi_rest, _ENGLISH))
    )


def _other_compared(group: str, hi: dict[str, Said], en: dict[str, Said]) -> tuple[Said, Said] | tuple[()] | None:
    """Return `less than 5` here and a plain `more` there, which stand in two groups, once; None where they do not."""
    if group not in _COMPARED or (group in hi and group in en):
        return None
    other = _COMPARED[1 - _COMPARED.index(group)]
    ours, theirs = hi.get(group) or hi.get(other), en.get(group) or en.get(other)
    if ours is None or theirs is None or ours.phrase.meaning[1] == theirs.phrase.meaning[1]:
        return None
    return (ours, theirs) if group == _COMPARED[1] else ()


def _other_relatives(
    pair: Pair, hi_left: dict[str, Said], en_left: dict[str, Said], hi: list[Said], en: list[Said]
) -> list[Issue]:
    """Report the one relative of a side that stands for another one of the other side: a wife for a mother."""
    ours, theirs = (
        [said for said in left.values() if said.phrase.meaning[0] in _RELATIVES] for left in (hi_left, en_left)
    )
    if len(ours) != 1 or len(theirs) != 1 or ours[0].phrase.meaning[0] == theirs[0].phrase.meaning[0]:
        return []
    # भाई and माता address people and gods: such a relative must be someone's.
    keys, at = pair.hi_words.keys, ours[0].first
    if keys[at] in word_set("addressed") and (not at or keys[at - 1] not in word_set("owner")):
        return []
    if _answered(pair, ours[0], "en", en) or _answered(pair, theirs[0], "hi", hi):
        return []
    return [_issue(pair, ours[0], theirs[0])]


def _is_turned(pair: Pair, ours: Said, theirs: Said, hi: list[Said], en: list[Said]) -> bool:
    """Whether one of two is denied nearby; if it is no duty or chance, what denies elsewhere answers it."""
    sides = (pair.hi_words, pair.hi_cues, ours, hi), (pair.en_words, pair.en_cues, theirs, en)
    apart = word_set("without")
    if any(apart.isdisjoint(found.distinct) for found, *_ in sides):
        apart = frozenset()
    denied = []
    for found, told, asked, said in sides:
        # No more than denies nothing, nor does `without` where बिना answers it; but need not denies a duty.
        # A turn that is but counted (फूला नहीं समाया) denies as its words do.
        idle = [
            one for one in said if one.phrase.told != "even" and (one is not asked or one.phrase.kind != "modality")
        ]
        inside = {i for phrase in idle for i in range(phrase.first, phrase.stop)}
        at = [i for i, kinds in told if "negation" in kinds and i not in inside and found.keys[i] not in apart]
        at = [i for i in at if asked.first <= i + 2 or not _denies_verb(found.keys, i)]
        denied.append((bool(at), any(asked.first - _NEARBY <= i < asked.stop + _NEARBY for i in at)))
    (hi_denies, hi_near), (en_denies, en_near) = denied
    return hi_near != en_near and (hi_denies != en_denies or ours.phrase.kind == "modality")


def _denies_verb(keys: list[str], at: int) -> bool:
    """Whether न denies but the verb behind it: सबूत न मिलने पर वह बरी हुआ."""
    verb = "".join(keys[at + 1 : at + 2])
    return keys[at] in word_set("particle-no") and verb.endswith(tuple(word_set("infinitive-ending")))


def _is_loose(pair: Pair, ours: Said, theirs: Said, hi: list[Said], en: list[Said]) -> bool:
    """Whether one of two is of many uses (कई), and either has a looser answer, so that nothing is contradicted."""
    meanings = {ours.phrase.meaning[1], theirs.phrase.meaning[1]}
    if "soft" not in (ours.phrase.told, theirs.phrase.told) or meanings in _APART:
        return False
    return (ours.phrase.told == "soft" and _answered(pair, ours, "en", en)) or (
        theirs.phrase.told == "soft" and _answered(pair, theirs, "hi", hi)
    )


def _issue(pair: Pair, hi: Said | None, en: Said | None) -> Issue:
    spans: list[Span | None] = []
    shown = []
    for said, found in ((hi, pair.hi_words), (en, pair.en_words)):
        span = found.between(said.first, said.stop) if said else None
        spans.append(span)
        shown.append(found.source[slice(*span)] if span else "")
    if hi and en:
        message = f"{shown[0]} in the Hindi, {shown[1]} in the English"
    else:
        message = f"{shown[0] or shown[1]} has nothing like it in the {'English' if hi else 'Hindi'}"
    kinds = [said.phrase.kind for said in (hi, en) if said]
    return Issue(kinds[0], "error", spans[0], spans[1], message)


def _left(ours: list[Said], here: Counter[Meaning], there: Counter[Meaning]) -> dict[str, Said]:
    """Return the first phrase of each group that we say oftener than the other side, best one that may be told."""
    left: dict[str, Said] = {}
    over = [said for said in ours if here[said.phrase.meaning] > there[said.phrase.meaning]]
    for said in sorted(over, key=lambda said: said.phrase.told == "even"):
        left.setdefault(said.phrase.meaning[0], said)
    return left


def _answered(pair: Pair, asked: Said, lang: Lang, said: Iterable[Said]) -> bool:
    """Whether the side in `lang` has looser words for what the other side says, outside of its own firm phrases.

    A vague word that translates another word of the other side (`but` for लेकिन) says nothing of the kind.
    """
    found, others = (pair.en_words, pair.hi_words) if lang == "en" else (pair.hi_words, pair.en_words)
    meaning = asked.phrase.meaning
    if meaning[0] in _COMPARED and any(
        other.phrase.meaning in {(group, meaning[1]) for group in _COMPARED} for other in said
    ):
        return True
    free = list(found.keys)
    for phrase, first, stop in said:
        if phrase.meaning[0] == meaning[0]:
            free[first:stop] = [""] * (stop - first)
    answers = [(key, LOOSE[lang][key]) for key in dict.fromkeys(free) if key]
    if any((meaning, "loose") in told for _, told in answers):
        return True
    rest = [*others.keys[: asked.first], *others.keys[asked.stop :]]
    vague = [key for key, told in answers if (meaning, "vague") in told]
    if vague and min(supports(vague, rest, lang)) < _TRANSLATED:
        return True
    return any(is_at(words, free, i) for words in loose_phrases(meaning, lang) for i in range(len(free)))


PHRASES = Check(
    check_phrases,
    {
        "quantity": "all, most, many, some, few or only on one side where the other has another of them",
        "comparison": "more for less, at least for at most, over for under",
        "modality": "must for may, may for will",
        "hedge": "allegedly, reportedly or perhaps on one side alone",
        "cause": "because for despite, or the reverse",
        "percent": "percentage points for percent; a percent sign that is lost",
        "verdict": "convicted for acquitted, granted for refused, dead for alive",
        "kin": "another relative: wife for mother, uncle for aunt, an elder brother for a younger one",
        "ordinal": "first for second, third for last",
        "direction": "a deed or a place turned around: bought for sold, above for below, won for lost",
    },
)
