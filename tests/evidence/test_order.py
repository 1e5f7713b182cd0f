"""How usually words follow one another: prose, heaps of words, edges, and short texts that tell nothing."""

import random

import numpy as np
import pytest

from tests.filters.test_rows import LINES
from tithi.evidence.order import CASES, EDGE, MARKS, WIDTH, edges, names, order_odds, piece
from tithi.evidence.windows import add_up
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
    usual_words, shuffled_words = words(usual), words(shuffled)
    assert sorted(usual_words.keys) == sorted(shuffled_words.keys)
    assert order_odds(usual_words, lang) > 2
    assert order_odds(shuffled_words, lang) < 0


@pytest.mark.parametrize("lang", ["hi", "en"])
def test_shuffled_words_follow_one_another_less_usually(lang: Lang) -> None:
    rng = random.Random(4)
    texts = [line[2 if lang == "hi" else 3].split() for line in LINES if line[1] == "kept"]
    texts = [text for text in texts if len(text) >= 8]
    assert len(texts) >= 8
    # Of one lot some texts hardly change, so that each is shuffled ten times.
    odds = [
        [order_odds(words(" ".join(each)), lang) for each in (text, rng.sample(text, len(text)))]
        for text in texts
        for _ in range(10)
    ]
    assert sum(shuffled < min(usual, 0) for usual, shuffled in odds) >= 0.9 * len(odds)


@pytest.mark.parametrize("lang", ["hi", "en"])
@pytest.mark.parametrize("text", ["", "…", "ठठठ", "qxqx zqzq", "2019", "OK", "ठीक"])
def test_what_is_short_or_unknown_tells_little(lang: Lang, text: str) -> None:
    assert abs(order_odds(words(text), lang)) < 4


@pytest.mark.parametrize(("lang", "whole", "cut"), [
    ("hi", "वह अपने घर गया है", "वह अपने घर के"),
    ("en", "we know all about it", "we know about the"),
])  # fmt: skip
def test_an_end_is_told_from_a_cut(lang: Lang, whole: str, cut: str) -> None:
    assert edges(words(whole), lang)[1] > 0 > -1 > edges(words(cut), lang)[1]


def test_a_beginning_is_told_from_a_cut() -> None:
    assert edges(words("This is a village"), "en")[0] > 0 > -1 > edges(words("of it in the village"), "en")[0]
    assert edges(words(""), "en") == (0.0, 0.0)


#: What stands between words, and what is read in it.
GAPS = [
    (" ", None), ("", None), ("\n", None), ("'", None), (".", None), ("-", None), ("। ", "end"), ("।", "end"),
    (".” ", "end"), (". ", "end"), ("... ", "end"), (" (", "open"), (") ", "close"), ("), ", "close"), (", ", "comma"),
    (": ", "comma"), (" - ", "dash"), (" — ", "dash"), (" “", "quote"), (" '", "quote"),
]  # fmt: skip


@pytest.mark.parametrize(("gap", "mark"), GAPS)
def test_marks_between_words(gap: str, mark: str | None) -> None:
    told = piece(gap, {})
    assert (None if told < 0 else list(MARKS)[told // CASES - 1]) == mark


@pytest.mark.parametrize(
    ("word", "looked_up", "case"),
    [
        ("running", ["running", "~ing", "~ng"], 1), ("Running", ["running", "~ing", "~ng"], 2), ("I", ["i"], 0),
        ("UNO", ["uno", "~no"], 3), ("iPhone", ["iphone", "~one", "~ne"], 3), ("A", ["a"], 2), ("2019", ["0000"], 0),
        ("१९९९", ["0000"], 0), ("५", ["#"], 0), ("12,000", ["0"], 0), ("लड़कियों", ["लडकियों", "~यों", "~ों"], 0),
    ],
)  # fmt: skip
def test_words_are_looked_up_by_themselves_then_by_their_last_letters(
    word: str, looked_up: list[str], case: int
) -> None:
    assert names(word) == looked_up
    assert piece(word, {}) % CASES == case


def test_the_network_is_a_sum_over_stretches() -> None:
    rng = np.random.default_rng(5)
    rows, units = 20, 7
    shapes = (rows, WIDTH, units), (CASES, WIDTH, units), (units,), (units,), (2,)
    inputs, capitals, bias, weights, rest = (rng.normal(size=shape).astype(np.float32) for shape in shapes)
    network = (inputs, capitals, bias, weights, rest)
    texts, sums = [], []
    # Rows and cases; -1 is no row.
    for pairs in ([], [(5, 1)], [(8, 2), (-1, 0), (9, 1), (3, 0), (9, 1), (7, 3), (6, 1)], [(4, 0)]):
        texts.append([row * CASES + case if row >= 0 else -1 for row, case in pairs])
        told = [(EDGE, 0), *((row, case) for row, case in pairs if row >= 0), (EDGE, 0)]
        expected = float(rest[1])
        for middle in range(len(told)):
            hidden = bias.astype(np.float64)
            for k in range(WIDTH):
                if 0 <= (at := middle + k - WIDTH // 2) < len(told):
                    row, case = told[at]
                    hidden = hidden + inputs[row, k] + (capitals[case, k] if case > 1 else 0)
            expected += float(rest[0]) + float(np.maximum(hidden, 0) @ weights)
        sums.append(expected)
    assert add_up(texts, network) == pytest.approx(sums, rel=1e-4)
    assert [add_up([text], network)[0] for text in texts] == add_up(texts, network)


@pytest.mark.parametrize(("lang", "text", "same"), [
    ("en", "<b>Note:</b> The fair begins tomorrow.", "Note: The fair begins tomorrow."),
    ("hi", "नहीं, नहीं, नहीं, मैं नहीं जाऊँगा।", "नहीं, मैं नहीं जाऊँगा।"),
    ("en", "It is very very cold today.", "It is very cold today."),
])  # fmt: skip
def test_tags_and_what_is_said_again_at_once_are_no_disorder(lang: Lang, text: str, same: str) -> None:
    assert order_odds(words(text), lang) == order_odds(words(same), lang)


def test_a_title_is_read_as_if_it_had_no_capitals() -> None:
    title = "New Scheme for Farmers Announced by the State Government"
    assert order_odds(words(title), "en") == pytest.approx(order_odds(words(title.lower()), "en"))
