"""Translations made worse: the other side stays, and what was made of which is known."""

from training.worsened import worsened

JUDGED = [
    (f"मंत्री ने कल दिल्ली में {n} नई रेल परियोजनाओं की घोषणा की।", f"The minister announced {n} new rail projects.", 0.5)
    for n in range(2, 20)
]


def test_what_is_made_of_a_translation_is_worse_than_it_and_of_it() -> None:
    made = worsened(JUDGED)
    assert {at for at, *_ in made} == {0, 6, 12}
    for at, hi, en in made:
        assert en == JUDGED[at][1]
        assert hi != JUDGED[at][0]
        assert len(set(hi.split()) & set(JUDGED[at][0].split())) >= len(set(JUDGED[at][0].split())) - 3
    assert len(made) > 3 * 5
    assert made == worsened(JUDGED)


def test_a_translation_of_a_few_words_loses_none() -> None:
    assert worsened([("नमस्ते।", "Hello.", 1.0)]) == []
