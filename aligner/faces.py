"""Emoji as the only mark behind a sentence: `परीक्षा पास हो गई 🎉 सबका धन्यवाद 🙏`, `Finally home 😴 Call me`.

An emoji stands for a word as well (`I ❤️ Mumbai`, `आज 🎂 खाएँगे`), so the words around it have to tell that one sentence
is complete and another begins.
"""

import re
from typing import Final

from tithi.aligner.abbreviations import LANGS, ends_clause, words_of
from tithi.aligner.around import last_token, next_word
from tithi.aligner.lowercase import is_small_text
from tithi.script import is_devanagari

__all__ = ["EMOJI", "PICTURES", "ends_after_face"]

#: The inside of a character class: pictures, faces and hearts, but no hand that points to what follows.
PICTURES: Final = (
    "\U0001f300-\U0001f448\U0001f44a-\U0001faff\u2600-\u2604\u2614\u2615\u2639\u263a\u2665\u2708\u2728\u2764\u2b50"
)
#: One emoji or more with what goes with them, flags too.
EMOJI: Final = rf"(?:[{PICTURES}\U0001f1e6-\U0001f1ff][\ufe0f\u200d\U0001f3fb-\U0001f3ff\u2640\u2642]*+)++"
#: Faces, suns that laugh, hands that clap, confetti stand for no words, as other pictures do.
_FACE: Final = re.compile(
    "[\U0001f31a-\U0001f31e\U0001f389\U0001f38a\U0001f44c-\U0001f44f\U0001f600-\U0001f64f\U0001f910-\U0001f92f\U0001f937\U0001f970-\U0001f97a]"
)
_REACH: Final = 60


def ends_after_face(paragraph: str, begin: int, match: re.Match[str]) -> bool:
    """Whether emoji end the sentence that began at `begin`."""
    end = match.end()
    following = next_word(paragraph, end).rstrip(".,;:!?।")
    if not paragraph[end : end + 1].isspace() or not following[:1].isalpha():
        return False
    token = last_token(paragraph, begin, match.start())
    is_face = _FACE.search(match[0]) is not None
    if is_devanagari(token):
        return _ends_hindi(token, following, is_face=is_face)
    if token in words_of("en", "roman_verb") or (is_face and is_small_text(paragraph)):
        return following not in words_of("en", "roman_goes_on") and token.lower() not in words_of("en", "unended")
    if token in words_of("en", "subject") or not token:
        return False  # I ❤️ Mumbai
    is_whole = len(paragraph[max(begin, match.start() - _REACH) : match.start()].split()) > 1
    is_told = is_whole and token not in words_of("en", "unended") and following[0].isupper()
    return is_told or _is_opener(following)


def _ends_hindi(token: str, following: str, *, is_face: bool) -> bool:
    """Whether a Hindi sentence ends between a word and the next, with emoji between them."""
    is_whole = token not in words_of("hi", "unended")
    goes_on = following in words_of("hi", "goes_on") or following in words_of("hi", "and_word")
    is_told = is_face or ends_clause(token) or following in words_of("hi", "small_starter")
    return is_whole and is_told and not goes_on


def _is_opener(following: str) -> bool:
    """Whether sentences begin with a word, also where they are written without capitals."""
    return any(following in words_of(lang, kind) for lang in LANGS for kind in ("starter", "small_starter"))
