r"""Bitexts in: sentence pairs that others aligned, from Moses, TSV and TMX files, as a stream.

| files | what is read |
| --- | --- |
| `NAME.hi` and `NAME.en` | Moses: one text a line, line by line a pair |
| `NAME.tsv` | `hi TAB en`, a pair a line; further columns are left out |
| `NAME.tmx` | the first Hindi and the first English `tuv` of each `tu`, without inline codes |

Each may be compressed (`.gz`, `.bz2`, `.xz`). Texts are kept as they are but for the blanks around them. A pair that
cannot be used (a side is empty, no UTF-8, too long, a repetition) becomes a `Reject`; a file that is not what its name
says is an error. Memory holds a line or a unit at a time, and 16 bytes of digest for each pair.
"""

import bz2
import contextlib
import gzip
import hashlib
import lzma
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import IO, Any, Final

from tithi.errors import DataError, UsageError
from tithi.records import Alignment, Article, Bead, Document, Lang, Reject, Segment, SegmentLink, Sentence, Source
from tithi.sources.tmx import read_units

__all__ = ["Bitext", "BitextPair", "bitext_alignment", "bitexts", "read_bitext"]

_OPENERS: Final[dict[str, Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_MAX_LINE: Final = 1 << 20
_MAX_TEXT: Final = 20_000
_SAMPLE: Final = 100
_DEVANAGARI: Final = re.compile("[\u0904-\u0939\u0958-\u0961]")


@dataclass(frozen=True, slots=True)
class Bitext:
    """One bitext: its files (Moses: the Hindi one, then the English one; else one) and its name, without endings."""

    files: tuple[Path, ...]
    name: str


@dataclass(frozen=True, slots=True)
class BitextPair:
    """A sentence pair and where it stands (`corpus.tsv:17`)."""

    where: str
    hi: str
    en: str


def bitexts(files: Iterable[str | Path]) -> list[Bitext]:
    """Tell from their names what files are, and put Moses files in pairs; in the order given.

    Raises:
        UsageError: A name says no format, a file is given twice, or a Moses file lacks its other side.
    """
    found: list[Bitext] = []
    moses: dict[Path, dict[str, Path]] = {}
    seen: set[Path] = set()
    for path in map(Path, files):
        if path in seen:
            raise UsageError(f"{path}: must be given once; got it twice; leave one out")
        seen.add(path)
        plain = _plain(path)
        if plain.suffix in (".hi", ".en"):
            sides = moses.setdefault(plain.with_suffix(""), {})
            if plain.suffix in sides:
                raise UsageError(f"{path}: must be given once; got {sides[plain.suffix]} too; leave one out")
            sides[plain.suffix] = path
            if len(sides) == 2:
                found.append(Bitext((sides[".hi"], sides[".en"]), plain.stem))
        elif plain.suffix in (".tsv", ".tmx"):
            found.append(Bitext((path,), plain.stem))
        else:
            raise UsageError(f"{path}: a bitext must end in .hi and .en, .tsv or .tmx (and .gz, .bz2, .xz); rename it")
    for base, sides in moses.items():
        if len(sides) == 1:
            (there,) = sides.values()
            other = ".en" if ".hi" in sides else ".hi"
            raise UsageError(f"{there}: a Moses file needs its other side; got none; give {base}{other} too")
    return found


def read_bitext(bitext: Bitext, seen: set[bytes] | None = None) -> Iterator[BitextPair | Reject]:
    """Yield the pairs of a bitext in order, and what cannot be used as `Reject`.

    Args:
        bitext: One of `bitexts`.
        seen: Digests of the pairs met so far; share it to find repetitions between bitexts. Pairs that differ in
            blanks, case or the writing of a nukta are the same.

    Raises:
        DataError: While iterating: a file is missing, unreadable or damaged, Moses files differ in length, a TMX file
            is no XML or defines entities, or the first hundred pairs say that the sides are swapped.
    """
    pairs = _usable(_pairs(bitext), set() if seen is None else seen)
    first = list(islice(pairs, _SAMPLE))
    _check_sides(bitext, [pair for pair in first if isinstance(pair, BitextPair)])
    yield from chain(first, pairs)


def bitext_alignment(
    article_id: str, pairs: Sequence[BitextPair], scores: Sequence[float], source: Source | None = None
) -> Alignment:
    """Return pairs as an alignment: an undated article a side, a sentence a text, a 1-1 bead a pair.

    Args:
        article_id: The id of the article pair.
        pairs: One or more; a text stays whole, however many sentences it holds.
        scores: For each pair the probability in [0, 1] that its texts belong together.
        source: Where they come from.
    """
    beads = tuple(
        Bead((number, number + 1), (number, number + 1), score, None, 0)
        for number, (_, score) in enumerate(zip(pairs, scores, strict=True))
    )
    source = source or Source(pairs[0].where)
    hi = _document("hi", [pair.hi for pair in pairs], source)
    en = _document("en", [pair.en for pair in pairs], source)
    return Alignment(article_id, hi, en, (SegmentLink((0,), (0,), "position"),), beads)


def _document(lang: Lang, texts: Sequence[str], source: Source) -> Document:
    sentences = []
    start = 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), text))
        start += len(text) + 1
    article = Article(lang, "".join(f"{text}\n" for text in texts), source)
    return Document(article, (Segment(0, start, None, None, (0, len(texts))),), tuple(sentences))


