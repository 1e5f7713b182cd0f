"""Sentences as offsets into a paragraph, for Hindi and English, without rewriting a character.

A terminator (danda, full stop, question or exclamation mark) ends a sentence together with the quotes, brackets, marks
of Markdown, footnote and verse numbers that close behind it. A full stop has to prove itself first, see `stops`. Hindi
text that writes `.` (or `|`) for the danda is split all the same, and spoken text without any is cut behind its verbs.
The number of an item or a verse stays with what it numbers. A line break ends a sentence, but in hard-wrapped text.

Source: rules of our own; the classes of abbreviations follow the idea of the Moses splitter's prefix lists.
"""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import Final

from tithi import arguments
from tithi.aligner.abbreviations import words_of
from tithi.aligner.around import next_word
from tithi.aligner.asides import is_aside
from tithi.aligner.faces import EMOJI, ends_after_face
from tithi.aligner.glued import ends_before_quote, opens_quote
from tithi.aligner.items import item_starts, may_hold_items
from tithi.aligner.labels import is_reference, label_end
from tithi.aligner.paragraphs import BLANK, split_paragraphs, trim
from tithi.aligner.plain import ends_plainly
from tithi.aligner.questions import ends_after_mark
from tithi.aligner.spoken import clause_ends
from tithi.aligner.stops import NOTE, ends_after_stop
from tithi.records import Lang, Sentence, Span

__all__ = ["sentences", "split_paragraph", "split_paragraphs", "split_sentences"]

# Closers that belong to the sentence they follow: quotes, brackets, marks of Markdown, footnote marks, a stray danda,
# faces.
_MARKS: Final = r"(?:[*_`~]{1,3}(?=\s|$|[\"'”’»›)\]}]))"
_ENTITIES: Final = r"(?:&(?:quot|rdquo|rsquo|nbsp|#39|#34|#8221|#8217);)"
_NOTES: Final = (
    rf"(?:\[[^\[\]\n]{{1,24}}\](?!\()|{NOTE}|[\u00b9\u00b2\u00b3\u2070-\u2079†‡]|\s\(\d{{1,4}}\)$|\s\[\d{{1,4}}\]$)"
)
_FACES: Final = rf"(?:(?<!\s)\s?{EMOJI}(?=\s|$)|\s[:;]-?[()DP](?=\s|$))"
_STRAY: Final = r"(?<!\s)\s{1,3}[।॥]++(?!\s?\d)['’]?(?=\s|$)"
_APART: Final = rf"(?=\s{{0,3}}[^\w\s])(?:{_FACES}|\s[”»](?=\s|$)|{_STRAY}|\s{{1,2}}[.?!]++(?=\s|$))"
_CLOSERS: Final = rf"(?:[\"'”’»›)\]}}]|{_MARKS}|{_ENTITIES}|{_NOTES}|{_APART})*"
# Verse numbers between dandas are part of the mark: `॥१२॥`, `।।3.1।।`. Runs are possessive, so that a line of nothing
# but marks still takes linear time.
_CANDIDATE: Final = re.compile(
    rf"(?:(?P<danda>(?:॥|।।)\s?[\d.,:–-]{{1,9}}\s?(?:॥|।।)|।\d{{1,4}}।|[।॥]++[?!]*+)"
    rf"|(?P<verse>\|\|\s?[\d.,:–-]{{1,9}}\s?\|\|)|(?P<bar>(?<=[\u0900-\u0963\u0970-\u097Fa-z)\s])\|++(?=[\s\u0904-\u0939]|$))|(?P<marks>[.!?…]++)|(?P<face>{EMOJI})){_CLOSERS}"
)
#: The first character of every candidate, and some that are none. Most stand between a word and the next sentence:
#: `sure` ones end the one before, with a quote that closes; of `plain` ones a short look tells.
_MARK: Final = re.compile(
    r"[।॥|.!?…\u2600-\u2b50\U0001f300-\U0001faff](?!\Z)(?!(?<=\d\.)\d)(?:(?<=[^\s\"'“‘(\[*_`~।॥\d.?!…|][।॥.!?])(?:"
    r"(?:(?<=।)(?:[\"'”’]?(?= [\w\"'“‘])|(?=[A-Za-z\u0904-\u0939\u0958-\u0961]))|(?<=\.)[\"'”’](?= [A-Z])"
    r"|(?<=[।॥])[।॥]?(?= [A-Za-z\u0904-\u0939\u0958-\u0961]))(?P<sure>)"
    r"|(?= [A-Z\u0904-\u0939\u0958-\u0961])(?P<plain>)))?"
)
_WORDY: Final = re.compile(r"[^\s\"'“‘(\[*_`~।॥\d.]")
_WORDY_ITEM: Final = re.compile(r"\s\S")
#: In English so many words before a bar are a sentence, not the head of a column.
_BAR_WORDS: Final = 4
_BAR_REACH: Final = 80
_CODE: Final = re.compile(r"`[^`\n]{1,200}`")


def split_sentences(
    text: str, lang: Lang, start: int = 0, stop: int | None = None, *, keep_lines: bool = False
) -> list[Span]:
    """Return the spans of the sentences of `text[start:stop]`, in order, without the blanks between them.

    Every character that is not blank lies in exactly one span. Takes time linear in the length. With `keep_lines` each
    line break ends a sentence; else hard-wrapped lines are joined.

    >>> text = "डॉ. राव आए। वे 2.5 कि.मी. चले."
    >>> [text[a:b] for a, b in split_sentences(text, "hi")]
    ['डॉ. राव आए।', 'वे 2.5 कि.मी. चले.']
    """
    stop = len(text) if stop is None else stop
    spans: list[Span] = []
    for first, last in split_paragraphs(text[start:stop], wrapped=not keep_lines):
        spans += split_paragraph(text, lang, start + first, start + last)
    return spans


