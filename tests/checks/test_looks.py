"""How a pair looks."""

import math

import pytest

from tithi.checks.looks import LOOKS, looks_of
from tithi.encoder.model import read_model, shipped_model
from tithi.encoder.normalise import readable
from tithi.evidence.pair import read_pair

ENCODER = read_model(shipped_model())


def looks(hi: str, en: str) -> dict[str, float]:
    return dict(zip(LOOKS, looks_of(read_pair(hi, en), ENCODER.rarity).numbers(), strict=True))


def test_what_is_counted() -> None:
    told = looks('राम ने "IIT" (1998) छोड़ा, फिर गया।', "Ram left the IIT in 1998; then he went")
    assert told["hindi_commas"] == 1
    assert told["hindi_brackets"] == 1
    assert told["hindi_quotes"] == 2
    assert told["hindi_is_ended"] == 1
    assert told["english_is_ended"] == 0
    assert told["english_joints"] == 1
    assert told["hindi_figures"] == pytest.approx(1 / 7)
    assert told["latin"] == pytest.approx(1 / 7)
    assert told["capitals"] == 2
    assert told["capital_share"] == pytest.approx(2 / 9)
    assert told["word_ratio"] == pytest.approx(math.log(7 / 9))
    assert told["english_longest"] == 4


@pytest.mark.parametrize(
    ("usual", "rare"),
    [
        (("वह घर गया।", "He went home."), ("वह कोझिकोडमंगलम गया।", "He went to Kozhikodemangalam.")),
        (("पानी गरम है।", "The water is hot."), ("क्लोरोफ्लोरोकार्बन गरम है।", "The chlorofluorocarbon is hot.")),
    ],
)
def test_rare_words_are_told(usual: tuple[str, str], rare: tuple[str, str]) -> None:
    before, after = looks(*usual), looks(*rare)
    for side in ("hindi", "english"):
        assert after[f"{side}_rarest"] < before[f"{side}_rarest"]
        assert after[f"{side}_rare"] == 1
        assert before[f"{side}_rare"] == 0


@pytest.mark.parametrize(("hi", "en"), [("क", "a"), ("\ud800 १", "\x00 1"), ("x" * 9000, "y" * 9000), ("।।।क", "...a")])
def test_any_text_with_words_has_finite_looks(hi: str, en: str) -> None:
    assert all(map(math.isfinite, looks(hi, en).values()))


def test_words_asked_of_at_once_are_as_rare() -> None:
    found = ["नदी", "", "Sandeshkhali", "की", "अनुच्छेदवादियों", "🦉", "42"]
    alone = [float(sum(ENCODER.processor.get_score(ENCODER.processor.encode(readable(word))))) for word in found]
    assert ENCODER.rarities(found) == alone == list(map(ENCODER.rarity, found))
    assert ENCODER.rarities([]) == []
