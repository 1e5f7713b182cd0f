"""Articles of two heaps find their partners, and those without one are left alone."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tithi.encoder import load
from tithi.encoder.protocol import Encoder, FloatArray
from tithi.errors import DataError
from tithi.matching.agreement import AGREEMENT, agreement
from tithi.matching.candidates import Window, _by_graph, candidates, nearest
from tithi.matching.evidence import FEATURES, evidence
from tithi.matching.heap import LONGEST, Heap, heap_of, sentences_of
from tithi.matching.match import Matched, Matching, match
from tithi.matching.model import shipped
from tithi.matching.partners import FLOOR, partners
from tithi.matching.signs import linked_pairs, signs
from tithi.matching.ties import TIED, tied
from tithi.matching.tokens import bags, names_in, numbers_in, shared, tokens_of
from tithi.records import Article, Lang, Source, Traces
from tithi.sample import pairs

encoder = cache(load)


@cache
def sample(lang: Lang) -> tuple[Article, ...]:
    return tuple(
        Article(lang, (pair.hi if lang == "hi" else pair.en).read_text(encoding="utf-8"), Source(f"{pair.id}.{lang}"))
        for pair in pairs()
    )


def heap(lang: Lang, articles: list[Article] | None = None) -> Heap:
    loaded: Encoder = encoder()
    return heap_of(sample(lang) if articles is None else articles, lang, loaded)


def article(lang: Lang, text: str, path: str = "a", **meta: str) -> Article:
    return Article(lang, text, Source(path, **meta))


def paired(matched: Matched) -> list[tuple[int, int]]:
    return [(one.hi, one.en) for one in matched.pairs]


def cut(articles: tuple[Article, ...], first: float, last: float) -> list[Article]:
    """Return the articles with that stretch of their lines alone."""
    found = []
    for one in articles:
        lines = one.text.splitlines()
        kept = lines[int(first * len(lines)) : max(int(last * len(lines)), 1)]
        found.append(replace(one, text="\n".join(kept) + "\n"))
    return found


HI, EN = sample("hi"), sample("en")
SAME = [(k, k) for k in range(len(HI))]


@pytest.mark.parametrize(
    ("hi", "en", "found"),
    [
        (list(HI), list(EN), SAME),
        (list(HI[:5]), list(EN[5:]), []),
        (list(HI[:7]), list(EN[3:]), [(k, k - 3) for k in range(3, 7)]),
        (list(HI[::-1]), list(EN), [(k, len(HI) - 1 - k) for k in range(len(HI))]),
        (list(HI[:1]), list(EN[:1]), [(0, 0)]),
        (list(HI[:1]), list(EN[1:2]), []),
        (cut(HI, 0, 0.6), list(EN), SAME),
        (list(HI), cut(EN, 0.3, 1), SAME),
        (list(HI), [], []),
        ([], [], []),
    ],
    ids=["whole", "strangers", "some", "reversed", "one", "strange", "Hindi cut", "English cut", "empty", "none"],
)  # fmt: skip
def test_heaps_are_matched(hi: list[Article], en: list[Article], found: list[tuple[int, int]]) -> None:
    matched = match(heap("hi", hi), heap("en", en))
    assert paired(matched) == found
    # Every article is in a pair or among the unmatched.
    assert sorted([i for i, _ in found] + list(matched.hi)) == list(range(len(hi)))
    assert sorted([j for _, j in found] + list(matched.en)) == list(range(len(en)))
    assert all(0 <= one.score <= 1 for one in matched.pairs)


SHORT_HI = ["गाँव की नई सड़क 12 मार्च को खुली।", "नदी में बाढ़ आने से तीन पुल बह गए।", "टीम ने फ़ाइनल 3-1 से जीता।"]
SHORT_EN = ["The village's new road opened on March 12.", "Three bridges were washed away by the flood in the river."]


def test_articles_of_one_sentence_are_matched() -> None:
    hi = [article("hi", text + "\n", str(k)) for k, text in enumerate(SHORT_HI)]
    en = [article("en", text + "\n", str(k)) for k, text in enumerate(SHORT_EN)]
    assert paired(match(heap("hi", hi), heap("en", en))) == [(0, 0), (1, 1)]


def test_copies_have_one_partner_each_unless_many_are_asked_for() -> None:
    copies = [HI[0], replace(HI[0], text=HI[0].text.replace("।", " ।", 3)), HI[1]]
    one = match(heap("hi", copies), heap("en", list(EN[:2])))
    assert len(one.pairs) == 2
    assert {pair.en for pair in one.pairs} == {0, 1}
    left = next(iter(one.hi.values()))
    assert left is not None
    assert left.en == 0
    many = match(heap("hi", copies), heap("en", list(EN[:2])), Matching(many=True))
    assert paired(many) == [(0, 0), (1, 0), (2, 1)]


def test_boilerplate_does_not_make_a_pair() -> None:
    around_hi = "हमारे समाचार पत्र की सदस्यता लें।\nसभी अधिकार सुरक्षित हैं।\nसंपर्क के लिए हमें लिखें।\n"
    around_en = "Subscribe to our newspaper.\nAll rights are reserved.\nWrite to us to get in touch.\n"
    hi = [replace(one, text=one.text + around_hi) for one in HI[:6]]
    en = [replace(one, text=one.text + around_en) for one in EN[3:9]]
    assert paired(match(heap("hi", hi), heap("en", en))) == [(3, 0), (4, 1), (5, 2)]


def test_the_order_of_the_articles_and_copies_of_the_call_change_nothing() -> None:
    first, again = (match(heap("hi"), heap("en")) for _ in range(2))
    assert first == again


def test_very_long_articles_are_compared_by_their_beginning() -> None:
    assert len(sentences_of(article("hi", "वर्षा हुई।\n" * 1000))) == LONGEST
    long = [replace(one, text=one.text + "वर्षा हुई।\n" * 3000) for one in HI[:2]]
    assert len(heap("hi", long).sentences) == 2 * LONGEST


def test_code_is_not_compared() -> None:
    text = "वर्षा हुई।\nx = 1\n"
    assert sentences_of(Article("hi", text, Source("a", title="मौसम"), ((11, 16),))) == ["मौसम", "वर्षा हुई।"]


DAYS = [
    (None, "2024-01-30", True),
    (7, "2024-01-08", True),
    (7, "2024-01-09", False),
    (7, None, True),
    (7, "2024", True),
]


@pytest.mark.parametrize(("days", "other", "allowed"), DAYS)
def test_the_window_of_days(days: int | None, other: str | None, allowed: bool) -> None:
    hi = heap("hi", [replace(HI[0], source=Source("a", published="2024-01-01"))])
    en = heap("en", [replace(EN[0], source=Source("b", published=other))])
    assert (len(candidates(hi, en, count=5, window=Window(days))) == 1) == allowed


@pytest.mark.parametrize(
    ("one", "other", "allowed"), [("A", "A", True), ("A", "B", False), (None, "B", True), (None, None, True)]
)
def test_within_a_publisher(one: str | None, other: str | None, allowed: bool) -> None:
    hi = heap("hi", [replace(HI[0], source=Source("a", publisher=one))])
    en = heap("en", [replace(EN[0], source=Source("b", publisher=other))])
    assert (len(candidates(hi, en, count=5, window=Window(publisher=True))) == 1) == allowed


def page(lang: Lang, text: str, url: str, **traces: tuple[str, ...]) -> Article:
    return Article(lang, text, Source(url, url=url), (), Traces(**traces))


def test_pages_tell_their_counterparts() -> None:
    hi = [
        page("hi", HI[0].text, "https://a.example/hi/1", alternates=("http://www.a.example/en/x/",)),
        page("hi", HI[1].text, "https://a.example/hi/20231", images=("https://i.example/p.jpg?w=2",)),
        page("hi", HI[2].text, "https://a.example/hi/3", links=("https://b.example/r",)),
    ]
    en = [
        page("en", EN[0].text, "https://a.example/en/x"),
        page("en", EN[1].text, "https://a.example/en/story-20231", images=("https://i.example/p.jpg",)),
        page("en", EN[2].text, "https://a.example/en/z", links=("https://b.example/r",)),
    ]
    heaps = heap("hi", hi), heap("en", en)
    assert linked_pairs(*heaps).tolist() == [[0, 0]]
    told = signs(*heaps, np.array([[0, 0], [0, 1], [1, 1], [2, 2]]))
    assert [told.names(k) for k in range(4)] == [("link",), (), ("image", "address"), ("links",)]
    assert told.odds[0] > told.odds[2] > told.odds[3] > told.odds[1] == 0


def test_a_link_pairs_what_says_little() -> None:
    hi = page("hi", "फोटो देखें।\n", "https://a.example/hi/1", alternates=("https://a.example/en/1",))
    en = page("en", "The gallery of the year, by our readers.\n", "https://a.example/en/1")
    assert paired(match(heap("hi", [hi]), heap("en", [en]))) == [(0, 0)]


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_nearest_are_found(count: int) -> None:
    rng = np.random.default_rng(0)
    a, b = (rng.normal(size=(size, 8)).astype(np.float32) for size in (30, 20))
    found = nearest(a, b, count)
    brute = np.argsort(-(a @ b.T), axis=1)[:, :count]
    assert [set(row) for row in found.tolist()] == [set(row) for row in brute.tolist()]


def test_agreement_is_what_a_person_would_count() -> None:
    heaps = heap("hi"), heap("en")
    pairs_ = np.array([[0, 0], [0, 1], [2, 2]])
    for (i, j), row in zip(pairs_.tolist(), agreement(partners(*heaps, pairs_)), strict=True):
        a, b = (
            h.sentences[h.offsets[k] : h.offsets[k + 1]].astype(np.float32) for h, k in zip(heaps, (i, j), strict=True)
        )
        likeness = a @ b.T
        mutual = [(r, c) for r, c in enumerate(likeness.argmax(1)) if likeness[:, c].argmax() == r]
        told = dict(zip(AGREEMENT, row.tolist(), strict=True))
        assert told["best_hi"] == pytest.approx(likeness.max(1).mean(), abs=1e-3)
        assert told["best_en"] == pytest.approx(likeness.max(0).mean(), abs=1e-3)
        assert told["mutual"] == pytest.approx(2 * len(mutual) / sum(likeness.shape), abs=1e-6)
        assert told["covered_hi"] == pytest.approx((likeness.max(1) > 0.5).mean(), abs=1e-6)


def test_exchanging_the_heaps_exchanges_the_evidence() -> None:
    hi, en = heap("hi"), heap("en")
    both = np.array([[i, j] for i in range(4) for j in range(4)])
    swapped = both[:, ::-1][np.lexsort((both[:, 0], both[:, 1]))]
    there, back = evidence(hi, en, both), evidence(en, hi, swapped)
    same = [FEATURES.index(name) for name in ("best_less", "best_more", "mutual", "numbers", "length", "shorter")]
    order = np.lexsort((both[:, 0], both[:, 1]))
    assert np.allclose(there[order][:, same], back[:, same], atol=1e-6)


NUMBERS = [
    ("2019 में 4,500 लोग", "4500 people in 2019", 2),
    ("१२.५ किलो, २० दिन", "12.5 kilos, 20 days", 2),
    ("1.5 लाख लोग", "150,000 people", 1),
    ("२ करोड़ रुपये", "20 million rupees", 1),
    ("2 करोड\u093c रुपये", "Rs 2 crore", 1),
    ("पचास बच्चे", "Fifty children", 1),
    ("12 मार्च को", "on March 12", 3),
    ("फ़रवरी 3 को", "on the 3rd of Feb.", 1),
    ("सोमवार को", "on Monday", 1),
    ("5 मई", "May 5", 2),
    ("", "", 0),
]


@pytest.mark.parametrize(("text", "same", "count"), NUMBERS)
def test_numbers_and_dates_are_the_same_in_both_scripts(text: str, same: str, count: int) -> None:
    assert len(numbers_in(text) & numbers_in(same)) == count


@pytest.mark.parametrize(
    ("text", "other"),
    [("दो दिन", "two days"), ("नव वर्ष", "in November"), ("मई", "it may"), ("3 लाख", "3 crore"), ("12", "1.2")],
)
def test_what_is_no_number_or_another_is_not_shared(text: str, other: str) -> None:
    assert not numbers_in(text) & numbers_in(other)


def mixtures(sentences: FloatArray, rng: np.random.Generator) -> FloatArray:
    rows: FloatArray = sentences[rng.integers(0, len(sentences), (2000, 6))].sum(axis=1)
    out: FloatArray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return out


def test_the_graph_finds_what_exact_search_finds() -> None:
    """Articles are mixtures of the sample's sentences, as near to each other as those of one site."""
    pytest.importorskip("usearch")
    rng = np.random.default_rng(0)
    hi, en = (mixtures(heap(lang).sentences.astype(np.float32), rng) for lang in ("hi", "en"))
    exact, found = nearest(hi, en, 10), _by_graph(hi, en, 10)
    recall = np.mean([len({*a} & {*b}) / 10 for a, b in zip(exact.tolist(), found.tolist(), strict=True)])
    assert recall >= 0.98


