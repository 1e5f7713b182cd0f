r"""Subtitles in (SubRip `.srt`, WebVTT `.vtt`): the words, without numbers and times, as sentences again.

A sentence that is cut over several cues is joined; a new line begins where a sentence ends, where another speaker
begins (`- `) or after a pause of more than five seconds.
"""

import re
from collections.abc import Iterator
from typing import Final

from tithi.documents.extract import Extract, Line, joined
from tithi.errors import DataError

__all__ = ["read_subtitles"]

_TIMES: Final = re.compile(
    r"\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})(?:\s.*)?"
)
_TAG: Final = re.compile(r"</?(?:[bius]|c|v|ruby|rt|lang|font|\d{1,2}:)[^<>]{0,200}>|\{\\[^{}]{0,80}\}", re.IGNORECASE)
_ENDS: Final = re.compile(r"[।॥.!?…|♪][\"'”’»)\]]*$")
_SPEAKER: Final = re.compile(r"\s*[-–—]\s*(?=\S)")
_PAUSE: Final = 5.0
_LONGEST: Final = 600


def read_subtitles(text: str, where: str) -> Extract:
    r"""Read the words of subtitles.

    >>> read_subtitles("00:01.000 --> 00:02.000\nगाँव में\n\n00:02.100 --> 00:03.000\nपानी आया।\n", "a.vtt").text
    'गाँव में पानी आया।\n'

    Raises:
        DataError: No line is a time code.
    """
    cues = list(_cues(text))
    if not cues:
        raise DataError(f"{where}: must be subtitles; got no time code; is it .srt or .vtt?")
    body, code = joined(Line(line) for line in _sentences(cues))
    return Extract(body, code)


def _cues(text: str) -> Iterator[tuple[float, float, list[str]]]:
    """Yield each cue's start and end in seconds and its lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    number = 0
    while number < len(lines):
        match = _TIMES.fullmatch(lines[number])
        number += 1
        if not match:
            continue
        said = []
        while number < len(lines) and lines[number].strip() and not _TIMES.fullmatch(lines[number]):
            said.append(_TAG.sub("", lines[number]).strip())
            number += 1
        # A number that stands right before the next time code belongs to it.
        if number < len(lines) and _TIMES.fullmatch(lines[number]) and said and said[-1].isdigit():
            said.pop()
        numbers = [int(group or 0) for group in match.groups()]
        yield _seconds(numbers[:4]), _seconds(numbers[4:]), [line for line in said if line]


def _seconds(parts: list[int]) -> float:
    hours, minutes, seconds, thousandths = parts
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _sentences(cues: list[tuple[float, float, list[str]]]) -> Iterator[str]:
    running, last = "", None
    for start, stop, lines in cues:
        for line in lines:
            speaker = _SPEAKER.match(line)
            paused = last is not None and start - last > _PAUSE
            if running and (speaker or paused or _ENDS.search(running) or len(running) > _LONGEST):
                yield running
                running = ""
            said = line[speaker.end() :] if speaker else line
            running = f"{running} {said}" if running else said
            last = stop
    if running:
        yield running
