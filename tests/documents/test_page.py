"""Web pages: the article with its title and day, and nothing of what stands around it."""

import pytest

from benchmarks.layouts import LAYOUTS, Page, pages
from benchmarks.reading import word_f1
from tithi.documents.extract import Extract
from tithi.documents.page import decode_page, read_page
from tithi.errors import DataError
from tithi.records import Lang

PAGES = pages()
FIRST = "गाँव ने तालाब को गहरा किया और काम पाँच महीने चला।"
SECOND = "मछलियाँ लौट आईं और बच्चों ने किनारे पर पेड़ लगाए।"
#: What is around the stories of the layouts and must not come in, but for a line or two where nothing tells them apart.
AROUND = (
    "यह भी पढ़ें",
    "Also read",
    "शेयर करें",
    "Share this",
    "सर्वाधिकार",
    "All rights",
    "फोटो:",
    "Photo:",
    "कुकी",
    "cookies",
)


def read(page: Page) -> Extract:
    return read_page(page.html.encode(), page.name, page.lang, url=page.url)


def body(inside: str, head: str = "", lang: Lang = "hi") -> Extract:
    return read_page(f"<html><head>{head}</head><body>{inside}</body></html>".encode(), "a.html", lang)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.name}-{page.lang}")
def test_every_layout_gives_its_story(page: Page) -> None:
    found = read(page)
    assert word_f1(found.text, page.text) >= 0.95
    assert (found.title, found.published) == (page.title, page.day)
    assert not [text for text in AROUND if text in found.text]
    # The blocks of the story are the lines of the text, in order.
    lines, story = found.text.splitlines(), page.text.splitlines()
    assert [line for line in lines if line in story] == [line for line in story if line in lines]
    assert len(set(story) - set(lines)) <= 1


def test_there_are_layouts_enough() -> None:
    assert len(LAYOUTS) >= 12
    assert any(len(page.text) < 300 for page in PAGES), "short articles"


def test_a_page_gives_the_same_whatever_was_read_before() -> None:
    alone = [read(page) for page in PAGES[:9]]
    again = [read(page) for page in reversed([*PAGES[:9], *PAGES[:9], PAGES[3]])]
    assert again[-9:] == alone[::-1]
    assert again[1:10] == alone[::-1]


P1, P2 = f"<p>{FIRST}</p>", f"<p>{SECOND}</p>"
BOTH = f"{FIRST}\n{SECOND}\n"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (P1 + P2, BOTH),
        (f"<nav><a href=/>होम</a></nav>{P1}{P2}<footer>© 2024</footer>", BOTH),
        (f"{P1}<figure><img src=a><figcaption>तालाब के किनारे गाँव के लोग।</figcaption></figure>{P2}", BOTH),
        (f"{P1}<p>यह भी पढ़ें: <a href=/2>बारिश ने तोड़ा रिकॉर्ड</a></p>{P2}", BOTH),
        (f"{P1}<p>यह भी पढ़े\u093c\u0902: बारिश ने तोड़ा रिकॉर्ड</p>{P2}", BOTH),
        (f"{P1}<h3>ये भी पढ़ें</h3><ul><li><a href=/2>एक</a></li><li><a href=/3>दो</a></li></ul>{P2}", BOTH),
        (f"{P1}<div class='also-read-box'><p>किसानों को मिलेगा बीज, जानिए कैसे।</p></div>{P2}", BOTH),
        (f"{P1}<p hidden>{SECOND}</p><p style='display: none'>छिपा हुआ वाक्य है यह।</p>{P2}", BOTH),
        (f"{P1}<p>{SECOND[:10]}<script>var a = 1;</script>{SECOND[10:]}</p>", BOTH),
        (f"{P1}<p>{SECOND[:7]}<a href=/x>{SECOND[7:14]}</a>{SECOND[14:]}</p>", BOTH),
        (f"<div>{FIRST}<br><br>{SECOND}</div>", BOTH),
        (f"{P1}<h2>आगे</h2>{P2}", f"{FIRST}\nआगे\n{SECOND}\n"),
        (f"{P1}<ul><li>बीज</li><li>खाद</li></ul>{P2}", f"{FIRST}\nबीज\nखाद\n{SECOND}\n"),
        (f"{P1}<table><tr><td>साल</td><td>2019</td></tr></table>{P2}", f"{FIRST}\nसाल\n2019\n{SECOND}\n"),
        (f"{P1}<pre>make demo\n  make test</pre>{P2}", f"{FIRST}\nmake demo\n  make test\n{SECOND}\n"),
        (f"<blockquote>{P1}</blockquote>{P2}", BOTH),
        (f"<form action=x>{P1}{P2}<input></form>", BOTH),
        (f"<div class='has-sidebar share-page'>{P1}{P2}</div>", BOTH),
        (P1.replace("गाँव", "गा&#2305;व") + P2.replace(" ", "&nbsp;"), BOTH),
        (f"<p>{FIRST}<p>{SECOND}", BOTH),
        (f"{P1}{P2}" * 3, BOTH * 3),
        ("<p>वर्षा हुई और नदी भरी।</p>", "वर्षा हुई और नदी भरी।\n"),
    ],
)
def test_the_article_alone_comes_in(inside: str, text: str) -> None:
    assert body(inside).text == text


