"""What people said of pairs and of alarms, as rows with the texts themselves, for learning.

    {"article", "hi", "en", "verdict": "accepted" | "rejected", "by": {"asha": "accepted"}}
    {"article", "hi", "en", "verdict": "right" | "false" | "missed", "by", "issue", "message", "hi_span", "en_span"}

Spans are half-open ranges of code points in the pair's own texts, null where a side has nothing to show.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tithi.corpus.rows import Row
from tithi.report.stories import Story
from tithi.review.decisions import key_spans, signature
from tithi.review.fold import Folded
from tithi.review.library import row_key

__all__ = ["judgements"]


def judgements(story: Story, state: Folded) -> Iterator[dict[str, Any]]:
    """Yield what was said of the pairs of an article pair, pairs made by hand among them."""
    stored = {row_key(row): row for row in story.sentences}
    for key in dict.fromkeys((*state.verdicts, *state.made, *state.alarms, *state.missed)):
        hi, en = key_spans(key)
        if hi is None or en is None:
            continue
        texts = {"hi": story.article["hi"][slice(*hi)], "en": story.article["en"][slice(*en)]}
        about = {"article": story.id, **texts}
        verdict = state.verdict(key)
        if verdict is not None:
            yield about | {"verdict": verdict, "by": state.verdicts[key]}
        elif key in state.made:
            yield about | {"verdict": "accepted", "by": {state.made[key].who: "made"}}
        for told in _alarms(state.alarms.get(key, {}), stored[key]["issues"] or () if key in stored else ()):
            yield about | told
        for missed in state.missed.get(key, ()):
            starts = {"hi": hi[0], "en": en[0]}
            own = [place - starts[missed["lang"]] for place in missed["span"]]
            spans = {f"{lang}_span": own if lang == missed["lang"] else None for lang in starts}
            told = {"issue": missed["issue"], "message": missed["note"], **spans, "by": {missed["who"]: "missed"}}
            yield about | {"verdict": "missed"} | told


def _alarms(said: Mapping[str, Mapping[str, str]], issues: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Yield the judged alarms of a pair; one that a build has dropped since has no place any more."""
    places = {signature(issue): issue for issue in issues}
    judged: dict[str, dict[str, str]] = {}
    for name, by in said.items():
        kind, _, message = name.partition(": ")
        alike = [one for one, issue in places.items() if issue["kind"] == kind] if message == "*" else []
        for one in alike or [name]:
            judged.setdefault(one, {}).update(by)
    for name, by in judged.items():
        if by:
            kind, _, message = name.partition(": ")
            issue = places.get(name, {})
            about = {
                "verdict": next(reversed(by.values())),
                "issue": kind,
                "message": None if message == "*" else message,
            }
            yield about | {"hi_span": issue.get("hi"), "en_span": issue.get("en"), "by": by}
