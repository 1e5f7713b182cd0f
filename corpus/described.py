"""What describes the rows of a dataset: figures, charts, the card, `croissant.json`, and at the end the marker."""

import json
from collections.abc import Mapping
from pathlib import Path

from tithi.corpus.card import CardFacts, origin, render_card
from tithi.corpus.croissant import CROISSANT, croissant
from tithi.corpus.folder import Marker, file_digest, write_marker

__all__ = ["describe"]


def describe(folder: Path, facts: CardFacts, digests: Mapping[str, str]) -> None:
    """Write the files that describe what is in `folder`, whose files have these SHA-256 `digests` by name.

    Raises:
        OSError: The disk is full.
    """
    tables = {name: ((folder / name).stat().st_size, digest) for name, digest in digests.items() if _is_table(name)}
    told = croissant(facts.load_name, origin(facts.given), facts.version, facts.sources, tables)
    described = {
        "README.md": render_card(facts).encode("utf-8", "backslashreplace"),
        "metrics.json": (json.dumps(facts.metrics, ensure_ascii=False, indent=2) + "\n").encode("utf-8"),
        CROISSANT: (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace"),
        **{chart.file: chart.svg() for chart in facts.charts},
    }
    files = dict(digests)
    for name, content in described.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        files[name] = file_digest(path)
    write_marker(folder, Marker(facts.version, facts.signature, facts.settings, dict(sorted(files.items()))))


def _is_table(name: str) -> bool:
    return name.startswith("data/") and name.endswith(".parquet")
