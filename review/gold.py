"""Judged article pairs as gold, in the format of `tithi score` and of the sample."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tithi.corpus.folder import writing
from tithi.records import Lang
from tithi.report.stories import Story
from tithi.report.view import view
from tithi.review.desk import Desk
from tithi.review.fold import Folded, fold
from tithi.review.judgements import judgements
from tithi.review.standing import Standing
from tithi.review.store import Store

__all__ = ["Exported", "export_gold", "gold"]


@dataclass(frozen=True, slots=True)
class Exported:
    """Article pairs written as gold, those left out because beads wait for a verdict, and lines of judgements."""

    written: int
    left: int
    judgements: int


def export_gold(stories: Iterable[Story], store: Store, out: Path, *, given: bool = False) -> Exported:
    """Write `ID.gold.json`, `ID.hi.txt` and `ID.en.txt` of each article pair of which every bead was judged.

    All that was said of pairs and alarms goes into `judgements.jsonl`; see `judgements`. `given`: the dataset was made
    of a bitext.

    Raises:
        DataError: It cannot be written.
    """
    written = left = 0
    said: list[str] = []
    standing = Standing(store, given=given)
    for story in stories:
        state = fold(standing.of(story))
        if not state.count:
            continue
        said += [json.dumps(row, ensure_ascii=False) + "\n" for row in judgements(story, state)]
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
    if said:
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
            (out / "judgements.jsonl").write_text("".join(said), encoding="utf-8", newline="\n")
    return Exported(written, left, len(said))


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
