"""Article pairs in batches: in order, as if they came one by one, and a bad one alone."""

from collections.abc import Sequence

import pytest

from tithi.aligner.alignment import align_cuts, cut_sides
from tithi.aligner.segments import Cut
from tithi.encoder import load
from tithi.encoder.protocol import Encoder, FloatArray, SumEncoder
from tithi.errors import DataError
from tithi.pipeline.checked import Ahead, check, checked_ahead, models_for
from tithi.pipeline.together import batches, worked_together
from tithi.records import Alignment, Article, Lang, Reject, Source, TextPair
from tithi.sources.bitext import bitext_alignment
from tithi.sources.manifest import ManifestEntry

TEXTS = {
    "rain": ("वर्षा हुई। नदी भर गई।", "It rained. The river was full."),
    "flood": ("बाढ़ आई। वर्षा हुई।", "The flood came. It rained."),
    "empty": ("", "Nothing faces this."),
    "odd": ("\ud83d वर्षा हुई।", "It rained.\u0000"),
}


class Counting:
    """The shipped encoder, which counts how often it is asked, and breaks at a word."""

    def __init__(self, bad: str = "never") -> None:
        encoder = load()
        assert isinstance(encoder, SumEncoder)
        self._encoder = encoder
        self.name, self.dim = self._encoder.name, self._encoder.dim
        self.asked = 0
        self._bad = bad

    def encode(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        return self._encoder.encode(texts, lang)

    def sums(self, texts: Sequence[str], lang: Lang) -> FloatArray:
        self.asked += 1
        if any(self._bad in text for text in texts):
            raise ZeroDivisionError("cannot read it")
        return self._encoder.sums(texts, lang)


def entry(name: str) -> ManifestEntry:
    return ManifestEntry(f"list:{name}", name, Source(f"{name}.hi"), Source(f"{name}.en"))


def cut(item: ManifestEntry) -> tuple[Cut, Cut]:
    if item.id not in TEXTS:
        raise DataError(f"{item.id}: no such file")
    hi, en = TEXTS[item.id]
    return cut_sides(Article("hi", hi, item.hi), Article("en", en, item.en))


def beads(item: ManifestEntry, cuts: tuple[Cut, Cut], encoder: Encoder) -> tuple[str, object]:
    alignment = align_cuts(*cuts, id=item.id, encoder=encoder)
    return item.id, alignment.beads


@pytest.mark.parametrize("most", [1, 500_000])
def test_a_batch_is_what_its_pairs_are_one_by_one(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tithi.pipeline.together._CHARACTERS", most)
    listed = Reject("list:9", None, "listed as bad")
    (batch,) = batches([entry("rain"), listed, entry("missing"), entry("empty"), entry("odd"), entry("flood")])
    encoder = Counting()
    found = worked_together(batch.entries, cut, beads, encoder)
    if most > 1:
        assert encoder.asked == 2
    alone = [beads(entry(name), cut(entry(name)), load()) for name in ("rain", "empty", "odd", "flood")]
    assert found[1] == listed
    assert isinstance(found[2], Reject)
    assert (found[2].where, found[2].reason, found[2].fault) == ("list:missing", "missing: no such file", False)
    assert [found[k] for k in (0, 3, 4, 5)] == alone


def test_what_the_encoder_cannot_read_is_the_fault_of_one_pair() -> None:
    (batch,) = batches([entry("rain"), entry("flood"), entry("empty")])
    first, second, third = worked_together(batch.entries, cut, beads, Counting("flood"))
    assert isinstance(second, Reject)
    assert second.fault
    assert (first, third) == tuple(beads(entry(name), cut(entry(name)), load()) for name in ("rain", "empty"))


def test_batches_hold_every_entry_once_in_order() -> None:
    entries = [Reject(str(k), None, "bad") if k % 7 == 0 else entry(str(k)) for k in range(50)]
    made = list(batches(iter(entries)))
    assert [item for batch in made for item in batch.entries] == entries
    assert [(batch.where, batch.id) for batch in made[:2]] == [("0", ""), ("list:16", "16")]
    assert not list(batches([]))


def alignment(name: str, *pairs: tuple[str, str]) -> Alignment:
    return bitext_alignment(name, [TextPair(name, hi, en) for hi, en in pairs], [0.0] * len(pairs))


def test_pairs_that_were_checked_ahead_are_as_they_are_alone() -> None:
    _, checker = models_for(None)
    given = [
        alignment(name, *zip(hi.split("। "), en.split(". "), strict=True)) for name, (hi, en) in TEXTS.items() if hi
    ]
    known = checked_ahead(checker, given)
    assert isinstance(known, Ahead)
    for one in given:
        assert check(one, known, 0.0) == check(one, checker, 0.0)
        assert check(one, known, 0.0, is_false=lambda *_: True) == check(one, checker, 0.0, is_false=lambda *_: True)
    other = alignment("other", ("दो लोग आए।", "Three people came."))
    assert check(other, known, 0.0) == check(other, checker, 0.0)


def test_a_pair_that_cannot_be_checked_is_the_fault_of_its_alignment() -> None:
    _, checker = models_for(None)
    good, bad = alignment("good", ("दो लोग आए।", "Three people came.")), alignment("bad", ("आ" * 20_001, "It rained."))
    known = checked_ahead(checker, [good, bad])
    assert check(good, known, 0.0) == check(good, checker, 0.0)
    with pytest.raises(DataError, match="20000 characters"):
        check(bad, known, 0.0)
