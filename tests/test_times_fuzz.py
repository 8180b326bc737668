"""Any text, any day of publication: no crash, no impossible date, the same twice, time that grows with the text."""

import re
from calendar import isleap
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from timing import least

from newsloom.graph.edtf import to_edtf
from newsloom.graph.reading import times
from newsloom.graph.reading.parse import Parse
from newsloom.graph.types import Article

REPEATABLE = settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

# TIMEX3, written down apart from the code that makes the values.
_CLOCK = r"T(?:MO|AF|EV|NI|DT|(?:[01]\d|2[0-4]):[0-5]\d(?:Z|[+-]\d\d:\d\d)?)"
_DAY = r"(?:\d{4}|XXXX)-(?:\d\d|XX)-(?:\d\d|XX)"
_WEEK = r"(?:\d{4}|XXXX)-W(?:\d\d|XX)(?:-WE|-[1-7])?"
_DURATION = r"P(?=[\dXT])(?:(?:\d+(?:\.\d+)?|X)[YMWDQ])*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?|PXX"
_DATE = (
    rf"\d\d|\d{{3}}|\d{{4}}|XXXX|(?:\d{{4}}|XXXX)-(?:\d\d|XX|Q[1-4X]|H[12]|SP|SU|FA|WI)|{_DAY}|{_WEEK}"
    r"|(?:PAST|PRESENT|FUTURE)_REF"
)
SHAPES = {
    "DATE": re.compile(_DATE),
    "TIME": re.compile(rf"(?:{_DAY}|XXXX-WXX-[1-7]){_CLOCK}|(?:PAST|PRESENT|FUTURE)_REF"),
    "DURATION": re.compile(_DURATION),
    "SET": re.compile(
        rf"{_DURATION}|XXXX-(?:\d\d|Q[1-4])|XXXX-W(?:XX|\d\d)-(?:WE|[1-7])(?:{_CLOCK})?|XXXX-XX-XX{_CLOCK}"
    ),
}
EDTF = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?|(?:\d{4}-\d\d-\d\d|\.\.)/(?:\d{4}-\d\d-\d\d|\.\.)")


def impossible(value: str) -> str | None:
    """What of a value no calendar has, or None."""
    year = int(value[:4]) if re.match(r"\d{4}", value) else None
    if match := re.match(r"(\d{4}|XXXX)-(\d\d)(?:-(\d\d))?(?:T|$)", value):
        month, day = int(match[2]), int(match[3] or 1)
        leap = year is None or isleap(year)
        lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
        if not 1 <= month <= 12 or not 1 <= day <= lengths[month - 1]:
            return "month or day"
    if match := re.match(r"(\d{4})-W(\d\d)", value):
        weeks = date(int(match[1]), 12, 28).isocalendar().week if int(match[1]) else 0
        if not 1 <= int(match[2]) <= weeks:
            return "week"
    return "year 0" if year == 0 else None


def check(parsed: Parse, schema) -> None:
    """What holds of the time expressions of every text."""
    found = times.find(parsed, schema)
    assert found == times.find(parsed, schema)
    end = 0
    for mention in found:
        value, when = mention.value.value, mention.value.when
        assert mention.span.start >= end
        end = mention.span.end
        assert mention.text == parsed.article.text[mention.span.start : end]
        assert mention.text.strip()
        assert SHAPES[mention.type].fullmatch(value), (mention.text, mention.type, value)
        assert impossible(value) is None, (mention.text, value)
        if when is not None:
            assert when.earliest is not None or when.latest is not None
            assert None in (when.earliest, when.latest) or when.earliest < when.latest
            assert EDTF.fullmatch(to_edtf(when))


