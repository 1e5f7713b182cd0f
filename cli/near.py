"""What a command reads at addresses, brought to this machine for as long as it runs, and told by its address.

An argument that is a `Path` is one of this machine: an address is refused.
"""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

from tithi.addresses import is_address
from tithi.corpus.folder import refuse_address

__all__ = ["near", "reads"]


def reads(command: argparse.ArgumentParser, *names: str) -> None:
    """Say which arguments of a command are paths that it reads and that may be addresses."""
    command.set_defaults(reads=names, named=str)


@contextlib.contextmanager
def near(args: argparse.Namespace) -> Iterator[None]:
    """Put paths in place of addresses, where a command says that it reads them; `args.named` tells them in a text.

    Raises:
        DataError: What is at an address cannot be read, or the disk is full.
        UsageError: An address is none that can be used, or stands where a path must.
    """
    for value in vars(args).values():
        for place in value if isinstance(value, list) else [value]:
            if isinstance(place, Path):
                refuse_address(place)
    given = {name: getattr(args, name) for name in getattr(args, "reads", ())}
    if not any(is_address(place) for value in given.values() for place in _listed(value)):
        yield
        return
    from tithi.pipeline.fetched import Fetched
    from tithi.pipeline.held import leave, scratch

    folder, descriptor = scratch()
    with contextlib.ExitStack() as stack:
        stack.callback(leave, folder, descriptor)
        fetched = stack.enter_context(Fetched(folder))
        for name, value in given.items():
            places = [str(place) for place in fetched.take(_listed(value))]
            setattr(args, name, places if isinstance(value, list) else places[0] if places else None)
        args.named = fetched.named
        yield


def _listed(value: list[str] | str | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
