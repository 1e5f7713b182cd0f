"""Work in two processes that Ctrl-C stops: `python -m tests.pipeline.stopping WHEN`.

A terminal sends Ctrl-C to every process of the command, and so does this, to its own group: `early`, while what all
processes need is loaded, or `late`, from within a task. Prints `stopped`, and whatever the processes complain of.
"""

import os
import signal
import sys
import time
from dataclasses import dataclass

from tithi.pipeline.jobs import ahead, each

# Nothing of the tests is imported: a worker imports this module, and theirs takes Ctrl-C back from what workers do.


@dataclass(frozen=True)
class Number:
    """Something to work on."""

    where: str
    id: str


def stop_all(item: Number) -> None:
    """Stop the whole command, once, from the second task, for both processes have begun by then; and go on working."""
    if item.id == "b":
        os.killpg(os.getpgrp(), signal.SIGINT)
    time.sleep(60)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ahead()
        if sys.argv[1] == "early":
            stop_all(Number("list:2", "b"))
        list(each([Number("list:1", "a"), Number("list:2", "b")], stop_all, jobs=2))
    except KeyboardInterrupt:
        print("stopped")
