"""The header in Chromium: filters and their legend, undo and redo, colours, help; all kept in the address."""

import pytest

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def visible(page) -> set[str]:
    return set(page.evaluate("[...newsloom.state.visible]"))


def events(page) -> set[str]:
    return {id for id in visible(page) if id.startswith("event/")}


def chips(page) -> list[str]:
    return page.locator("#active bdi").all_inner_texts()


ALL = {"event/strike", "event/launch", "event/vow", "event/respond"}


def test_an_actor_is_asked_for(page):
    page.click("#filters summary")
    page.get_by_label("Find actors to filter by").fill("ira")
    page.get_by_role("checkbox", name="Iran").check()
    with_iran = page.evaluate("newsloom.data.at('actor/iran').map((r) => newsloom.data.other(r, 'actor/iran'))")
    assert events(page) == ALL & set(with_iran) < ALL
    assert chips(page) == ["Iran"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Take off: Iran").click()
    assert events(page) == ALL


def test_a_place_is_asked_for(page):
    page.click("#filters summary")
    page.get_by_role("checkbox", name="Damascus").check()
    assert events(page) == {"event/strike"}


def test_sources_can_be_switched_off(page):
    page.click("#filters summary")
    box = page.locator("#filters fieldset", has_text="Sources").get_by_role("checkbox").first
    source = box.get_attribute("value")
    box.uncheck()
    assert source
    left = page.evaluate("[...newsloom.state.sourcesOff]")
    assert left == [source]
    told = page.evaluate(
        "newsloom.data.events.filter(({id}) => newsloom.state.visible.has(id)).every((e) => e.evidence.some("
        "({sentence}) => newsloom.data.view.articles[newsloom.data.view.sentences[sentence][0]].source !== "
        f"{source!r}))"
    )
    assert told


def test_only_what_is_sure_enough(page):
    page.click("#filters summary")
    page.get_by_label("Least confidence in percent").fill("100")
    lines = page.evaluate("[...newsloom.data.edges.values()].filter(newsloom.state.isLineShown)")
    assert all(line["confidence"] == 1 for line in lines)
    assert len(lines) < page.evaluate("newsloom.data.edges.size")
    assert chips(page) == ["confidence 100 %"]


def test_every_filter_is_taken_off_at_once(page):
    page.evaluate(
        "newsloom.state.change({query: 'iran', least: 0.5, typesOff: new Set(['THREATEN']),"
        " actors: new Set(['actor/iran'])})"
    )
    assert len(chips(page)) == 4
    page.get_by_role("button", name="Take all off").click()
    assert chips(page) == []
    assert events(page) == ALL
    assert page.input_value("#search") == ""


def test_steps_are_undone_and_done_again(page):
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.evaluate("newsloom.select('event/launch')")
    page.locator("#kinds").get_by_role("button", name="Places").click()
    assert "place/damascus" not in visible(page)
    page.keyboard.press("z")
    playwright.expect(page.locator("#kinds").get_by_role("button", name="Places")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.inner_text("#panel h2") == "Iran launches drones at Israel"
    page.click("#undo")
    playwright.expect(page.locator("#panel h2")).to_have_text("Overview")
    page.click("#redo")
    playwright.expect(page.locator("#panel h2")).to_have_text("Iran launches drones at Israel")
    page.keyboard.press("y")
    playwright.expect(page.locator("#kinds").get_by_role("button", name="Places")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert page.locator("#redo").is_disabled()


def test_the_address_restores_everything_chosen(open_page, page, small_file):
    page.evaluate(
        "newsloom.state.change({typesOff: new Set(['THREATEN']), factualityOff: new Set(['planned']), least: 0.25,"
        " size: 'importance', theme: 'dark', pinned: new Set(['event/vow']), hidden: new Set(['place/israel']),"
        " query: 'a & b=c', selected: {kind: 'pair', id: 'actor/iran', other: 'actor/israel'},"
        " kinds: {...newsloom.state.kinds, article: true}, range: newsloom.data.days.slice(0, 2)})"
    )
    wanted = page.evaluate("newsloom.chosen.write(newsloom.state)")
    again = open_page(small_file, f"#{wanted}")
    assert again.evaluate("newsloom.chosen.write(newsloom.state)") == wanted
    assert again.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize(
    "address",
    [
        "#%E0%A4%A",
        "#node=%E0%A4%A",
        "#constructor=1&__proto__=2",
        "#view=nowhere&part=none&days=x,y",
        "#edge=e99&pair=a",
    ],
)
def test_damaged_addresses_open_the_page(open_page, small_file, address):
    page = open_page(small_file, address)
    assert page.inner_text("#panel h2") == "Overview"


def test_colours_change_by_key_and_menu(page):
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.keyboard.press("d")
    assert page.evaluate(background) != light
    page.click("#more summary")
    page.get_by_role("radio", name="light").check()
    assert page.evaluate(background) == light


def test_size_follows_ties_or_importance(page):
    size = "newsloom.canvas.network().body.data.nodes.get('actor/iran').size"
    before = page.evaluate(size)
    page.click("#more summary")
    page.get_by_role("radio", name="importance").check()
    assert page.evaluate(size) != before


def test_the_help_lists_every_key(page):
    page.keyboard.press("?")
    listed = set(page.locator("#help kbd").all_inner_texts())
    keys = set(page.evaluate("newsloom.keys.list.map(([key]) => key)")) - {"ArrowLeft", "ArrowRight"}
    assert keys <= listed
    own = page.evaluate(
        "newsloom.views.all().map(({ label, keys, help }) => [label, Object.keys(keys).length, help.length])"
    )
    told = page.inner_text("#help")
    for label, acts, words in own:
        assert bool(acts) == bool(words)
        assert not words or label in told
    assert "vis-network" in page.inner_text("#help")
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_escape_closes_a_menu_first(page):
    page.evaluate("newsloom.select('event/launch')")
    page.click("#filters summary")
    page.keyboard.press("Escape")
    assert not page.locator("#filters .popover").is_visible()
    assert page.inner_text("#panel h2") == "Iran launches drones at Israel"
