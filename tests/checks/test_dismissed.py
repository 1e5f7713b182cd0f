"""Alarms that someone called false: of a pair, of a kind, of a domain; what is left out is any."""

from pathlib import Path

import pytest

from tithi.checks.checker import KINDS, Checker
from tithi.checks.dismissed import Dismissal, Dismissed, domains_of, read_dismissals
from tithi.errors import DataError
from tithi.records import Issue, Source

HI, EN = "दस लाख लोग ज़रूर आए।", "Two million people came."
ISSUE = Issue("number", "error", None, None, "दस लाख in the Hindi")


@pytest.mark.parametrize(
    ("dismissal", "domains", "false"),
    [
        (Dismissal("number"), (), True),
        (Dismissal("name"), (), False),
        (Dismissal("number", "NDTV"), ("ndtv",), True),
        (Dismissal("number", "NDTV"), ("hindu",), False),
        (Dismissal("number", "NDTV"), (), False),
        (Dismissal(None, "NDTV"), ("ndtv",), True),
        (Dismissal(None, None, HI, EN), (), True),
        (Dismissal(None, None, "दस लाख लोग ज\u093cरूर  आए।", EN.upper()), (), True),
        (Dismissal(None, None, HI, "Others came."), (), False),
        (Dismissal("name", None, HI, EN), (), False),
        (Dismissal("number", None, HI, EN, "दस लाख in the Hindi"), (), True),
        (Dismissal("number", None, HI, EN, "another"), (), False),
        (Dismissal("number", "ndtv", HI, EN), ("hindu",), False),
    ],
)
def test_what_is_left_out_is_any(dismissal: Dismissal, domains: tuple[str, ...], false: bool) -> None:
    is_false = Dismissed([dismissal]).of(domains)
    assert (is_false is not None and is_false(HI, EN, ISSUE)) == false


def test_a_dismissed_alarm_counts_nowhere() -> None:
    checker = Checker()
    (told,) = checker.check_all([(HI, EN)])
    assert [issue.kind for issue in told.issues] == ["number"]
    (kept,) = checker.check_all([(HI, EN)], Dismissed([Dismissal("name")]).of())
    assert kept == told
    (clean,) = checker.check_all([(HI, EN)], Dismissed([Dismissal("number")]).of())
    assert clean.issues == ()
    assert (told.quality or 0) < 0.5 < (clean.quality or 0)
    assert Dismissed().of() is None


def test_a_domain_is_a_publisher_a_host_a_file_or_an_article() -> None:
    source = Source("news/ndtv.hi.txt", url="https://khabar.example/1?x", publisher="NDTV")
    assert domains_of(source, None, article="a1") == {"ndtv", "khabar.example", "NDTV", "a1"}
    assert domains_of(file="x/radio_news.tsv.xz") == {"radio_news"}
    assert domains_of(Source("", url="http://[bad")) == frozenset()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[]", "must be a JSON object"),
        ("{", "must be a JSON object"),
        ('{"kind": 3}', "must be a JSON object of the texts"),
        ('{"sort": "number"}', "must be a JSON object of the texts"),
        ('{"kind": "numbers"}', "kind must be one of"),
        ('{"message": "x"}', "must give a kind, a domain"),
        ('{"hi": "नदी"}', "must give both texts"),
        ("[" * 100_000, "must be a JSON object"),
    ],
)
def test_a_file_is_read_line_by_line(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "dismiss.jsonl"
    path.write_text(f'{{"kind": "number"}}\n\n{{"hi": "{HI}", "en": "{EN}"}}\n', encoding="utf-8")
    assert read_dismissals(path, KINDS) == [Dismissal("number"), Dismissal(None, None, HI, EN)]
    path.write_text(f'{{"kind": "number"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(DataError, match=f"dismiss.jsonl:2: {told}"):
        read_dismissals(path, KINDS)
    with pytest.raises(DataError, match="must be a file of dismissals"):
        read_dismissals(tmp_path, KINDS)
