"""What may be put into a document from others, or left out of it: nothing that its own lines say too."""

import random

import pytest

from training.foreign import Foreign, matters, told_again

DOOR = ("द्वार खोलो।", "Open the door.")
GATE = ("दरवाज़ा खोलो भाई।", "Open the door!")
AGAIN = ("द्वार, खोलो", "Unlock the gate.")
LAMP = ("दीपक जलाओ।", "Light the lamp.")
RIVER = ("नदी में बाढ़ आई।", "The river was in flood.")


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([], []),
        ([DOOR, GATE, LAMP], [0, 0, 2]),  # the same English words, in other marks
        ([LAMP, DOOR, AGAIN], [0, 1, 1]),  # the same Hindi words
        ([GATE, LAMP, AGAIN, DOOR], [0, 1, 0, 0]),  # the last joins the first and the third
    ],
)
def test_pairs_that_share_the_words_of_a_side_tell_one_matter(pairs: list[tuple[str, str]], told: list[int]) -> None:
    assert matters(pairs) == told


@pytest.mark.parametrize(
    ("pairs", "again"),
    [
        ([DOOR, LAMP, RIVER], [False, False, False]),
        ([DOOR, LAMP, GATE], [True, False, True]),
        # Of five words one is another.
        ([("क ख ग घ", "the old river rose here"), LAMP, ("च छ", "the old river rose")], [True, False, True]),
    ],
)
def test_a_line_that_is_told_twice_is_known(pairs: list[tuple[str, str]], again: list[bool]) -> None:
    assert told_again(pairs) == again


def test_no_foreign_line_tells_what_the_document_tells() -> None:
    # It shares no side with the document, but one with the gate, which shares the other.
    third = (GATE[0], "Unlock that, brother.")
    pool = [third, LAMP, RIVER]
    for seed in range(20):
        foreign = Foreign([GATE, *pool], [DOOR])
        taken = [foreign.take(1, 1, random.Random(seed + k)) for k in range(4)]
        assert sorted(line for lines in taken for line in lines) == sorted([LAMP[1], RIVER[1]])