def test_names_are_heard() -> None:
    assert names_in("कल सुनीता रावत ने व्लादिमीर से बात की।", "hi") & names_in("Yesterday Sunita met Vladimir Rawat.", "en")
    assert not names_in("The road opened.", "en")


def test_what_all_have_weighs_little() -> None:
    rare, common = 7, 9
    hi, en = (
        bags(list(map(tokens_of, sets)))
        for sets in ([{rare, common}, {common}, {common}], [{rare}, {common}, {common}])
    )
    both = shared(hi, en, np.array([[0, 0], [1, 1], [0, 1]]))
    assert both[0, 0] > both[1, 0] == both[2, 0] > 0


def test_a_rival_is_the_best_of_the_other_candidates() -> None:
    heaps = heap("hi"), heap("en")
    both = np.array([[i, j] for i in range(3) for j in range(4)])
    found = partners(*heaps, both)
    for k, (i, j) in enumerate(both.tolist()):
        for side, (n, one, other) in ((found.hi, (i, *heaps)), (found.en, (j, *heaps[::-1]))):
            own = one.sentences[one.offsets[n] : one.offsets[n + 1]].astype(np.float32)
            rivals = [m for m in range(4 if one is heaps[0] else 3) if m != (j if one is heaps[0] else i)]
            others = np.concatenate([other.sentences[other.offsets[m] : other.offsets[m + 1]] for m in rivals])
            brute = np.maximum((own @ others.astype(np.float32).T).max(axis=1), FLOOR)
            assert np.allclose(side.rival[side.offsets[k] : side.offsets[k + 1]], brute, atol=1e-3)


def test_ties_are_summed() -> None:
    """Of four ties the third crosses the others, and the last stands far from them."""
    hi = [article("hi", "क।\nख।\nग।\nघ।\n")]
    heaps = heap("hi", hi), heap("en", [article("en", "A.\nB.\nC.\nD.\n")])
    pair = np.array([[0, 0]])
    found = partners(*heaps, pair)
    found.hi.best[:], found.en.best[:] = 0.9, 0.9
    found.hi.at[:], found.en.at[:] = [1, 2, 0, 3], [2, 0, 1, 3]
    odds = iter([np.array([0.5, 0.75, 0.25, 1.0])])
    row = dict(zip(TIED, tied(found, *heaps, pair, lambda _: next(odds))[0].tolist(), strict=True))
    assert row == {"ties": 2.5, "first": 1.0, "second": 0.75, "third": 0.5, "ordered": 2.25, "neighbours": 0.75}


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(DataError, match="train it again"):
        shipped("articles", FEATURES[:-1])
