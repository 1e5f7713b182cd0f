"""How usually words follow one another: prose, heaps of words, edges, and short texts that tell nothing."""

import random

import pytest

from tests.filters.test_rows import LINES
from tithi.evidence.order import by_classes, by_pairs, edges, order_odds
from tithi.evidence.words import words
from tithi.records import Lang

#: Each as people write it, then the same words in an order in which nobody does.
ORDERS: list[tuple[Lang, str, str]] = [
    ("hi", "सरकार ने कल एक नई योजना की घोषणा की।", "की योजना नई कल घोषणा ने एक सरकार की।"),
    ("hi", "बच्चे सुबह से नदी के किनारे खेल रहे हैं।", "रहे के से किनारे हैं बच्चे नदी सुबह खेल।"),
    ("hi", "मुझे नहीं पता कि वह कब आएगा।", "वह नहीं कि आएगा पता कब मुझे।"),
    ("hi", "पुलिस ने बताया कि आग बुझा दी गई है।", "है कि आग ने दी बताया पुलिस गई बुझा।"),
    ("hi", "ज़िले के सभी स्कूल कल बंद रहेंगे।", "के रहेंगे कल सभी बंद ज़िले स्कूल।"),
    ("hi", "उसने अपनी बहन को एक पत्र लिखा था।", "था को लिखा एक अपनी उसने पत्र बहन।"),
    ("en", "The government announced a new scheme yesterday.", "Scheme the a yesterday announced new government."),
    ("en", "Children have been playing by the river.", "The been river by have playing children."),
    ("en", "I do not know when he will come.", "Will I when not come do he know."),
    ("en", "The police said that the fire had been put out.", "Been the that out police put had fire the said."),
    ("en", "All schools in the district will be closed.", "The be all in schools closed district will."),
    ("en", "She had written a letter to her sister.", "To had a her sister she letter written."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "usual", "shuffled"), ORDERS)
def test_prose_is_told_from_the_same_words_in_another_order(lang: Lang, usual: str, shuffled: str) -> None:
    usual_keys, shuffled_keys = words(usual).keys, words(shuffled).keys
    assert sorted(usual_keys) == sorted(shuffled_keys)
    assert order_odds(usual_keys, lang) > 4
    assert order_odds(shuffled_keys, lang) < 0


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_shuffled_words_follow_one_another_less_usually(lang: Lang) -> None:
    rng = random.Random(4)
    texts = [line[2 if lang == "hi" else 3] for line in LINES if line[1] == "kept"]
    keys = [found.keys for text in texts if len(found := words(text)) >= 8]
    assert len(keys) >= 8
    for measure in (by_pairs, by_classes, order_odds):
        lower = [measure(rng.sample(text, len(text)), lang) < measure(text, lang) for text in keys]
        assert sum(lower) >= 0.9 * len(keys)


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_what_is_short_or_unknown_tells_little(lang: Lang) -> None:
    for keys in ([], ["ठठठ"], ["qxqx", "zqzq"], ["2019"]):
        assert abs(order_odds(keys, lang)) < 4


def test_edges() -> None:
    assert edges(["वह", "घर", "गया", "है"], "hi")[1] > 0 > -1 > edges(["वह", "घर", "के"], "hi")[1]
    assert edges(["this", "is"], "en")[0] > 0 > -1 > edges(["of", "it"], "en")[0]
    assert edges(["about", "it"], "en")[1] > -1 > -3 > edges(["about", "the"], "en")[1]
    assert edges([], "hi") == (0.0, 0.0)
