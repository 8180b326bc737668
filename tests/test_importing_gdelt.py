"""GDELT's rows to readings: every mention in the text, codes to types, actors and places; a broken row harms no other.

The rows are invented (gdelt_rows.py).
"""

import gzip
import io
import zipfile
from datetime import date

import pytest
from gdelt_rows import POLICE, STATEMENT, STRIKE, line, table
from hostile import ATTACKS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsloom.graph.importing import read_gdelt, rows
from newsloom.graph.types import Reading, Refusal, event_value
from newsloom.schemas import schema_from
from newsloom.schemas.coding import gdelt


@pytest.fixture
def read(schema, knowledge):
    """A function from a file to its readings and refusals."""

    def of(path, vocabulary=schema) -> tuple[list[Reading], list[Refusal]]:
        found = list(read_gdelt(path, vocabulary, knowledge))
        return [item for item in found if isinstance(item, Reading)], [i for i in found if isinstance(i, Refusal)]

    return of


@pytest.fixture
def coded(read, tmp_path):
    """A function from the cells of one row to its mentions by kind and role."""

    def of(row=STRIKE, **changed: str) -> dict[str, object]:
        (reading,), refused = read(table(tmp_path, line(row, **changed)))
        assert refused == []
        mentions = {mention.id: mention for mention in reading.mentions}
        event = next(mention for mention in reading.mentions if mention.kind == "event")
        return {"event": event} | {link.type: mentions[link.target] for link in reading.links}

    return of


def sound(reading: Reading) -> None:
    """Every mention's words stand in the text where it says, in one sentence; links run from an event."""
    text = reading.article.text
    kinds = {mention.id: mention.kind for mention in reading.mentions}
    assert len(kinds) == len(reading.mentions)
    for mention in reading.mentions:
        assert mention.text == text[mention.span.start : mention.span.end] != ""
        assert any(start <= mention.span.start < mention.span.end <= end for start, end in reading.sentences)
        assert mention.rule.startswith("gdelt")
    assert all(kinds[link.source] == "event" and link.target in kinds for link in reading.links)


def test_one_article_an_address(read, tmp_path):
    other = line(STRIKE, GLOBALEVENTID="900000007", EventCode="042")
    readings, refused = read(table(tmp_path, line(STRIKE), line(POLICE), other))
    assert refused == []
    assert [len(reading.sentences) for reading in readings] == [2, 1]
    article = readings[0].article
    assert article.url == STRIKE["SOURCEURL"]
    assert (article.source, article.published, article.published_from) == (
        "example.org",
        "2024-04-14T08:15:00Z",
        "seen",
    )
    for reading in readings:
        sound(reading)


def test_the_text_is_the_rows_own_columns(read, tmp_path):
    ((reading,), _) = read(table(tmp_path, line(STRIKE)))
    assert reading.article.text.startswith(
        "GLOBALEVENTID: 900000001; SQLDATE: 20240413; Actor1Code: IRN; Actor1Name: TEHRAN; "
        "Actor2Code: ISR; Actor2Name: ISRAEL; EventCode: 195 (attack); NumMentions: 6; "
    )


def test_an_event_with_its_actors_day_and_place(coded):
    found = coded()
    event = found["event"]
    assert (event.type, event_value(event).mode, event_value(event).factuality) == ("ASSAULT", "aerial", "asserted")
    assert (event_value(event).when.earliest, event_value(event).when.is_day) == (date(2024, 4, 13), True)
    assert (found["agent"].text, found["agent"].value.key, found["agent"].type) == ("TEHRAN", "IRN", "State")
    assert found["recipient"].value.key == "ISR"
    assert (found["place"].text, found["place"].value.geonames) == ("Tel Aviv", "293397")
    assert (found["time"].text, found["time"].value.value) == ("20240413", "2024-04-13")


def test_actors_by_role(coded):
    found = coded(POLICE)
    police, protester = found["agent"], found["recipient"]
    assert (police.type, police.value.country, police.value.sectors) == ("Government", "GHA", ("COP",))
    assert (protester.type, protester.value.country, protester.value.sectors) == ("Group", None, ("CVL",))
    assert police.value.form == "description"