def test_code_is_marked() -> None:
    found = body(f"{P1}<pre>make demo\nmake test</pre>{P2}")
    assert [found.text[a:b] for a, b in found.code] == ["make demo\nmake test"]


DATA = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "inside", "title", "day", "publisher", "url"),
    [
        ("<title>तालाब | पहाड़ी समाचार</title>", "<h1>तालाब</h1>", "तालाब", None, None, None),
        ("<title>तालाब की कहानी | समाचार</title>", "", "तालाब की कहानी", None, None, None),
        ("<title>x</title><meta property='og:title' content='तालाब'>", "<h1>समाचार</h1>", "तालाब", None, None, None),
        ("<meta property='article:published_time' content='2021-03-04T23:59:00Z'>", "", None, "2021-03-04", None, None),
        ("", "<time datetime='2021-03-04'>कल</time>", None, "2021-03-04", None, None),
        ("", "<div>4 मार्च, 2021</div>", None, "2021-03-04", None, None),
        ("<link rel=canonical href='//a.example/2021/03/04/'>", "", None, None, None, None),
        ("<link rel=canonical href='http://a.example/2021/03/04/'>", "", None, "2021-03-04", None,
         "http://a.example/2021/03/04/"),
        (DATA.format('{"@type":"NewsArticle","headline":"तालाब &amp; गाँव","datePublished":"2021-03-04T10:00",'
                     '"publisher":{"name":"पहाड़ी"}}'),
         "", "तालाब & गाँव", "2021-03-04", "पहाड़ी", None),
        (DATA.format('[{"@type":"Organization","name":"x"},{"@graph":[{"@type":["Article"],"headline":"तालाब",'
                     '"datePublished":"2021-03-04"}]}]'),
         "", "तालाब", "2021-03-04", None, None),
        (DATA.format('{"@type":"Article","headline":"ता\nलाब"}') + DATA.format("{"), "", "ता लाब", None, None, None),
        (DATA.format("[" * 5000), "<h1>एक दो तीन</h1>", "एक दो तीन", None, None, None),
        ("<meta name=date content='2021-13-45'><meta property='og:site_name' content='x'>", "", None, None, "x", None),
    ],
)  # fmt: skip
def test_what_the_page_says_of_itself(
    head: str, inside: str, title: str | None, day: str | None, publisher: str | None, url: str | None
) -> None:
    found = body(inside + P1 + P2, head)
    assert (found.title, found.published, found.publisher, found.url) == (title, day, publisher, url)
    assert found.text == BOTH


