"""A real scraped page: each event on its day. Skipped where the page, which is not part of the project, is absent."""

from pathlib import Path

import pytest

import newsloom
from newsloom.graph.edtf import to_edtf
from newsloom.schemas.loader import load_yaml
from newsloom.wording import remarks

PAGES = Path(__file__).parents[2] / "shared" / "samples"
CASES = load_yaml(Path(__file__).with_name("cases").joinpath("seed_page.yaml").read_text(encoding="utf-8"), "seed_page")

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="the page is not here")


@pytest.fixture(scope="module")
def graph():
    """The page with the day of its first article, and that of the other three."""
    return newsloom.build(newsloom.read_articles([PAGES], published=["2024-02-23", "2024-04-14"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_an_event_is_on_its_day(graph, case):
    words, type, days, *status = case
    found = [e for e in graph.events if e.type == type and words in f"{e.name}{remarks(e)}"]
    assert [(to_edtf(event.when), event.factuality) for event in found] == [(days, *(status or ["asserted"]))]


def test_nothing_happened_after_the_last_article(graph):
    told = [e for e in graph.events if e.factuality in ("asserted", "alleged") and e.when and e.when.earliest]
    assert all(event.when.earliest.isoformat() <= "2024-04-14" for event in told)
