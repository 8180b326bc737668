"""The page of a graph that is too large for one part: its overview, the way into a part and back."""

import pytest

from newsloom.exports import explorer
from newsloom.exports.explorer import parts

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect


@pytest.fixture(scope="module")
def file(tmp_path_factory, demo):
    """The page of the sample articles, as if they were too many: an overview of ten events, and the stories."""
    path = tmp_path_factory.mktemp("parts") / "graph.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST_IN_OVERVIEW", 10)
        patch.setattr(parts, "MOST_NODES", 60)
        explorer.write(demo, path)
    return path


@pytest.fixture
def page(open_page, file):
    return open_page(file)


def heading(page):
    return page.locator("#panel h2")


def test_the_overview_says_what_it_is_and_how_to_open_the_rest(page):
    expect(heading(page)).to_have_text("Overview")
    expect(page.locator("#of-all")).to_contain_text("The 10 events that matter most, of 104")
    names = page.evaluate(
        "newsloom.source.manifest.parts.slice(1).map(({ title, events }) => `${title} ${events} events`)"
    )
    rows = page.locator("#panel section", has_text="Stories to open").locator(".jump")
    assert rows.all_inner_texts() == [name.replace(" 1 events", " 1 event") for name in names[:8]]
    assert page.locator("#back").is_hidden()
    rows.first.click()
    expect(heading(page)).to_have_text(page.evaluate("newsloom.source.manifest.parts[1].title"))


def test_a_part_counts_what_its_boxes_and_the_list_of_parts_count(page, demo):
    counts = page.evaluate("newsloom.source.manifest.parts.slice(1).map(({ events }) => events)")
    boxes = page.evaluate("newsloom.data.view.cells.reduce((sum, { events }) => sum + events, 0)")
    assert sum(counts) == boxes == len(demo.events)


def test_a_box_opens_its_part_and_button_and_key_lead_back(page):
    box = page.locator("#cells .cell").first
    box.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#back")).to_be_visible()
    assert page.evaluate("newsloom.state.part") != "overview"
    expect(page.locator("#canvas")).to_be_visible()
    page.click("#back")
    expect(heading(page)).to_have_text("Overview")
    page.locator("#cells .cell").first.click()
    expect(page.locator("#back")).to_be_visible()
    page.keyboard.press("o")
    expect(heading(page)).to_have_text("Overview")
    expect(page.locator("#back")).to_be_hidden()
    page.keyboard.press("o")  # does nothing there
    expect(heading(page)).to_have_text("Overview")


def test_the_list_of_parts_and_the_address_open_one(open_page, page, file):
    title = page.evaluate("newsloom.source.manifest.parts[2].title")
    page.select_option("#parts select", index=2)
    expect(heading(page)).to_have_text(title)
    again = open_page(file, page.evaluate("location.hash"))
    expect(heading(again)).to_have_text(title)
    page.keyboard.press("z")
    expect(heading(page)).to_have_text("Overview")


def test_an_event_of_the_overview_shows_its_box_and_leads_to_its_story(page):
    id, cell = page.evaluate("""(() => {
      const [id, cell] = [...newsloom.data.cellOf].find(([id, { topId }]) => id !== topId);
      return [id, cell.id];
    })()""")
    page.evaluate("id => newsloom.select(id)", id)
    own = page.locator("#cells .cell.self")
    assert own.get_attribute("data-id") == cell
    assert "faded" not in own.get_attribute("class")
    name = heading(page).inner_text()
    page.click("#home button")
    expect(page.locator("#back")).to_be_visible()
    expect(heading(page)).to_have_text(name)
    assert page.evaluate("newsloom.state.selected.id") == id
    assert page.locator("#home").count() == 0


def test_filters_say_that_boxes_count_everything(page):
    assert page.get_by_text("the boxes count all").count() == 0
    page.evaluate("newsloom.state.change({ typesOff: new Set([newsloom.data.events[0].type]) })")
    expect(page.get_by_text("the boxes count all")).to_be_visible()


def test_axe_finds_no_serious_fault(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for act in ("newsloom.openOverview()", "newsloom.select([...newsloom.data.cellOf.keys()][0])"):
            page.evaluate(act)
            faults = axe.Axe().run(page).response["violations"]
            assert [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")] == []
