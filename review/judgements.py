"""What people said of pairs and of alarms, as rows with the texts themselves, for learning.

    {"article", "hi", "en", "verdict": "accepted" | "rejected", "by": {"asha": "accepted"}}
    {"article", "hi", "en", "verdict": "right" | "false" | "missed", "by", "issue", "message", "hi_span", "en_span"}

Spans are half-open ranges of code points in the pair's own texts, null where a side has nothing to show.
"""

from collections.abc import Iterator
from typing import Any

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
        for issue in stored[key]["issues"] or () if key in stored else ():
            said = state.alarms.get(key, {})
            by = said.get(f"{issue['kind']}: *", {}) | said.get(signature(issue), {})
            if by:
                spans = {"hi_span": issue["hi"], "en_span": issue["en"]}
                told = {"issue": issue["kind"], "message": issue["message"], **spans, "by": by}
                yield about | {"verdict": next(reversed(by.values()))} | told
        for missed in state.missed.get(key, ()):
            starts = {"hi": hi[0], "en": en[0]}
            own = [place - starts[missed["lang"]] for place in missed["span"]]
            spans = {f"{lang}_span": own if lang == missed["lang"] else None for lang in starts}
            told = {"issue": missed["issue"], "message": missed["note"], **spans, "by": {missed["who"]: "missed"}}
            yield about | {"verdict": "missed"} | told
