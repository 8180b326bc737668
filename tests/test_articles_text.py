"""Plain text: datelines, dates, languages, pages (cases/articles.yaml) and the scraped pages in data/articles."""

import re
from datetime import date
from pathlib import Path

import pytest

from newsloom.graph.articles import read_articles
from newsloom.graph.articles.dateline import Dateline, find_dateline
from newsloom.graph.articles.dates import is_date_line, nearest_day, read_date, url_day
from newsloom.graph.articles.decode import clean, decode
from newsloom.graph.articles.draft import Draft
from newsloom.graph.articles.ending import end_of
from newsloom.graph.articles.language import other_language
from newsloom.graph.articles.published import publication
from newsloom.graph.articles.text import read_text
from newsloom.graph.types import Article
from newsloom.schemas.loader import load_yaml

HERE = Path(__file__).parent
CASES = load_yaml((HERE / "cases" / "articles.yaml").read_text("utf-8"), "articles.yaml")
SEED = sorted((HERE.parent.parent / "shared" / "samples").glob("*.txt"))


@pytest.mark.parametrize("case", CASES["datelines"], ids=lambda c: c["text"][:30])
def test_dateline(case):
    line = find_dateline(case["text"])
    assert line
    day = f"{line.year or '-'}-{line.month:02}-{line.day:02}" if line.month else None
    said = {"place": line.place, "agency": line.agency, "author": line.author, "day": day}
    assert said == {name: case.get(name) for name in said}
    assert case["text"][line.end :].startswith(case["rest"])


@pytest.mark.parametrize("case", CASES["endings"], ids=lambda case: case["text"][-30:])
def test_what_ends_an_article_is_no_part_of_it(case):
    lines = case["text"].split("\n")[: case["lines"]]
    assert case["text"][: end_of(case["text"])].rstrip("\n") == "\n".join(lines).rstrip("\n")


@pytest.mark.parametrize("text", CASES["not_datelines"])
def test_no_dateline(text):
    assert find_dateline(text) is None


@pytest.mark.parametrize(("text", "expected"), CASES["dates"])
def test_read_date(text, expected):
    assert read_date(text) == expected


@pytest.mark.parametrize(("url", "expected"), CASES["url_days"])
def test_url_day(url, expected):
    assert url_day(url) == expected


@pytest.mark.parametrize("case", CASES["publications"], ids=str)
def test_publication(case):
    draft = Draft(case["text"], published=case.get("published"), published_from=case.get("from"), url=case.get("url"))
    line = find_dateline(case["text"]) or Dateline(end=0)
    assert list(publication(draft, line, case.get("given"))) == case["expected"]


@pytest.mark.parametrize("line", ["23 February 2024", "Feb 23, 2024 10:05 GMT", "Friday, 23/02/2024", "2024-02-23"])
def test_date_line(line):
    assert is_date_line(line)


@pytest.mark.parametrize("line", ["On 23 February 2024 it rained", "10:05 GMT", "Friday", "03/02/2024", "February 23"])
def test_no_date_line(line):
    assert not is_date_line(line)


@pytest.mark.parametrize(("text", "expected"), CASES["languages"])
def test_language(text, expected):
    assert other_language(text) == expected


@pytest.mark.parametrize(("declared", "expected"), [("en", None), ("en-GB", None), ("English", None), ("de", "German")])
def test_declared_language_is_believed(declared, expected):
    assert other_language("Der Fluss trat am Dienstag nach langem Regen über die Ufer.", declared) == expected


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda c: c["name"])
def test_page(case):
    found = [draft for draft in read_text(case["page"]) if isinstance(draft, Draft)]
    fields = ("title", "published", "author", "url", "source", "text")
    assert [{f: getattr(d, f) for f in fields} for d in found] == [
        {f: c.get(f) for f in fields} for c in case["articles"]
    ]
    assert [d.published_from for d in found] == [
        c.get("from", c.get("published") and "byline") for c in case["articles"]
    ]


def articles(path: Path, **options: str) -> list[Article]:
    found = list(read_articles([path], **options))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def test_blog_page():
    bridge, quake = articles(HERE / "data/articles/blog_page.txt")
    assert bridge.title == "Ship brings down Baltimore's Francis Scott Key Bridge"
    assert (bridge.author, bridge.published, bridge.dateline) == ("Anna Field", "2024-03-27", None)
    assert bridge.text.startswith("A container ship")
    assert bridge.text.endswith("on Wednesday.")
    assert "\n\nPort closed\n\n" in bridge.text
    assert quake.title == "Strong earthquake shakes Noto on New Year's Day"
    assert (quake.author, quake.published, quake.dateline) == ("Ben Ito and Carla Ruiz", "2024-01-02", "TOKYO")
    assert quake.text[quake.body :].startswith("A magnitude 7.5")
    assert quake.text.endswith("at once.")
    for furniture in ("Advertisement", "Read more", "Share", "Like", "uncle", "Reply", "min read", "©", "Menu"):
        assert furniture not in bridge.text + quake.text


