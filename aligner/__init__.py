"""Dates, segments, sentences and beads: from two articles to their alignment.

`align` is the front door and `explain` tells its reasons. They are imported when first asked for, because the search
has a compiler at its back.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tithi.aligner.alignment import align as align
    from tithi.aligner.alignment import explain as explain

__all__ = ["align", "explain"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from tithi.aligner import alignment as pairing

        return getattr(pairing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
