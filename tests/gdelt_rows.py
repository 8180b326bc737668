"""Rows of GDELT 2.0's event table, made by hand: their addresses at example.org say that they are invented."""

from pathlib import Path

from newsloom.schemas.coding import gdelt

STRIKE = {
    "GLOBALEVENTID": "900000001",
    "SQLDATE": "20240413",
    "MonthYear": "202404",
    "Year": "2024",
    "FractionDate": "2024.2822",
    "Actor1Code": "IRN",
    "Actor1Name": "TEHRAN",
    "Actor1CountryCode": "IRN",
    "Actor2Code": "ISR",
    "Actor2Name": "ISRAEL",
    "Actor2CountryCode": "ISR",
    "IsRootEvent": "1",
    "EventCode": "195",
    "EventBaseCode": "195",
    "EventRootCode": "19",
    "QuadClass": "4",
    "GoldsteinScale": "-10.0",
    "NumMentions": "6",
    "NumSources": "2",
    "NumArticles": "6",
    "AvgTone": "-5.1",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Tel Aviv, Tel Aviv, Israel",
    "ActionGeo_CountryCode": "IS",
    "ActionGeo_ADM1Code": "IS05",
    "ActionGeo_Lat": "32.0667",
    "ActionGeo_Long": "34.7667",
    "ActionGeo_FeatureID": "-797092",
    "DATEADDED": "20240414081500",
    "SOURCEURL": "https://www.example.org/invented/iran-israel",
}
POLICE = {
    **STRIKE,
    "GLOBALEVENTID": "900000002",
    "SQLDATE": "20240412",
    "Actor1Code": "GHACOP",
    "Actor1Name": "POLICE",
    "Actor1CountryCode": "GHA",
    "Actor1Type1Code": "COP",
    "Actor2Code": "CVL",
    "Actor2Name": "PROTESTER",
    "Actor2CountryCode": "",
    "Actor2Type1Code": "CVL",
    "EventCode": "173",
    "EventBaseCode": "173",
    "EventRootCode": "17",
    "GoldsteinScale": "-5.0",
    "ActionGeo_Type": "1",
    "ActionGeo_FullName": "Ghana",
    "ActionGeo_CountryCode": "GH",
    "ActionGeo_ADM1Code": "GH",
    "ActionGeo_Lat": "8",
    "ActionGeo_Long": "-2",
    "ActionGeo_FeatureID": "GH",
    "SOURCEURL": "https://www.example.org/invented/accra",
}
STATEMENT = {**POLICE, "GLOBALEVENTID": "900000003", "EventCode": "010", "EventBaseCode": "010", "EventRootCode": "01"}


def line(row: dict[str, str], **changed: str) -> str:
    """A row as GDELT writes it."""
    cells = row | changed
    return "\t".join(cells.get(column, "") for column in gdelt().columns)


def table(folder: Path, *lines: str, name: str = "20240414081500.export.CSV") -> Path:
    """A file of some lines."""
    path = folder / name
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8", newline="")
    return path
