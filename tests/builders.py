"""Alignments made by hand, for tests of what comes after aligning."""

from tithi.records import Alignment, Article, Bead, Document, Segment, SegmentLink, Sentence, Source

HI = (
    "झील की कहानी नीचे दी गई है।\n",
    "मई, 2019\n",
    "गाँव ने तालाब को गहरा किया। काम पाँच महीने चला। यह विज्ञापन है।\n",
    "2021\n",
    "मछलियाँ लौट आईं।\n",
)
EN = (
    "The story of the lake is told below.\n",
    "May 2019\n",
    "The village dug the pond deeper, and the work took five months.\n",
    "2023\n",
    "A school was opened.\n",
)


def lake(article_id: str = "lake", *, source: Source | None = None, suffix: str = "") -> Alignment:
    """Return a preamble, a paired segment with a 2-1 bead and a null, and a segment a side without counterpart.

    `suffix` is added to the first sentence of both sides, before the full stop.
    """
    hi_first = HI[0].replace("।", f"{suffix}।")
    en_first = EN[0].replace(".", f"{suffix}.")
    hi = _document(
        "hi", (hi_first, *HI[1:]), ["गाँव ने तालाब को गहरा किया।", "काम पाँच महीने चला।", "यह विज्ञापन है।"], source, "2021"
    )
    en = _document("en", (en_first, *EN[1:]), [EN[2].strip()], source, "2023")
    links = (
        SegmentLink((0,), (0,), "position"),
        SegmentLink((1,), (1,), "date"),
        SegmentLink((2,), (), "none"),
        SegmentLink((), (2,), "none"),
    )
    beads = (
        Bead((0, 1), (0, 1), 0.9, None, 0),
        Bead((1, 3), (1, 2), 0.8, "2019-05", 1),
        Bead((3, 4), (2, 2), 0.7, "2019-05", 1),
        Bead((4, 5), (2, 2), 0.6, "2021", 2),
        Bead((5, 5), (2, 3), 0.5, "2023", 3),
    )
    return Alignment(article_id, hi, en, links, beads)


def plain(article_id: str, hi: str, en: str, source: Source | None = None) -> Alignment:
    """Return a pair of undated articles of one sentence each."""
    return Alignment(
        article_id,
        _one("hi", hi, source),
        _one("en", en, source),
        (SegmentLink((0,), (0,), "position"),),
        (Bead((0, 1), (0, 1), 1.0, None, 0),),
    )


def _one(lang: str, text: str, source: Source | None) -> Document:
    article = Article("hi" if lang == "hi" else "en", text, source or Source(f"{lang}.txt"))
    return Document(article, (Segment(0, len(text), None, None, (0, 1)),), (Sentence(0, len(text), text),))


def _document(lang: str, parts: tuple[str, ...], middle: list[str], source: Source | None, last: str) -> Document:
    """Return a document of an undated preamble, a segment of May 2019 and one of `last`."""
    text = "".join(parts)
    starts = [sum(map(len, parts[:index])) for index in range(len(parts) + 1)]
    sentences = [
        Sentence(text.index(part), text.index(part) + len(part), part)
        for part in (parts[0].strip(), *middle, parts[4].strip())
    ]
    count = len(middle)
    segments = (
        Segment(0, starts[1], None, None, (0, 1)),
        Segment(starts[1], starts[3], (starts[1], starts[2] - 1), "2019-05", (1, 1 + count)),
        Segment(starts[3], starts[5], (starts[3], starts[4] - 1), last, (1 + count, 2 + count)),
    )
    article = Article("hi" if lang == "hi" else "en", text, source or Source(f"{lang}.txt"))
    return Document(article, segments, tuple(sentences))
