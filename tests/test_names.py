"""Names: sentences with the actors, places and ties that must, and must not, be found."""

from pathlib import Path

import pytest

from newsloom.graph.reading import names
from newsloom.graph.types import ActorValue, PlaceValue
from newsloom.schemas.loader import load_yaml

CASES = load_yaml((Path(__file__).parent / "cases" / "names.yaml").read_text(encoding="utf-8"), "names.yaml")
TIES = [
    ("Taliban leader Hibatullah Akhundzada spoke.", "Hibatullah Akhundzada", "leads", "Taliban"),
    ("A senior Taliban leader spoke.", "A senior Taliban leader", "member-of", "Taliban"),
    ("Polish Prime Minister Donald Tusk resigned.", "Donald Tusk", "leads", "Polish"),
    ("Poland's Defence Minister Jan Nowak resigned.", "Jan Nowak", "member-of", "Poland"),
    ("An official from Fatah was arrested.", "An official", "member-of", "Fatah"),
    ("Jan Nowak, a spokesman for NATO, declined to comment.", "Jan Nowak", "represents", "NATO"),
    ("Soldiers killed two of Jan Nowak's sons.", "two of Jan Nowak's sons", "kin-of", "Jan Nowak"),
    ("Egypt's army chief Omar Said flew to Rome.", "Omar Said", "member-of", "Egypt"),
]


def found(parse, schema, knowledge, text):
    return names.find(parse(text), schema, knowledge)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_finds_names(case, parse, schema, knowledge):
    mentions = found(parse, schema, knowledge, case["text"])
    for kind in ("actor", "place"):
        seen = {}
        for mention in reversed([m for m in mentions if m.kind == kind]):
            seen[mention.text] = f"{mention.type} {mention.value.key or '-'}"
        expected = {words: about.replace('"', "") for words, about in case.get(f"{kind}s", {}).items()}
        assert {words: seen.get(words) for words in expected} == expected
        for words in case.get("never", {}).get(kind, ()):
            assert words not in seen


@pytest.mark.parametrize(("text", "source", "type", "target"), TIES)
def test_ties(text, source, type, target, parse, schema, knowledge):
    parsed = parse(text)
    mentions = names.find(parsed, schema, knowledge)
    words = {mention.id: mention.text for mention in mentions}
    links = {(words[link.source], link.type, words[link.target]) for link in names.ties(parsed, mentions, schema)}
    assert (source, type, target) in links


def test_mentions_stand_in_the_text_in_order(parse, schema, knowledge):
    text = (
        "Israel’s army said Iran’s IRGC fired at Haifa; “We will answer,” Ελλάδα’s İzmir envoy said. 🚀 He left Paris."
    )
    mentions = found(parse, schema, knowledge, text)
    assert mentions
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
    assert [m.span.start for m in mentions] == sorted(m.span.start for m in mentions)
    assert len({m.id for m in mentions}) == len(mentions)


def test_a_city_lies_in_its_region_and_state(parse, schema, knowledge):
    (paris,) = (m for m in found(parse, schema, knowledge, "They met in Paris.") if m.kind == "place")
    assert isinstance(paris.value, PlaceValue)
    assert paris.value.country == "FRA"
    assert paris.value.within[-1].key == "FRA"
    assert abs(paris.value.lat - 48.85) < 0.1


def test_descriptions_carry_count_country_and_sector(parse, schema, knowledge):
    mentions = found(parse, schema, knowledge, "Seven Kenyan soldiers were wounded.")
    value = next(m.value for m in mentions if m.text == "Seven Kenyan soldiers")
    assert isinstance(value, ActorValue)
    assert (value.form, value.count, value.country, value.sectors, value.plural) == (
        "description",
        7,
        "KEN",
        ("MIL",),
        True,
    )


def test_nothing_in_an_empty_article(parse, schema, knowledge):
    assert found(parse, schema, knowledge, "") == []
