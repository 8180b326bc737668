"""The map in Chromium: circles where places are, their events on a click, moved and zoomed by mouse and keys."""

import base64
import math
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browsing import heading
from msgspec import structs
from small import small_graph, small_schema
from test_explorer import HOSTILE, hostile_graph

from newsloom.exports import explorer
from newsloom.graph.model import Graph
from newsloom.graph.types import Event, Place, Relation

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CAPITALS = {
    "Bern": (46.95, 7.45),
    "Bogotá": (4.61, -74.08),
    "Canberra": (-35.28, 149.13),
    "Nairobi": (-1.28, 36.82),
    "Tokyo": (35.69, 139.69),
}


def scattered(places: dict[str, tuple[float, float]], most: int = 3) -> Graph:
    """A graph of places, the first with one event, the next with two, and so on up to `most`; and one event nowhere."""
    nodes: list[Event | Place] = [Event("event/nowhere", "AID", "Aid arrives")]
    relations = []
    for number, (name, (lat, lon)) in enumerate(places.items()):
        nodes.append(Place(f"place/{number}", "City", name, lat=lat, lon=lon))
        for turn in range(number % most + 1):
            nodes.append(Event(f"event/{number}-{turn}", "AID" if turn else "PROTEST", f"Protest {turn} in {name}"))
            relations.append(Relation(nodes[-1].id, "place", f"place/{number}", 0.9, ()))
    return Graph(small_schema(), (), nodes, relations, {})


