"""Thresholds as TOML: what is shown is read again, and what is wrong is told in a line."""

from pathlib import Path

import pytest

from tithi.errors import DataError, UsageError
from tithi.filters.config import PRESETS, chosen, preset, read_config, shown
from tithi.filters.filters import BY_NAME, FILTERS

WRONG = [
    (b"[filters]\nratio = 'x'", "ratio must be a number; got 'x'"),
    (b"[filters]\nratio = true", "ratio must be a number; got 'True'"),
    (b"[filters]\nratio = nan", "ratio must be a number; got 'nan'"),
    (b"[filters]\nlenght = 3", "'lenght' must be a filter"),
    (b"ratio = 3", r"stand under \[filters\]; got \[ratio\]"),
    (b"", r"stand under \[filters\]; got none"),
    (b"[filters]", r"stand under \[filters\]; got none"),
    (b"filters = 3", r"stand under \[filters\]; got none"),
    (b"[filters\n", "must be TOML"),
    (b"\xff\xfe", "must be TOML"),
    (b"[filters]\nratio = " + b"[" * 5000, "must be TOML"),
]


@pytest.mark.parametrize("name", PRESETS)
def test_what_is_shown_is_read_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / "filters.toml"
    path.write_text(shown(preset(name), name), encoding="utf-8")
    assert dict(read_config(path)) == dict(preset(name)) == dict(chosen(name))
    assert list(read_config(path)) == list(preset(name))


def test_presets_grow_stricter() -> None:
    for looser, stricter in (("light", "standard"), ("standard", "strict")):
        for name, threshold in preset(looser).items():
            other = preset(stricter)[name]
            assert other <= threshold if BY_NAME[name].drops == "above" else other >= threshold, name


def test_every_filter_says_what_its_score_is() -> None:
    assert len(BY_NAME) == len(FILTERS)
    assert all(found.about and len(found.about) < 160 for found in FILTERS)


@pytest.mark.parametrize(("content", "said"), WRONG)
def test_what_is_wrong_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "filters.toml"
    path.write_bytes(content)
    with pytest.raises(DataError, match=said) as error:
        read_config(path)
    assert "\n" not in str(error.value)


def test_a_missing_file_and_an_unknown_preset(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_config(tmp_path / "none.toml")
    with pytest.raises(UsageError, match="a preset is one of light, standard, strict"):
        preset("harsh")


def test_a_preset_that_is_none_is_told_with_the_presets(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"standrad: cannot be read; got .*; name a preset \(light, standard, strict\) or"
    ):
        chosen(tmp_path / "standrad")
