"""How well and how fast web pages are read, beside trafilatura alone: `python -m benchmarks.reading [FOLDER]`.

Word F1 is that of the bags of words of the text found and the text that is there. The pages are those of
`benchmarks.layouts`; a folder of `NAME.html` with `NAME.json` (`lang`, `text`, and `title`, `date` where known) is
measured in the same way. Both readers take the same bytes in the same run, one page after the other.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from time import perf_counter

from benchmarks.layouts import Page, pages
from tithi.documents.page import read_page
from tithi.errors import DataError, UsageError
from tithi.records import Lang
from training.needed import run

__all__ = ["Found", "main", "word_f1"]

_WORD = re.compile(r"\w[\w\u0900-\u0963]*")


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found on a page."""

    text: str
    title: str | None
    day: str | None


def word_f1(found: str, gold: str) -> float:
    """Return the F1 in [0, 1] of the words of two texts."""
    a, b = Counter(_WORD.findall(found)), Counter(_WORD.findall(gold))
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)


def ours(page: Page) -> Found:
    """Read a page as `tithi read` does."""
    try:
        read = read_page(page.html.encode(), page.name, page.lang, url=page.url)
    except DataError:
        return Found("", None, None)
    return Found(read.text, read.title, read.published)


def theirs(page: Page) -> Found:
    """Read a page by trafilatura alone, with its title and date."""
    from trafilatura import bare_extraction

    read = bare_extraction(page.html.encode(), url=page.url, with_metadata=True, include_comments=False)
    if read is None or isinstance(read, dict):
        return Found("", None, None)
    return Found(read.text or "", read.title, read.date)


def measure(name: str, reader: Callable[[Page], Found], given: Sequence[Page]) -> float:
    """Print a reader's figures and return its seconds a page."""
    reader(given[0])  # what is loaded once is not counted
    start = perf_counter()
    found = [reader(page) for page in given]
    seconds = (perf_counter() - start) / len(given)
    scores = [word_f1(one.text, page.text) for one, page in zip(found, given, strict=True)]
    right = f"{_right(found, given, 'title')}  {_right(found, given, 'day')}"
    print(f"{name:<12} {_shown(scores)}  {right}  {1 / seconds:7.1f}")
    for lang in ("hi", "en"):
        part = [score for score, page in zip(scores, given, strict=True) if page.lang == lang]
        if part:
            print(f"  {lang:<10} {_shown(part)}")
    if "-v" in sys.argv:
        _tell(scores, found, given)
    return seconds


def _shown(scores: Sequence[float]) -> str:
    return f"{fmean(scores):.3f}  {median(scores):.3f}  {min(scores):.3f}"


def _tell(scores: Sequence[float], found: Sequence[Found], given: Sequence[Page]) -> None:
    """Print the pages that were read worst, and all whose title or day is wrong."""
    for number in sorted(range(len(given)), key=scores.__getitem__)[:12]:
        print(f"    {scores[number]:.3f} {given[number].name} {given[number].lang}")
    for one, page in zip(found, given, strict=True):
        if (one.title, one.day) != (page.title, page.day):
            print(f"    {page.name} {page.lang}: {one.title!r} {one.day!r}; is {page.title!r} {page.day!r}")


def _right(found: Sequence[Found], given: Sequence[Page], field: str) -> str:
    known = [(getattr(one, field), getattr(page, field)) for one, page in zip(found, given, strict=True)]
    known = [(a, b) for a, b in known if b]
    same = sum(a is not None and a.split() == b.split() for a, b in known)
    return f"{same:4}/{len(known):<4}"


def _folder(folder: Path) -> list[Page]:
    given = []
    for path in sorted(folder.glob("*.html")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        lang: Lang = "hi" if gold["lang"] == "hi" else "en"
        page = path.read_text(encoding="utf-8", errors="replace")
        known = gold.get("title") or "", gold.get("date") or ""
        given.append(Page(path.stem, lang, gold.get("url") or "", page, gold["text"], *known))
    if not given:
        raise UsageError(f"{folder}: must hold pages as NAME.html and NAME.json; got none; leave it out for made pages")
    return given


def main() -> int:
    """Print the table."""
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    given = _folder(Path(folders[0])) if folders else pages()
    print(f"{len(given)} pages\nreader       mean   median min    title      date       pages/s")
    own = measure("tithi", ours, given)
    other = measure("trafilatura", theirs, given)
    print(f"speed: {other / own:.1f} times trafilatura alone")
    return 0


if __name__ == "__main__":
    run(main)
