"""The report as one HTML file: no network, no build step, drawn by the browser from data packed into the page.

Article pairs are packed in blocks of JSON, gzip and base64, and unpacked when they are looked at; an index of a few
numbers a row is all that opening needs. Text reaches the page as data alone and is inserted as text: the content
security policy admits the page's own script and style by their digests and nothing else. Beyond 50 MB the blocks are
files of a folder beside `index.html`.
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from typing import Final

from tithi.corpus.folder import writing
from tithi.corpus.whole import whole_files
from tithi.errors import DataError, UsageError
from tithi.report.compare import merged
from tithi.report.index import entry, kinds
from tithi.report.overview import Overview, render
from tithi.report.stories import Story
from tithi.report.view import Plain, view

__all__ = ["Written", "asset", "bundle", "page_html", "write_report"]

_BLOCK: Final = 400_000
LARGEST: Final = 50_000_000
_MODULES: Final = ("text.js", "pair.js", "data.js", "list.js", "reading.js", "report.js")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the file to open, the article pairs in it, its size in bytes, whether it is a folder."""

    path: Path
    articles: int
    size: int
    folder: bool


@dataclass(frozen=True, slots=True)
class _Packed:
    """The parts of a page: title, overview as HTML, the index and the blocks."""

    title: str
    overview: str
    index: Plain
    blocks: list[str]


def write_report(
    builds: Mapping[str, Iterable[Story]],
    out: str | Path,
    *,
    title: str,
    rejects: Mapping[str, int] | None = None,
    largest: int = LARGEST,
) -> Written:
    """Write the report of one build, or of two side by side.

    Args:
        builds: The article pairs of one build, or of two (before, after), by the build's name.
        out: The file to write; a folder of this name without its ending is made if the page is too large for one file.
        title: The page's title.
        rejects: How many pairs were listed and not built, by build.
        largest: From how many bytes on the page becomes a folder.

    Raises:
        DataError: There is no article pair, or it cannot be written.
        UsageError: `out` is a folder.
    """
    path = Path(out)
    if path.is_dir():
        raise UsageError(f"{out}: the report must be a file; got a folder; name a file such as report.html")
    packed = _pack(builds, title, rejects or {})
    size = sum(map(len, packed.blocks))
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if size <= largest:
            html = page_html(packed.title, packed.overview, packed.index, packed.blocks)
            _replace(path, html)
            return Written(path, len(packed.index["articles"]), len(html.encode("utf-8")), False)
        folder = path.with_suffix("")
        folder.mkdir(exist_ok=True)
        for number, block in enumerate(packed.blocks):
            _replace(folder / f"block-{number}.js", f'tithiBlock({number},"{block}");\n')
        _replace(folder / "index.html", page_html(packed.title, packed.overview, packed.index, None))
        return Written(folder / "index.html", len(packed.index["articles"]), size, True)


def page_html(title: str, overview: str, index: Plain, blocks: list[str] | None) -> str:
    """Return the whole page; without `blocks` it loads them from files beside it."""
    style, script = asset("report.css"), bundle(_MODULES)
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"script-src {_digest(script)}{'' if blocks is not None else ' file: ' + chr(39) + 'self' + chr(39)}; "
        f"style-src {_digest(style)}"
    )
    data = "".join(
        f'<script type="text/plain" id="block-{number}">{block}</script>\n' for number, block in enumerate(blocks or [])
    )
    parts = {
        "policy": escape(policy),
        "title": escape(title),
        "style": style,
        "overview": overview,
        "index": _packed(index),
        "blocks": data,
        "script": script,
    }
    pieces = asset("report.html").split("%%")
    return "".join(parts[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def asset(name: str) -> str:
    """Return a file of the front end."""
    return resources.files("tithi.report").joinpath(name).read_text(encoding="utf-8")


def bundle(names: Iterable[str]) -> str:
    """Return ES modules as one script: all names are those of one scope, so that no word of importing is needed.

    What a module needs while it is read must stand above it.
    """
    lines = [line for name in names for line in asset(name).splitlines() if not line.startswith("import ")]
    return "\n".join(line.removeprefix("export ") for line in lines)


def _pack(builds: Mapping[str, Iterable[Story]], title: str, rejects: Mapping[str, int]) -> _Packed:
    overviews = {name: Overview(rejects.get(name, 0)) for name in builds}
    articles: list[Plain] = []
    blocks: list[str] = []
    waiting: list[Plain] = []
    size = 0
    for item in _views(builds, overviews):
        articles.append(entry(item) | {"at": [len(blocks), len(waiting)]})
        waiting.append(item)
        size += sum(item["lengths"])
        if size > _BLOCK:
            blocks.append(_packed(waiting))
            waiting, size = [], 0
    if waiting:
        blocks.append(_packed(waiting))
    if not articles:
        raise DataError(f"{title}: a report needs at least one article pair; got none; build a dataset first")
    index = {"kinds": kinds(), "articles": articles, "builds": list(builds)}
    return _Packed(title, render(overviews), index, blocks)


def _views(builds: Mapping[str, Iterable[Story]], overviews: Mapping[str, Overview]) -> Iterator[Plain]:
    """Yield the views of the last build, each merged with that of the same article in the build before."""

    def views(name: str) -> Iterator[Plain]:
        for story in builds[name]:
            overviews[name].add(story)
            yield view(story, linked=True)

    *earlier, last = builds
    # A whole build is waiting here, so it waits packed.
    before = {item["id"]: _packed(item) for name in earlier for item in views(name)}
    for item in views(last):
        packed = before.pop(item["id"], None)
        yield item if not earlier else merged(None if packed is None else _unpacked(packed), item)
    for packed in before.values():
        yield merged(_unpacked(packed), None)


def _packed(data: object) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Level 6: level 9 takes four times as long for one part in a hundred.
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 6, mtime=0)).decode("ascii")


def _unpacked(packed: str) -> Plain:
    data: Plain = json.loads(gzip.decompress(base64.b64decode(packed)))
    return data


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _replace(path: Path, text: str) -> None:
    """Write beside and rename, so that a report is whole or as it was."""
    with whole_files([path]) as (beside,):
        beside.write_text(text, encoding="utf-8", newline="\n")
