"""The tables in Chromium: sorted, filtered, turned, taken away as CSV, and of one selection with the other views."""

import csv
import io
from pathlib import Path

import pytest
from chains import related, tie
from hostile import ATTACKS
from hostile import hostile_graph as poisoned
from msgspec import structs
from test_explorer import HOSTILE, hostile_graph

from newsloom.exports import explorer

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
AT_TABLE = "#view=table"


@pytest.fixture(scope="module")
def many_file(tmp_path_factory):
    """Three hundred events of three months and more, each the cause of the next but every tenth."""
    path = tmp_path_factory.mktemp("page") / "many.html"
    explorer.write(related(300, [tie(n, n + 1) for n in range(299) if n % 10]), path)
    return path


@pytest.fixture
def page(open_page, small_file):
    return open_page(small_file, AT_TABLE)


def names(page) -> list[str]:
    return page.locator("#table tbody th bdi").all_inner_texts()


def cells(page, title: str) -> list[str]:
    """What stands in a column, from the top."""
    titles = [words.split(" ▲")[0].split(" ▼")[0] for words in page.locator("#table thead th").all_inner_texts()]
    at = titles.index(title)
    rows = page.evaluate("""() => [...document.querySelectorAll('#table tbody tr')]
        .map((row) => [...row.children].filter((cell) => !cell.matches('.pick')).map((cell) => cell.textContent))""")
    return [row[at] for row in rows]


def tab(page, name: str) -> None:
    page.locator("#table .tabs").get_by_role("button", name=name).click()


def sort(page, title: str):
    header = page.locator("#table thead th").filter(has=page.get_by_role("button", name=title, exact=True))
    header.get_by_role("button").click()
    return header


def narrow(page, title: str, words: str, count: str) -> None:
    """Writes something over a column and waits for so many rows."""
    page.get_by_label(f"Filter {title}", exact=True).fill(words)
    playwright.expect(page.locator("#table .told")).to_contain_text(count)


def saved(page) -> list[list[str]]:
    """The file that is downloaded, as Python's csv reads it."""
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


def test_events_stand_in_order_with_what_is_known_of_them(page):
    assert names(page) == [
        "Strike on the consulate in Damascus",
        "Iran launches drones at Israel",
        "Israel vows to respond",
        "Israel responds",
    ]
    assert page.inner_text("#table .told") == "4 events."
    assert cells(page, "Date") == [
        "1 April 20242024-04-01",
        "13 April 20242024-04-13",
        "on or before 15 April 2024../2024-04-15",
        "undated",
    ]
    assert cells(page, "Agents")[1:] == ["Iran", "Israel", "Israel"]
    assert cells(page, "Places")[0] == "Damascus"
    assert cells(page, "Caused by")[1] == "Strike on the consulate in Damascus"
    assert cells(page, "Led to")[1] == "Israel vows to respond"
    assert cells(page, "Other actors")[0] == "Iran (says)"
    assert cells(page, "Status")[3] == "planned"
    assert cells(page, "Figures")[0] == "7 killed"
    assert cells(page, "First sentence")[1].startswith("Iran launched drones at Israel on Saturday")


def test_it_is_a_table_with_heads_and_a_caption(page):
    table = page.locator("#table table")
    assert table.locator("caption").text_content() == "Events: 4"
    assert table.locator("thead th[scope=col]").count() == 16
    assert table.locator("tbody th[scope=row]").count() == 4


def test_a_head_sorts_by_click_and_by_enter(page):
    header = sort(page, "Event")
    assert header.get_attribute("aria-sort") == "ascending"
    assert names(page) == sorted(names(page))
    page.keyboard.press("Enter")
    assert page.locator("#table th[aria-sort=descending]").inner_text().startswith("Event")
    assert names(page) == sorted(names(page), reverse=True)
    sort(page, "Date")
    assert cells(page, "Date")[-1] == "undated"
    sort(page, "Date")
    assert cells(page, "Date")[-1] == "undated"
    sort(page, "Caused by")
    assert cells(page, "Caused by")[2:] == ["", ""]


@pytest.mark.parametrize(
    ("title", "words", "found"),
    [
        ("Event", "ISRAEL re", ["Israel vows to respond", "Israel responds"]),
        ("Sources", "> 1", ["Iran launches drones at Israel"]),
        ("Sources", "2..9", ["Iran launches drones at Israel"]),
        ("Date", "> 2024-04-01", ["Iran launches drones at Israel", "Israel vows to respond"]),
        ("Date", "2024-04-13", ["Iran launches drones at Israel"]),
        (
            "Date",
            "<= 2024",
            ["Strike on the consulate in Damascus", "Iran launches drones at Israel", "Israel vows to"],
        ),
        ("Date", "2024-04-02..2024-04-13", ["Iran launches drones at Israel"]),
        ("Date", "undated", ["Israel responds"]),
        ("Date", "../2024", ["Israel vows to respond"]),
        ("Agents", "iran", ["Iran launches drones at Israel"]),
        ("Led to", ">0", ["Strike on the consulate in Damascus", "Iran launches drones at Israel"]),
    ],
)
def test_a_field_over_a_column_filters(page, title, words, found):
    narrow(page, title, words, f"{len(found)} of 4 events")
    assert [name.startswith(wanted) for name, wanted in zip(names(page), found, strict=True)] == [True] * len(found)


