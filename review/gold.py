"""Judged article pairs as gold, in the format of `tithi score` and of the sample."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tithi.corpus.folder import writing
from tithi.records import Lang
from tithi.report.stories import Story
from tithi.report.view import view
from tithi.review.desk import Desk
from tithi.review.fold import Folded, fold
from tithi.review.store import Store

__all__ = ["export_gold", "gold"]


def export_gold(stories: Iterable[Story], store: Store, out: Path) -> tuple[int, int]:
    """Write `ID.gold.json`, `ID.hi.txt` and `ID.en.txt` of each article pair of which every bead was judged.

    Returns:
        How many were written, and how many have decisions but beads that no one judged.

    Raises:
        DataError: It cannot be written.
    """
    written = left = 0
    for story in stories:
        state = fold(store.decisions(story.id))
        if not state.count:
            continue
        made = gold(story, state)
        if made is None:
            left += 1
            continue
        written += 1
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
            text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
            (out / f"{story.id}.gold.json").write_text(text, encoding="utf-8", newline="\n")
            for lang in ("hi", "en"):
                (out / f"{story.id}.{lang}.txt").write_text(story.article[lang], encoding="utf-8", newline="")
    return written, left


def gold(story: Story, state: Folded) -> dict[str, Any] | None:
    """Return the gold alignment of an article pair, None while a bead waits for its verdict.

    Rejected beads are taken apart: their sentences have no counterpart. Texts are the articles' own.
    """
    desk = Desk(story, view(story), state)
    beads: list[dict[str, Any]] = []
    nulls: Mapping[Lang, list[str]] = {"hi": [], "en": []}
    payload = desk.payload()
    for segment in payload["segments"]:
        for item in segment["rows"]:
            verdict = state.verdict(item["key"])
            if verdict is None and item["made"] is None:
                return None
            hi, en = ([sentence["text"] for sentence in side] for side in item["sides"])
            if verdict == "rejected" or not hi or not en:
                nulls["hi"].extend(hi)
                nulls["en"].extend(en)
            else:
                beads.append({"date": segment["edited"].get("hi", segment["date"]), "hi": hi, "en": en})
    headings = {
        lang: [line for segment in payload["segments"] for line in segment["headings"][k]]
        for k, lang in enumerate(("hi", "en"))
    }
    dates = [date for segment in payload["segments"] for date in segment["dates"][0]]
    return {
        "beads": beads,
        "null_hi": nulls["hi"],
        "null_en": nulls["en"],
        "segments": dates,
        "headings_hi": headings["hi"],
        "headings_en": headings["en"],
    }
