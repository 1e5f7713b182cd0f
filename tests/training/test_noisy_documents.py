"""The generator of noisy documents: its gold must be true of the text it writes, whatever the rates and the seed."""

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.errors import DataError, UsageError
from training.noisy_documents import (
    EASY,
    HARD,
    PLAIN,
    NoisyDocument,
    Rates,
    cut,
    dated_starts,
    join,
    main,
    make_noisy,
    read_documents,
)


def document(size: int, start: int = 0) -> tuple[list[str], list[str]]:
    """Return lines that carry their number, so that what became of each can be told from the text."""
    hi = [f"पंक्ति क{i} में पानी भरा, लेकिन ख{i} में हवा ग{i} चली।" for i in range(start, start + size)]
    en = [f"Line a{i} filled with water, but in b{i} the wind c{i} blew." for i in range(start, start + size)]
    return hi, en


def dated(size: int, every: int) -> tuple[list[str], list[str]]:
    """Return a document in which every so many lines open with a date, the first of them at line `every`."""
    hi, en = document(size)
    for i in range(every, size, every):
        hi[i] = f"{i % 28 + 1} मार्च, 2021 को {hi[i]}"
        en[i] = f"On March {i % 28 + 1}, 2021, {en[i]}"
    return hi, en


def foreign(size: int) -> list[tuple[str, str]]:
    hi = [f"पराया{i} वाक्य{i} कहीं{i} और{i} का{i} है{i}" for i in range(size)]
    return list(zip(hi, [f"alien{i} text{i} from{i} afar{i}" for i in range(size)], strict=True))


def words(lines: tuple[str, ...]) -> list[str]:
    return " ".join(lines).split()


rates = st.tuples(*[st.floats(0, 0.16) for _ in range(6)], st.floats(0, 1), st.sampled_from([0.0, 1.0])).map(
    lambda values: Rates(*values)
)


@given(st.integers(1, 40), rates, st.integers(2, 50), st.integers(0, 2**32))
def test_every_line_lies_in_one_bead_and_beads_keep_the_text(size: int, chances: Rates, every: int, seed: int) -> None:
    hi, en = dated(size, every)
    alien = foreign(60)
    noisy = make_noisy(hi, en, chances, random.Random(seed), alien)
    assert [i for his, _ in noisy.gold for i in his] == list(range(len(noisy.hi)))
    assert sorted(i for _, ens in noisy.gold for i in ens) == list(range(len(noisy.en)))
    assert noisy.hi
    assert noisy.en
    strangers = {line for pair in alien for line in pair}
    for his, ens in noisy.gold:
        one, other = tuple(noisy.hi[i] for i in his), tuple(noisy.en[i] for i in ens)
        if one and other:
            numbers = [
                [w[1:] for w in words(lines) if w[0] in letter and w[1:].isdigit()]
                for lines, letter in ((one, "कखग"), (other, "abc"))
            ]
            assert numbers[0] == numbers[1]
        else:
            assert len(his) + len(ens) == 1
            assert (*one, *other)[0] in strangers | set(hi) | set(en)


@pytest.mark.parametrize(
    ("chances", "kinds"),
    [
        (Rates(merge=0.9, triple=0.0), {"2-1", "1-2", "1-1"}),
        (Rates(merge=0.9, triple=1.0), {"3-1", "1-3", "1-1"}),
        (Rates(move=0.9), {"2-2", "1-1"}),
        (Rates(delete=0.5), {"1-0", "0-1", "1-1"}),
        (Rates(insert=0.5), {"1-0", "0-1", "1-1"}),
        (Rates(block=0.5), {"1-0", "0-1", "1-1"}),
        (Rates(mismatch=0.5), {"1-0", "0-1", "1-1"}),
        (PLAIN, {"1-1"}),
    ],
)
def test_each_event_makes_its_beads(chances: Rates, kinds: set[str]) -> None:
    noisy = make_noisy(*document(80), chances, random.Random(3), foreign(400))
    assert {f"{len(hi)}-{len(en)}" for hi, en in noisy.gold} == kinds