def test_a_field_that_is_not_understood_says_so_and_filters_nothing(page):
    narrow(page, "Sources", "many", "“many” over Sources is not understood: write > 3, 2..5.")
    assert page.get_by_label("Filter Sources").get_attribute("aria-invalid") == "true"
    assert len(names(page)) == 4
    page.get_by_role("button", name="Clear fields").click()
    assert page.get_by_label("Filter Sources").input_value() == ""
    assert page.inner_text("#table .told") == "4 events."


def test_pages_of_a_hundred_rows_are_turned(open_page, many_file):
    page = open_page(many_file, AT_TABLE)
    assert len(names(page)) == 100
    assert "304 events, rows 1 to 100." in page.inner_text("#table .told")
    assert page.get_by_role("button", name="Rows before").is_disabled()
    page.get_by_role("button", name="Rows after").click()
    assert names(page)[0] == "Meeting 99"  # the strike stands between
    page.get_by_role("button", name="Last rows").click()
    assert len(names(page)) == 4
    assert page.get_by_role("button", name="Rows after").is_disabled()
    page.get_by_role("button", name="First rows").click()
    assert names(page)[0] == "Meeting 0"
    narrow(page, "Event", "meeting 29", "13 of 304 events.")


@pytest.mark.parametrize(
    ("name", "title", "found"),
    [
        ("Actors", "Events", ["3", "2"]),
        ("Places", "Lies in", ["", "", "Syria"]),
        ("Articles", "Source", ["Example Wire", "Example Post"]),
        ("Relations", "Words", ["in response to", "After"]),
        ("Sentences", "Characters from", ["0", "99", "0"]),
    ],
)
def test_everything_has_a_table(page, name, title, found):
    tab(page, name)
    assert [cell for cell in cells(page, title) if cell or name != "Relations"] != []
    assert sorted({*cells(page, title)} - {""}) == sorted({*found} - {""})


def test_a_row_selects_and_the_selection_of_other_views_is_marked(page):
    page.locator("#table tbody td", has_text="13 April 2024").click()
    playwright.expect(page.locator("#panel h2")).to_have_text("Iran launches drones at Israel")
    marked = page.locator("#table tr[aria-current=true]")
    assert marked.get_attribute("data-id") == "event/launch"
    page.keyboard.press("ArrowDown")
    assert marked.get_attribute("data-id") == "event/vow"
    page.keyboard.press("ArrowLeft")
    assert marked.get_attribute("data-id") == "event/launch"
    page.evaluate("newsloom.select('actor/iran')")
    assert marked.get_attribute("data-id") == "actor/iran"
    assert page.locator("#table .tabs [aria-pressed=true]").inner_text() == "Actors"
    page.keyboard.press("Escape")
    assert marked.count() == 0


def test_the_row_of_the_selected_is_brought_into_sight(open_page, many_file):
    page = open_page(many_file, f"{AT_TABLE}&node=event%2F250")
    row = page.locator("#table tr[aria-current=true]")
    assert row.get_attribute("data-id") == "event/250"
    playwright.expect(row).to_be_in_viewport()
    page.evaluate("newsloom.select('event/60')")
    playwright.expect(row).to_have_attribute("data-id", "event/60")
    playwright.expect(row).to_be_in_viewport()


def test_a_relation_selects_its_line_and_a_sentence_its_event(page):
    tab(page, "Relations")
    page.locator("#table tbody tr", has_text="was a response to").locator("button").first.click()
    assert "Iran launched drones" in page.inner_text("#panel blockquote")
    assert "was a response to" in page.locator("#table tr[aria-current=true]").text_content()
    tab(page, "Sentences")
    page.locator("#table tbody button", has_text="After Iran launched").click()
    assert page.evaluate("newsloom.state.selected.kind") == "node"
    assert page.locator("#table tr[aria-current=true]").count() >= 1


def test_boxes_pick_rows_for_every_view(page):
    page.get_by_label("Pick Israel responds").check()
    assert page.evaluate("[...newsloom.state.picked]") == ["event/respond"]
    assert page.evaluate("document.querySelector('#table .all').indeterminate")
    page.get_by_label("Pick all rows").check()
    assert page.evaluate("newsloom.state.picked.size") == 4
    page.get_by_label("Pick all rows").uncheck()
    assert page.evaluate("newsloom.state.picked.size") == 0
    page.evaluate("newsloom.state.change({ picked: new Set(['event/vow']) })")
    assert page.get_by_label("Pick Israel vows").is_checked()


