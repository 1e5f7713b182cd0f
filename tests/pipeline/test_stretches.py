"""A bitext cut by what it holds: what is put in, taken out or changed moves what is near it, and nothing else."""

import random
from pathlib import Path

import pytest

from tithi.corpus.folder import file_digests
from tithi.corpus.stored import stored_rows
from tithi.pipeline.bitext import build_bitexts
from tithi.pipeline.stretches import Stretch, stretches
from tithi.records import Source
from tithi.sources.pairs import pair_files

HINDI = ("नदी", "पुल", "गाँव", "मेला", "सड़क", "खेत", "किसान", "बाँध", "स्कूल", "पानी")
ENGLISH = ("river", "bridge", "village", "fair", "road", "field", "farmer", "dam", "school", "water")


def line(n: int) -> str:
    words = [int(digit) for digit in str(n)]
    return f"{' '.join(HINDI[k] for k in words)} {n}\t{' '.join(ENGLISH[k] for k in words)} {n}"


def cut(path: Path, lines: list[str]) -> dict[str, Stretch]:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [one for one in stretches(pair_files([path]), Source("")) if isinstance(one, Stretch)]
    assert [f"{pair.hi}\t{pair.en}" for one in found for pair in one.pairs] == lines
    return {one.id: one for one in found}


def texts(one: Stretch) -> list[tuple[str, str]]:
    return [(pair.hi, pair.en) for pair in one.pairs]


def edited(lines: list[str], way: str, edits: int, rng: random.Random) -> list[str]:
    lines = list(lines)
    for number in range(edits):
        at = rng.randrange(len(lines))
        if way == "insert":
            lines.insert(at, line(100_000 + number))
        elif way == "delete":
            del lines[at]
        else:
            lines[at] = line(100_000 + number)
    return lines


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Stretch]:
    return cut(tmp_path_factory.mktemp("before") / "a.tsv", [line(n) for n in range(20_000)])


@pytest.mark.parametrize("way", ["insert", "delete", "replace"])
@pytest.mark.parametrize("seed", range(3))
def test_an_edit_changes_a_few_stretches_and_their_names_stay(
    before: dict[str, Stretch], tmp_path: Path, way: str, seed: int
) -> None:
    rng = random.Random(seed)
    assert 300 < len(before) < 600
    edits = 12
    after = cut(tmp_path / "a.tsv", edited([line(n) for n in range(20_000)], way, edits, rng))
    same = [name for name, one in after.items() if name in before and texts(one) == texts(before[name])]
    assert len(after) - len(same) <= 4 * edits
    assert len(before.keys() - after.keys()) <= edits
    assert len(same) > 0.8 * len(before)


def test_what_stands_before_changes_nothing_behind(tmp_path: Path) -> None:
    lines = [line(n) for n in range(3_000)]
    before = cut(tmp_path / "a.tsv", lines)
    after = cut(tmp_path / "a.tsv", [line(100_000), *lines])
    assert sum(name in before and texts(one) == texts(before[name]) for name, one in after.items()) >= len(before) - 3


def test_no_stretch_is_very_long_or_very_short(before: dict[str, Stretch]) -> None:
    lengths = [len(one.pairs) for one in before.values()]
    assert all(16 <= length <= 160 for length in lengths[:-1])
    assert 40 < sum(lengths) / len(lengths) < 60


def test_files_that_hold_the_same_first_pair_have_different_names(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.tsv").write_text(line(1) + "\n" + line(int(name == "b") + 2) + "\n", encoding="utf-8")
    found = stretches(pair_files([tmp_path / "a/x.tsv", tmp_path / "b/x.tsv"]), Source(""))
    names = [one.id for one in found if isinstance(one, Stretch)]
    assert len(set(names)) == 2


def test_a_build_that_grew_is_that_of_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    lines = [line(n) for n in range(1_300)]
    path.write_text("\n".join(lines), encoding="utf-8")
    build_bitexts([path], tmp_path / "grown")
    before = splits(tmp_path / "grown")
    lines = edited(edited(lines, "insert", 2, random.Random(5)), "delete", 1, random.Random(6))
    path.write_text("\n".join(lines), encoding="utf-8")
    grown = build_bitexts([path], tmp_path / "grown")
    build_bitexts([path], tmp_path / "fresh")
    digests = [file_digests(tmp_path / name / "data") for name in ("grown", "fresh")]
    assert digests[0] == digests[1]
    after = splits(tmp_path / "grown")
    assert 10 < len(after) - 9 <= grown.reused < len(after)
    assert len(before.keys() - after.keys()) <= 3
    assert all(after[name] == before[name] for name in before.keys() & after.keys())


def splits(folder: Path) -> dict[str, str]:
    """Return the split of each article."""
    names = {path.name.partition("-")[0] for path in (folder / "data/articles").glob("*.parquet")}
    return {str(row["id"]): name for name in names for row in stored_rows(folder, "articles", split=name)}
