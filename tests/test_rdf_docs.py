"""docs/rdf.md lists the classes and properties of `schemas/rdf.yaml`; `make golden` writes the list anew."""

from pathlib import Path

from newsloom.schemas.rdf import load_rdf

DOCS = Path(__file__).parents[1] / "docs" / "rdf.md"
MARK = "<!-- classes: made from schemas/rdf.yaml by `make golden` -->\n"


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
