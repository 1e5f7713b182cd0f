"""Forms: whole words, beginnings and endings, against trying every form on every word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tithi.evidence.forms import Forms

_WORDS = st.text("abक\u093e", max_size=5)
_FORMS = st.one_of(_WORDS, _WORDS.map("{}*".format), _WORDS.map("*{}".format)).filter(lambda form: form.strip("*"))


def _fits(form: str, word: str, after: int, before: int) -> bool:
    if form.endswith("*"):
        return word.startswith(form[:-1]) and len(word) >= len(form) - 1 + after
    if form.startswith("*"):
        return word.endswith(form[1:]) and len(word) >= len(form) - 1 + before
    return word == form


@given(st.lists(_FORMS, max_size=12), _WORDS, st.integers(0, 2), st.integers(0, 2))
def test_forms_are_those_that_fit(forms: list[str], word: str, after: int, before: int) -> None:
    found = Forms(((form, form) for form in forms), after=lambda _: after, before=lambda _: before).of(word)
    assert sorted(found) == sorted(form for form in forms if _fits(form, word, after, before))


@pytest.mark.parametrize(
    ("word", "told"),
    [("बे", ["बे*"]), ("बेघर", ["बे*", "बेघर"]), ("घर", []), ("less", []), ("hopeless", ["*less"]), ("", [])],
)
def test_whole_words_and_edges(word: str, told: list[str]) -> None:
    forms = ["बे*", "*less", "बेघर"]
    assert sorted(Forms((form, form) for form in forms).of(word)) == sorted(told)
