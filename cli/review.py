"""`tithi review`: look at a dataset in the browser and correct it."""

import argparse
import gc
import sys
from pathlib import Path

from tithi.cli.arguments import positive
from tithi.errors import DataError, MissingExtraError, UsageError

__all__ = ["add"]

_ANSWER = 200_000
"""Objects that a long article is made of on its way to the page."""
_SWITCH = 0.001
"""Seconds that one of the server's threads computes before another has its turn."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    command = commands.add_parser(
        "review",
        help="correct a dataset in the browser",
        description="Serve a page on this machine to accept, reject and correct what was aligned, the most doubtful "
        "first. Each decision goes at once into DATASET/review.sqlite; a later `tithi build` to the same folder obeys.",
    )
    command.add_argument("dataset", type=Path, metavar="DATASET", help="the dataset folder")
    command.add_argument("--port", type=positive, default=8765, metavar="N", help="the port (default 8765)")
    command.add_argument("--read-only", action="store_true", help="show, and take no decisions")
    command.add_argument("--export", type=Path, metavar="FILE", help="write all decisions as JSON lines instead")
    command.add_argument("--load", type=Path, metavar="FILE", help="add decisions that --export wrote instead")
    command.add_argument(
        "--export-gold",
        type=Path,
        metavar="DIR",
        help="write article pairs of which every bead was judged as gold for `tithi score`, and all that was said of "
        "pairs and alarms as judgements.jsonl, instead",
    )
    command.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from tithi.corpus.folder import read_marker
    from tithi.review.store import FILE, Store

    read_marker(args.dataset)
    chosen = [name for name in ("export", "load", "export_gold") if getattr(args, name) is not None]
    if len(chosen) > 1:
        raise UsageError(f"review: one of --export, --load, --export-gold; got {len(chosen)}; leave all but one out")
    path = args.dataset / FILE
    fresh = args.read_only and not path.exists()
    with Store(":memory:" if fresh else path, read_only=args.read_only and not fresh) as store:
        if args.export is not None:
            args.export.write_text("".join(f"{line}\n" for line in store.export()), encoding="utf-8", newline="\n")
            print(f"{args.export}: {sum(1 for _ in store.decisions(history=True))} decisions")
        elif args.load is not None:
            if not args.load.is_file():
                raise DataError(f"{args.load}: must be a file of decisions; got none; check the path")
            with args.load.open(encoding="utf-8", errors="strict") as lines:
                print(f"{path}: {store.load(lines, str(args.load))} decisions added")
        elif args.export_gold is not None:
            return _export_gold(args, store)
        else:
            _serve(args, store)
    return 0


def _export_gold(args: argparse.Namespace, store: object) -> int:
    from tithi.report.stories import stored_stories
    from tithi.review.gold import export_gold
    from tithi.review.standing import came_aligned
    from tithi.review.store import Store

    assert isinstance(store, Store)
    done = export_gold(stored_stories(args.dataset), store, args.export_gold, given=came_aligned(args.dataset))
    print(f"{args.export_gold}: {done.written} article pairs, {done.judgements} judgements")
    if done.left:
        print(f"tithi: {done.left} article pairs have beads that no one judged; they are left out", file=sys.stderr)
    return 0 if done.written or done.judgements else 1


def _serve(args: argparse.Namespace, store: object) -> None:
    import secrets
    import socket

    try:
        import uvicorn

        from tithi.review.app import application
    except ImportError:
        raise MissingExtraError("review", "review") from None
    from tithi.report.stories import stored_stories
    from tithi.review.library import Library
    from tithi.review.session import Review
    from tithi.review.standing import came_aligned
    from tithi.review.store import Store

    assert isinstance(store, Store)
    library, given = Library(stored_stories(args.dataset)), came_aligned(args.dataset)
    review = Review(library, store, read_only=args.read_only, given=given)
    # What stays until the end is not searched for garbage, nor is what one answer makes, more than once.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ANSWER)
    # A key waits no longer than this for what others compute.
    sys.setswitchinterval(_SWITCH)
    token = secrets.token_urlsafe(24)
    # Named as TCP, or asyncio lets the end of each answer wait 40 ms until the beginning was received.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", args.port))
        except OSError as error:
            raise UsageError(f"--port: must be free; got {args.port}, {error.strerror}; choose another") from None
        listening.listen()
        print(f"http://127.0.0.1:{args.port}/?token={token}", flush=True)
        config = uvicorn.Config(application(review, token=token, port=args.port), log_level="warning")
        uvicorn.Server(config).run(sockets=[listening])
