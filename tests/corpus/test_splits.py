import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.corpus.recorded import Recorded, text_key
from tithi.corpus.splits import MIN_ARTICLES, SPLITS, Split, assign, hashed_split, near_duplicates, signature

IDS = [f"article-{number}" for number in range(400)]


def words(count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("कखगघचछजझटठडढतथदधनपफबभमयरलवशसह", k=6)) for _ in range(count)]


def grouped(*texts: str) -> list[int]:
    return near_duplicates(np.stack([signature(text) for text in texts])).firsts()


def test_shares_are_near_ninety_five_five() -> None:
    counts = [sum(hashed_split(str(number)) == name for number in range(20_000)) for name in SPLITS]
    assert counts == pytest.approx([18_000, 1_000, 1_000], rel=0.1)


def test_the_split_of_an_id_never_changes() -> None:
    assert [hashed_split(key) for key in ("monsoon", "तिथि", "article-3", "article-37")] == [
        "train",
        "train",
        "validation",
        "validation",
    ]


def test_every_article_has_a_split_whatever_the_order() -> None:
    there = assign(IDS, range(len(IDS)))
    back = assign(IDS[::-1], range(len(IDS)))
    assert there.by_article == back.by_article == {key: hashed_split(key) for key in IDS}
    assert (there.names, there.near_duplicates, there.reason) == (SPLITS, 0, None)


def test_a_group_shares_the_split_of_its_smallest_id() -> None:
    groups = [0, 0, *range(2, len(IDS))]
    for ids in (IDS, [IDS[1], IDS[0], *IDS[2:]]):
        splits = assign(ids, groups)
        assert splits.by_article[IDS[0]] == splits.by_article[IDS[1]] == hashed_split(min(IDS[:2]))
        assert splits.near_duplicates == 1


@pytest.mark.parametrize(
    ("ids", "groups", "said"),
    [
        (["a"], [0], f"at least {MIN_ARTICLES} different articles; got 1"),
        (IDS[: MIN_ARTICLES - 1], range(MIN_ARTICLES - 1), f"got {MIN_ARTICLES - 1}"),
        (IDS, [0] * len(IDS), "got 1"),
        ([key for key in IDS if hashed_split(key) != "test"], None, "in test"),
        ([key for key in IDS if hashed_split(key) == "train"], None, "in validation or test"),
    ],
)
def test_too_small_a_set_has_train_alone(ids: list[str], groups: list[int] | None, said: str) -> None:
    splits = assign(ids, groups if groups is not None else range(len(ids)))
    assert splits.names == ("train",)
    assert set(splits.by_article.values()) == {"train"}
    assert splits.reason is not None
    assert said in splits.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("फ़रवरी में बारिश हुई", "\u092b\u093cरवरी में बारिश हुई"),
        ("\u095eरवरी में बारिश हुई", "\u092b\u093cरवरी में बारिश हुई"),
        ("The Pond  was dug.", "the pond was dug"),
        ("तालाब गहरा हुआ।", "तालाब\nगहरा, हुआ"),
        ("दो शब्द", "दो शब्द!"),
        ("", "..."),
    ],
)
def test_signatures_see_words_alone(one: str, other: str) -> None:
    assert np.array_equal(signature(one), signature(other))


def test_signatures_tell_words_apart() -> None:
    for one, other in [("काल", "काला"), ("कमल खिला यहाँ", "कमल खिले यहाँ"), ("a b c", "c b a"), ("1.5", "2.5")]:
        assert not np.array_equal(signature(one), signature(other))


@pytest.mark.parametrize("share", [0.9, 0.6, 0.3, 0.0])
def test_signatures_estimate_the_jaccard_index(share: float) -> None:
    """Texts of 600 words with a common beginning have a known Jaccard index of trigrams."""
    common = round(2 * share * 598 / (1 + share)) + 2 if share else 0
    start = words(common, 1)
    one, other = (signature(" ".join(start + words(600 - common, seed))) for seed in (2, 3))
    assert (one == other).mean() == pytest.approx(share, abs=0.15)


def test_signatures_do_not_change_between_versions() -> None:
    assert signature("तालाब को गहरा किया गया")[:3].tolist() == [124640539, 1297818890, 1004758929]


def test_near_duplicates_are_grouped_and_others_are_not() -> None:
    text = words(300, 1)
    edited = [*text[:140], "नया", *text[141:]]
    shortened = text[:220]
    unlike = words(300, 2)
    assert grouped(*map(" ".join, (unlike, text, edited, words(300, 3), shortened))) == [0, 1, 1, 3, 1]


def test_likeness_on_either_side_is_enough() -> None:
    hi = np.stack([signature(text) for text in ("क ख ग घ", "च छ ज झ", "ट ठ ड ढ", "त थ द ध")])
    en = np.stack([signature(text) for text in ("a b c d", "a b c d", "i j k l", "i j k l")])
    assert near_duplicates(hi, en).firsts() == [0, 0, 2, 2]
    assert near_duplicates(hi, np.roll(en, 1, axis=0)).firsts() == [0, 1, 1, 0]


@given(st.lists(st.sampled_from(["क ख ग घ", "च छ ज झ", "ट ठ ड ढ"]), min_size=1, max_size=12))
def test_copies_are_grouped_with_the_first(texts: list[str]) -> None:
    assert grouped(*texts) == [texts.index(text) for text in texts]


def test_many_copies_take_no_longer_than_many_articles() -> None:
    row = signature("बाढ़ की चेतावनी")
    assert near_duplicates(np.tile(row, (20_000, 1))).firsts() == [0] * 20_000


A, B, C, D = (tuple(map(text_key, pair)) for pair in (("क", "a"), ("ख", "b"), ("ग", "c"), ("घ", "d")))


@pytest.mark.parametrize(
    ("now", "splits"),
    [
        # A page that came in took the name of another, and that one's took a third's.
        ([("index", D), ("index-2", A), ("index-3", B)], {"index": "train", "index-2": "train", "index-3": "test"}),
        ([("other", B)], {"other": "test"}),
        ([("index-2", D)], {"index-2": "test"}),  # both sides were edited
        ([("new", D)], {}),
        ([("new", (A[0], B[1]))], {"new": "test"}),  # matched with another: what was held out stays held out
        ([("index", (A[0], D[1]))], {"index": "train"}),
        ([], {}),
    ],
)
def test_an_article_is_known_again_by_its_text_and_then_by_its_id(
    now: list[tuple[str, tuple[int, ...]]], splits: dict[str, str]
) -> None:
    texts: dict[int, Split] = {**dict.fromkeys(A, "train"), **dict.fromkeys(B, "test")}
    before = Recorded("1.0.1", {"index": "train", "index-2": "test"}, texts)
    assert before.of(now) == splits
