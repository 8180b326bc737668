"""Every format with texts longer than anyone writes: written, read by its own parser, and the names are whole."""

import csv
import gzip
import json
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import icalendar
import pyoxigraph
import pytest
from hostile import ATTACKS, hostile_graph, large_graph
from pyarrow import parquet
from test_explorer import part_of

from newsloom import exports

RDF = {
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
}
NAME = "word" * 10_000


def texts(suffix: str, path) -> list[str]:
    """The texts of a file, as the parser of its format reads them."""
    if suffix in RDF:
        return [
            quad.object.value
            for quad in pyoxigraph.parse(path=str(path), format=RDF[suffix])
            if hasattr(quad.object, "value")
        ]
    if suffix == ".parquet":
        return strings(parquet.read_table(path).to_pylist())
    text = path.read_text(encoding="utf-8")
    if suffix == ".html":
        return [node["name"] for node in part_of(text)["nodes"]]
    if suffix in (".json", ".geojson"):
        return strings(json.loads(text))
    if suffix.endswith(".jsonl"):
        return [value for line in text.splitlines() for value in strings(json.loads(line))]
    if suffix in (".gexf", ".graphml"):
        found = ElementTree.fromstring(text).iter()
        return [value for element in found for value in (element.text, *element.attrib.values()) if value]
    if suffix == ".ics":
        return [str(entry.get("SUMMARY")) for entry in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    if suffix in (".csv", ".gdelt.tsv"):
        csv.field_size_limit(10**8)
        rows = csv.reader(path.open(encoding="utf-8", newline=""), delimiter="," if suffix == ".csv" else "\t")
        return [cell for row in rows for cell in row]
    return [text]


def strings(value) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("suffix", exports.suffixes())
def test_long_texts_are_written_whole(suffix, tmp_path):
    written = exports.write(large_graph(), tmp_path / f"graph{suffix}")
    found = [text for path in written for text in texts(suffix, path)]
    if suffix == ".html":  # the page says where a name was cut
        assert any(text.startswith(NAME[:200]) and text.endswith("…") for text in found)
    elif suffix != ".gdelt.tsv":  # GDELT has no column for the name of an event
        assert any(NAME in text for text in found)


@pytest.mark.parametrize("suffix", exports.suffixes())
def test_every_attack_is_written_packed_too(suffix, tmp_path):
    for number, attack in enumerate(ATTACKS.values()):
        for path in exports.write(hostile_graph(attack), tmp_path / f"graph{number}{suffix}.gz"):
            content = gzip.decompress(path.read_bytes())
            assert parquet.read_table(BytesIO(content)) if suffix == ".parquet" else content.decode("utf-8")


def test_no_attack_adds_an_element_to_the_page(tmp_path):
    def elements(attack: str) -> list[str]:
        (path,) = exports.write(hostile_graph(attack), tmp_path / "graph.html")
        reader = Tags()
        reader.feed(path.read_text(encoding="utf-8"))
        return reader.found

    plain = elements("")
    assert all(elements(attack) == plain for attack in ATTACKS.values())


class Tags(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.append(f"{tag} {sorted(name for name, _ in attrs)}")


@pytest.mark.parametrize("attack", ["formula", "plus", "at", "tab"])
def test_no_cell_of_a_table_is_a_formula(attack, tmp_path):
    for path in exports.write(hostile_graph(ATTACKS[attack]), tmp_path / "graph.csv"):
        for cell in texts(".csv", path):
            assert not cell.startswith(("=", "+", "@", "\t", "\r"))
