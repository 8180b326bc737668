"""The view of actors in Chromium: pairs from cooperation to conflict, by mouse and by keys, and the panel of a pair."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from browsing import heading
from repeated import repeated, samples
from small import small_schema
from test_explorer import HOSTILE, hostile_graph

from newsloom.exports import explorer
from newsloom.exports.explorer.web import pairs
from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Event, Place, Relation, When

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

NAMES = {"a": "Arland", "b": "Borland", "c": "Corland", "d": "Dora Quill", "e": "Elsewhere"}
TYPES = {"a": "State", "b": "State", "c": "State", "d": "Person", "e": "State"}


def day(number: int) -> When:
    first = date(2024, 1, 1) + timedelta(days=number)
    return When(first, first + timedelta(days=1), "day")


def dealings() -> Graph:
    """Made-up states: Arland strikes Borland, which answers with talks; Arland helps Corland; two strike together."""
    told = [
        ("strike", "ASSAULT", -9.5, "asserted", day(0), {"a": "agent", "b": "recipient"}),
        ("again", "ASSAULT", -9.0, "asserted", day(3), {"a": "agent", "b": "recipient"}),
        ("offer", "CONCEDE", 5.0, "asserted", day(9), {"b": "agent", "a": "recipient"}),
        ("aid", "AID", 7.0, "asserted", day(40), {"a": "agent", "c": "recipient"}),
        ("meet", "CONSULT", 2.5, "planned", None, {"c": "participant", "d": "participant"}),
        ("join", "ASSAULT", -9.0, "asserted", day(60), {"c": "agent", "d": "agent"}),
        ("threat", "THREATEN", -4.0, "negated", day(61), {"b": "agent", "c": "recipient"}),
        ("alone", "PROTEST", -5.0, "asserted", day(62), {"e": "agent"}),
    ]
    nodes: list[Event | Actor | Place] = [Actor(id, TYPES[id], name) for id, name in NAMES.items()]
    relations = []
    for id, type, score, status, when, roles in told:
        nodes.append(Event(f"event/{id}", type, f"The {id}", when=when, factuality=status, intensity=score))
        relations += [Relation(f"event/{id}", role, actor, 0.9, ()) for actor, role in roles.items()]
    return Graph(small_schema(), (), nodes, relations, {})


@pytest.fixture(scope="module")
def files(tmp_path_factory, demo) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("actors")
    graphs = {"dealings": dealings(), "demo": demo, "empty": Graph(small_schema(), (), (), (), {})}
    for name, graph in graphs.items():
        explorer.write(graph, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in graphs}


@pytest.fixture
def page(open_page, files):
    return open_page(files["dealings"], "#view=actors")


def mark(page, id: str):
    return page.locator(f"#actors .who[data-id='{id}']")


def tie(page, one: str, other: str):
    return page.locator(f"#actors [data-one='{one}'][data-other='{other}']")


def middle(page, id: str) -> tuple[float, float]:
    box = mark(page, id).locator(".body").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def between(page, one: str, other: str) -> tuple[float, float]:
    (x, y), (x2, y2) = middle(page, one), middle(page, other)
    return (x + x2) / 2, (y + y2) / 2


def note(page) -> str:
    return page.inner_text("#actors .foot > p")


def classes(locator) -> set[str]:
    return set((locator.get_attribute("class") or "").split())


def drawn(page) -> list[str]:
    return sorted(
        page.eval_on_selector_all("#actors .ties > g", "all => all.map((tie) => tie.dataset.one + tie.dataset.other)")
    )


def test_the_view_is_opened_by_button_and_by_key(open_page, files):
    page = open_page(files["dealings"])
    assert not page.locator("#actors").is_visible()
    page.get_by_role("button", name="Actors", exact=True).click()
    assert mark(page, "a").is_visible()
    page.keyboard.press("1")
    assert not mark(page, "a").is_visible()
    page.keyboard.press("2")
    assert mark(page, "a").is_visible()


def test_a_line_for_each_pair_that_deals_and_none_for_what_is_denied(page):
    assert drawn(page) == ["ab", "ac", "cd"]
    assert mark(page, "e").count() == 0
    assert note(page) == (
        "3 pairs of 4 actors. Not drawn: 1 actor who shared no event with another; "
        "1 event that is denied; 1 event with fewer than two actors."
    )


def test_lines_tell_conflict_from_cooperation_by_colour_and_sign(page):
    assert "marked-cooperation" in classes(tie(page, "a", "c").locator(".line"))
    assert sorted(page.locator("#actors [role=group] .sign").all_text_contents()) == ["+", "+", "−"]
    fill = "line => getComputedStyle(line).stroke"
    colours = [tie(page, *ends).locator(".line").first.evaluate(fill) for ends in (("a", "b"), ("a", "c"), ("c", "d"))]
    assert len(set(colours)) == 3


def test_two_ways_that_differ_are_two_curves(page):
    lines = tie(page, "a", "b").locator(".line")
    assert [classes(line) - {"line"} for line in lines.all()] == [{"marked-conflict"}, {"marked-cooperation"}]
    assert all("Q" in line.get_attribute("d") for line in lines.all())
    assert "Q" not in tie(page, "a", "c").locator(".line").get_attribute("d")


def test_an_arrow_points_to_whom_it_is_done(page):
    x, y = middle(page, "c")
    box = tie(page, "a", "c").locator(".head").bounding_box()
    ax, ay = middle(page, "a")
    hx, hy = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert (hx - x) ** 2 + (hy - y) ** 2 < (hx - ax) ** 2 + (hy - ay) ** 2
    assert tie(page, "c", "d").locator(".head").get_attribute("d") == ""


def test_more_events_make_a_thicker_line(page):
    width = "line => Number(line.getAttribute('stroke-width'))"
    strong, weak = (tie(page, *ends).locator(".line").first.evaluate(width) for ends in (("a", "b"), ("a", "c")))
    assert strong > weak


def test_what_is_only_planned_is_dashed(page):
    assert "open" not in classes(tie(page, "c", "d"))
    page.evaluate("newsloom.state.change({ typesOff: new Set(['ASSAULT']) })")
    assert "open" in classes(tie(page, "c", "d"))


def test_words_beside_a_line_tell_who_to_whom(page):
    page.mouse.move(*between(page, "a", "c"))
    assert page.inner_text("#tip") == "Arland → Corland: 1 event: cooperation (+7.0)"
    page.mouse.move(*between(page, "a", "b"))
    assert page.inner_text("#tip").splitlines() == [
        "Arland → Borland: 3 events: mostly conflict (−4.5)",
        "Arland → Borland: 2 events, conflict (−9.3)",
        "Borland → Arland: 1 event, cooperation (+5.0)",
    ]
    page.mouse.move(*middle(page, "c"))
    assert page.inner_text("#tip").startswith("Corland (state) deals with 2\n")
    page.mouse.move(5, 5)
    assert not page.locator("#tip").is_visible()


def test_a_click_on_an_actor_makes_its_dealings_stand_out(page):
    page.mouse.click(*middle(page, "a"))
    assert heading(page) == "Arland"
    assert mark(page, "a").get_attribute("aria-pressed") == "true"
    assert classes(mark(page, "b")) == {"who", "near"}
    assert classes(mark(page, "d")) == {"who", "faded"}
    assert classes(tie(page, "c", "d")) == {"tie", "faded"}
    section = page.locator("#panel section", has=page.get_by_role("heading", name="Deals with (2)"))
    assert section.locator("bdi").all_inner_texts() == ["Borland", "Corland"]
    section.get_by_role("button", name="Dealings of Arland with Corland").click()
    assert heading(page) == "Arland and Corland"


def test_a_click_beside_everything_clears(page):
    page.mouse.click(*middle(page, "a"))
    box = page.locator("#actors").bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert heading(page) == "Overview"
    assert "faded" not in classes(mark(page, "d"))


def test_a_click_on_a_line_tells_of_the_two(page):
    page.mouse.click(*between(page, "a", "b"))
    assert heading(page) == "Arland and Borland"
    panel = page.inner_text("#panel")
    assert "3 events: mostly conflict (−4.5)." in panel
    ways = page.locator("#panel .ways li").all_inner_texts()
    assert [way.splitlines()[0] for way in ways] == [
        "Arland → Borland 2 events, conflict (−9.3)",
        "Borland → Arland 1 event, cooperation (+5.0)",
    ]
    assert "attack 2" in ways[0]
    assert page.evaluate("location.hash") == "#view=actors&pair=a,b"
    assert "self" in classes(tie(page, "a", "b"))


def test_the_timeline_of_a_pair_selects_its_events(page):
    page.evaluate("newsloom.selectPair('b', 'a')")
    dots = page.locator("#panel .pair-time [role=button]")
    assert dots.count() == 3
    assert dots.first.get_attribute("aria-label") == "1 January 2024: The strike (−9.5)"
    heights = [dot.bounding_box()["y"] for dot in dots.all()]
    axis = page.locator("#panel .pair-time .axis").bounding_box()["y"]
    assert heights[0] > heights[1] > axis > heights[2]
    dots.first.focus()
    page.keyboard.press("Enter")
    assert heading(page) == "The strike"
    assert classes(mark(page, "a")) == {"who", "near"}
    assert classes(tie(page, "a", "b")) == {"tie", "near"}
    assert classes(tie(page, "a", "c")) == {"tie", "faded"}


def test_what_is_denied_and_what_has_no_date_is_said(page):
    page.evaluate("newsloom.selectPair('c', 'd')")
    assert "1 event without a date is not on it." in page.inner_text("#panel")
    assert "planned, possible or alleged 1 event, cooperation (+2.5)" in page.inner_text("#panel .ways")
    assert "on the same side 1 event" in page.inner_text("#panel .ways")
    page.evaluate("newsloom.selectPair('b', 'c')")
    assert "They share no event that the filters leave." in page.inner_text("#panel")


def test_only_these_two(page):
    page.evaluate("newsloom.selectPair('a', 'b')")
    page.get_by_role("button", name="Show only these two").click()
    assert drawn(page) == ["ab"]
    page.get_by_role("button", name="Show everything again").click()
    assert len(drawn(page)) == 3


def test_the_sentences_of_a_pair(open_page, tmp_path):
    from small import small_graph

    explorer.write(small_graph(), tmp_path / "small.html")
    page = open_page(tmp_path / "small.html", "#view=actors&pair=actor%2Firan,actor%2Fisrael")
    assert heading(page) == "Iran and Israel"
    page.locator("#panel summary", has_text="sentence").click()
    quote = page.locator("#panel .quote").first
    assert quote.locator("blockquote").inner_text().startswith("Iran launched drones at Israel")
    assert "launched" in quote.locator("mark").all_inner_texts()


def test_filters_and_time_change_the_pairs(page):
    page.focus("#high")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert drawn(page) == ["ab"]
    assert len(tie(page, "a", "b").locator(".line").all()) == 1
    page.keyboard.press("End")
    assert len(drawn(page)) == 3
    page.evaluate("newsloom.state.change({ typesOff: new Set(['ASSAULT', 'CONCEDE', 'CONSULT']) })")
    assert drawn(page) == ["ac"]
    page.evaluate("newsloom.state.change({ typesOff: new Set(), factualityOff: new Set(['asserted']) })")
    assert drawn(page) == ["cd"]
    page.evaluate("newsloom.state.change({ factualityOff: new Set(['asserted', 'planned']) })")
    assert note(page).startswith("The filters leave no two actors who deal with each other.")


def test_search_makes_matches_stand_out(page):
    page.fill("#search", "borland")
    playwright.expect(mark(page, "c")).to_have_class("who faded")
    assert classes(mark(page, "b")) == {"who", "near"}


def test_keys_go_from_actor_to_actor_and_round_the_partners(page):
    page.focus("#actors .who[tabindex='0']")
    focused = "document.activeElement.dataset.id"
    assert page.evaluate(focused) == "a"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) == "b"
    assert page.locator("#tip").is_visible()
    page.keyboard.press("End")
    assert page.evaluate(focused) == "d"
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert heading(page) == "Arland"
    seen = set()
    for _ in range(3):
        seen.add(page.evaluate(focused))
        page.keyboard.press("ArrowRight")
    assert seen == {"a", "b", "c"}
    page.keyboard.press("ArrowLeft")
    partner = page.evaluate(focused)
    page.keyboard.press("d")
    assert heading(page) == f"{NAMES['a']} and {NAMES[partner]}"
    assert page.locator("#actors .who[tabindex='0']").count() == 1


def test_keys_wheel_and_drag_move_and_zoom(page):
    page.focus("#actors .who[tabindex='0']")
    (x, y), (x2, _) = middle(page, "a"), middle(page, "b")
    page.keyboard.press("Shift+ArrowRight")
    assert middle(page, "a") == pytest.approx((x - 80, y), abs=1)
    page.keyboard.press("f")
    assert middle(page, "a") == pytest.approx((x, y), abs=1)
    page.keyboard.press("+")
    assert abs(middle(page, "b")[0] - middle(page, "a")[0]) == pytest.approx(abs(x2 - x) * 1.6, rel=0.05)
    page.keyboard.press("f")
    page.mouse.move(round(x), round(y))  # a wheel turns at whole pixels
    page.mouse.wheel(0, -300)
    x, y = (round(at) + (at - round(at)) * 2 for at in (x, y))
    assert middle(page, "a") == pytest.approx((x, y), abs=1)
    page.mouse.down()
    page.mouse.move(x + 70, y + 20, steps=4)
    page.mouse.up()
    assert middle(page, "a") == pytest.approx((x + 70, y + 20), abs=1)
    assert heading(page) == "Overview"


def test_two_fingers_zoom(open_page, files):
    page = open_page(files["dealings"], "#view=actors", has_touch=True)
    (x, y), (x2, _) = middle(page, "a"), middle(page, "b")
    fingers = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert abs(middle(page, "b")[0] - middle(page, "a")[0]) > abs(x2 - x) * 1.3
    assert heading(page) == "Overview"


def test_an_actor_that_is_not_drawn_is_named(page):
    page.evaluate("delete newsloom.data.view.web.positions[newsloom.data.view.nodes.findIndex(({ id }) => id === 'd')]")
    page.evaluate("newsloom.views.load(), newsloom.views.open().then(() => newsloom.select('d'))")
    assert note(page).startswith(
        "Dora Quill: too few ties to be drawn here. 2 pairs of 3 actors. Not drawn: 1 pair with"
    )
    assert page.locator("#panel").get_by_role("heading", name="Deals with (1)").count() == 1


def test_the_address_restores_a_pair_and_undo_takes_it_back(open_page, files):
    page = open_page(files["dealings"], "#view=actors&pair=a,c")
    assert heading(page) == "Arland and Corland"
    page.keyboard.press("Escape")
    assert heading(page) == "Overview"
    page.keyboard.press("z")
    playwright.expect(page.locator("#panel h2")).to_have_text("Arland and Corland")


def test_names_of_the_demo_do_not_overlap(open_page, files):
    page = open_page(files["demo"], "#view=actors")
    boxes = "(selector) => [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect().toJSON())"
    names, bodies = (
        page.evaluate(boxes, "#actors [role=group] text:not(.sign)"),
        page.evaluate(boxes, "#actors [role=group] .who"),
    )
    assert len(names) == len(bodies) > 20
    for one, other in combinations(names, 2):
        across = min(one["right"], other["right"]) - max(one["left"], other["left"])
        down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
        assert across <= 1 or down <= 3
    frame = page.locator("#actors").bounding_box()
    foot = page.locator("#actors .foot").bounding_box()
    for name in names:
        assert frame["x"] < name["left"] < name["right"] < frame["x"] + frame["width"]
        assert frame["y"] < name["top"] < name["bottom"] < foot["y"] + 4


def test_names_stand_within_the_frame(open_page, files):
    page = open_page(files["demo"], "#view=actors")
    frame = page.locator("#actors").bounding_box()
    for text in page.locator("#actors svg g[aria-hidden] text").all():
        box = text.bounding_box()
        assert box["x"] >= frame["x"], text.inner_text()
        assert box["x"] + box["width"] <= frame["x"] + frame["width"], text.inner_text()


def test_the_page_counts_what_python_counts(open_page, files, demo):
    page = open_page(files["demo"], "#view=actors")
    counted = page.evaluate(
        "[...newsloom.deals.pairs().values()].map(({ one, other, events, there, back, open, score }) =>"
        " [one, other, events.length, there.length, back.length, open, score])"
    )
    order = set(page.evaluate("[...newsloom.data.order.keys()]"))
    shown = [event for event in demo.events if event.id in order]
    expected = [[p.one, p.other, len(p.events), p.there, p.back, p.open, p.score] for p in pairs(demo, shown)]
    for row in (*counted, *expected):
        row[-1] = row[-1] if row[-1] is None else round(row[-1], 1)
    assert sorted(counted, key=str) == sorted(expected, key=str)


def test_nothing_to_draw_is_said(open_page, files):
    page = open_page(files["empty"], "#view=actors")
    assert note(page) == "No two actors here deal with each other."
    page.keyboard.press("f")
    page.keyboard.press("+")


def test_the_picture_is_saved_as_pixels_and_as_a_drawing(page):
    with page.expect_download() as saved:
        page.keyboard.press("s")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    drawing = page.evaluate("Promise.resolve(newsloom.views.current().svg())")
    assert drawing.startswith("<svg")
    assert "Arland" in drawing
    assert "rgb" in drawing


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("chosen", ["", "&node=a", "&pair=a,b"])
def test_axe_finds_no_serious_fault(open_page, files, scheme, chosen):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = open_page(files["dealings"], f"#view=actors{chosen}", color_scheme=scheme)
    faults = axe.Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []


def test_hostile_names_run_nothing(open_page, tmp_path):
    explorer.write(hostile_graph(*HOSTILE), tmp_path / "hostile.html")
    page = open_page(tmp_path / "hostile.html", "#view=actors")
    for one in page.locator("#actors [role=group] .who").all():
        one.dispatch_event("pointermove")
        one.dispatch_event("click")
    page.evaluate(
        "[...newsloom.deals.pairs().values()].slice(0, 1).map(({ one, other }) => newsloom.selectPair(one, other))"
    )
    assert " and " in heading(page)
    for summary in page.locator("#panel summary").all():
        summary.click()
    with page.expect_download():
        page.keyboard.press("s")
    assert page.evaluate("document.querySelectorAll('#actors script, img, iframe, [onerror]').length") == 0


def test_a_large_web_is_open_soon(open_page, tmp_path):
    explorer.write(repeated(samples(), 14), tmp_path / "large.html")
    page = open_page(tmp_path / "large.html")
    took = page.evaluate(
        "(async () => { const t = performance.now(); await newsloom.open('actors'); return performance.now() - t; })()"
    )
    assert page.locator("#actors [role=group] .who").count() > 300
    assert took < 3000
