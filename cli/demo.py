"""The main job on the samples that come with the package: `python -m tithi.cli.demo OUT`.

The article pairs become the dataset `OUT`; two heaps of web pages are paired first and become `OUT-pages`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from tithi.cli.logs import SUMMARY, logged
from tithi.compiling import listen
from tithi.errors import MissingExtraError, TithiError
from tithi.pipeline.build import build
from tithi.pipeline.heaps import build_heaps
from tithi.sample import manifest, pages
from tithi.sources.manifest import read_manifest

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the sample dataset in the folder named first, and tell what was made and how to load it."""
    given = sys.argv[1:] if arguments is None else arguments
    out = Path(given[0] if given else "out/demo")
    with logged(None, None):
        listen().level = SUMMARY
        try:
            told = _build_pairs(out)
            told += _build_pages(out.with_name(f"{out.name}-pages"))
        except TithiError as error:
            print(f"demo: {error}", file=sys.stderr)
            return error.exit_code
    print(told, end="")
    print("Load it in Python:")
    print("  from datasets import load_dataset")
    print(f'  rows = load_dataset("{out}", split="train")')
    print('  print(rows[0]["translation"], rows[0]["date"])')
    return 0


def _build_pairs(out: Path) -> str:
    """Build a dataset from the sample's article pairs, and return what was done."""
    built = build(read_manifest(manifest()), out)
    rows = {config: sum(splits.values()) for config, splits in built.rows.items()}
    return (
        f"Aligned {rows['articles']} Hindi-English article pairs that ship with tithi and wrote {out}/:\n"
        f"  {rows['sentences']} sentence pairs, {rows['segments']} segments, {rows['unaligned']} left unaligned\n"
        "  README.md    the dataset card: columns, coverage, sources, limits\n"
        "  metrics.json the figures\n"
    )


def _build_pages(out: Path) -> str:
    """Build a dataset from the sample's web pages, and return what was done."""
    try:
        built = build_heaps(pages("hi"), pages("en"), out)
    except MissingExtraError as error:
        return f"Left the web pages out: {error}\n"
    rows = {config: sum(splits.values()) for config, splits in built.rows.items()}
    read = " and ".join(
        f"{len(list(pages(lang).iterdir()))} {name}" for lang, name in (("hi", "Hindi"), ("en", "English"))
    )
    return (
        f"Read {read} web pages, found {rows['articles']} pairs among them, and wrote {out}/:\n"
        f"  {rows['sentences']} sentence pairs; the pages without partner are in unmatched.jsonl\n"
    )


if __name__ == "__main__":
    sys.exit(main())
