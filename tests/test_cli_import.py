"""`newsloom import`: rows of GDELT (invented: gdelt_rows.py) into the store or into files."""

import pytest
from calling import fails
from gdelt_rows import POLICE, STATEMENT, STRIKE, line, table

import newsloom


@pytest.fixture
def rows(place):
    """A file of two rows that can be read and two that cannot."""
    return str(table(place, line(STRIKE), line(STATEMENT), line(POLICE), "broken", name="a.export.CSV"))


def test_into_the_store(call, rows, place):
    code, out, err = call("import", rows)
    assert (code, out) == (0, [])
    assert err.startswith("2 articles read, 0 skipped (already there), 2 refused; 2 events, ")
    assert "refused" in err
    assert "row 2: an event of CAMEO's root 01, of which the schema has no type" in err
    code, out, _ = call("timeline", "--actor", "Iran")
    assert code == 0
    assert any("Iran's attack: Israel (Tel Aviv)" in text for text in out)
    assert call("import", rows)[2].startswith("0 articles read, 2 skipped")


def test_into_files_alone(call, rows, place):
    code, _, err = call("import", rows, "-o", "graph.json", "-o", "graph.gdelt.tsv")
    assert code == 0
    assert "wrote graph.json" in err or "graph.json" in err
    assert not (place / "newsloom.db").exists()
    assert len((place / "graph.gdelt.tsv").read_text().splitlines()) == 2


def test_into_both(call, rows, place):
    assert call("import", rows, "--store", "s.db", "-o", "graph.json")[0] == 0
    assert len(newsloom.load("s.db").events) == 2
    assert (place / "graph.json").exists()


def test_into_rdf_with_a_base(call, rows, place, monkeypatch):
    assert call("import", rows, "-o", "graph.nq", "--base", "https://mine.example/")[0] == 0
    assert "<https://mine.example/graph/woven>" in (place / "graph.nq").read_text()
    monkeypatch.setenv("NEWSLOOM_BASE", "https://ours.example/")
    assert call("import", rows, "-o", "graph.nq", "--reify")[0] == 0
    text = (place / "graph.nq").read_text()
    assert "<https://ours.example/graph/woven>" in text
    assert "rdf-syntax-ns#reifies>" in text
    fails(call, 2, "import", rows, "-o", "graph.nq", "--base", "no iri")


def test_errors(call, rows, place):
    assert "its name tells no format" in fails(call, 2, "import", "a.csv")
    assert "does not exist" in fails(call, 3, "import", "missing.export.CSV")
    assert "unknown suffix" in fails(call, 2, "import", rows, "-o", "graph.xlsx")
    own = table(place, line(STRIKE), name="own.gdelt.tsv")
    assert "among the files to read" in fails(call, 2, "import", str(own), "-o", str(own))


def test_nothing_that_can_be_read(call, place):
    code, _, err = call("import", str(table(place, "broken", name="b.gdelt.tsv")))
    assert code == 3
    assert "nothing could be imported" in err
    assert not (place / "newsloom.db").exists() or len(newsloom.load("newsloom.db").events) == 0
