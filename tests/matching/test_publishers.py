"""One publisher on both sides: by the site, else by names that sound alike in two scripts."""

import pytest

from tithi.matching.publishers import same_publisher, site
from tithi.records import Source


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("दैनिक भास्कर", "Dainik Bhaskar", True),
        ("दैनिक जागरण", "Dainik Jagran", True),
        ("दैनिक भास्कर", "Dainik Jagran", False),
        ("अमर उजाला", "Amar Ujala", True),
        ("अमर उजाला", "Hindustan Times", False),
        ("नवभारत टाइम्स", "Navbharat Times", True),
        ("टाइम्स ऑफ इंडिया", "The Times of India", True),
        ("हिंदुस्तान", "Amar Ujala", False),
        ("BBC News हिंदी", "BBC News", True),
        ("बीबीसी हिंदी", "Jagran", False),
        ("आज तक", "Aaj Tak", True),
        ("प्रभात ख\u093cबर", "Prabhat Khabar", True),
        ("पत्रिका", "Patrika", True),
        ("पत्रिका", "Lokmat", False),
        ("NDTV India", "NDTV", True),
        ("NDTV", "CNN", False),
        ("पहाड़ी समाचार", "Pahadi Samachar", True),
        ("समाचार", "News", False),
        (None, "NDTV", True),
        ("दैनिक भास्कर", None, True),
        (None, None, True),
    ],
)
def test_names_sound_alike(one: str | None, other: str | None, same: bool) -> None:
    assert same_publisher(Source("a", publisher=one), Source("b", publisher=other)) == same
    assert same_publisher(Source("b", publisher=other), Source("a", publisher=one)) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://hindi.hillpost.example/1", "https://www.hillpost.example/en/1", True),
        ("https://hindi.hillpost.example/1", "https://riverpost.example/1", False),
        ("http://pib.gov.in/1", "http://mea.gov.in/1", False),
        ("http://hi.a.co.in/1", "http://en.a.co.in/1", True),
        ("http://a.blogspot.com/1", "http://b.blogspot.com/1", False),
        ("http://10.0.0.1/1", "http://10.0.0.2/1", False),
        ("http://[broken", "https://a.example/", True),
        (None, "https://a.example/", True),
    ],
)
def test_sites_tell_it_where_names_are_missing(one: str | None, other: str | None, same: bool) -> None:
    assert same_publisher(Source("a", url=one), Source("b", url=other)) == same


def test_the_site_goes_before_the_name() -> None:
    one = Source("a", url="https://hindi.hillpost.example/1", publisher="पहाड़ी डाक")
    assert same_publisher(one, Source("b", url="https://hillpost.example/1", publisher="Hill Post"))
    assert site(one.url) == "hillpost.example"
