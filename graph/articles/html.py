"""HTML: the article text and metadata of a page (trafilatura, htmldate)."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from msgspec.structs import replace

from .blocks import classify
from .dates import days_in, iso, url_day
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
_ASIDE = "//aside | //footer | //nav | //*[@role='complementary'] | //*[@role='navigation']"
_STORY_LENGTH = 400  # characters that make an <article> element one of several stories, not a teaser


def read_html(text: str) -> Iterator[Draft | Problem]:
    """The articles of a page: one, or several when it holds several long <article> elements or reads like it."""
    from trafilatura.utils import load_html

    tree = load_html(text)
    if tree is None:
        yield Problem("it holds no HTML")
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

    day = _day(tree)
    page: Any = bare_extraction(deepcopy(tree), include_comments=False, include_tables=False, with_metadata=True)
    lines = [line for raw in (page.text or "").split("\n") if (line := " ".join(raw.split()))] if page else []
    if not lines:
        yield Problem("no article text in it")
        return
    several = [found for found in drafts([classify(line, 1) for line in lines]) if isinstance(found, Draft)]
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
        source=found.source or page.sitename,
        url=page.url,
        author=page.author or found.author,
    )


def _day(tree: Any) -> str | None:
    """The day of publication that the page gives in its metadata, its address or next to the article.

    htmldate reads it; a day that does not stand in the page in full is not believed, nor one from a
    footer, a sidebar or a menu.
    """
    from htmldate import find_date
    from lxml import html

    core = deepcopy(tree)
    for element in core.xpath(_ASIDE):
        element.drop_tree()
    source = html.tostring(core, encoding="unicode")
    found = find_date(core, extensive_search=False, original_date=True)
    if found and any(day.isoformat() == found for day in days_in(source)):
        return found
    address = core.xpath("string(//link[@rel='canonical']/@href | //meta[@property='og:url']/@content)")
    return url_day(address)


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
    return replace(found, published=moments[0] if moments else found.published, url=address, place=place)