def caused() -> Graph:
    """A strike in Bern, planned protests in Kenya that it leads to, of which the one in Tokyo is denied."""
    graph = scattered({name: CAPITALS[name] for name in ("Bern", "Tokyo")}, 1)
    kenya = Place("place/kenya", "Country", "Kenya", lat=1.0, lon=38.0)
    planned = [Event(f"event/planned-{n}", "PROTEST", f"Protest {n} planned", factuality="planned") for n in range(2)]
    nodes = [
        structs.replace(node, factuality="negated") if node.id == "event/1-0" else node for node in graph.nodes.values()
    ]
    relations = [
        *graph.relations,
        *(Relation(event.id, "place", "place/kenya", 0.9, ()) for event in planned),
        *(Relation(event.id, "responds-to", "event/0-0", 0.9, ()) for event in planned),
        Relation("event/1-0", "responds-to", "event/0-0", 0.9, ()),
    ]
    return Graph(graph.schema, (), [*nodes, kenya, *planned], relations, {})


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """Pages: the small graph, capitals of five continents, forty towns within four degrees, nothing on the map."""
    folder = tmp_path_factory.mktemp("maps")
    towns = {f"Town {n}": (47 + n % 7 * 0.6, 8 + n // 7 * 0.6) for n in range(40)}
    graphs = {
        "small": small_graph(),
        "capitals": scattered(CAPITALS),
        "crowd": scattered(towns, 9),
        "nowhere": scattered({}),
        "far": scattered({**{f"Village {n}": (46.5 + n % 4 * 0.2, 7 + n // 4 * 0.3) for n in range(14)}, **CAPITALS}),
        "caused": caused(),
    }
    for name, graph in graphs.items():
        explorer.write(graph, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in graphs}


@pytest.fixture
def capitals(open_page, files):
    return open_page(files["capitals"], "#view=map")


def spot(page, name: str):
    """The circle of a place."""
    return page.locator(f"#map [role=button][aria-label^='{name}']")


def middle(page, name: str) -> tuple[float, float]:
    box = spot(page, name).locator(".rim").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def miller(lat: float) -> float:
    """The height of a latitude above the equator in Miller's projection, in degrees."""
    return math.degrees(1.25 * math.asinh(math.tan(math.radians(lat) * 0.8)))


def note(page) -> str:
    return page.inner_text("#map .count")


def test_the_map_is_opened_by_button_and_by_key(open_page, files):
    page = open_page(files["small"])
    assert not page.locator("#map svg").is_visible()
    page.get_by_role("button", name="Map", exact=True).click()
    assert spot(page, "Damascus").is_visible()
    assert page.get_by_role("button", name="Map", exact=True).get_attribute("aria-pressed") == "true"
    page.keyboard.press("1")
    assert not spot(page, "Damascus").is_visible()
    page.keyboard.press("4")
    assert spot(page, "Damascus").is_visible()


def test_circles_stand_where_their_places_are(capitals):
    bern_x, bern_y = middle(capitals, "Bern")
    scale = (middle(capitals, "Nairobi")[0] - bern_x) / (CAPITALS["Nairobi"][1] - CAPITALS["Bern"][1])
    assert scale > 0
    for name, (lat, lon) in CAPITALS.items():
        x, y = middle(capitals, name)
        assert x == pytest.approx(bern_x + (lon - CAPITALS["Bern"][1]) * scale, abs=1)
        assert y == pytest.approx(bern_y - (miller(lat) - miller(CAPITALS["Bern"][0])) * scale, abs=1)


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [(52.5, 13.4, True), (0.0, 20.0, True), (-75.0, 0.0, True), (0.0, -30.0, False), (42.0, 51.0, False)],
    ids=["Berlin", "Congo", "Antarctica", "Atlantic", "Caspian Sea"],
)
def test_land_is_where_land_is(capitals, lat, lon, expected):
    inside = capitals.evaluate(
        "([x, y]) => document.querySelector('.map-land').isPointInFill(new DOMPoint(x, y))", [lon, -miller(lat)]
    )
    assert inside == expected


def test_the_first_view_holds_every_place(capitals):
    box = capitals.locator("#map").bounding_box()
    for name in CAPITALS:
        x, y = middle(capitals, name)
        assert box["x"] + 40 < x < box["x"] + box["width"] - 40
        assert box["y"] + 40 < y < box["y"] + box["height"] - 40


def test_a_circle_grows_with_the_events_and_is_sliced_by_their_colours(capitals):
    widths = [spot(capitals, name).locator(".rim").bounding_box()["width"] for name in ("Bern", "Bogotá", "Canberra")]
    assert widths == sorted(widths)
    assert len(set(widths)) == 3
    colours = capitals.evaluate("['PROTEST', 'AID'].map((type) => newsloom.data.view.types[type].colour)")
    assert [slice.get_attribute("fill") for slice in spot(capitals, "Bogotá").locator("path").all()] == colours


def test_what_is_not_on_the_map_is_counted(open_page, files, capitals):
    assert note(capitals) == "9 events at 5 places; 1 event without a place on the map"
    nowhere = open_page(files["nowhere"], "#view=map")
    assert note(nowhere) == "No event here has a place whose coordinates are known."


def test_a_click_shows_the_events_of_a_place(capitals):
    capitals.mouse.click(*middle(capitals, "Canberra"))
    assert heading(capitals) == "Canberra"
    assert capitals.locator("#panel section .jump bdi").all_inner_texts() == [
        f"Protest {n} in Canberra" for n in range(3)
    ]
    assert spot(capitals, "Canberra").get_attribute("aria-pressed") == "true"
    assert "faded" in spot(capitals, "Bern").get_attribute("class")
    box = capitals.locator("#map").bounding_box()
    capitals.mouse.click(box["x"] + 30, box["y"] + 30)
    assert heading(capitals) == "Overview"


def test_words_stand_beside_a_circle_under_the_pointer_or_the_focus(capitals):
    capitals.mouse.move(*middle(capitals, "Bogotá"))
    words = "Bogotá, city: 2 events\nundated: Protest 0 in Bogotá\nundated: Protest 1 in Bogotá"
    assert capitals.inner_text("#tip") == words
    capitals.mouse.move(0, 0)
    assert not capitals.locator("#tip").is_visible()
    capitals.focus("#map svg")
    capitals.keyboard.press("Tab")
    assert capitals.inner_text("#tip").startswith("Canberra, city: 3 events")
    capitals.keyboard.press("Enter")
    assert heading(capitals) == "Canberra"
    assert capitals.evaluate("document.activeElement.dataset.id") == "place/2"


def test_keys_and_buttons_move_and_zoom(capitals):
    x, y = middle(capitals, "Bern")
    apart = middle(capitals, "Nairobi")[0] - x
    capitals.get_by_role("button", name="Zoom in").click()
    assert (middle(capitals, "Nairobi")[0] - middle(capitals, "Bern")[0]) == pytest.approx(apart * 1.6, abs=1)
    before = middle(capitals, "Bern")
    capitals.focus("#map svg")
    capitals.keyboard.press("ArrowRight")
    assert middle(capitals, "Bern") == pytest.approx((before[0] - 80, before[1]), abs=1)
    capitals.keyboard.press("-")
    capitals.keyboard.press("f")
    assert middle(capitals, "Bern") == pytest.approx((x, y), abs=1)
    assert heading(capitals) == "Overview"


def test_the_wheel_zooms_where_the_pointer_is_and_dragging_moves(capitals):
    x, y = map(round, middle(capitals, "Nairobi"))  # a wheel turns at whole pixels
    off = [at - whole for at, whole in zip(middle(capitals, "Nairobi"), (x, y), strict=True)]
    capitals.mouse.move(x, y)
    capitals.mouse.wheel(0, -400)
    x, y = (whole + rest * 2 ** (400 / 300) for whole, rest in zip((x, y), off, strict=True))
    assert middle(capitals, "Nairobi") == pytest.approx((x, y), abs=1)
    capitals.mouse.down()
    capitals.mouse.move(x - 60, y + 25, steps=4)
    capitals.mouse.up()
    assert middle(capitals, "Nairobi") == pytest.approx((x - 60, y + 25), abs=1)
    assert heading(capitals) == "Overview"


def test_filters_and_search_apply(open_page, files):
    page = open_page(files["small"], "#view=map")
    page.focus("#high")
    page.keyboard.press("Home")
    assert spot(page, "Damascus").is_visible()
    assert spot(page, "Israel").count() == 0
    page.keyboard.press("End")
    page.fill("#search", "consulate in Damascus")
    playwright.expect(page.locator("#panel h2")).to_contain_text("consulate")
    page.fill("#search", "zzz")
    playwright.expect(spot(page, "Israel")).to_have_class("spot faded")
    page.get_by_role("button", name="Places").click()
    assert note(page) == "0 events at 0 places; 4 events without a place on the map"


def test_an_event_that_is_selected_lights_its_place(open_page, files):
    page = open_page(files["small"], "#view=map&node=event%2Fstrike")
    assert heading(page) == "Strike on the consulate in Damascus"
    assert spot(page, "Damascus").get_attribute("class") == "spot near"


def test_the_address_restores_the_view(open_page, files):
    page = open_page(files["capitals"])
    page.keyboard.press("4")
    page.mouse.click(*middle(page, "Tokyo"))
    address = page.evaluate("location.hash")
    again = open_page(files["capitals"], address)
    assert heading(again) == "Tokyo"
    assert spot(again, "Tokyo").is_visible()
    page.go_back()
    playwright.expect(page.locator("#panel h2")).to_have_text("Overview")
    page.go_back()
    playwright.expect(page.locator("#map svg")).not_to_be_visible()


def test_crowded_circles_and_names_make_room(open_page, files):
    page = open_page(files["crowd"], "#view=map")
    boxes = "(selector) => [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect().toJSON())"
    rims, names = page.evaluate(boxes, "#map .rim"), page.evaluate(boxes, "#map text")
    assert len(rims) == 40
    assert len(names) > 10
    for number, one in enumerate(rims):
        for other in rims[number + 1 :]:
            apart = math.dist(*((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in (one, other)))
            assert apart > (one["width"] + other["width"]) / 2 - 6
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert across <= 2 or down <= 4


def test_the_picture_is_saved(capitals):
    with capitals.expect_download() as saved:
        capitals.keyboard.press("s")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


def test_hostile_names_run_nothing(open_page, tmp_path):
    path = tmp_path / "hostile.html"
    explorer.write(hostile_graph(*HOSTILE), path)
    page = open_page(path, "#view=map")
    for circle in page.locator("#map .spot").all():
        circle.click()
        circle.hover()
    with page.expect_download():
        page.keyboard.press("s")
    assert page.evaluate("document.querySelectorAll('#map script, img, iframe, [onerror]').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["#view=map", "#view=map&node=place%2Fdamascus"])
def test_axe_finds_no_serious_fault(open_page, files, scheme, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = open_page(files["small"], address, color_scheme=scheme)
    faults = axe.Axe().run(page).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in faults if f["impact"] in ("serious", "critical")] == []


def test_dark_colours_are_those_of_the_page(open_page, files):
    fill = "getComputedStyle(document.querySelector('.map-land')).fill"
    light, dark = (open_page(files["small"], "#view=map", color_scheme=scheme) for scheme in ("light", "dark"))
    assert light.evaluate(fill) != dark.evaluate(fill)


@pytest.fixture
def far(open_page, files):
    return open_page(files["far"], "#view=map")


@pytest.fixture
def led(open_page, files):
    return open_page(files["caused"], "#view=map")


def boxes(page, selector: str) -> list[dict]:
    return page.evaluate(
        "(s) => [...document.querySelectorAll(s)].map((e) => e.getBoundingClientRect().toJSON())", selector
    )


def meet(one: dict, other: dict) -> bool:
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    return across > 0 and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 0


def test_an_inset_shows_a_crowd_larger(far):
    (room,) = boxes(far, "#map .inset .border")
    (frame,) = boxes(far, "#map .inset .frame")
    assert room["width"] > 2 * frame["width"]
    assert not meet(room, frame)
    assert far.locator("#map .inset .thread").get_attribute("d")
    assert not any(meet(room, rim) for rim in boxes(far, "#map .rim"))
    assert not any(meet(room, name) for name in boxes(far, "#map > svg > g:not(.inset) text"))
    assert far.locator("#map .inset text").count() > 4
    assert far.locator("#map .inset .edge").count() >= 10


PIXELS = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return data.filter((value, at) => at % 4 === 0).reduce((least, red) => Math.min(least, red), 255);
}"""


def test_land_in_the_inset_has_the_colour_of_land(far):
    far.add_style_tag(
        content="#map .inset text, #map .inset .spot, #map .inset .border, #map .inset .thread { display: none }"
    )
    sea = far.locator("#map .inset .sea").first.bounding_box()
    clip = {"x": sea["x"] + 4, "y": sea["y"] + 4, "width": sea["width"] - 8, "height": sea["height"] - 8}
    darkest = far.evaluate(PIXELS, base64.b64encode(far.screenshot(clip=clip)).decode())
    assert darkest > 150


def test_the_inset_brings_the_large_map_there(far):
    room = far.get_by_role("button", name="Inset")
    assert "larger; opens the map there" in room.get_attribute("aria-label")
    apart = middle(far, "Village 9")[0] - middle(far, "Village 1,")[0]
    room.focus()
    far.keyboard.press("Enter")
    assert middle(far, "Village 9")[0] - middle(far, "Village 1,")[0] > apart
    box = far.locator("#map").bounding_box()
    for number in (1, 5, 9):
        x, y = middle(far, f"Village {number},")
        assert box["x"] < x < box["x"] + box["width"]
        assert box["y"] < y < box["y"] + box["height"]
    far.keyboard.press("f")
    far.locator("#map .inset .sea").click(position={"x": 6, "y": 6})
    assert middle(far, "Village 9")[0] - middle(far, "Village 1,")[0] > apart


def test_words_stand_beside_a_circle_of_the_inset(far):
    far.locator("#map .inset .spot").first.hover()
    assert ": " in far.inner_text("#tip")


def test_there_is_no_inset_where_nothing_crowds_or_no_room_is(open_page, files, capitals):
    assert not capitals.locator("#map .inset").is_visible()
    narrow = open_page(files["far"], "#view=map")
    narrow.set_viewport_size({"width": 390, "height": 800})
    playwright.expect(narrow.locator("#map .inset")).not_to_be_visible()


def test_causes_between_places_are_arcs(led):
    assert led.locator("#map .arc.plain").count() == 2
    led.evaluate("newsloom.select('event/planned-0')")
    assert led.locator("#map .arc.bold").count() == 1
    assert led.locator("#map .arc.faded").count() == 1
    led.evaluate("newsloom.clear()")
    x, y = led.evaluate("""() => {
        const way = [...document.querySelectorAll('#map .arc .reach')].at(-1);
        const { x, y } = way.getPointAtLength(way.getTotalLength() / 2).matrixTransform(way.getScreenCTM());
        return [x, y];
    }""")
    led.mouse.move(x, y)
    assert led.inner_text("#tip").startswith("Bern → Kenya: 2 causes\nProtest 0 in Bern → Protest 0 planned")
    led.mouse.click(x, y)
    assert "Protest 0 in Bern" in led.inner_text("#panel .ends")
    led.evaluate("newsloom.state.change({ selected: null, groups: { ...newsloom.state.groups, causes: false } })")
    assert led.locator("#map .arc").count() == 0


def test_a_country_is_no_point_and_says_so(led):
    assert spot(led, "Kenya").locator("rect.rim").count() == 1
    assert spot(led, "Bern").locator("circle.rim").count() == 1
    assert spot(led, "Kenya").get_attribute("aria-label") == "Kenya, country: 2 events somewhere in it"
    led.mouse.move(*middle(led, "Kenya"))
    assert led.inner_text("#tip").startswith("Somewhere in Kenya (country): 2 events")
    assert "somewhere in a country or region" in led.inner_text("#map .key")


def test_what_is_not_reported_as_fact_is_hollow(led):
    assert spot(led, "Kenya").locator("path.hollow").count() == 1
    assert spot(led, "Tokyo").locator("path.hollow").count() == 1
    assert spot(led, "Bern").locator("path.hollow").count() == 0
    assert "not reported as fact" in led.inner_text("#map .key")


def test_size_can_be_importance(led):
    before = boxes(led, "#map .rim")
    led.evaluate("newsloom.state.change({ size: 'importance' })")
    assert boxes(led, "#map .rim") != before
    assert "size: importance of the events" in led.inner_text("#map .key")


def test_pinned_and_picked_places_are_marked(led):
    led.evaluate("newsloom.state.change({ pinned: new Set(['place/kenya']), picked: new Set(['place/0']) })")
    assert spot(led, "Kenya").locator(".pin").count() == 1
    assert spot(led, "Bern").locator(".picked").count() == 1
    assert led.locator("#map .pin, #map .picked").count() == 2


@pytest.mark.parametrize("name", ["far", "caused", "nowhere"])
def test_the_drawing_stands_alone(open_page, files, name):
    page = open_page(files[name], "#view=map")
    root = ElementTree.fromstring(page.evaluate("newsloom.views.current().svg()"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter():
        assert not {"role", "tabindex", "data-id"} & set(element.attrib) or element is root
        if (link := element.get("href")) is not None:
            assert link[1:] in ids
    words = {text for element in root.iter() if (text := element.text)}
    assert name == "nowhere" or any("Tokyo" in text for text in words)
