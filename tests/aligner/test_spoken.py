"""Text without any mark: cut behind its verbs, and told once."""

import logging

import pytest

from tithi.aligner import spoken
from tithi.aligner.spoken import clause_ends

TALK = " ".join(["हम सुबह गाँव गए थे", "वहाँ मेला लगा हुआ था", "बच्चे झूला झूल रहे थे"] * 4)


def test_talk_is_cut_behind_verbs_and_the_user_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    spoken._warn_once.cache_clear()
    with caplog.at_level(logging.INFO, logger="tithi"):
        ends = [clause_ends(TALK) for _ in range(3)]
    assert ends[0] == ends[1] == ends[2]
    assert len(ends[0]) >= 8
    assert all(TALK[:end].split()[-1] == "थे" or TALK[:end].split()[-1] == "था" for end in ends[0])
    assert [record.levelno for record in caplog.records].count(logging.WARNING) == 1
    assert [record.levelno for record in caplog.records].count(logging.INFO) == 3
    assert clause_ends(f"{TALK}।") == clause_ends("हम गए") == []
