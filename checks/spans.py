"""Issues as error spans in a translation, marked as the challenge sets ACES and Span-ACES mark them: `<v>` to `</v>`.

Source: Moghe et al. 2024, ACES and Span-ACES, https://arxiv.org/abs/2401.16313.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from tithi.records import Lang, Quality, Span

__all__ = ["annotated", "annotated_line", "error_spans", "span_f1"]

_LANGPAIR: Final = {"hi": "en-hi", "en": "hi-en"}


def error_spans(quality: Quality, lang: Lang) -> list[Span]:
    """Return where the translation, which is the side `lang`, is at fault, in order and apart; hints do not count.

    A fault that has no place in the translation, such as what it leaves out, has no span.
    """
    found = sorted(
        span
        for issue in quality.issues
        if issue.severity != "hint" and (span := issue.hi if lang == "hi" else issue.en) is not None
    )
    joined: list[Span] = []
    for start, stop in found:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(stop, joined[-1][1])
        elif start < stop:
            joined.append((start, stop))
    return joined


def annotated(text: str, spans: Iterable[Span]) -> str:
    """Return a text with its spans marked; they are in order and apart.

    >>> annotated("Three people came.", [(0, 5)])
    '<v>Three</v> people came.'
    """
    parts, at = [], 0
    for start, stop in spans:
        parts += [text[at:start], "<v>", text[start:stop], "</v>"]
        at = stop
    return "".join([*parts, text[at:]])


def annotated_line(line: int, pair: tuple[str, str], quality: Quality, lang: Lang, about: Mapping[str, str]) -> str:
    """Return the JSON object that `tithi check --format aces` prints for a pair, `lang` being its translation."""
    hi, en = pair
    source, translation = (en, hi) if lang == "hi" else (hi, en)
    told = {
        **about,
        "ID": line,
        "source": source,
        "translation": translation,
        "langpair": _LANGPAIR[lang],
        "translation-annotated": annotated(translation, error_spans(quality, lang)),
        "annotation-method": "tithi",
    }
    return json.dumps(told, ensure_ascii=False)


def span_f1(found: Iterable[str], gold: Iterable[str]) -> float:
    """Return the F1 of the marked texts of one translation, in [0, 1], as Span-ACES counts it; 1 if neither has any."""
    ours, theirs = set(found), set(gold)
    if not ours and not theirs:
        return 1.0
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))