DATE_LINES = [
    "4 मार्च, 2021",
    "March 4, 2021",
    "प्रकाशित: 4 मार्च 2021, 10:30 बजे",
    "Published March 4, 2021 at 10:30 IST",
    "नई दिल्ली, 4 मार्च 2021",
    "रामपुर, 4 मार्च 2021।",
    "By Asha Rao | March 4, 2021",
    "लेखक: मोहन लाल, 4 मार्च 2021",
    "अपडेटेड: 4 मार्च 2021 10:30 AM IST",
    "Updated: Thursday, March 4, 2021.",
    "4 मार्च 2021, गुरुवार",
    "March 4, 2021 · 5 min read",
    "March 4, 2021 - 5 min read",
    "4 मार्च 2021 - 10:30 पूर्वाह्न IST",
    "Kanakpur, 4 March 2021 (PTI)",
    "Posted on 4 March 2021 by admin",
    "Last modified: 2021-03-04",
    "4 मार्च 2021 – मोहन लाल",
]
DATED_SENTENCES = [
    "4 मार्च 2021 को किसान मेले में बीस हज़ार लोग आए।",
    "मेला 4 मार्च 2021 को लगा।",
    "वह 4 मार्च 2021 को मरा।",
    "सभा 04.03.2021 को होगी.",
    "पुल 4 मार्च 2021 को टूटा था?",
    "On March 4, 2021 the fair was held.",
    "The bridge fell on March 4, 2021.",
    "He died on 4 March 2021.",
    "On 4 March 2021 it rained!",
    "“It ended on March 4, 2021.”",
    "4 मार्च 2021: पुल का उद्घाटन हुआ।",
    "1 अगस्त 2019 को रेल मंत्री ने नई लाइन खोली।",
    "4 मार्च 2021 को बाँध टूटा और गाँव डूबा |",
    "Rain fell on 04/03/2021 all day.",
]


@pytest.mark.parametrize("line", DATE_LINES)
def test_a_date_line_says_when_the_page_was_published(line: str) -> None:
    found = body(f"<h1>तालाब की कहानी</h1><p>{line}</p>{P1}{P2}")
    assert (found.published, found.text) == ("2021-03-04", BOTH)


@pytest.mark.parametrize("line", DATED_SENTENCES)
def test_a_sentence_with_a_date_is_no_date_line(line: str) -> None:
    found = body(f"<h1>तालाब की कहानी</h1><p>{line}</p>{P1}{P2}")
    assert (found.published, found.text) == (None, f"{line}\n{BOTH}")
    assert body(f"<p>{line}</p>{P1}{P2}", "<meta name=date content='2021-03-04'>").text.startswith(line)


def test_traces_lead_to_the_counterpart() -> None:
    head = (
        "<link rel=canonical href='https://a.example/hi/7'><link rel=alternate hreflang=en href='/en/7'>"
        "<meta property='og:image' content='https://i.example/p.jpg'>"
    )
    found = body(f"{P1}<p>{SECOND[:9]}<a href='https://b.example/r'>{SECOND[9:]}</a> {FIRST}</p>", head)
    assert found.traces is not None
    assert found.traces.alternates == ("https://a.example/en/7",)
    assert found.traces.images == ("https://i.example/p.jpg",)
    assert found.traces.links == ("https://b.example/r",)


@pytest.mark.parametrize(
    "data",
    [
        BOTH.encode(),
        b"\xef\xbb\xbf" + BOTH.encode(),
        BOTH.encode("utf-16"),
        ("<meta charset=utf-16>" + BOTH).encode(),
        BOTH.encode() + b"\xff",
        BOTH.encode().decode("latin-1").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "wrongly declared", "one bad byte", "mojibake"],
)
def test_pages_are_decoded_as_they_were_meant(data: bytes) -> None:
    found = decode_page(data, "a.html")
    assert FIRST[:4] in found
    assert "à¤" not in found


def test_other_encodings_are_believed() -> None:
    page = "<meta charset='windows-1252'><p>The café’s owner said “no”.</p>".encode("cp1252")
    assert "The café’s owner said “no”." in decode_page(page, "a.html")


HOSTILE = {
    "deep": "<div>" * 100_000 + P1 + P2,
    "never closed": P1 + P2 + "<b><i><a>" * 50_000,
    "many": (P1 + P2) * 5_000,
    "attributes": f"<p {'a=1 ' * 50_000}>{FIRST}</p>{P2}",
    "entities": "<!DOCTYPE html [<!ENTITY a 'xxxxxxxxxx'>]>" + P1 + P2 + "&a;" * 1000,
    "text": P1 + "<p>" + "क" * 1_000_000 + "</p>",
    "links": P1 + P2 + "<a href=/>x</a>" * 50_000,
    "names": f"<div class='{'a-' * 100_000}'>{P1}{P2}</div>",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_end(page: str) -> None:
    try:
        text = read_page(page.encode(), "a.html", "hi").text
    except DataError as error:
        text = str(error)
    assert FIRST in text or text.startswith("a.html: must")