@pytest.mark.parametrize(
    ("name", "code", "country", "key"),
    [
        ("IRANIAN", "IRN", "IRN", "IRN"),
        ("BUCHAREST", "ROM", "ROM", "ROU"),
        ("", "FRA", "FRA", "FRA"),
        ("EMMANUEL MACRON", "FRAGOV", "FRA", "emmanuel-macron"),
        ("EMMANUEL MACRON", "USAGOV", "USA", None),
        ("SOMEBODY", "FRA", "FRA", None),
        ("AFRICA", "AFR", "AFR", None),
    ],
)
def test_whom_a_name_and_a_code_mean(coded, name, code, country, key):
    agent = coded(Actor1Name=name, Actor1Code=code, Actor1CountryCode=country, Actor1Type1Code=code[3:])["agent"]
    assert agent.value.key == key
    assert agent.text == (name or code)


def test_bodies_of_no_state(coded):
    row = {"Actor1Code": "IGOUNO", "Actor1Name": "AID WORKER", "Actor1CountryCode": ""}
    agent = coded(**row, Actor1KnownGroupCode="UNO", Actor1Type1Code="IGO")["agent"]
    assert (agent.type, agent.value.country) == ("InternationalOrganisation", "UNO")


def test_nobody(coded):
    found = coded(Actor1Code="", Actor1Name="", Actor1CountryCode="")
    assert "agent" not in found


def test_places(coded):
    assert coded(POLICE)["place"].value.key == "GHA"
    region = {"ActionGeo_Type": "2", "ActionGeo_FullName": "Texas, United States", "ActionGeo_CountryCode": "US"}
    texas = coded(**region, ActionGeo_Lat="31.106", ActionGeo_Long="-97.6475")["place"]
    assert (texas.type, texas.value.geonames) == ("Region", "4736286")
    unknown = coded(ActionGeo_FullName="Nowhere Hamlet, Israel", ActionGeo_FeatureID="-1")["place"]
    assert (unknown.type, unknown.value.key, unknown.value.lat) == ("City", "gdelt:-1", 32.0667)
    assert [outer.name for outer in unknown.value.within] == ["Israel"]
    far = coded(ActionGeo_Lat="-10", ActionGeo_Long="100")["place"]
    assert far.value.geonames is None
    assert "place" not in coded(ActionGeo_FullName="")