def split_paragraph(text: str, lang: Lang, start: int, stop: int) -> list[Span]:
    """Return the spans of the sentences of one paragraph, as `split_paragraphs` tells it; see `split_sentences`."""
    spans: list[Span] = []
    paragraph = text[start:stop]
    begin = 0
    for end in (*_ends(paragraph, lang), len(paragraph)):
        first, last = begin, end
        if 0 < first < last and paragraph[first] == " ":
            first += 1
        if first >= last or paragraph[first] in BLANK or paragraph[last - 1] in BLANK:
            first, last = trim(paragraph, first, last)  # seldom is there more than one
        if first < last:
            spans.append((start + first, start + last))
        begin = end
    return spans


def sentences(text: str, lang: Lang, *, keep_lines: bool = False) -> list[Sentence]:
    """Return the sentences of `text`, each with its span and its characters; see `split_sentences`.

    With `keep_lines` each line break ends a sentence; else the lines of hard-wrapped text are joined.

    >>> sentences("वर्षा हुई। हवा चली।", "hi")[1]
    Sentence(start=11, stop=19, text='हवा चली।')

    Raises:
        UsageError: `text` is no text, or `lang` is neither `hi` nor `en`.
    """
    lang = arguments.lang(lang, "split_sentences")
    text = arguments.text(text, "split_sentences")
    spans = split_sentences(text, lang, keep_lines=keep_lines)
    return [Sentence(start, stop, text[start:stop]) for start, stop in spans]


def _ends(paragraph: str, lang: Lang) -> list[int]:
    """Return the offsets at which a sentence of `paragraph` ends, its own end left out."""
    if ")." in paragraph and is_reference(paragraph):
        return []
    items = item_starts(paragraph) if may_hold_items(paragraph) else []
    ends = _stops(paragraph, lang, items)
    if items:
        ends = sorted({*ends, *items})
    return clause_ends(paragraph) if lang == "hi" and not ends else ends


def _stops(paragraph: str, lang: Lang, items: list[int]) -> list[int]:
    """Return the offsets behind the marks that end a sentence; the number of an item (at `items`) ends none."""
    ends: list[int] = []
    begin = done = bare = 0  # nothing is said from `begin` to `bare`
    code = [match.span() for match in _CODE.finditer(paragraph)] if "`" in paragraph else []
    is_bare = not items and not code
    for mark in _MARK.finditer(paragraph):
        start = mark.start()
        if start < done:
            continue
        told = mark.lastgroup
        if told and is_bare and begin < start and (told == "sure" or ends_plainly(paragraph, begin, start)):
            begin = done = mark.end()
            ends.append(begin)
            continue
        match = _CANDIDATE.match(paragraph, start)
        if match is None:
            continue
        done = match.end()
        if done == len(paragraph):
            break
        if code and _is_inside(code, start, done):
            continue
        item = bisect_right(items, start) if items else 0
        if item:
            if _WORDY_ITEM.search(paragraph, items[item - 1], start) is None:
                continue
            begin = max(begin, items[item - 1])
        if _WORDY.search(paragraph, max(begin, bare), start) is None:
            bare = start  # where nothing but the mark stands, it belongs to what follows
        else:
            end = _end_at(paragraph, begin, match, lang)
            if end is not None:
                begin = end
                ends.append(end)
    return ends


def _is_inside(code: list[Span], start: int, end: int) -> bool:
    """Whether a mark stands within code."""
    place = bisect_left(code, end, key=itemgetter(1))
    return place < len(code) and code[place][0] < start and end < code[place][1]


def _end_at(paragraph: str, begin: int, match: re.Match[str], lang: Lang) -> int | None:
    """Return where the sentence that began at `begin` ends with a mark, None where it goes on."""
    end = match.end()
    if opens_quote(paragraph, begin, end):
        end -= 1
        is_end = match["danda"] is not None or ends_before_quote(paragraph, begin, match.start(), end + 1)
    else:
        is_within = paragraph[end - 1] == ")" and lang == "hi" and is_aside(paragraph, begin, match.start(), end)
        is_end = not is_within and _ends_here(paragraph, begin, match, lang)
    return label_end(paragraph, end) if is_end else None


def _ends_here(paragraph: str, begin: int, match: re.Match[str], lang: Lang) -> bool:
    """Whether a mark ends the sentence that began at `begin`."""
    if match["verse"]:
        return True
    if match["face"]:
        return ends_after_face(paragraph, begin, match)
    if match["danda"]:
        return paragraph[match.end() - 1] != ")" or next_word(paragraph, match.end()) not in words_of("hi", "behind")
    if match["bar"]:
        return _is_bar_end(paragraph, begin, match, lang)
    if "?" in match["marks"] or "!" in match["marks"]:
        return ends_after_mark(paragraph, begin, match)
    return ends_after_stop(paragraph, begin, match)


def _is_bar_end(paragraph: str, begin: int, match: re.Match[str], lang: Lang) -> bool:
    """Whether a bar stands for the danda: in Hindi, and behind some English words before a capital, as it is typed."""
    if not paragraph[match.start() - 1 : match.start()].isascii() or paragraph[match.start() - 1].isspace():
        return lang == "hi" and not paragraph.startswith("|")
    words = paragraph[max(begin, match.start() - _BAR_REACH) : match.start()].split()
    following = paragraph[match.end() : match.end() + 2].lstrip()
    return len(words) >= _BAR_WORDS and (
        following == "" or following.isupper() or (lang == "hi" and not following.isascii())
    )
