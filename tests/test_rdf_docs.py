"""docs/rdf.md lists the classes and properties of `schemas/rdf.yaml`; `make golden` writes the list anew."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from small import small_graph

from newsloom.exports.rdf import quads
from newsloom.exports.rdf.names import BASE, VOCABULARY
from newsloom.exports.rdf.published import ontology
from newsloom.exports.rdf.vocabulary import NAMESPACES
from newsloom.schemas import load_schema
from newsloom.schemas.rdf import load_rdf

DOCS = Path(__file__).parents[1] / "docs" / "rdf.md"
MARK = "<!-- classes: made from schemas/rdf.yaml by `make golden` -->\n"


BLOCKS = re.findall(r"```turtle\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def written() -> str:
    """The small graph and the vocabulary, a triple a line, sorted."""
    vocabulary = ox.parse(ontology(load_schema()), format=ox.RdfFormat.TURTLE)
    return "\n".join(sorted({str(quad.triple) for quad in (*quads(small_graph()), *vocabulary)}))


@pytest.mark.parametrize("block", BLOCKS)
def test_examples_are_what_is_written(block, written):
    """Each triple of an example is one of those, `…` standing for what is left out."""
    known = {**NAMESPACES, "newsloom": VOCABULARY, "eso": "http://www.newsreader-project.eu/domain-ontology#"}
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in known.items())
    triples = [str(quad.triple) for quad in ox.parse(head + block, format=ox.RdfFormat.TURTLE, base_iri=BASE)]
    assert triples
    for triple in triples:
        assert re.search(f"^{re.escape(triple).replace('…', '[^<>]*')}$", written, re.MULTILINE), triple


def classes() -> str:
    """The classes that have instances, as a table."""
    model = load_rdf()
    rows = ["| class | types | properties |", "|---|---|---|"]
    for name, known in model.classes.items():
        if known.types:
            properties = dict.fromkeys(f"`{field.property}`" for field in model.properties(name).values())
            types = ", ".join(f"`{type}`" for type in known.types)
            rows.append(f"| {name} | {types} | {', '.join(properties)} |")
    terms = [f"- `newsloom:{name}`: {term.definition}" for name, term in model.terms.items()]
    return "\n".join(["", *rows, "", "## newsloom's own terms", "", *terms, ""])


def test_the_list_of_classes_is_that_of_the_model(request):
    head, mark, told = DOCS.read_text(encoding="utf-8").partition(MARK)
    assert mark
    if request.config.getoption("--regenerate", default=False):
        DOCS.write_text(head + mark + classes(), encoding="utf-8")
    else:
        assert told == classes()
