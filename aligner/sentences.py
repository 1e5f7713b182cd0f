"""Sentences as offsets into a paragraph, for Hindi and English, without rewriting a character.

A terminator (danda, full stop, question or exclamation mark) ends a sentence together with the quotes, brackets and
footnote marks that close behind it. A full stop has to prove itself first: it is no end in decimals, after titles and
initials, before a lower-case word. Hindi text that writes `.` (or `|`) for the danda is split all the same.

What this module does not do: join hard-wrapped lines; a line break always ends a sentence.

Source: rules of our own; the classes of abbreviations follow the idea of the Moses splitter's prefix lists.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from tithi import arguments
from tithi.records import Lang, Sentence, Span

__all__ = ["sentences", "split_paragraphs", "split_sentences"]

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
# Closers that belong to the sentence they follow; a bracketed number is a footnote mark.
_CLOSERS = r"(?:[\"'”’»›)\]}]|\[\d{1,3}\])*"
# Runs are possessive and the next word is cut, so that a line of nothing but marks still takes linear time.
_CANDIDATE = re.compile(
    rf"(?:(?P<danda>[।॥]+)|(?P<bar>(?<=[\u0900-\u0963\u0970-\u097F\s])\|++(?=\s|$))|(?P<marks>[.!?…]++)){_CLOSERS}"
)
_LAST_TOKEN = re.compile(r"[^\s()\[\]{}\"'“”‘’«»,;:/–—]+$")
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[]*+(\S{1,20})")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|(?:[\u0900-\u097f]{1,4}\.)+[\u0900-\u097f]{1,4}")
_WORDY = re.compile(r"[^\s\"'“‘(\[]")
# What follows a time of day without beginning a sentence: weekdays, months, time zones.
_AFTER_TIME = re.compile(r"Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[A-Z]{2,4}\b")
# English words that open a sentence far more often than they follow an abbreviation such as U.S. or Inc.
_STARTERS = re.compile(
    "A|After|All|Although|An|And|As|At|Because|Before|Both|But|By|Despite|During|Each|Even|For|From|He|Her|Here|His|How|"
    "However|I|If|In|It|Its|Last|Many|Meanwhile|More|Most|No|Nor|Now|On|Once|One|Only|Our|She|Since|So|Some|Still|Such|"
    "That|The|Their|Then|There|These|They|This|Those|Though|Through|Thus|To|Today|Under|Until|We|What|When|Where|"
    "Whether|Which|While|Who|Why|With|Yet|You"
)


@cache
def _abbreviations(lang: Lang) -> dict[str, str]:
    """Map an abbreviation without its last full stop to its kind: title, number, open or initial."""
    table = resources.files("tithi.aligner").joinpath("abbreviations.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {word: kind for word, row_lang, kind, _source in rows if row_lang == lang}


def split_paragraphs(text: str) -> list[Span]:
    r"""Return the spans of the lines of `text` that are not blank, without the blanks around them.

    Lines end at CR, LF, U+2028 and U+2029.

    >>> split_paragraphs("पहला।\r\n\r\n  दूसरा।")
    [(0, 5), (11, 17)]
    """
    spans = (_trim(text, *match.span()) for match in _LINE.finditer(text))
    return [(start, stop) for start, stop in spans if start < stop]


def split_sentences(text: str, lang: Lang, start: int = 0, stop: int | None = None) -> list[Span]:
    """Return the spans of the sentences of `text[start:stop]`, in order, without the blanks between them.

    Every character that is not blank lies in exactly one span. Takes time linear in the length.

    >>> text = "डॉ. राव आए। वे 2.5 कि.मी. चले."
    >>> [text[a:b] for a, b in split_sentences(text, "hi")]
    ['डॉ. राव आए।', 'वे 2.5 कि.मी. चले.']
    """
    stop = len(text) if stop is None else stop
    spans: list[Span] = []
    for first, last in split_paragraphs(text[start:stop]):
        paragraph = text[start + first : start + last]
        begin = 0
        for end in (*_ends(paragraph, lang), len(paragraph)):
            a, b = _trim(paragraph, begin, end)
            if a < b:
                spans.append((start + first + a, start + first + b))
            begin = end
    return spans


def sentences(text: str, lang: Lang) -> list[Sentence]:
    """Return the sentences of `text`, each with its span and its characters; see `split_sentences`.

    >>> sentences("वर्षा हुई। हवा चली।", "hi")[1]
    Sentence(start=11, stop=19, text='हवा चली।')

    Raises:
        UsageError: `text` is no text, or `lang` is neither `hi` nor `en`.
    """
    lang = arguments.lang(lang, "split_sentences")
    text = arguments.text(text, "split_sentences")
    return [Sentence(start, stop, text[start:stop]) for start, stop in split_sentences(text, lang)]


def _trim(text: str, start: int, stop: int) -> Span:
    """Shrink the span over the blanks at both its ends."""
    while start < stop and text[start].isspace():
        start += 1
    while start < stop and text[stop - 1].isspace():
        stop -= 1
    return start, stop


def _ends(paragraph: str, lang: Lang) -> Iterator[int]:
    """Yield the offsets at which a sentence of `paragraph` ends, its own end left out."""
    begin = 0
    for match in _CANDIDATE.finditer(paragraph):
        end = match.end()
        if not _WORDY.search(paragraph, begin, match.start()):
            continue  # nothing but the mark: it belongs to what follows
        if match["danda"] or (match["bar"] and lang == "hi"):
            ends = True
        elif match["bar"]:
            ends = False
        elif "?" in match["marks"] or "!" in match["marks"]:
            ends = _ends_after_mark(paragraph, end)
        else:
            ends = _ends_after_stop(paragraph, begin, match, lang)
        if ends:
            yield end
            begin = end


def _ends_after_mark(paragraph: str, end: int) -> bool:
    """Whether `?` or `!` ends the sentence: not inside a word, not before a lower-case word (`"Why?" he asked`)."""
    if end < len(paragraph) and not paragraph[end].isspace() and paragraph[end] not in "\"'“‘([":
        return _is_devanagari(paragraph[end])
    return not _next_word(paragraph, end)[:1].islower()


def _ends_after_stop(paragraph: str, begin: int, match: re.Match[str], lang: Lang) -> bool:
    """Whether full stops or an ellipsis end the sentence that began at `begin`."""
    end = match.end()
    if end < len(paragraph) and not paragraph[end].isspace() and paragraph[end] not in "“‘":
        return False
    following = _next_word(paragraph, end)
    if following[:1].islower() or not following[:1]:
        return False
    dots = match["marks"]
    if len(dots) > 1 or dots == "…":
        return not _is_devanagari(following[0])  # in Hindi the dots mark a pause far more often than an end
    if match.end("marks") < end:
        return True  # closed by a quote or bracket
    # A token is short; looking back a fixed way keeps hostile input linear.
    before = paragraph[max(begin, match.start() - 40) : match.start()]
    token_match = _LAST_TOKEN.search(before)
    token = token_match[0] if token_match else ""
    alone = not _WORDY.search(paragraph, begin, match.start() - len(token))
    if alone and (token.isdigit() or len(token) == 1):
        return False  # the number of a list item, the initial of a name
    return _token_ends(token, following, "hi" if any(map(_is_devanagari, token)) else "en", lang)


def _token_ends(token: str, following: str, script: Lang, lang: Lang) -> bool:
    """Whether a full stop between `token` and the word `following` ends a sentence."""
    kind = _abbreviations(script).get(token)
    if kind is None and _ACRONYM.fullmatch(token):
        kind = "open"
    if kind in ("title", "initial"):
        return False
    if kind == "number":
        return not following[0].isnumeric()
    if kind == "time":
        return not _AFTER_TIME.match(following)
    if kind == "open":
        return lang == "en" and _STARTERS.fullmatch(following.rstrip(",;:")) is not None
    # One Latin capital is an initial, but `I.` and a letter behind a number (Vitamin C.) cannot be told apart for sure.
    return not (len(token) == 1 and token.isalpha() and token.isupper() and token != "I")


def _next_word(paragraph: str, end: int) -> str:
    """Return the next word after `end` without the quotes and brackets that open it, blank at the end."""
    match = _NEXT_WORD.match(paragraph, end)
    return match[1] if match else ""


def _is_devanagari(character: str) -> bool:
    return "\u0900" <= character <= "\u097f"
