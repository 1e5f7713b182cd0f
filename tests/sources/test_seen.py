"""Digests met before: the same answers as a set gives, in little memory."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.sources import seen as module
from tithi.sources.seen import Seen

NUMBERS = st.integers(0, 2**64 - 1)


@given(st.lists(st.one_of(NUMBERS, st.integers(0, 20), st.sampled_from([0, 2**63, 2**64 - 1])), max_size=200))
def test_it_answers_as_a_set_does(numbers: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FRESH", 4)
        seen, plain = Seen(), set[int]()
        for number in numbers:
            assert seen.add(number) == (number not in plain)
            plain.add(number)


def test_many_stand_in_few_arrays() -> None:
    chance = random.Random(7)
    numbers = [chance.getrandbits(64) for _ in range(100_000)]
    seen = Seen()
    assert all(seen.add(number) for number in numbers)
    assert not any(seen.add(number) for number in numbers)
    held = sum(array.nbytes for array in seen._sorted)
    assert len(seen._sorted) <= 3
    assert held + 8 * len(seen._fresh) == 8 * len(numbers)
