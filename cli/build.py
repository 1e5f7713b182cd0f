"""`tithi build`: article pairs in, a dataset folder out."""

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tithi.cli.arguments import day, encoder, keep_lines, monotone, positive, progress_bar, share
from tithi.cli.near import reads
from tithi.cli.pair import matching_options, matching_settings
from tithi.cli.read import columns
from tithi.cli.summary import tell
from tithi.errors import UsageError
from tithi.pipeline.jobs import ahead

if TYPE_CHECKING:
    from tithi.corpus.built import Built
    from tithi.pipeline.build import Settings
    from tithi.records import Reject
    from tithi.sources.manifest import ManifestEntry

__all__ = ["add"]

_META = ("title", "url", "publisher", "published", "licence")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "build",
        help="align article pairs and write a dataset",
        description="Align a Hindi and an English article, or all pairs of a manifest, and write a folder that "
        "datasets.load_dataset opens, with figures in OUT/metrics.json and the card OUT/README.md.",
    )
    command.add_argument(
        "hi",
        nargs="?",
        metavar="HI",
        help="the Hindi article, or a heap of them (a folder, an archive, a table, a crawl; see tithi read), whose "
        "articles are paired with those of the English heap first; see tithi pair",
    )
    command.add_argument("en", nargs="?", metavar="EN", help="the English article, or heap")
    command.add_argument(
        "-o",
        "--out",
        required=True,
        metavar="OUT",
        help="the dataset folder to make, or an address such as s3://bucket/news; articles, manifests and heaps may be "
        "at addresses too",
    )
    command.add_argument(
        "--manifest",
        metavar="PAIRS",
        help="one JSON object a line: id, hi, en (paths beside the manifest), and any of title, url, publisher, "
        "published, licence; or id, hi, en as three columns with tabs; bad pairs are listed in OUT/rejects.jsonl",
    )
    command.add_argument(
        "--from-bitext",
        nargs="+",
        metavar="FILE",
        help="sentence pairs that are aligned already, to be checked and kept as they are: hi TAB en or JSON lines, "
        "Moses (NAME.hi NAME.en), TMX or XLIFF, also .gz, .bz2, .xz; some fifty pairs make an article",
    )
    command.add_argument("--id", help="the pair's id (default: the Hindi file's name)")
    for name in _META:
        kind = _day if name == "published" else str
        command.add_argument(f"--{name}", type=kind, help=f"the articles' {name}, for the card")
    command.add_argument("--force", action="store_true", help="replace OUT even if tithi did not make it")
    command.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="processes to read and align in (default 1)"
    )
    command.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="where shards are made (default local): see --jobs"
    )
    command.add_argument(
        "--ray-address",
        metavar="ADDRESS",
        help="the Ray cluster of --engine ray, `auto` or HOST:PORT; default: one is started on this machine. "
        "Articles and OUT must lie where every node sees them, on a share or at addresses",
    )
    command.add_argument(
        "--min-score", type=share, default=0.0, metavar="S", help="leave out rows less likely right than S (default 0)"
    )
    command.add_argument(
        "--min-quality",
        type=share,
        default=0.0,
        metavar="Q",
        help="leave out rows less likely faithful than Q (default 0)",
    )
    matching_options(command)
    command.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="FILE",
        help="leave out rows with a sentence of FILE, say a public test set: a text a line, or the SHA-256 of its "
        "normal form; may be repeated",
    )
    command.add_argument(
        "--filter",
        metavar="NAME",
        help="drop pairs by a preset (light, standard, strict) or a TOML file of thresholds; see tithi filters",
    )
    command.add_argument(
        "--without-missing",
        action="store_true",
        help="go on where a folder of a manifest's files, or one of a heap that OUT has articles of, is gone or empty",
    )
    reads(command, "filter")
    keep_lines(command)
    monotone(command)
    encoder(command)
    command.set_defaults(run=_run)


def _day(text: str) -> str:
    return day(text).isoformat()


