"""What shows on the surface: text left untranslated, questions, quotation marks, time and attribution of the verb.

These are hints more than errors: each fires on what a faithful pair hardly ever has.
"""

import re

from tithi.corpus.quality import Issue
from tithi.eval.pair import Pair
from tithi.eval.tables import common_words
from tithi.eval.words import Memo, Words, is_devanagari

__all__ = ["check_modality", "check_punctuation", "check_untranslated"]

_RUN = 3
"""So many common English words in a row are English left in Hindi: names and terms are shorter or capitalised."""
_QUESTION = re.compile(r"\?['\"”’)\]\s]*$")
_LATIN = re.compile("[a-z]")
_QUOTES = re.compile(r"[\"“”„]")


def check_untranslated(pair: Pair) -> list[Issue]:
    """Report a run of English words in the Hindi, or of Hindi words in the English."""
    issues = []
    if _LATIN.search(pair.hi) and (run := _longest_run(_english_in(pair.hi_words))):
        start, stop = pair.hi_words.between(*run)
        issues.append(
            Issue("untranslated", "error", (start, stop), None, f"English in the Hindi: {pair.hi[start:stop]}")
        )
    # Most English is ASCII, and then there is nothing to look for.
    if not pair.en.isascii() and (run := _longest_run(list(map(is_devanagari, pair.en_words.texts)))):
        start, stop = pair.en_words.between(*run)
        issues.append(
            Issue("untranslated", "error", None, (start, stop), f"Hindi in the English: {pair.en[start:stop]}")
        )
    return issues


def check_punctuation(pair: Pair) -> list[Issue]:
    """Report a question told as a statement, and brackets or quotes that one side closes and the other does not."""
    issues = []
    if ("?" in pair.hi) != ("?" in pair.en):
        side, other, text = ("Hindi", "English", pair.hi) if "?" in pair.hi else ("English", "Hindi", pair.en)
        if match := _QUESTION.search(text):
            span = (match.start(), match.start() + 1)
            hi, en = (span, None) if side == "Hindi" else (None, span)
            issues.append(Issue("punctuation", "hint", hi, en, f"a question in the {side}, none in the {other}"))
    for opening, hi_odd, en_odd in (
        ("(", pair.hi.count("(") > pair.hi.count(")"), pair.en.count("(") > pair.en.count(")")),
        ('"', len(_QUOTES.findall(pair.hi)) % 2 == 1, len(_QUOTES.findall(pair.en)) % 2 == 1),
    ):
        if hi_odd != en_odd:
            side = "Hindi" if hi_odd else "English"
            issues.append(Issue("punctuation", "hint", None, None, f"{opening} is left alone in the {side}"))
    return issues


def check_modality(pair: Pair) -> list[Issue]:
    """Report what one side says is to come, or is but alleged, and the other states as fact."""
    hi, en = pair.hi_cues, pair.en_cues
    issues = []
    for kind, said in (("future", "to come"), ("claim", "only alleged")):
        hi_at = next((i for i, kinds in hi if kind in kinds), None)
        en_at = next((i for i, kinds in en if kind in kinds), None)
        loose = f"{kind}-weak"
        if hi_at is not None and en_at is None and not any(loose in kinds for _, kinds in en):
            word = pair.hi_words[hi_at]
            message = f"{said} in the Hindi alone: {word.text}"
            issues.append(Issue("modality", "hint", (word.start, word.stop), None, message))
        elif en_at is not None and hi_at is None and not any(loose in kinds for _, kinds in hi):
            word = pair.en_words[en_at]
            message = f"{said} in the English alone: {word.text}"
            issues.append(Issue("modality", "hint", None, (word.start, word.stop), message))
    return issues


def _is_common(text: str) -> bool:
    return text.islower() and text in common_words()


_COMMON = Memo(_is_common)


def _english_in(found: Words) -> list[bool]:
    """Whether each word is a common English one between blanks (those of addresses and file names are not)."""
    common = list(map(_COMMON.__getitem__, found.texts))
    if sum(common) < _RUN:
        return []
    text = found.source
    return [
        flag and text[start - 1 : start].strip() == "" and text[stop : stop + 1] not in ("/", "_", "-", "@")
        for flag, (start, stop) in zip(common, found.spans, strict=True)
    ]


def _longest_run(flags: list[bool]) -> tuple[int, int] | None:
    """Return the longest run of true flags of `_RUN` or more."""
    best, start = (0, 0), None
    for i, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            best = max(best, (start, i), key=lambda run: run[1] - run[0])
            start = None
    return best if best[1] - best[0] >= _RUN else None
