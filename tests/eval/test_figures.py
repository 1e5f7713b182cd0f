"""Figures of alignments: a worked example, and nothing at all."""

import json

from tithi.eval.figures import Figures, figures
from tithi.records import Alignment, Article, Bead, Document, Lang, Segment, SegmentLink, Sentence, Source


def document(lang: Lang, *texts: str) -> Document:
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(start, start + len(text), text))
        start += len(text) + 1
    whole = "\n".join(texts)
    segment = Segment(0, len(whole), None, "2021-03", (0, len(texts)))
    return Document(Article(lang, whole, Source(f"a.{lang}")), (segment,), tuple(sentences))


def example(score: float) -> Alignment:
    hi = document("hi", "बाढ़ आई।", "पुल टूटा।", "विज्ञापन")
    en = document("en", "A flood came and a bridge broke.")
    found = (Bead((0, 2), (0, 1), score, "2021-03", 0), Bead((2, 3), (1, 1), 0.8, "2021-03", 0))
    return Alignment("a", hi, en, (SegmentLink((0,), (0,), "date"),), found)


def test_a_worked_example() -> None:
    told = figures([example(0.9)]).to_dict()
    assert told["coverage"] == {
        "hi": {
            "sentences": 3,
            "aligned_sentences": 2,
            "sentence_coverage": 2 / 3,
            "characters": len("बाढ़ आई।") + len("पुल टूटा।") + len("विज्ञापन"),
            "aligned_characters": len("बाढ़ आई।") + len("पुल टूटा।"),
            "character_coverage": (len("बाढ़ आई।") + len("पुल टूटा।")) / len("बाढ़ आई।पुल टूटा।विज्ञापन"),
        },
        "en": {
            "sentences": 1,
            "aligned_sentences": 1,
            "sentence_coverage": 1.0,
            "characters": 32,
            "aligned_characters": 32,
            "character_coverage": 1.0,
        },
    }
    assert told["segments"] == {"hi": 1, "hi_dated": 1, "hi_matched": 1, "en": 1, "en_dated": 1, "en_matched": 1}
    assert told["links"] == {"date": 1, "content": 0, "position": 0, "none": 0, "conflict": 0}
    assert told["bead_types"] == {"1-0": 1, "2-1": 1}
    score = told["score"]
    assert isinstance(score, dict)
    assert score["mean"] == 0.9
    assert score["quantiles"]["0.5"] == 0.9
    assert score["histogram"] == [0] * 9 + [1]
    json.dumps(told)


def test_nothing_counted_is_none() -> None:
    told = Figures().to_dict()
    assert told["pairs"] == 0
    assert told["score"] == {"mean": None, "quantiles": None, "histogram": [0] * 10}
    json.dumps(told)