def _pairs(bitext: Bitext) -> Iterator[BitextPair | Reject]:
    if len(bitext.files) == 2:
        yield from _moses(*bitext.files)
        return
    (path,) = bitext.files
    name = str(path)
    if _plain(path).suffix == ".tmx":
        with _opened(path) as file:
            for unit in read_units(file, name):
                yield unit if isinstance(unit, Reject) else BitextPair(*unit)
        return
    for number, line in enumerate(_lines(path), start=1):
        where = f"{name}:{number}"
        if isinstance(line, _LineError):
            yield Reject(where, None, str(line))
        elif line:
            cells = line.split("\t")
            if len(cells) < 2:
                yield Reject(where, None, "must be hi TAB en; got one column; separate the texts by a tab")
            else:
                yield BitextPair(where, cells[0], cells[1])


def _moses(hi_path: Path, en_path: Path) -> Iterator[BitextPair | Reject]:
    counts = [0, 0]
    for number, lines in enumerate(zip_longest(_lines(hi_path), _lines(en_path)), start=1):
        counts = [count + (line is not None) for count, line in zip(counts, lines, strict=True)]
        where = f"{hi_path}:{number}"
        if len(set(counts)) == 2:
            continue
        bad = [line for line in lines if isinstance(line, _LineError)]
        if bad:
            yield Reject(where, None, str(bad[0]))
        else:
            hi, en = lines
            yield BitextPair(where, str(hi), str(en))
    if counts[0] != counts[1]:
        raise DataError(
            f"{hi_path}: must have as many lines as {en_path}; got {counts[0]} and {counts[1]}; one of them is cut or"
            " shifted"
        )


class _LineError(Exception):
    """A line that cannot be decoded."""


def _lines(path: Path) -> Iterator[str | _LineError]:
    """Yield the lines of a file without their ends; only a line feed ends one, a carriage return before it goes."""
    with _opened(path) as file:
        number = 0
        while raw := file.readline(_MAX_LINE + 1):
            number += 1
            if len(raw) > _MAX_LINE:
                raise DataError(f"{path}:{number}: a line must be at most 1 MiB; got more; is this a bitext?")
            if number == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
                if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise DataError(f"{path}:1: must be UTF-8; got UTF-16; save it again as UTF-8")
            try:
                yield raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
            except UnicodeDecodeError as error:
                byte = raw[error.start]
                yield _LineError(f"must be UTF-8; got byte 0x{byte:02X} at byte {error.start} of the line")


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, compressed or not; what goes wrong with it becomes a `DataError` that names it."""
    try:
        with _OPENERS.get(path.suffix, open)(path, "rb") as file:
            yield file
    except FileNotFoundError:
        raise DataError(f"{path}: no such file; check the path") from None
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DataError(f"{path}: cannot be read; got {reason}; check the file") from None


def _plain(path: Path) -> Path:
    """Return a path without the ending of its compression."""
    return path.with_suffix("") if path.suffix in _OPENERS else path


def _usable(pairs: Iterable[BitextPair | Reject], seen: set[bytes]) -> Iterator[BitextPair | Reject]:
    """Turn pairs that cannot be used into rejects."""
    for pair in pairs:
        if isinstance(pair, Reject):
            yield pair
            continue
        hi, en = pair.hi.strip(), pair.en.strip()
        reason = _unusable(hi, en)
        if reason is None:
            key = hashlib.blake2b(f"{_folded(hi)}\t{_folded(en)}".encode(), digest_size=16).digest()
            if key in seen:
                reason = "repeats an earlier pair"
            seen.add(key)
        yield BitextPair(pair.where, hi, en) if reason is None else Reject(pair.where, None, reason)


def _unusable(hi: str, en: str) -> str | None:
    for lang, text in (("hi", hi), ("en", en)):
        if not text:
            return f"{lang} is empty; give both sides or drop the pair"
        if len(text) > _MAX_TEXT:
            return f"{lang} must have at most {_MAX_TEXT} characters; got {len(text)}; split it into sentences"
        if "\0" in text:
            return f"{lang} must be text; got a NUL character; remove it"
    return None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _check_sides(bitext: Bitext, pairs: Sequence[BitextPair]) -> None:
    """Raise `DataError` when the first pairs have no more Devanagari on the Hindi side than on the English one."""
    hi, en = (sum(len(_DEVANAGARI.findall(text)) for text in side) for side in
              ((pair.hi for pair in pairs), (pair.en for pair in pairs)))  # fmt: skip
    if pairs and hi <= en:
        raise DataError(
            f"{bitext.files[0]}: its first side must be Hindi in Devanagari, its second English; got {hi} and {en}"
            f" Devanagari letters in {len(pairs)} pairs; are the sides swapped?"
        )