def test_rates_are_what_comes_out() -> None:
    noisy = make_noisy(*document(1000), HARD, random.Random(5), foreign(2000))
    kinds = Counter(f"{len(hi)}-{len(en)}" for hi, en in noisy.gold)
    steps = kinds.total() / (1 + 2.5 * HARD.block)  # a block makes 3.5 beads on average, every other event one
    merges = sum(kinds[kind] for kind in ("1-2", "2-1", "1-3", "3-1"))
    nulls = kinds["1-0"] + kinds["0-1"]
    assert merges / steps == pytest.approx(HARD.merge, rel=0.15)
    assert kinds["2-2"] / steps == pytest.approx(HARD.move, rel=0.15)
    assert nulls / steps == pytest.approx(HARD.insert + HARD.delete + 3.5 * HARD.block, rel=0.15)
    assert kinds["1-1"] / steps == pytest.approx(1 - sum(HARD.chances().values()), rel=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_a_summary_tells_a_part_of_one_side(seed: int) -> None:
    hi, en = document(200)
    noisy = make_noisy(hi, en, Rates(summary=1.0), random.Random(seed))
    whole, part = sorted(((noisy.hi, hi), (noisy.en, en)), key=lambda side: -len(side[0]))
    assert list(whole[0]) == whole[1]
    assert 30 <= len(part[0]) <= 120
    assert {f"{len(his)}-{len(ens)}" for his, ens in noisy.gold} < {"1-1", "1-0", "0-1"}


def test_free_lines_lose_words_and_nothing_else() -> None:
    hi, en = document(100)
    noisy = make_noisy(hi, en, Rates(free=0.6), random.Random(2))
    assert noisy.gold == tuple(((k,), (k,)) for k in range(100))
    for made, lines in ((noisy.hi, hi), (noisy.en, en)):
        for one, line in zip(made, lines, strict=True):
            left = iter(line.split())
            assert all(word in left for word in one.split())
            assert len(one.split()) >= 2
    assert len(words(noisy.hi)) + len(words(noisy.en)) < len(words(tuple(hi))) + len(words(tuple(en)))


def test_a_moved_clause_is_at_least_two_words_and_nothing_is_lost() -> None:
    hi, en = document(60)
    noisy = make_noisy(hi, en, Rates(move=0.9), random.Random(11))
    assert words(noisy.hi) == words(tuple(hi))
    assert words(noisy.en) == words(tuple(en))
    for his, ens in noisy.gold:
        if len(his) == 2:
            changed = [
                line for line in (*(noisy.hi[i] for i in his), *(noisy.en[i] for i in ens)) if line not in hi + en
            ]
            assert len(changed) == 2
            assert min(len(line.split()) for line in changed) >= 2


def test_without_a_clause_the_boundary_stays() -> None:
    lines = ["एक छोटी पंक्ति", "दूसरी छोटी पंक्ति"], ["one short line", "another short line"]
    assert make_noisy(*lines, Rates(move=0.99), random.Random(1)).gold == (((0,), (0,)), ((1,), (1,)))


@pytest.mark.parametrize("side", [0, 1])
def test_lines_like_those_of_the_document_are_never_put_in(side: int) -> None:
    hi = ["वर्षा से नदी में बाढ़ आई।", "बाज़ार दो दिन बंद रहा।"]
    en = ["Rain brought the river into flood.", "The market stayed shut for two days."]
    near = [["बाज़ार दो दिन बंद रहा !", "कुछ और ही बात"], ["the MARKET stayed shut for two days", "Something else"]]
    pool = [(near[0][side], near[1][1 - side])]
    noisy = make_noisy(hi, en, Rates(insert=0.9), random.Random(2), pool)
    assert (noisy.hi, noisy.en) == (tuple(hi), tuple(en))


def test_another_translation_of_a_line_is_never_put_in() -> None:
    # The middle pair ties both ends to one matter: a Hindi and an English translation that share no word.
    matter = [("द्वार खोलो।", "Open the door."), ("द्वार खोलो।", "Unlock it now."), ("ताला हटाओ।", "Unlock it now.")]
    pool = [*matter[1:], ("वर्षा हुई।", "It rained.")]
    for seed in range(20):
        noisy = make_noisy([matter[0][0]], [matter[0][1]], Rates(insert=0.6), random.Random(seed), pool)
        assert not {"ताला हटाओ।", "Unlock it now."} & {*noisy.hi, *noisy.en}


def test_what_a_document_tells_twice_is_not_left_alone() -> None:
    hi, en = document(30)
    hi[20], en[20] = hi[3] + " फिर", en[3].replace(".", " again.")
    for seed in range(10):
        noisy = make_noisy(hi, en, Rates(delete=0.5, mismatch=0.2), random.Random(seed))
        alone = {noisy.hi[k] for a, b in noisy.gold if not b for k in a}
        alone |= {noisy.en[k] for a, b in noisy.gold if not a for k in b}
        assert not alone & {hi[3], hi[20], en[3], en[20]}
        assert alone


def test_a_foreign_line_is_used_once_on_one_side() -> None:
    noisy = make_noisy(*document(10), Rates(insert=0.7), random.Random(4), foreign(12))
    used = [line[5:].split()[0] for line in (*noisy.hi, *noisy.en) if line.startswith(("पराया", "alien"))]
    assert len(used) == len(set(used)) > 5


def test_the_seed_decides_alone() -> None:
    def run(seed: int) -> NoisyDocument:
        return make_noisy(*document(50), HARD, random.Random(seed), foreign(100))

    assert run(1) == run(1)
    assert run(1) != run(2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: make_noisy(["क"], [], PLAIN, random.Random(1)), "as many lines; got 1, 0"),
        (lambda: make_noisy(["क"], ["a"], EASY, random.Random(1)), "inserts need foreign lines"),
        (lambda: Rates(merge=1.5), "merge: a chance must lie in"),
        (lambda: Rates(merge=0.6, delete=0.4), "sum to less than 1"),
        (lambda: replace(HARD, block=float("nan")), "block: a chance"),
    ],
)
def test_wrong_calls_say_what_is_wrong(call: Callable[[], object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        call()


def test_lines_that_open_with_a_date_on_both_sides_are_starts() -> None:
    pairs = [
        ("वर्षा हुई।", "It rained."),
        ("५ मई, 2020 को धूप थी।", "On May 5, 2020 the sun shone."),
        ("5 मई को धूप थी।", "The sun shone on May 5."),
        ("अगस्त 2020: नदी भर गई।", "August 2020: the river rose."),
        ("2020 में सूखा पड़ा।", "In 2020 there was a drought."),
        ("मार्च निकाला गया।", "March 3 saw a march."),
    ]
    assert dated_starts(pairs) == [1, 3]


@given(st.integers(9, 40), st.integers(2, 4), st.integers(0, 2**32))
def test_shuffled_segments_stay_whole_behind_the_preamble(size: int, every: int, seed: int) -> None:
    hi, en = dated(size, every)
    noisy = make_noisy(hi, en, replace(PLAIN, shuffle=1.0), random.Random(seed))
    assert noisy.hi == tuple(hi)
    assert sorted(noisy.en) == sorted(en)
    assert noisy.en[:every] == tuple(en[:every])
    assert noisy.en != tuple(en)
    place = {his[0]: ens[0] for his, ens in noisy.gold}
    assert [noisy.en[place[i]] for i in range(size)] == en
    assert all(place[i] == place[i - 1] + 1 for i in range(1, size) if i % every)


@given(st.integers(1, 10), st.sampled_from(["head", "tail"]), st.integers(0, 2**32))
def test_heads_and_tails_are_foreign_on_both_sides(size: int, end: str, seed: int) -> None:
    hi, en = document(size)
    noisy = make_noisy(hi, en, replace(PLAIN, **{end: 1.0}), random.Random(seed), foreign(20))
    notices, own = noisy.gold[:-size], noisy.gold[-size:]
    if end == "tail":
        own, notices = noisy.gold[:size], noisy.gold[size:]
    assert [(noisy.hi[i], noisy.en[j]) for (i,), (j,) in own] == list(zip(hi, en, strict=True))
    assert all(not (his and ens) for his, ens in notices)
    assert {bool(his) for his, _ in notices} == {True, False}
    assert all(noisy.hi[i].startswith("पराया") for his, _ in notices for i in his)
    assert all(noisy.en[j].startswith("alien") for _, ens in notices for j in ens)


def test_every_other_notice_is_cut_to_its_first_words() -> None:
    hi, en = document(6)
    lengths = []
    for seed in range(200):
        noisy = make_noisy(hi, en, replace(PLAIN, head=1.0), random.Random(seed), foreign(20))
        lengths += [len(noisy.en[j].split()) for _, ens in noisy.gold[:-6] for j in ens]
    whole = len(foreign(20)[0][1].split())
    assert 0.3 < sum(length < whole for length in lengths) / len(lengths) < 0.6
    assert min(lengths) == 1


def test_shuffling_needs_two_segments() -> None:
    assert make_noisy(*dated(5, 4), replace(PLAIN, shuffle=1.0), random.Random(1)).en == tuple(dated(5, 4)[1])


def test_join_renumbers_and_cut_keeps_every_pair() -> None:
    one = make_noisy(*document(5), PLAIN, random.Random(1))
    two = make_noisy(*document(3, 5), PLAIN, random.Random(1))
    whole = join([one, two])
    assert whole == make_noisy(*document(8), PLAIN, random.Random(1))
    pairs = list(zip(*document(7), strict=True))
    pieces = cut({"a": pairs, "b": pairs[:3]}, 3)
    assert [len(piece) for piece in pieces.values()] == [3, 3, 1, 3]
    assert [pair for name, piece in pieces.items() if name != "b" for pair in piece] == pairs


def write(folder: Path, name: str, size: int, start: int) -> None:
    for suffix, lines in zip(("hi", "en"), document(size, start), strict=True):
        (folder / f"{name}.{suffix}").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_command_writes_documents_gold_and_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "one", 20, 0)
    write(tmp_path, "two", 30, 100)
    outs = [tmp_path / "a", tmp_path / "b"]
    for out in outs:
        assert main([str(tmp_path), "-o", str(out), "--preset", "hard", "--seed", "7", "--copies", "2"]) == 0
    summary = json.loads((outs[0] / "summary.json").read_text(encoding="utf-8"))
    assert summary["totals"]["docs"] == 4
    assert summary["totals"]["beads"] == sum(summary["bead_types"].values())
    assert json.loads(capsys.readouterr().out.split("\n}\n")[0] + "\n}") == summary
    for path in outs[0].iterdir():
        assert path.read_bytes() == (outs[1] / path.name).read_bytes()
    for path in outs[0].glob("*.gold.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for side, suffix in enumerate(("hi", "en")):
            lines = (outs[0] / path.name.replace("gold.json", suffix)).read_text(encoding="utf-8").splitlines()
            assert sorted(i for bead in gold for i in bead[side]) == list(range(len(lines)))
    assert main([str(tmp_path), "-o", str(outs[0])]) == 2
    assert "must be new or an empty folder" in capsys.readouterr().err


def test_bad_folders_name_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="got none"):
        read_documents(tmp_path)
    (tmp_path / "a.hi").write_text("क\n\nख\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.en"):
        read_documents(tmp_path)
    (tmp_path / "a.en").write_text("a\n\n", encoding="utf-8")
    with pytest.raises(DataError, match="as many lines; got 4 and 3"):
        read_documents(tmp_path)
    (tmp_path / "a.en").write_text("a\n\n\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.hi:3: line is blank on one side"):
        read_documents(tmp_path)
    (tmp_path / "a.en").write_bytes(b"a\n\n\xff\n")
    with pytest.raises(DataError, match="UTF-8"):
        read_documents(tmp_path)
    (tmp_path / "a.en").write_text("a\n\nb\n", encoding="utf-8")
    assert read_documents(tmp_path) == {"a": [("क", "a"), ("ख", "b")]}
