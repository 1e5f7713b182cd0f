"""The example that trains a translator: it learns, goes on as if nothing had happened, searches rightly, is scored."""

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tithi.pipeline.build import build
from tithi.sample import manifest
from tithi.sources.manifest import read_manifest

torch = pytest.importorskip("torch", reason="needs the extra `train`")
EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = ["--pieces", "400", "--dim", "64", "--layers", "1", "1", "--batch", "512", "--threads", "1", "--rate", "0.01"]

Train = Callable[..., str]


@pytest.fixture(scope="module")
def example() -> Iterator[ModuleType]:
    """Import the example as it is when it runs as a script, from its own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLES))
        yield importlib.import_module("train_mt")
        for name in ("train_mt", "mt_model"):
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build eight pairs of the sample, and keep what `datasets` caches of them apart."""
    import datasets

    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets.config, "HF_DATASETS_CACHE", str(folder / "cache"))
        build(islice(read_manifest(manifest()), 8), folder / "out")
        yield folder / "out"


@pytest.fixture
def train(example: ModuleType, dataset: Path, capsys: pytest.CaptureFixture[str]) -> Train:
    """Train in a folder and return what was printed."""

    def call(out: Path, *options: str) -> str:
        capsys.readouterr()
        assert example.main(["train", str(dataset), str(out), *SMALL, *options]) == 0
        return capsys.readouterr().out

    return call


@pytest.fixture(scope="module")
def trained(example: ModuleType, dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "run"
    assert example.main(["train", str(dataset), str(out), *SMALL, "--steps", "30"]) == 0
    return out


def losses(printed: str) -> dict[int, float]:
    return {int(step): float(loss) for step, loss in re.findall(r"^step (\d+) loss ([\d.]+)", printed, re.MULTILINE)}


def weights(out: Path) -> dict[str, Any]:
    stored: dict[str, Any] = torch.load(out / "model.pt")["weights"]
    return stored


def test_loss_falls(train: Train, tmp_path: Path) -> None:
    printed = train(tmp_path / "run", "--steps", "30")
    told = losses(printed)
    assert told[30] < 0.9 * told[1]
    assert "step 30 saved, validation loss" in printed


def test_a_stopped_run_goes_on_as_if_nothing_had_happened(train: Train, tmp_path: Path) -> None:
    options = ("--steps", "12", "--dropout", "0.1")
    whole = train(tmp_path / "whole", *options)
    first = train(tmp_path / "parts", *options, "--stop-at", "6")
    assert "step 6 saved" in first
    assert "step 7 " not in first
    second = train(tmp_path / "parts", *options)
    assert "going on after step 6" in second
    assert second.splitlines()[-1] == whole.splitlines()[-1]
    ours, theirs = weights(tmp_path / "parts"), weights(tmp_path / "whole")
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_other_settings_do_not_go_on(example: ModuleType, train: Train, dataset: Path, tmp_path: Path) -> None:
    train(tmp_path / "run", "--steps", "2")
    assert example.main(["train", str(dataset), str(tmp_path / "run"), *SMALL, "--steps", "3"]) == 2


def test_pairs_of_low_quality_are_left_out(train: Train, tmp_path: Path) -> None:
    counts = {}
    for quality in ("0", "0.9"):
        printed = train(tmp_path / quality, "--steps", "1", "--min-quality", quality)
        told = re.search(r"train: (\d+) rows, (\d+) of quality", printed)
        assert told is not None
        counts[quality] = tuple(map(int, told.groups()))
    assert counts["0"][0] == counts["0"][1] == counts["0.9"][0]
    assert counts["0.9"][1] < counts["0"][1]


def test_lines_are_translated_line_by_line(example: ModuleType, trained: Path) -> None:
    lines = ["नदी का पानी बढ़ा।", "", "पुल " * 200, "कल मेला है।"]
    found = example.translate(trained, lines, "en", 3)
    assert len(found) == 4
    assert found[1] == ""
    assert found[3] == example.translate(trained, lines[3:], "en", 3)[0]


def test_search_with_cached_keys_is_search_without(example: ModuleType, trained: Path) -> None:
    model, pieces = example.load(trained)
    sources = [[model.shape.language("en"), *ids, 2] for ids in pieces.encode(["नदी का पानी बढ़ा।", "मेला है।"])]
    padded = example.padded(sources, model.shape.pad)
    best = example.beam_search(model, padded, beams=1)
    for source, found in zip(sources, best, strict=True):
        tokens = [1]
        with torch.inference_mode():
            while len(tokens) <= 2 * len(source) + 10:
                states, _ = model.write(torch.tensor([tokens]), *model.read(torch.tensor([source])))
                tokens.append(int(model.logits(states[0, -1]).argmax()))
                if tokens[-1] == 2:
                    break
        assert found == [token for token in tokens[1:] if token != 2]


def test_a_wider_beam_finds_what_is_more_probable(example: ModuleType, trained: Path) -> None:
    model, pieces = example.load(trained)
    ids = [[model.shape.language("hi"), *pieces.encode(text), 2] for text in ("The river rose.", "The bridge fell.")]
    source = example.padded(ids, model.shape.pad)

    def mean(found: list[int], row: int) -> float:
        target = torch.tensor([[1, *found, 2]])
        with torch.inference_mode():
            return -float(model.loss(source[row : row + 1], target, 0.0))

    narrow, wide = (example.beam_search(model, source, beams=beams) for beams in (1, 8))
    for row in range(2):
        assert mean(wide[row], row) >= mean(narrow[row], row) - 1e-4


def test_a_model_starts_from_the_vectors_of_the_encoder(example: ModuleType, trained: Path) -> None:
    from tithi.encoder import load

    _, pieces = example.load(trained)
    model = example.Transformer(example.Shape(len(pieces), dim=256))
    example.start_from_encoder(model, pieces)
    texts = [pieces.id_to_piece(number).replace("\u2581", " ") for number in range(len(pieces))]
    theirs = torch.from_numpy(load().encode(texts, "hi"))
    theirs = torch.nn.functional.normalize(theirs - theirs.mean(0))
    ours = torch.nn.functional.normalize(model.embedding.weight[: len(pieces)].detach())
    likeness = torch.corrcoef(torch.stack(((ours @ ours.T).flatten(), (theirs @ theirs.T).flatten())))
    assert likeness[0, 1] > 0.8


def test_batches_hold_every_example_once_a_pass(example: ModuleType) -> None:
    shape = example.Shape(100)
    examples = [([n % 7 + 3] * (n % 11 + 2), [n % 5 + 3] * (n % 9 + 2)) for n in range(300)]
    seen = 0
    for source, target in example.batches(examples, shape, 64, 1, 0):
        assert source.numel() + target.numel() <= 64
        seen += len(source)
        if seen >= 300:
            break
    assert seen == 300


def test_a_split_is_scored_in_both_directions(
    example: ModuleType, dataset: Path, trained: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    code = example.main(["evaluate", str(trained), str(dataset), "--split", "train", "--beams", "1", "--threads", "1"])
    assert code == 0
    printed = capsys.readouterr().out
    assert re.findall(r"^(\S+): ", printed, re.MULTILINE) == ["hi-en", "en-hi"]
    assert "spBLEU" in printed
    rows = json.loads((dataset / "metrics.json").read_text(encoding="utf-8"))["alignment"]["pairs"]
    assert len((trained / "train.hi").read_text(encoding="utf-8").splitlines()) == rows


def test_without_a_model(example: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert example.main(["evaluate", str(tmp_path), str(tmp_path)]) == 1
    assert "got no model.pt in it" in capsys.readouterr().err
