"""Pairs that would leak between splits: out of `sentences`, into `unaligned`, and no longer counted elsewhere."""

from collections import Counter
from collections.abc import Set as AbstractSet
from typing import Any

from tithi.corpus.leaks import LEAKS
from tithi.corpus.rows import Row

__all__ = ["LeftOut"]


class LeftOut:
    """Take pairs out of tables of rows; `sentences` goes first, for the other configs are counted by it.

    Args:
        pairs: The numbers of the pairs in the order of the rows of `sentences`.

    `rows` are what `unaligned` gets for them, two a pair; their ids are those of the pair and its side.
    """

    def __init__(self, pairs: AbstractSet[int]) -> None:
        self._pairs = pairs
        self._seen = 0
        self._by: dict[str, Counter[str]] = {key: Counter() for key in ("pairs", "hi", "en")}
        self.rows: list[Row] = []

    def amended(self, config: str, table: Any) -> Any:
        """Return a table of a config as it is without the pairs."""
        if not self._pairs or config == "unaligned":
            return table
        return self._kept(table) if config == "sentences" else self._recounted(config, table)

    def _kept(self, table: Any) -> Any:
        import pyarrow as pa

        out = [self._seen + index in self._pairs for index in range(table.num_rows)]
        self._seen += table.num_rows
        if not any(out):
            return table
        for row in table.filter(pa.array(out)).to_pylist():
            self._take(row)
        return table.filter(pa.array([not gone for gone in out]))

    def _take(self, row: Row) -> None:
        counts = dict(zip(("hi", "en"), map(int, row["bead"].split("-")), strict=True))
        for owner in (row["article_id"], row["segment_id"]):
            self._by["pairs"][owner] += 1
        for lang, count in counts.items():
            self._by[lang][row["article_id"]] += count
            self.rows.append(
                {
                    "id": f"{row['id']}-{lang}",
                    "article_id": row["article_id"],
                    "segment_id": row["segment_id"],
                    "lang": lang,
                    "text": row["translation"][lang],
                    "span": row[f"{lang}_span"],
                    "sentences": count,
                    "date": row["date"],
                    "score": 1 - row["score"],
                    "reason": LEAKS,
                }
            )

    def _recounted(self, config: str, table: Any) -> Any:
        import pyarrow as pa

        ids = table["id"].to_pylist()
        if not any(self._by["pairs"][name] for name in ids):
            return table
        rows: list[Row] = table.to_pylist()
        for row in rows:
            row["pairs"] -= self._by["pairs"][row["id"]]
            for lang in ("hi", "en"):
                if config == "articles" and (gone := self._by[lang][row["id"]]):
                    row[f"{lang}_coverage"] -= gone / row[f"{lang}_sentences"]
        return pa.Table.from_pylist(rows, schema=table.schema)