def _run(args: argparse.Namespace) -> int:
    if args.jobs > 1 and args.engine == "local":
        ahead()
    from tithi.pipeline.build import Settings, build
    from tithi.sources.reading import is_heap

    if args.ray_address is not None and args.engine != "ray":
        raise UsageError("build: --ray-address is for --engine ray; got the engine local; leave it out")

    began = time.monotonic()
    settings = Settings(
        args.encoder,
        args.min_score,
        args.min_quality,
        tuple(args.exclude),
        args.filter,
        args.keep_lines,
        jobs=args.jobs,
        engine=args.engine,
        ray_address=args.ray_address,
        force=args.force,
        strict=args.manifest is None,
        without_missing=args.without_missing,
        monotone=args.monotone,
        progress=progress_bar("articles" if args.from_bitext else "pairs"),
    )
    if args.from_bitext is not None:
        built = _build_bitexts(args, settings)
    elif args.hi and args.en and (is_heap(args.hi) or is_heap(args.en)):
        built = _build_heaps(args, settings)
    else:
        built = build(_entries(args), args.out, settings)
    tell(built, time.monotonic() - began)
    rows = {config: sum(splits.values()) for config, splits in built.rows.items()}
    counts = ", ".join(f"{count} {config}" for config, count in rows.items())
    print(f"{args.out}: {counts}")
    if built.rejects:
        unread = 0 if built.matching is None else built.matching.refused
        what = [f"{unread} articles were not read"] * (unread > 0)
        what += [f"{built.rejects - unread} pairs were not built"] * (built.rejects > unread)
        print(f"tithi: {', '.join(what)}; see {args.out}/rejects.jsonl", file=sys.stderr)
    if built.faults:
        print(f"tithi: {built.faults} of them by a fault of tithi's; please report it", file=sys.stderr)
    return 1 if built.faults else 0


def _build_heaps(args: argparse.Namespace, settings: "Settings") -> "Built":
    from tithi.pipeline.heaps import build_heaps

    given = [f"--{name}" for name in ("id", *_META) if getattr(args, name) is not None]
    if given:
        raise UsageError(f"build: the articles of a heap say what they are; got {given[0]}; leave it out")
    heaps = (args.hi, args.en, args.out)
    return build_heaps(
        *heaps, settings, matching_settings(args), columns=columns(args), progress=progress_bar("articles")
    )


def _build_bitexts(args: argparse.Namespace, settings: "Settings") -> "Built":
    from tithi.pipeline.bitext import build_bitexts
    from tithi.records import Source

    ours = {"HI": args.hi, "--manifest": args.manifest, "--encoder": args.encoder, "--min-score": args.min_score}
    ours |= {"--keep-lines": args.keep_lines, "--monotone": args.monotone}
    given = [name for name, value in ours.items() if value]
    if given:
        raise UsageError(f"build: --from-bitext aligns nothing; got {given[0]} too; leave it out")
    source = Source("", **{name: getattr(args, name) for name in _META})
    return build_bitexts(args.from_bitext, args.out, source, settings, name=args.id)


def _entries(args: argparse.Namespace) -> "Iterator[ManifestEntry | Reject]":
    from tithi.corpus.folder import refuse_input
    from tithi.records import Source
    from tithi.sources.counted import Counted, lines_in
    from tithi.sources.manifest import ManifestEntry, read_manifest

    single = args.hi is not None or args.en is not None
    if args.manifest is not None:
        given = [f"--{name}" for name in ("id", *_META) if getattr(args, name) is not None]
        if single or given:
            raise UsageError(
                f"build: --manifest lists the pairs; got {given[0] if given else args.hi} too; leave one out"
            )
        if args.manifest != "-":
            refuse_input(args.out, args.manifest)
        return Counted(read_manifest(args.manifest, without_missing=args.without_missing), lines_in(args.manifest))
    if args.hi is None or args.en is None:
        raise UsageError("build: two articles or --manifest are needed; got neither; see tithi build --help")
    meta = {name: getattr(args, name) for name in _META}
    name = args.id or re.sub(r"[^A-Za-z0-9._-]+", "-", Path(args.hi).stem).strip("-.") or "pair"
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", name):
        raise UsageError(f"--id: must be letters, digits, dot, dash and underscore; got {name!r}; give another")
    return iter([ManifestEntry("command line", name, Source(args.hi, **meta), Source(args.en, **meta))])
