"""What a side denies: outright (नहीं, मत; not, never), by the way (बिना, असमर्थ; until, un-, fail), or not at all.

A word that denies elsewhere may not where it stands: `no. 5`, `not only`, कोई न कोई, है ना?, मेरे मत में.
"""

from itertools import pairwise
from typing import Final, NamedTuple

from tithi.evidence.pair import Cue
from tithi.evidence.tables import word_set
from tithi.evidence.words import Word, Words

__all__ = ["CLAUSE", "Denials", "denials", "firm"]

_ENDS = frozenset(",।?!.;")
CLAUSE: Final = 8
"""A clause is taken to be of so many words."""


class Denials(NamedTuple):
    """Outright negations, words that deny in part or by the way, and how often one is said again (`न … न`, `nor`)."""

    outright: list[Word]
    weak: list[Word]
    again: int


def denials(found: Words, told: list[Cue]) -> Denials:
    """Return what a side denies, and how."""
    outright: list[Word] = []
    weak: list[Word] = []
    again = 0
    for i, kinds in told:
        key = found.keys[i]
        if "negation" in kinds:
            before = found.keys[i - 1] if i else ""
            after = found.keys[i + 1] if i + 1 < len(found) else ""
            if key in word_set("particle-no") and before and before == after:
                continue  # कोई न कोई, कुछ न कुछ: some or other
            if _is_tag(found, i) or _is_opinion(key, before, after):
                continue  # है ना?: isn't it; मेरे मत में: in my opinion; 10,000 मत: votes
            if _is_soft(key, before, after) or _is_part(found.keys, i) or _is_who_knows(found.keys, i):
                weak.append(found[i])
            elif outright and (
                (key in word_set("neither-nor") and _goes_on(found, i, outright[-1]))
                or _is_again(found, i)
                or (key == "not" and after == "even")
            ):
                again += 1
            else:
                outright.append(found[i])
        elif "negation-weak" in kinds and not _is_idle(found.keys, i):
            weak.append(_advised(found, i) or found[i])
    return Denials(outright, weak, again)


def _is_idle(keys: list[str], i: int) -> bool:
    """Whether a word denies nothing outside of a turn that is not here: yet to do, kept from doing."""
    if keys[i] in word_set("yet"):
        return keys[i + 1 : i + 2] != ["to"]
    if keys[i] in word_set("keeps-from"):
        following = keys[i + 1 : i + 2 + CLAUSE]
        return not any(one == "from" and then.endswith("ing") for one, then in pairwise(following))
    return False


def _advised(found: Words, i: int) -> Word | None:
    """Return `recommend against` as one word, which denies by itself; None for another word than such an `against`."""
    if not i or found.keys[i] != "against" or found.keys[i - 1] not in word_set("advises"):
        return None
    start, stop = found.between(i - 1, i + 1)
    return Word(start, stop, found.source[start:stop], f"{found.keys[i - 1]} against")


def firm(found: Words, told: list[Cue]) -> list[Word]:
    """Return the words that say no so plainly that the other side must say it in some way: बिना, refused."""
    return [found[i] for i, kinds in told if "negation-firm" in kinds or _advised(found, i)]


def _is_who_knows(keys: list[str], i: int) -> bool:
    """Whether न wonders: न जाने कितने, so many."""
    told = keys[i] in word_set("particle-no") and keys[i + 1 : i + 2] and keys[i + 1] in word_set("who-knows")
    return bool(told) and not word_set("asks").isdisjoint(keys[i + 2 : i + 3])


def _goes_on(found: Words, i: int, before: Word) -> bool:
    """Whether a word goes on with what was denied before it: न … न, neither … nor, but not न after नहीं, nor far on."""
    if found.keys[i] not in word_set("particle-no"):
        return True
    return before.key in word_set("particle-no") and found.spans[max(i - CLAUSE, 0)][0] <= before.start


def _is_soft(key: str, before: str, after: str) -> bool:
    """Whether a negation denies nothing by itself: not only, no. 5, no choice, क्यों न, नहीं तो, रोक नहीं, not until."""
    return (
        after in word_set("only")
        or after in word_set("till")
        or (after == "help" and (key == "cannot" or key.endswith("n't")))
        or (key == "no" and after in word_set("no-other"))
        or (key == "no" and (after.isdigit() or (before in word_set("lose") and after == "time")))
        or (key == "nothing" and before == "for")
        or (key in word_set("not") and after in word_set("then"))
        or (key in word_set("particle-no") and before in word_set("why"))
        or (key in word_set("not") and before in word_set("or-not"))
        or (key in word_set("not") and before in word_set("denied-too"))
        or (key in ("not", "nothing") and after in ("without", "but"))
    )


def _is_again(found: Words, i: int) -> bool:
    """Whether a negation is but called out twice: नहीं, नहीं! Without a mark between them two words deny two things."""
    return i > 0 and found.keys[i] == found.keys[i - 1] and (i == 1 or found.gaps[i].strip() != "")


def _is_tag(found: Words, i: int) -> bool:
    """Whether न or n't asks for assent or urges: है ना?, बैठिए न, आते हैं न तो; You are tired, aren't you?"""
    key = found.keys[i]
    if key.endswith("n't"):
        return "," in found.gaps[i] and "?" in "".join(found.gaps[i + 1 : i + 3])
    if key not in word_set("particle-no"):
        return False
    before, behind = found.keys[i - 1] if i else "", found.gaps[i + 1].strip()[:1]
    urges = before in word_set("copula") or before.endswith(tuple(word_set("polite-ending")))
    ends = i + 1 == len(found) or behind in _ENDS or found.keys[i + 1] in word_set("then")
    return behind == "?" or (urges and ends)


def _is_part(keys: list[str], i: int) -> bool:
    """Whether नहीं belongs to a turn that says no less: X ही नहीं बल्कि, इतना ही नहीं, X के अलावा कुछ नहीं (nothing but)."""
    if keys[i] not in word_set("not"):
        return False
    if not word_set("moreover").isdisjoint(keys[max(0, i - 2) : i]):
        return True
    behind = word_set("but").isdisjoint(keys[i + 1 : i + 4])
    return not behind or not word_set("besides").isdisjoint(keys[max(0, i - 4) : i])


def _is_opinion(key: str, before: str, after: str) -> bool:
    """Whether मत is a vote or an opinion, not `do not`: a possessor stands before it or a postposition behind."""
    counted = before in word_set("owner") or before[:1].isdecimal()
    return key in word_set("vote") and (counted or after in word_set("after-vote"))
