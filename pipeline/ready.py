"""What a worker has before its first article: the process that workers are forked from imports this module.

Nobody else does, for it works when it is imported: it aligns and checks an article pair, so that modules, models and
compiled kernels are loaded once, however many workers there are. It takes about two seconds.
"""

import contextlib
import gc
import signal
import sys

__all__ = ["work_once"]


def work_once() -> None:
    """Align and check the first pair of the sample."""
    from tithi.pipeline import bitext, build  # noqa: F401 - what is to be done is named by these
    from tithi.pipeline.pairs import pair_of
    from tithi.pipeline.settings import Settings
    from tithi.records import Reject
    from tithi.sample import manifest
    from tithi.sources.manifest import read_manifest

    first = next(read_manifest(manifest()))
    if not isinstance(first, Reject):
        build.align_pairs(Settings(), None, [pair_of(first, carry=False)])


signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it, and what is forked from it, without a word
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
sys.path[:] = filter(None, sys.path)  # a module that lies where the command was given hides none of ours
gc.disable()
with contextlib.suppress(Exception):  # whatever it is, a worker meets it again and can tell of it
    work_once()
gc.enable()
gc.freeze()
