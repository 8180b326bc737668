"""HTML: the article text and metadata of a page (trafilatura, htmldate)."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from msgspec.structs import replace

from .blocks import line_blocks
from .dates import days_in, iso, read_date, url_day
from .draft import Draft, Problem
from .text import drafts, from_paragraphs

_INLINE = frozenset(  # elements inside a paragraph; every other one is a paragraph of its own
    [
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    ]
)
_SILENT = frozenset(  # elements whose words are not the article's
    ["button", "figure", "form", "iframe", "nav", "noscript", "script", "select", "style", "svg", "template"]
)
_METADATA = "//meta | //link[@rel='canonical'] | //script[@type='application/ld+json']"
_DATED = re.compile(r"date|time|publish|posted|byline|meta", re.IGNORECASE)
_UPDATED = re.compile(r"updated|modified", re.IGNORECASE)
_SENTENCE = 100  # characters of a paragraph that is text, not a line about the article
_STORY_LENGTH = 400  # characters that make an <article> element one of several stories, not a teaser


def read_html(text: str) -> Iterator[Draft | Problem]:
    """The articles of a page: one, or several when it holds several long <article> elements or reads like it."""
    from trafilatura.utils import load_html

    tree = load_html(text)
    if tree is None:
        yield Problem("it holds no HTML")
        return
    if tree.xpath("//head/meta[@name='generator' and @content='newsloom']"):
        yield Problem("a page that newsloom wrote, not an article")
        return
    stories = _stories(tree)
    if len(stories) > 1:
        for number, story in enumerate(stories, 1):
            yield _story(story, number)
        return
    yield from _page(tree)


def paragraphs(fragment: str) -> list[str]:
    """The text of a piece of HTML, a string for each paragraph; scripts, figures and forms left out."""
    from lxml import etree, html

    if not fragment.strip():
        return []
    try:
        root = html.fragment_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", fragment), create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    return _paragraphs(root)


def _paragraphs(root: Any) -> list[str]:
    from lxml import etree

    found = [""]
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if isinstance(element.tag, str) and element.tag not in _INLINE:
            found.append("")
        if event == "start":
            if element.tag in _SILENT:
                walk.skip_subtree()
            else:
                found[-1] += element.text or ""
        elif element is not root:
            found[-1] += element.tail or ""
    return [line for words in found if (line := " ".join(words.split()))]


def _page(tree: Any) -> Iterator[Draft | Problem]:
    """The article that trafilatura finds, with the page's metadata; several when the text reads like several."""
    from trafilatura import bare_extraction

    day, rule = _day(tree)
    try:
        page: Any = bare_extraction(deepcopy(tree), include_comments=False, include_tables=False, with_metadata=True)
    except Exception as error:  # from any depth of other people's parsers
        yield Problem(f"a page that cannot be taken apart ({type(error).__name__})")
        return
    lines = [line for raw in (page.text or "").split("\n") if (line := " ".join(raw.split()))] if page else []
    if not lines:
        yield Problem("no article text in it")
        return
    several = [
        found
        for found in drafts([block for line in lines for block in line_blocks(line, 1)])
        if isinstance(found, Draft)
    ]
    if len(several) > 1:
        yield from (replace(found, source=found.source or page.sitename, url=page.url) for found in several)
        return
    found = from_paragraphs(lines, title=page.title or None)
    if found is None:
        yield Problem("no article text in it, only the furniture of a site")
        return
    yield replace(
        found,
        published=day or found.published,
        published_from=rule or found.published_from,
        source=found.source or page.sitename,
        url=page.url,
        author=page.author or found.author,
    )


def _day(tree: Any) -> tuple[str | None, str | None]:
    """The day of publication that the page gives, and its rule: in its metadata, under its title, or in its address.

    htmldate sees the metadata alone, so that no date of a footer, a link or a sentence is taken for
    it, and a day that does not stand there in full is not believed.
    """
    from htmldate import find_date
    from lxml import html

    page = html.document_fromstring("<html><head></head><body></body></html>")
    page.head.extend(deepcopy(tree.xpath(_METADATA)))
    found = find_date(page, extensive_search=False, original_date=True)
    metadata = html.tostring(page, encoding="unicode")
    if found and any(day.isoformat() == found for day in days_in(metadata)):
        return found, "meta"
    lines = dict(reversed([(rule, day) for day, rule in _days_under_title(tree)]))
    for rule in ("byline", "updated"):
        if rule in lines:
            return lines[rule], rule
    day = url_day(tree.xpath("string(//link[@rel='canonical']/@href | //meta[@property='og:url']/@content)"))
    return day, "url" if day else None


def _days_under_title(tree: Any) -> Iterator[tuple[str, str]]:
    """The dates between the title and the first paragraph, each with its rule: "updated" or "byline"."""
    for title in tree.xpath("(//h1)[1]"):
        for element in title.xpath("preceding-sibling::*[position() < 4] | following::*"):
            dated = element.tag == "time" or _DATED.search(f"{element.get('class')} {element.get('id')}")
            if not dated and element.tag != "p":
                continue
            words = " ".join(element.text_content().split())
            if element.tag == "p" and len(words) > _SENTENCE:
                return
            if len(words) <= _SENTENCE and (day := iso(element.get("datetime", "")) or read_date(words)):
                label = f"{words} {element.get('itemprop')} {element.get('class')}"
                yield day, "updated" if _UPDATED.search(label) else "byline"


def _stories(tree: Any) -> list[Any]:
    """The <article> elements that are stories of their own: a heading, paragraphs, enough text, none inside another."""
    return [
        element
        for element in tree.xpath("//article[not(ancestor::article)][.//h1 or .//h2 or .//h3]")
        if sum(len(paragraph.text_content()) for paragraph in element.iter("p")) >= _STORY_LENGTH
    ]


def _story(story: Any, number: int) -> Draft | Problem:
    """The article in one of several <article> elements."""
    place = f"article {number}"
    title = " ".join(story.xpath("(.//h1 | .//h2 | .//h3)[1]")[0].text_content().split())
    found = from_paragraphs(_paragraphs(story), title=title or None)
    if found is None:
        return Problem("no article text in it", place)
    moments = [day for stamp in story.xpath(".//time/@datetime") if (day := iso(stamp))]
    address = next(iter(story.xpath("(.//h1 | .//h2 | .//h3)[1]//a/@href")), None)
    if moments:
        found = replace(found, published=moments[0], published_from="meta")
    return replace(found, url=address, place=place)
