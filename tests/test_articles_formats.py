"""HTML, feeds, Markdown and JSON: what becomes an article, and what is refused and why."""

import json

import pytest
from small import small_graph

from newsloom import exports
from newsloom.graph.articles import read_articles
from newsloom.graph.types import Article, Refusal

SENTENCES = (
    "Heavy rain has killed at least 83 people in southern Brazil, officials said on Monday, as rivers went on rising.",
    "The airport of Porto Alegre was closed, and more than 100,000 people had to leave their homes, the state said.",
)
LINKED_DATA = (
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-06T10:00:00Z"}</script>'
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


@pytest.fixture
def read(tmp_path):
    """A function from a file's name and content to what comes out of it."""

    def of(name: str, content: str | bytes, **options: str) -> list[Article | Refusal]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_articles([path], **options))

    return of


def page(head: str = "", body: str = "", footer: str = "") -> str:
    return (
        f"<html><head><title>Floods in Brazil</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Floods in Brazil</h1>{body or PARAGRAPHS}</article><footer>{footer}</footer></body></html>"
    )


def test_html(read):
    head = (
        '<meta property="og:site_name" content="Example News"><meta name="author" content="Jane Doe">'
        '<meta property="article:published_time" content="2024-05-06T21:10:00-03:00">'
        '<link rel="canonical" href="https://example.org/brazil-floods">'
    )
    (article,) = read("a.html", page(head, PARAGRAPHS + "<p>Source(s): AP</p>", "© 2026 Example, 12 June 2023"))
    assert article.text == "\n\n".join(SENTENCES)
    assert (article.title, article.source, article.author) == ("Floods in Brazil", "AP", "Jane Doe")
    assert (article.published, article.url) == ("2024-05-06", "https://example.org/brazil-floods")


CANONICAL = '<link rel="canonical" href="https://example.org/2024/05/06/floods">'
MENTION = (
    "<p>The law of 2019-06-12 was never applied in the hills, where 14 people had died on 11 June 2019, it said.</p>"
)
LINKS = "<div><article><a href='/x'>Fire in Chile</a><time datetime='2022-02-02'>2 Feb 2022</time></article></div>"


@pytest.mark.parametrize(
    ("head", "top", "bottom", "expected"),
    [
        ("", "", "© 2026 Example. Updated 12 June 2023", None),
        ("", "", LINKS, None),
        ("", MENTION, "", None),
        ("<script>var built = '2023-05-05'</script>", "", "", None),
        ('<meta name="date" content="2024">', "", "", None),
        ("", "<div class='date'>03/04/2024</div>", "", None),
        ("", "<div class='date'>May 2024</div>", "", None),
        (CANONICAL, "", LINKS, "2024-05-06"),
        ('<meta name="date" content="2024-05-06">', MENTION, LINKS, "2024-05-06"),
        (LINKED_DATA, "", LINKS, "2024-05-06"),
        ("", "<time datetime='2024-05-06T10:00:00Z'>Monday</time>", LINKS, "2024-05-06T10:00:00Z"),
        ("", "<p class='byline'>By Jane Doe</p><p class='date'>Monday, 6 May 2024</p>", LINKS, "2024-05-06"),
    ],
)
def test_html_date_is_never_invented(read, head, top, bottom, expected):
    (article,) = read("a.html", page(head, top + PARAGRAPHS, bottom))
    assert article.published == expected


def test_html_of_several_stories(read):
    stories = "".join(
        f"<article><h2><a href='https://example.org/2024/05/0{n}/x'>Floods in Brazil, day {n}</a></h2>"
        f"<p>On day {n} it rained.</p>{PARAGRAPHS}{PARAGRAPHS}</article>"
        for n in (6, 7)
    )
    found = read("a.html", f"<html><body>{stories}</body></html>")
    assert [(a.title, a.published) for a in found] == [
        ("Floods in Brazil, day 6", "2024-05-06"),
        ("Floods in Brazil, day 7", "2024-05-07"),
    ]
    assert found[0].text.startswith("On day 6 it rained.\n\nHeavy rain")


@pytest.mark.parametrize("content", ["<html><body><nav>Home</nav></body></html>", "<p></p>", "<!-- -->"])
def test_html_without_an_article(read, content):
    (refusal,) = read("a.html", content)
    assert isinstance(refusal, Refusal)
    assert "no article text" in refusal.reason or "no HTML" in refusal.reason


def rss(items: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel><title>Example &amp; Sons</title>'
        f"{items}</channel></rss>"
    )


ITEM = (
    "<item><title>Bridge falls &lt;b&gt;in&lt;/b&gt; Baltimore</title><link>https://example.org/b</link>"
    "<pubDate>Tue, 26 Mar 2024 22:10:00 -0400</pubDate>"
    "<description>&lt;p&gt;A ship hit the &lt;b&gt;Key Bridge&lt;/b&gt; &amp;amp; it fell.&lt;/p&gt;"
    "&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Six men died.&lt;/p&gt;"
    "&lt;p&gt;The post Bridge falls appeared first on Example.&lt;/p&gt;</description></item>"
)


def test_rss(read):
    article, refusal = read("a.xml", rss(ITEM + "<item><title>Nothing</title></item>"))
    assert article.text == "A ship hit the Key Bridge & it fell.\n\nSix men died."
    assert (article.title, article.source) == ("Bridge falls in Baltimore", "Example & Sons")
    assert (article.published, article.url) == ("2024-03-26T22:10:00-04:00", "https://example.org/b")
    assert refusal.reason == "no text under 'Nothing'"
    assert refusal.origin.endswith("a.xml, entry 2")


def test_atom(read):
    (article,) = read(
        "a.atom",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><title>Bridge falls</title>'
        "<updated>2024-03-26T10:00:00Z</updated><author><name>Jane Doe</name></author>"
        '<content type="html">&lt;p&gt;A ship hit the bridge.&lt;/p&gt;</content></entry></feed>',
    )
    assert (article.text, article.author) == ("A ship hit the bridge.", "Jane Doe")
    assert article.published == "2024-03-26T10:00:00Z"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (rss(ITEM, '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'), "declares entities"),
        (rss(ITEM, '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>').encode("utf-16"), "declares entities"),
        ("<rss><channel><item>", "no text"),
        ("<urlset><url>x</url></urlset>", "no RSS or Atom feed"),
        (rss(""), "without entries"),
    ],
)
def test_refused_feeds(read, content, reason):
    (refusal,) = read("a.xml", content)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


MARKDOWN = """---
title: Quake in Noto
date: 2024-01-01
source: Kyodo
authors: [Ben Ito, Carla Ruiz]
url: https://example.org/noto
tags: [japan]
---
# Quake in Noto

A strong *earthquake* shook the [Noto peninsula](https://example.org)
on Monday. ![a map](x.png)

## Aftershocks

- Houses fell in `Wajima`.
- A fire burned the market.

```
code
```

| a | b |
|---|---|
| c | d |

<div>raw</div>

**Source(s): Kyodo News**
"""


def test_markdown(read):
    (article,) = read("a.md", MARKDOWN)
    assert article.text == (
        "A strong earthquake shook the Noto peninsula on Monday.\n\nAftershocks\n\n"
        "Houses fell in Wajima.\n\nA fire burned the market."
    )
    assert (article.title, article.published, article.source) == ("Quake in Noto", "2024-01-01", "Kyodo")
    assert (article.author, article.url) == ("Ben Ito, Carla Ruiz", "https://example.org/noto")


def test_markdown_without_front_matter(read):
    (article,) = read("a.md", "# Quake in Noto\n\nHouses fell.\n\n---\n\nA fire burned.")
    assert (article.title, article.text) == ("Quake in Noto", "Houses fell.\n\nA fire burned.")


def test_markdown_of_several_articles(read):
    found = read("a.md", "# Quake in Noto\n\nHouses fell.\n\n# Fire in Wajima\n\nThe market burned.")
    assert [(a.title, a.text) for a in found] == [
        ("Quake in Noto", "Houses fell."),
        ("Fire in Wajima", "The market burned."),
    ]


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: [", "front matter"),
        ("- a", "must be fields"),
        ("date: soon", "'soon' is no date"),
        ("title: {a: b}", "title must be text, not an object"),
        ("language: de", "not in English but in German"),
    ],
)
def test_refused_front_matter(read, front, reason):
    (refusal,) = read("a.md", f"---\n{front}\n---\nHouses fell in the town of Wajima.")
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_a_page_of_newsloom_is_no_article(read, tmp_path):
    written = exports.write(small_graph(), tmp_path / "graph.html")[0].read_text("utf-8")
    assert [refusal.reason for refusal in read("page.html", written)] == ["a page that newsloom wrote, not an article"]


def test_json_lines_are_taken_as_they_are(read):
    text = "\tPARIS (AFP) —  Trains\r\nstood still. \U0001f686 Share this\n"
    (article,) = read(
        "a.jsonl", json.dumps({"id": "x/1 ü", "text": text, "title": "Trains", "published": "2024-07-26"})
    )
    assert (article.id, article.text, article.published) == ("x/1 ü", text, "2024-07-26")


def test_json_lines_keep_every_field(read):
    given = {"source": "S", "url": "u", "author": "A", "language": "en-GB", "published": "2024-07-26T10:00+02:00"}
    (article,) = read("a.jsonl", "\ufeff" + json.dumps({"text": "Der Fluss stieg.", "other": 1, **given}))
    assert {name: getattr(article, name) for name in given} == given


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "bad JSON"),
        ("[1]", "must be an object with a text, not a list"),
        ('{"title": "x"}', "`text` is missing"),
        ('{"text": 5}', "`text` must be text, not a number"),
        ('{"text": " "}', "text is empty"),
        ('{"text": "x", "title": ["a"]}', "`title` must be text, not a list"),
        ('{"text": "x", "published": 2024}', "`published` must be text, not a number"),
        ('{"text": "x", "published": "soon"}', "'soon', which is no date; possible: 2024-02-23"),
        ('{"text": "x", "published": "2024-02"}', "is no date"),
        ('{"text": "x", "id": true}', "`id` must be text, not true or false"),
        ('{"text": "x\\u0000"}', "NUL"),
        ('{"text": "x\\ud800"}', ""),
        ('{"text": "x", "language": "fr"}', "not in English but in French"),
        ("[" * 100_000, "bad JSON"),
        ('{"text": "' + "x" * 200_001 + '"}', "200,001 characters"),
        (b'{"text": "caf\xe9"}', "bad JSON"),
    ],
)
def test_refused_lines_do_not_stop_the_others(read, line, reason):
    line = line.encode() if isinstance(line, str) else line
    refusal, article = read("a.jsonl", b"\n" + line + b'\n{"text": "Rain fell."}')
    assert refusal.origin.endswith("a.jsonl, line 2")
    assert reason in refusal.reason
    assert article.text == "Rain fell."


@pytest.mark.parametrize(
    "value",
    [
        {"text": "Rain fell."},
        [{"text": "Rain fell."}],
        {"format": 1, "articles": [{"id": "a", "text": "Rain fell.", "title": None}], "mentions": []},
    ],
)
def test_json(read, value):
    for indent in (None, 1):
        (article,) = read("a.json", json.dumps(value, indent=indent))
        assert article.text == "Rain fell."


def test_json_lines_by_another_name(read):
    found = read("a.json", '{"text": "Rain fell."}\n{"text": 1}\n{"text": "Hail fell."}\n')
    assert [getattr(item, "text", None) for item in found] == ["Rain fell.", None, "Hail fell."]


@pytest.mark.parametrize(
    ("value", "reason"), [("[]", "without articles"), ("5", "not a number"), ('{"a": 1}', "missing")]
)
def test_refused_json(read, value, reason):
    (refusal,) = read("a.json", value)
    assert reason in refusal.reason