numbers = st.one_of(st.integers(0, 40), st.integers(1, 9999), st.just(10**40)).map(str)
years = st.one_of(st.sampled_from([1, 999, 1582, 1900, 2000, 2024, 2025, 9998, 9999]), st.integers(1, 9999))
days = st.one_of(
    st.dates(),
    years.map(lambda y: date(y, 12, 31)),
    years.map(lambda y: date(y, 1, 1)),
    years.map(lambda y: date(y, 2, 29 if isleap(y) else 28)),
)
written = st.one_of(
    days.map(lambda d: d.isoformat()),
    days.map(lambda d: f"{d.isoformat()}T23:59:59Z"),
    days.map(lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year:04d}"),
    days.map(lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}"),
    days.map(lambda d: f"{MONTHS[d.month - 1]} {d.day}"),
    days.map(lambda d: f"{d.day}/{d.month}/{d.year:04d}"),
    days.map(lambda d: f"{WEEKDAYS[d.weekday()]} the {d.day}th"),
    days.map(lambda d: f"the week of {MONTHS[d.month - 1]} {d.day}"),
    st.tuples(numbers, st.sampled_from("days weeks months quarters years decades centuries hours".split())).map(
        " ".join
    ),
    st.tuples(st.sampled_from(["30", "31", "29", "0", "99", "32nd", "29–31", "1-40"]), st.sampled_from(MONTHS)).map(
        " ".join
    ),
    st.tuples(st.sampled_from(MONTHS), st.sampled_from("30 31 29 0 99 \u0663\u0661 \uff13 3\u00b2".split())).map(
        " ".join
    ),
    st.sampled_from(
        "Monday night;last Friday;the 31st;Mon-Fri;Ramadan;Hanukkah;Easter;Diwali;Lent;9/11;24:00;99:99;25 p.m.;"
        "0000 GMT;2500 GMT;14:00 UTC+99;the year 0000;FY0000;0000-00-00;2024-13-45;2023-24;9999/00;Q3 0000;H1 9999;"
        "mid-0000;the 99th century;the turn of the 0th century;the '00s;this winter;next week;the decade;midweek;"
        "the small hours;the day after;twice a week;every other year;year-to-date;the previous century".split(";")
    ),
)
FRAMES = (
    "The bridge fell on {}.",
    "The bridge will fall by {}.",
    "{} ago, the bridge fell.",
    "It fell {} later, on {}.",
    "It has stood since {}.",
    "From {} to {} it was shut.",
    "Early {} the bridge's owner said it would open late {}.",
    "{}'s fall, the third of the past {}, surprised many.",
    "Every {} it is closed until {}.",
)
published = st.one_of(
    st.none(),
    days.map(lambda d: d.isoformat()),
    st.sampled_from(["2024-02-29T23:59:59+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"]),
)


@REPEATABLE
@given(st.lists(st.tuples(st.sampled_from(FRAMES), written, written), min_size=2, max_size=5), published)
def test_any_date_in_any_frame(parse, schema, sentences, day):
    text = " ".join(frame.format(*words) for frame, *words in sentences)
    check(parse(text, published=day), schema)


# Digits of other scripts, marks, spaces of no width, other directions, controls, pictures, letters that grow in lower
# case, and a number of 5,000 digits. (spaCy takes no half of a surrogate pair; articles are rid of them.)
ODD = [
    "\u0660\u0661",
    "\uff12\uff10\uff12\uff14",
    "\u00b2",
    "\u00bd",
    "e\u0301",
    "\u200b",
    "\u200f",
    "\u202e",
    "\ufeff",
]
ODD += ["\x00", "\x1b", "\U0001f5d3", "\U0001f552\ufe0f", "\u2028", "\x85", "\n\n", "\t", "\u017f", "\u0130", "\u00df"]
ODD += ["9" * 5000, *"-:/'`\u2013\u2019"]


@REPEATABLE
@given(st.lists(st.one_of(written, st.sampled_from(ODD), st.text(max_size=6)), max_size=12), st.booleans(), published)
def test_any_characters_between(parse, schema, parts, apart, day):
    text = (" " if apart else "").join(parts).encode("utf-8", "replace").decode("utf-8")
    check(parse(text or ".", published=day), schema)


@REPEATABLE
@given(st.data(), published)
def test_any_heap_of_time_words(parse, schema, data, day):
    words = sorted({word for group in schema.raw["times"]["words"].values() for word in group})
    words += [*schema.raw["times"]["holidays"], "31", "9999", "0001", "24:00", "1990s", "21st", "00s", "mid-2019"]
    text = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=25)))
    check(parse(text.title() if data.draw(st.booleans()) else text, published=day), schema)


def seconds(parser, schema, text: str) -> float:
    """The least of three measurements; tokens without a parse, as only the search for times is measured."""
    article = Article(id="t", text=text, published="2024-04-11")
    parsed = Parse(article, parser.nlp.make_doc(text))
    return least(lambda: times.find(parsed, schema))


@pytest.mark.parametrize(
    "words",
    [
        "Monday ",
        "last the ",
        "two hundred and ",
        "of the first ",
        "late early mid - ",
        "the 5th of ",
        "It fell in 1999. ",
    ],
)
def test_twice_the_text_takes_about_twice_the_time(parser, schema, words):
    count = 15_000 // len(words)
    times.find(Parse(Article(id="t", text="Monday"), parser.nlp.make_doc("Monday")), schema)
    assert seconds(parser, schema, words * 2 * count) < 3 * seconds(parser, schema, words * count)


def test_100_kilobytes_of_mondays(parse, schema):
    found = times.find(parse("Monday " * 14_300, published="2024-04-11"), schema)
    assert {mention.value.value for mention in found} == {"2024-04-08"}