def test_filters_and_search_of_the_page_narrow_the_rows(page):
    page.evaluate("newsloom.state.change({ typesOff: new Set(['THREATEN']) })")
    assert page.inner_text("#table .told") == "3 of 4 events."
    page.evaluate("newsloom.state.change({ query: 'consulate' })")
    assert names(page) == ["Strike on the consulate in Damascus", "Iran launches drones at Israel"]
    tab(page, "Sentences")
    assert page.inner_text("#table .told").startswith("1 of 3 sentences")
    page.evaluate("newsloom.state.change({ query: '', kinds: { ...newsloom.state.kinds, event: false } })")
    tab(page, "Events")
    assert "switched off in the legend" in page.inner_text("#table .told")


def test_the_file_has_the_rows_that_are_left_in_their_order(page):
    sort(page, "Event")
    narrow(page, "Event", "israel", "3 of 4 events")
    rows = saved(page)
    assert rows[0][:3] == ["Event", "Date", "Type"]
    assert rows[0][-2:] == ["EDTF", "Id"]
    assert [row[0] for row in rows[1:]] == names(page)
    assert {len(row) for row in rows} == {18}
    launch = dict(zip(rows[0], rows[1], strict=True))
    assert launch["Event"] == "Iran launches drones at Israel"
    assert (launch["Sources"], launch["Mentions"]) == ("2", "2")
    assert (launch["Date"], launch["EDTF"], launch["Id"]) == ("13 April 2024", "2024-04-13", "event/launch")
    assert launch["First sentence"].startswith("Iran launched drones at Israel on Saturday")


def test_the_file_has_every_page(open_page, many_file):
    assert len(saved(open_page(many_file, AT_TABLE))) == 305


def test_formulas_in_names_are_words_in_the_file_and_figures_stay_figures(open_page, tmp_path):
    attacks = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(1)", 'a "quoted", name\nof two lines', "plain"]
    graph = related(6, [], attacks)
    graph.nodes["place/syria"] = structs.replace(graph.nodes["place/syria"], lat=-35.5)
    path = tmp_path / "formula.html"
    explorer.write(graph, path)
    page = open_page(path, AT_TABLE)
    found = {row[0] for row in saved(page)}
    assert {"'=cmd|'/c calc'!A1", "'+1+1", "'-2+3", "'@SUM(1)", "plain"} <= found
    assert any(name.startswith('a "quoted", name') for name in found)
    tab(page, "Places")
    rows = saved(page)
    at = rows[0].index("Latitude")
    assert "-35.5" in {row[at] for row in rows}


def test_quotes_and_line_ends_are_written_as_rfc_4180_has_them(page):
    text = page.evaluate("""newsloom.csv.write([['a', 'b"c', 'd,e', 'f\\ng', null, -1.5, '\\t=1', '\\r@']])""")
    assert text == '\ufeffa,"b""c","d,e","f\ng",,-1.5,\'\t=1,"\'\r@"\r\n'


@pytest.mark.parametrize("attack", [*ATTACKS])
def test_hostile_graphs_run_nothing(open_page, tmp_path, attack):
    path = tmp_path / "hostile.html"
    explorer.write(poisoned(ATTACKS[attack]), path)
    page = open_page(path, AT_TABLE)
    for name in ("Actors", "Places", "Articles", "Relations", "Sentences", "Events"):
        tab(page, name)
        assert page.locator("#table tbody tr").count() > 0
        assert len({len(row) for row in saved(page)}) == 1
    assert page.evaluate("document.querySelectorAll('img, iframe, [onerror], #table script, #table a').length") == 0


def test_hostile_names_are_words_in_the_cells(open_page, tmp_path):
    path = tmp_path / "hostile.html"
    explorer.write(hostile_graph(*HOSTILE), path)
    page = open_page(path, AT_TABLE)
    assert len(names(page)) == 4
    assert page.evaluate("document.querySelectorAll('img, iframe, [onmouseover], #table script, #table a').length") == 0


def test_print_has_all_rows_up_to_a_limit(open_page, many_file):
    page = open_page(many_file, AT_TABLE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(names(page)) == 304
    assert page.locator("#table caption").text_content() == "Events: 304"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(names(page)) == 100


@pytest.mark.parametrize(
    "options",
    [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 800}}],
    ids=["light", "dark", "phone"],
)
@pytest.mark.parametrize("name", ["Events", "Actors", "Relations", "Sentences"])
def test_axe_finds_no_serious_fault(browser, small_file, options, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, "offline": True, **options})
    page = context.new_page()
    page.goto(small_file.as_uri() + AT_TABLE + "&node=event%2Fvow")
    page.wait_for_selector("html[data-ready]")
    tab(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faults = axe.Axe().run(page).response["violations"]
    context.close()
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []
