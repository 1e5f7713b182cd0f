"""What a worker has before its first article: the process that workers are forked from imports this module.

Nobody else does, for it works when it is imported: it aligns and checks an article pair, so that modules, models and
compiled kernels are loaded once, however many workers there are. It takes about two seconds.
"""

import contextlib
import gc
from itertools import islice

from tithi.pipeline import bitext, build
from tithi.pipeline.pairs import pair_of
from tithi.pipeline.settings import Settings
from tithi.records import Reject
from tithi.sample import manifest
from tithi.sources.manifest import read_manifest

__all__ = ["bitext"]


def _work() -> None:
    for entry in islice(read_manifest(manifest()), 1):
        if not isinstance(entry, Reject):
            build.align_entry(Settings(), None, pair_of(entry, carry=False))


with contextlib.suppress(Exception):  # whatever it is, a worker meets it again and can tell of it
    _work()
gc.collect()
gc.freeze()