@pytest.mark.parametrize(
    ("cells", "first", "last"),
    [
        ({"SQLDATE": ""}, date(2024, 4, 1), date(2024, 4, 30)),
        ({"SQLDATE": "", "MonthYear": "202412"}, date(2024, 12, 1), date(2024, 12, 31)),
        ({"SQLDATE": "", "MonthYear": ""}, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_days(coded, cells, first, last):
    when = event_value(coded(**cells)["event"]).when
    assert (when.earliest, when.last_day) == (first, last)


def test_no_day(coded):
    found = coded(SQLDATE="", MonthYear="", Year="")
    assert event_value(found["event"]).when is None
    assert "time" not in found


def test_rows_without_an_address_stand_alone(read, tmp_path):
    readings, _ = read(
        table(tmp_path, line(STRIKE, SOURCEURL=""), line(POLICE, SOURCEURL=""), line(STRIKE, SOURCEURL="BBC"))
    )
    assert [reading.article.url for reading in readings] == [None, None, None]
    assert len({reading.article.id for reading in readings}) == 3


def test_codes_of_no_type_are_counted(read, tmp_path, schema):
    path = table(tmp_path, line(STRIKE), line(STATEMENT), line(STATEMENT, EventCode="020"), line(STATEMENT))
    readings, refused = read(path)
    assert len(readings) == 1
    assert [(r.origin.removeprefix(f"{path}, "), r.reason.split(",")[0]) for r in refused] == [
        ("row 2 and 1 more", "an event of CAMEO's root 01"),
        ("row 3", "an event of CAMEO's root 02"),
    ]
    raw = dict(schema.raw)
    statement = {"label": "statement", "definition": "Says something.", "matches": {"close": ["cameo:01"]}}
    raw["events"] = {**raw["events"], "STATEMENT": statement}
    readings, refused = read(path, schema_from(raw))
    assert len(readings) == 2
    assert len(refused) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("one\ttwo", "has not the cells of a row of GDELT's events (61, 58, 57), but 2"),
        ("\t".join(["x"] * 62), ", but 62"),
        (line(STRIKE, SQLDATE="20241301"), "no date"),
        (line(STRIKE, SQLDATE="99991231"), "no date"),
        (line(STRIKE, SQLDATE="٢٠٢٤٠٤١٣"), "no date"),
        (line(STRIKE, DATEADDED="yesterday"), "no date"),
        (line(STRIKE, EventCode=""), "no code of CAMEO"),
        (line(STRIKE, EventCode="19a"), "no code of CAMEO"),
        (line(STRIKE, ActionGeo_Lat="north"), "no number"),
        (line(STRIKE, ActionGeo_Lat="nan"), "nowhere on the earth"),
        (line(STRIKE, ActionGeo_Long="181"), "nowhere on the earth"),
        (line(STRIKE, Actor1Name="IRAN\x00"), "NUL"),
        (line(STRIKE, Actor1Name="X" * 1_000_000), "longer than 64 KB"),
    ],
)
def test_a_row_that_cannot_be_read_harms_no_other(read, tmp_path, text, reason):
    readings, refused = read(table(tmp_path, line(POLICE), text, text, line(STRIKE)))
    assert len(readings) == 2
    (refusal,) = refused
    assert reason in refusal.reason
    assert refusal.origin.endswith("row 2 and 1 more")


def test_rows_of_gdelt_1(read, tmp_path):
    """Without the codes of counties, and older ones without an address."""
    columns = [column for column in gdelt().columns if not column.endswith("ADM2Code")]
    row = STRIKE | {"DATEADDED": "20240414"}
    lines = ("\t".join(row.get(column, "") for column in own) for own in (columns, columns[:-1]))
    readings, refused = read(table(tmp_path, *lines))
    assert refused == []
    assert [reading.article.url for reading in readings] == [STRIKE["SOURCEURL"], None]
    assert {reading.article.published for reading in readings} == {"2024-04-14"}
    places = [mention.text for reading in readings for mention in reading.mentions if mention.kind == "place"]
    assert places == ["Tel Aviv", "Tel Aviv"]


def test_bytes_that_are_no_text(read, tmp_path):
    path = tmp_path / "a.export.CSV"
    path.write_bytes(line(STRIKE).encode() + b"\n\xff\xfe\n" + line(POLICE).encode())
    readings, refused = read(path)
    assert len(readings) == 2
    assert [refusal.reason for refusal in refused] == ["it is not text in UTF-8"]


def test_header_empty_lines_and_line_ends(read, tmp_path):
    header = "\t".join(gdelt().columns)
    path = tmp_path / "a.export.CSV"
    path.write_text(f"\ufeff{header}\r\n\r\n{line(STRIKE)}\r\n", encoding="utf-8", newline="")
    readings, refused = read(path)
    assert (len(readings), refused) == (1, [])


def test_packed(read, tmp_path):
    plain = table(tmp_path, line(STRIKE), line(POLICE))
    data = plain.read_bytes()
    (tmp_path / "a.export.CSV.gz").write_bytes(gzip.compress(data))
    with zipfile.ZipFile(tmp_path / "a.export.CSV.zip", "w") as packed:
        packed.writestr("../../a.export.CSV", data)
    ids = [[reading.article.id for reading in read(tmp_path / f"a.export.CSV.{end}")[0]] for end in ("gz", "zip")]
    assert ids[0] == ids[1] == [reading.article.id for reading in read(plain)[0]]


def test_what_unpacks_to_too_much_is_cut_off(read, tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "MAX_FILE", 100_000)
    data = line(STRIKE).encode() + b"\n" + b" " * 10_000_000
    (tmp_path / "a.export.CSV.gz").write_bytes(gzip.compress(data))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", data)
    (tmp_path / "a.export.CSV.zip").write_bytes(held.getvalue())
    for end in ("gz", "zip"):
        readings, refused = read(tmp_path / f"a.export.CSV.{end}")
        assert len(readings) == 1
        assert "larger than" in refused[0].reason


@pytest.mark.parametrize("end", ["", ".gz", ".zip"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x1f\x8bbroken", b"\x00" * 100])
def test_what_is_no_file_of_its_kind(read, tmp_path, end, data):
    path = tmp_path / f"a.export.CSV{end}"
    path.write_bytes(data)
    readings, refused = read(path)
    assert readings == []
    assert refused or data == b""


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_hostile_cells(read, tmp_path, attack):
    attack = attack.encode("utf-8", "replace").decode().replace("\n", " ").replace("\t", " ").replace("\x00", "")
    cells = {
        column: f"{STRIKE.get(column, '')}{attack}" for column in ("Actor1Name", "ActionGeo_FullName", "SOURCEURL")
    }
    readings, _ = read(table(tmp_path, line(STRIKE, **cells), line(POLICE)))
    for reading in readings:
        sound(reading)
    assert len(readings) == 2


@given(st.dictionaries(st.sampled_from(list(gdelt().columns)), st.text(max_size=20), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cells(read, tmp_path, cells):
    path = tmp_path / "any.export.CSV"
    path.write_bytes(line(STRIKE, **cells).encode("utf-8", "replace"))
    for reading in read(path)[0]:
        sound(reading)
