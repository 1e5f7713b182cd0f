"""The card's first lines: YAML that `datasets` and the Hub read."""

import re
from collections.abc import Mapping
from typing import Any, Final

from tithi.corpus.columns import COLUMNS, listed
from tithi.corpus.shards import SplitSize
from tithi.corpus.splits import Split

__all__ = ["metadata"]

_HUB_LICENCE: Final = re.compile(
    r"apache-2\.0|mit|cc0-1\.0|cc-by(-nc)?(-sa)?-[34]\.0|cc-by(-nc)?-nd-4\.0|cdla-(sharing|permissive)-1\.0"
    r"|odc-by|odbl|pddl|gfdl|unlicense"
)
_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def metadata(version: str, sizes: Mapping[str, Mapping[Split, SplitSize]], licence: str | None) -> str:
    """Return the metadata block; the version in both places makes `datasets` notice rewritten files.

    Args:
        version: The dataset's.
        sizes: How large the splits of each config are.
        licence: What all articles state, None where they do not.
    """
    from huggingface_hub import DatasetCardData

    filled = {config: of for config, of in sizes.items() if of}
    pairs = sum(size.rows for size in sizes["sentences"].values())
    data = DatasetCardData(
        language=["hi", "en"],
        license=_hub_licence(licence),
        multilinguality=["translation"],
        size_categories=[next((name for limit, name in _SIZES if pairs < limit), "n>1M")],
        task_categories=["translation"],
        pretty_name="Hindi-English parallel articles",
        tags=["parallel-corpus", "sentence-alignment", "tithi"],
    )
    data["dataset_info"] = [{**_info(config, filled[config]), "version": version} for config in sorted(filled)]
    data["configs"] = [
        {
            "config_name": config,
            "version": version,
            **({"default": True} if config == next(iter(COLUMNS)) else {}),
            "data_files": [{"split": name, "path": f"data/{config}/{name}-*.parquet"} for name in of],
        }
        for config, of in filled.items()
    ]
    return str(data.to_yaml())


def _info(config: str, of: Mapping[Split, SplitSize]) -> dict[str, Any]:
    """Return what `datasets` knows of a config before it reads a file."""
    splits = [{"name": name, "num_bytes": size.bytes, "num_examples": size.rows} for name, size in of.items()]
    return {
        "config_name": config,
        "features": listed(config),
        "splits": splits,
        "download_size": sum(size.file_bytes for size in of.values()),
        "dataset_size": sum(size.bytes for size in of.values()),
    }


def _hub_licence(licence: str | None) -> str:
    """Return the Hub's name of a licence: `unknown` if none is common to all, `other` if the Hub has no name for it."""
    if licence is None:
        return "unknown"
    name = re.sub(r"\s+", "-", licence.strip().lower())
    return name if _HUB_LICENCE.fullmatch(name) else "other"