@pytest.mark.parametrize(("blank_lines", "newline"), [("\n\n", "\n"), ("\n", "\n"), ("\n\n\n", "\r\n")])
def test_blog_page_in_other_layouts(tmp_path, blank_lines, newline):
    path = HERE / "data/articles/blog_page.txt"
    page = re.sub(r"\n{2,}", blank_lines, path.read_text("utf-8")).replace("\n", newline)
    (tmp_path / "page.txt").write_bytes(page.encode())
    assert [(a.title, a.text) for a in articles(tmp_path)] == [(a.title, a.text) for a in articles(path)]


@pytest.mark.xfail(reason="a headline with nothing around it looks like the heading of a section", strict=True)
def test_articles_with_nothing_between_them():
    page = "Quake shakes Taiwan\n\nHouses fell.\n\nPope visits Bari for peace\n\nThe pope spoke to bishops."
    assert len(list(read_text(page))) == 2


def test_wire_page():
    found = articles(HERE / "data/articles/wire_page.txt", published="2024-05-06")
    assert [(a.title, a.source, a.dateline, a.published) for a in found] == [
        ("SWEDEN BECOMES NATO'S 32ND MEMBER", "Reuters", "WASHINGTON", "2024-03-07"),
        ("GUNMEN KILL SCORES AT CONCERT HALL NEAR MOSCOW", "AFP", "KRASNOGORSK, Russia", "2024-03-23"),
        ("FLOODS CUT OFF PORTO ALEGRE", "AP", "PORTO ALEGRE, Brazil", "2024-05-06"),
    ]
    assert found[0].text.endswith("Moscow said it would take counter-measures.")
    assert found[2].text.endswith("\n\nThe mayor asked people to save water.\n\nSchools stay shut until Friday.")


def test_dates_without_a_year_stay_unknown_without_published():
    sweden, moscow, floods = articles(HERE / "data/articles/wire_page.txt")
    assert (sweden.published, moscow.published, floods.published) == (None, "2024-03-23", None)


@pytest.mark.skipif(not SEED, reason="the seed page is not here")
def test_seed_page():
    found = articles(SEED[0], published="2024-02-23")
    assert [(a.title, a.source, a.dateline, a.published) for a in found] == [
        ("Gaza ceasefire talks underway in Paris as air strikes continue", "CGTN", None, "2024-02-23"),
        ("Iran warns against retaliation after first direct attack on Israel", "CGTN", None, "2024-02-23"),
        ("Iran launches large-scale drone, missile attack against Israel", "Xinhua", "JERUSALEM", "2024-04-14"),
        ("Hamas leader’s family killed in Israeli strike as truce talks drag on", "CGTN", None, "2024-02-23"),
    ]
    words = " ".join(a.text for a in found)
    for furniture in ("Connect with us", "Continue Reading", "Click to comment", "Leave a Reply", "email", "Source(s)"):
        assert furniture not in words


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Café".encode(), "Café"),
        (b"\xef\xbb\xbfCaf\xc3\xa9", "Café"),
        ("Café".encode("utf-16"), "Café"),
        ("Café".encode("utf-32"), "Café"),
        (
            "The café’s owner was named in a “report”. ".encode("cp1252") * 5,
            "The café’s owner was named in a “report”. " * 5,
        ),
        (b"\x7fELF\x00\x01", None),
        (bytes(range(256)), None),
    ],
)
def test_decode(data, expected):
    assert decode(data) == expected


def test_declared_encoding():
    assert decode('<meta charset="cp1250">Łódź'.encode("cp1250"), markup=True) == '<meta charset="cp1250">Łódź'


def test_clean():
    assert clean("a\r\nb\rc\u2028d\u00a0e\u200bf\u00adg\ufeff") == "a\nb\nc\nd efg"


@pytest.mark.parametrize(
    ("month", "day", "anchor", "expected"),
    [
        (4, 14, "2024-02-23", "2024-04-14"),
        (4, 14, "2024-12-01", "2025-04-14"),
        (12, 31, "2024-01-01", "2023-12-31"),
        (2, 29, "2025-03-01", "2024-02-29"),
        (2, 29, "2022-03-01", "None"),
    ],
)
def test_nearest_day(month, day, anchor, expected):
    assert str(nearest_day(month, day, date.fromisoformat(anchor))) == expected
