"""What became of two heaps: article pairs as a manifest lists them, the articles without partner, and why."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tithi.corpus.built import Matching as Counts
from tithi.corpus.whole import whole_files
from tithi.matching.heap import Heap
from tithi.matching.match import Candidate, Matched, Matching
from tithi.records import Lang, Reject, Source
from tithi.sources.manifest import ManifestEntry

__all__ = ["Paired", "write_pairs", "write_rows"]

_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")
_EVERYWHERE: Final = ("index", "default", "home", "amp")
_LANGS: Final[tuple[Lang, Lang]] = ("hi", "en")


@dataclass(frozen=True, slots=True)
class Paired:
    """What became of two heaps: the pairs, the unmatched, and what could not be read.

    `places[side][k]` says where the text of article k waits.
    """

    hi: Heap
    en: Heap
    places: tuple[tuple[str, ...], tuple[str, ...]]
    matched: Matched
    rejects: tuple[Reject, ...]
    settings: Matching

    def entries(self) -> Iterator[ManifestEntry]:
        """Yield the pairs as a manifest lists them; ids come from the Hindi article's name."""
        taken: set[str] = set()
        for one in self.matched.pairs:
            hi, en = self.hi.sources[one.hi], self.en.sources[one.en]
            name = _unused(_name(hi) or _name(en) or "pair", taken)
            sides = replace(hi, path=self.places[0][one.hi]), replace(en, path=self.places[1][one.en])
            yield ManifestEntry(hi.path, name, *sides)

    def unmatched(self) -> Iterator[dict[str, object]]:
        """Yield what is listed of each article without partner: where it is, its best candidate and why it is none."""
        for lang, heap, left in zip(_LANGS, (self.hi, self.en), (self.matched.hi, self.matched.en), strict=True):
            other = self.en if lang == "hi" else self.hi
            for k, best in left.items():
                source = heap.sources[k]
                row: dict[str, object] = {"lang": lang, "id": source.url or source.path, "title": source.title}
                row["reason"] = self._reason(best)
                if best is not None:
                    partner = other.sources[best.en if lang == "hi" else best.hi]
                    row["best"] = {"id": partner.url or partner.path, "title": partner.title, **_why(best)}
                yield row

    def counts(self) -> Counts:
        """Return how many were read, matched, and left alone."""
        read: dict[Lang, int] = {"hi": len(self.hi.sources), "en": len(self.en.sources)}
        alone: dict[Lang, int] = {"hi": len(self.matched.hi), "en": len(self.matched.en)}
        return Counts(read, len(self.rejects), len(self.matched.pairs), alone)

    def why_none(self) -> str:
        """Return why there is no pair at all."""
        best = [one for side in (self.matched.hi, self.matched.en) for one in side.values() if one is not None]
        if not best:
            return "no two lie within the window; widen it, or check the dates of publication"
        top = max(one.score for one in best)
        return f"the best candidate has {top:.2f}, less than {self.settings.threshold:g}; are these the same stories?"

    def _reason(self, best: Candidate | None) -> str:
        if best is None:
            return "no candidate: nothing in the other heap lies within the window"
        if best.score < self.settings.threshold:
            return f"its best candidate has {best.score:.2f}, less than {self.settings.threshold:g}"
        return "its best candidate has a partner that fits better"


def write_pairs(paired: Paired, out: Path) -> Path:
    """Write the manifest that `tithi build --manifest` takes, and the unmatched beside it, whose path is returned."""
    unmatched = out.with_name(f"{out.stem}.unmatched.jsonl")
    folder = out.parent.resolve()
    with whole_files([out, unmatched]) as (pairs, alone), pairs.open("w", encoding="utf-8") as file:
        for entry, one in zip(paired.entries(), paired.matched.pairs, strict=True):
            row: dict[str, object] = {
                "id": entry.id,
                "hi": _from(entry.hi.path, folder),
                "en": _from(entry.en.path, folder),
            }
            for name in ("title", "url", "publisher", "published", "licence"):
                both = {"hi": getattr(entry.hi, name), "en": getattr(entry.en, name)}
                if any(both.values()):
                    row[name] = both
            file.write(json.dumps(row | _why(one), ensure_ascii=False) + "\n")
        write_rows(alone, paired.unmatched())
    return unmatched


def write_rows(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Write rows as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _why(one: Candidate) -> dict[str, object]:
    return {"score": one.score, "evidence": one.evidence} | ({"signs": list(one.signs)} if one.signs else {})


def _from(path: str, folder: Path) -> str:
    """Return a path as the manifest in `folder` writes it."""
    whole = Path(path).resolve()
    return str(whole.relative_to(folder)) if whole.is_relative_to(folder) else str(whole)


def _name(source: Source) -> str | None:
    """Return a name for a pair from an article's address or file, None where it has no letters for one.

    It has to tell the pages of a site apart by itself: a number in the order of names goes to another page when one
    comes in before it.
    """
    place, _, query = source.url.partition("?") if source.url else (source.path, "", "")
    above, _, last = place.rstrip("/").rpartition("/")
    stem = last if "#" in last else last.rpartition(".")[0] or last
    if stem.lower() in _EVERYWHERE:
        stem = f"{above.rpartition('/')[2]}-{stem}"
    name = _NAME.sub("-", f"{stem}-{query}").strip("-._")[:100]
    return name if re.search("[A-Za-z0-9]", name) else None


def _unused(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found
