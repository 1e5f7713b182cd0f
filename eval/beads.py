"""Bead files: gold as a JSON list, system output as `tithi align` writes it (JSONL), alone or in folders.

A document here is a tuple of `BeadIndex`: the sentence indexes of both sides, nothing else. Reading checks that every
index stands in one bead only and that each bead is an unbroken run; it does not check that beads are monotone (segments
of an article may be told in another order) or that every sentence is there (gold may leave some out).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tithi.documents.decoding import decode, read_bytes, shown
from tithi.errors import DataError

__all__ = ["BeadIndex", "read_beads", "read_documents", "run_of"]

_SUFFIXES = (".gold.json", ".jsonl", ".json")
_MOST = 10_000_000
"""No article has so many sentences; counts of links stay within 64 bits."""


@dataclass(frozen=True, slots=True)
class BeadIndex:
    """The sentences of a bead, as runs of indexes from 0; one side of a null bead is empty."""

    hi: range
    en: range

    @property
    def kind(self) -> str:
        """The bead type, Hindi side first, for example `2-1`."""
        return f"{len(self.hi)}-{len(self.en)}"

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not (self.hi and self.en)


def run_of(indexes: Sequence[int]) -> range:
    """Return ascending indexes without gaps as a range."""
    return range(indexes[0], indexes[-1] + 1) if indexes else range(0)


def read_documents(
    gold: Path, system: Path
) -> tuple[list[str], list[tuple[BeadIndex, ...]], list[tuple[BeadIndex, ...]]]:
    """Read gold and system beads of two files, or of two folders matched by stem (`NAME.gold.json` and `NAME.jsonl`).

    Returns:
        Names, gold documents and system documents, three lists of one length, sorted by name.

    Raises:
        DataError: a file is missing, empty or malformed, or a document stands on one side only.
    """
    if gold.is_dir() != system.is_dir():
        folder, file = (gold, system) if gold.is_dir() else (system, gold)
        raise DataError(
            f"{file}: gold and system must be two files or two folders; {folder} is a folder; give its counterpart"
        )
    if not gold.is_dir():
        return [_stem(gold)], [read_beads(gold)], [read_beads(system)]
    gold_files, system_files = _bead_files(gold), _bead_files(system)
    _check_counterparts(gold_files, system, system_files)
    _check_counterparts(system_files, gold, gold_files)
    names = sorted(gold_files)
    return names, [read_beads(gold_files[n]) for n in names], [read_beads(system_files[n]) for n in names]


def read_beads(path: Path) -> tuple[BeadIndex, ...]:
    """Read one bead file; its form is told by its content, not by its name.

    A JSON list `[[[0], [0, 1]], [[1], []]]` holds lists of indexes; a JSONL file holds half-open ranges,
    `{"hi": [0, 1], "en": [0, 2], ...}`, other fields being left alone. Beads empty on both sides are dropped.

    Raises:
        DataError: the file cannot be read, is neither form, or an index is negative, broken off, or in two beads.
    """
    text = decode(read_bytes(path), shown(path))
    if not text.strip():
        raise DataError(f"{path}: a bead file holds beads; got an empty file; give a JSON list or `tithi align` output")
    listed = _from_list(path, text) if text.lstrip().startswith("[") else _from_lines(path, text)
    _check_apart([(bead.hi, where, "hi") for where, bead in listed])
    _check_apart([(bead.en, where, "en") for where, bead in listed])
    return tuple(bead for _, bead in listed if bead.hi or bead.en)


def _check_apart(runs: list[tuple[range, str, str]]) -> None:
    """Raise `DataError` when two runs of one side share an index."""
    ordered = sorted((item for item in runs if item[0]), key=lambda item: item[0].start)
    for (before, there, side), (after, where, _) in pairwise(ordered):
        if after.start < before.stop:
            raise DataError(
                f"{where}: a sentence lies in one bead; got {side} {after.start} again after {there}; remove one"
            )


def _bead_files(folder: Path) -> dict[str, Path]:
    """Map document names to bead files; other files of the folder are left alone."""
    files: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".json", ".jsonl") or path.name == "summary.json" or not path.is_file():
            continue
        name = _stem(path)
        if name in files:
            raise DataError(f"{path}: one bead file a document; got {files[name].name} as well; remove one")
        files[name] = path
    if not files:
        raise DataError(
            f"{folder}: no bead files; got no *.gold.json, *.json or *.jsonl; give a folder that holds them"
        )
    return files


def _stem(path: Path) -> str:
    suffix = next((s for s in _SUFFIXES if path.name.endswith(s)), path.suffix)
    return path.name.removesuffix(suffix)


def _check_counterparts(ours: dict[str, Path], folder: Path, theirs: dict[str, Path]) -> None:
    missing = sorted(ours.keys() - theirs.keys())
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise DataError(
            f"{ours[missing[0]]}: every document needs a counterpart; got none in {folder}{more}; add or remove it"
        )


def _from_list(path: Path, text: str) -> list[tuple[str, BeadIndex]]:
    rows = _parse(f"{path}", text)
    beads = []
    for number, row in enumerate(rows if isinstance(rows, list) else [rows]):
        where = f"{path}: bead {number}"
        if not (isinstance(row, list) and len(row) == 2 and all(isinstance(side, list) for side in row)):
            raise DataError(f"{where}: a bead is [[hi indexes], [en indexes]]; got {_show(row)}; correct it")
        hi, en = (_run(where, side) for side in row)
        beads.append((where, BeadIndex(hi, en)))
    return beads


def _from_lines(path: Path, text: str) -> list[tuple[str, BeadIndex]]:
    beads = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        row = _parse(where, line)
        if not (isinstance(row, dict) and "hi" in row and "en" in row):
            raise DataError(
                f'{where}: a line is {{"hi": [start, stop], "en": [start, stop]}}; got {_show(row)}; correct it'
            )
        beads.append((where, BeadIndex(_range(where, row["hi"]), _range(where, row["en"]))))
    return beads


def _parse(where: str, text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error)[:100]
        raise DataError(f"{where}: not JSON; got {reason}; give a JSON list or one JSON object a line") from error
    return value


def _run(where: str, side: list[object]) -> range:
    indexes = [i for i in side if isinstance(i, int) and not isinstance(i, bool) and 0 <= i < _MOST]
    if len(indexes) != len(side):
        raise DataError(f"{where}: indexes are whole numbers from 0, below {_MOST}; got {_show(side)}; correct it")
    if any(after != before + 1 for before, after in pairwise(indexes)):
        raise DataError(f"{where}: a bead's indexes follow one another; got {_show(side)}; put them in order")
    return run_of(indexes)


def _range(where: str, value: object) -> range:
    if (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(i, int) and not isinstance(i, bool) for i in value)
        and 0 <= value[0] <= value[1] <= _MOST
    ):
        return range(value[0], value[1])
    raise DataError(
        f"{where}: a range is [start, stop] with 0 <= start <= stop <= {_MOST}; got {_show(value)}; correct it"
    )


def _show(value: object) -> str:
    try:
        text = ascii(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, nesting without end
        return "something beyond reason"
    return text if len(text) <= 60 else text[:57] + "..."
