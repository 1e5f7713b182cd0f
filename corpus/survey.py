"""What is known of all articles when their splits are chosen: ids, likeness and sentences, mostly on disk."""

from array import array
from itertools import chain
from pathlib import Path
from typing import Any, Final

from tithi.corpus.leaks import Leaks, SentenceIndex
from tithi.corpus.recorded import Recorded
from tithi.corpus.splits import SPLITS, Splits, assign, near_duplicates

__all__ = ["Survey"]

_SIDES: Final = ("hi_signature", "en_signature")


class Survey:
    """Takes the facts of parts in order; `ids` are those of the articles so far. Its files are in `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.ids: dict[str, None] = {}
        self._texts = array("Q")
        self._sentences = SentenceIndex(folder)
        self._paths = {side: folder / side for side in _SIDES}
        self._files = {side: path.open("wb") for side, path in self._paths.items()}

    def add(self, facts: Any) -> None:
        """Add the facts of some parts, a `pyarrow.Table` with the columns `tithi.corpus.parts.FACTS`.

        Raises:
            OSError: The disk is full.
        """
        for side, file in self._files.items():
            file.write(b"".join(facts[side].to_pylist()))
        for row in range(facts.num_rows):
            keys, of, joins = (
                facts[name][row].values.to_numpy(zero_copy_only=False) for name in ("keys", "of", "joins")
            )
            self._sentences.add(facts["pairs"][row].as_py(), keys, of, joins)
        self._texts.extend(chain.from_iterable(facts["texts"].to_pylist()))
        self.ids.update(dict.fromkeys(facts["id"].to_pylist()))

    def choose(self, before: Recorded) -> tuple[Splits, Leaks]:
        """Return the splits of all articles, and the pairs that would leak between them.

        Args:
            before: What an earlier version says.

        Raises:
            OSError: The disk is full.
        """
        import numpy as np

        self.close()
        tables = (np.memmap(path, np.uint32, "r", shape=(len(self.ids), 96)) for path in self._paths.values())
        groups = near_duplicates(*tables)
        for one, other in self._sentences.joined():
            groups.join(one, other)
        texts = zip(self._texts[::2], self._texts[1::2], strict=True)
        splits = assign(list(self.ids), groups.firsts(), before.of(zip(self.ids, texts, strict=True)))
        ranks = np.fromiter((SPLITS.index(splits.by_article[name]) for name in self.ids), np.int8, len(self.ids))
        return splits, self._sentences.leaks(ranks)

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files.values():
            file.close()
