"""The meaning of distances, durations, repetitions and units pointed at: "two years ago", "six weeks", "last month"."""

from datetime import date
from itertools import pairwise

from ..types import When
from .timex import days_of, duration, plus, shifted, unit_of, value_of
from .timex_context import Context, Timex, behind, number, ordinal, pointer, unit, year
from .timex_dates import month
from .timex_grammar import Match
from .timex_years import season

_ALWAYS = {("PT24H", "day"), ("P7D", "week"), ("P12M", "year"), ("P365D", "year")}  # "24 hours a day": always


def _moved(match: Match, context: Context, base: date, count: float, way: int, fine: str | None = None) -> Timex | None:
    what = unit(match)
    moved = plus(base, way * count, what)
    if moved is None:
        return Timex("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    if what.startswith("T"):
        return Timex("TIME", "PAST_REF" if way < 0 else "FUTURE_REF")
    shown = {"D": "D", "W": "W", "F": "W", "M": "M", "Q": "Q", "Y": "Y", "E": "Y", "C": "Y"}[what]
    if count != int(count):
        shown = "M"
    if fine is not None:
        return Timex("DATE", shifted(fine, way * count, what) or value_of(moved, shown))
    when = None
    if what in ("W", "F"):
        when = When(plus(moved, -3, "D"), plus(moved, 4, "D"), "week")
    return Timex("DATE", value_of(moved, shown), when)


def ago(match: Match, context: Context) -> Timex | None:
    """Two years ago: as fine as the unit it counts in."""
    count = number(match) or 1.0
    if isinstance(count, str):
        day = context.day
        return Timex("DATE", "PAST_REF", When(None, plus(day, 0, "D"), "before") if day else None)
    if context.day is None:
        return Timex("DATE", "PAST_REF")
    period = context.last_period if unit(match) == "Y" and count == 1 else None
    return _moved(match, context, context.day, count, -1, period)


def _open(context: Context, way: int) -> When | None:
    """The time up to publication (-1), or that from then on (1)."""
    if context.day is None:
        return None
    return When(None, plus(context.day, 1, "D"), "before") if way < 0 else When(context.day, None, "after")


def units_ago(match: Match, context: Context) -> Timex | None:
    return Timex("DATE", "PAST_REF", When(None, context.day, "before") if context.day else None)


def later(match: Match, context: Context) -> Timex | None:
    """A day earlier, three weeks later: counted from the last date of the text."""
    count = number(match) or 1.0
    way = match.all("earlier", "later")[-1].key
    base = context.last or (context.day.isoformat() if context.day else None)
    what = unit(match)
    if isinstance(count, str) or what.startswith("T"):
        return Timex("DURATION", duration(count, what))
    if base is None:
        return Timex("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    days = days_of(base)
    if days is None:
        return None
    if what == "Y":
        return _moved(match, context, days[0], count, way, context.last_period)
    if unit_of(base) != "D" and what in ("D", "W"):
        return Timex("DATE", "PAST_REF" if way < 0 else "FUTURE_REF")
    return _moved(match, context, days[0], count, way)


def year_ago(match: Match, context: Context) -> Timex | None:
    """The year-earlier quarter."""
    if context.day is None:
        return Timex("DATE", "PAST_REF")
    what = str(match.all("unit")[0].key)
    if what != "Y":
        return None
    base = context.last_period or value_of(context.day, "Y")
    value = shifted(base, -1, "Y")
    return Timex("DATE", value) if value else None


def same_period(match: Match, context: Context) -> Timex | None:
    """The corresponding period last year: the quarter that the text speaks of, in another year."""
    named = year(match)
    if named is None and context.day is not None:
        named = context.day.year + (pointer(match) or -1)
    if named is None:
        return None
    quarter = context.last_period[4:] if context.last_period else ""
    return Timex("DATE", f"{named:04d}{quarter}")


def last_n(match: Match, context: Context) -> Timex | None:
    """The past two weeks: a duration that ends (or begins) at publication."""
    count, what, way = number(match), unit(match), pointer(match)
    if way is None:
        way = -1
    if count is None:
        return None
    when = None
    if context.day is not None and not what.startswith("T"):
        if isinstance(count, str):
            when = _open(context, way)
        elif way < 0:
            when = When(plus(context.day, -count, what), plus(context.day, 1, "D"), "interval")
        else:
            when = When(context.day, plus(context.day, count, what), "interval")
    return Timex("DURATION", duration(count, what), when)


def first_n(match: Match, context: Context) -> Timex | None:
    count = number(_without_ordinal(match))
    return Timex("DURATION", duration(count, unit(match))) if count is not None else None


def _without_ordinal(match: Match) -> Match:
    return Match(match.rule, [i for i in match.items if i.kind not in ("ordinalword", "ordinaldigit")], match.doc)


def some_units(match: Match, context: Context) -> Timex | None:
    """Hours later, the first hours, the early years: how many is not told, nor when."""
    return Timex("DURATION", duration("X", unit(match)))


def last_units(match: Match, context: Context) -> Timex | None:
    """The past months, recent years, coming weeks, the weeks ahead: they end or begin at publication."""
    way = -1 if match.has("recent") else pointer(match) or 1
    return Timex("DURATION", duration("X", unit(match)), _open(context, way))


def last_unit(match: Match, context: Context) -> Timex | None:
    """Last week, this year, next month, this past week, the current quarter."""
    if match.has("season"):
        return season(match, context)
    if match.has("month"):
        return month(match, context)
    if match.has("period"):
        return Timex("DATE", context.last_period) if context.last_period and match.has("this") else None
    what, day = unit(match), context.day
    words = {item.text for item in match.all("last", "next", "this", "current")}
    way = pointer(match)
    if what == "D" or what.startswith("T"):
        return Timex("DATE", "PRESENT_REF") if words == {"this"} and what == "D" else None
    lasted = "past" in words or ("last" in words and _behind_the(match) and what != "E")
    if lasted and not match.has("century"):
        when = When(plus(day, -1, what), plus(day, 1, "D"), "interval") if day else None
        return Timex("DURATION", duration(1, what), when)
    if "latest" in words or context.from_text(match) or (_behind_the(match) and not words & {"current", "coming"}):
        base = context.last
        if "latest" in words:
            return the_unit(match, context) if what == "Q" else None
        if base is None:
            return Timex("DURATION", duration(1, what))
        finer = days_of(base)
        moved = plus(finer[0], way or 0, what) if finer else None
        return Timex("DATE", value_of(moved, what)) if moved else None
    if day is None:
        return Timex("DATE", {"W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(what, "XXXX"))
    moved = plus(day, way or 0, what)
    return Timex("DATE", value_of(moved, what)) if moved else None


def _behind_the(match: Match) -> bool:
    """Whether "the" stands right before the pointer: "the next week" counts from the text's last date."""
    return any(a.kind == "the" and b.kind in ("last", "next") for a, b in pairwise(match.items))


def same_unit(match: Match, context: Context) -> Timex | None:
    """That year, the same month: of the last date read."""
    days = days_of(context.last) if context.last else None
    return Timex("DATE", value_of(days[0], unit(match))) if days else None


def the_unit(match: Match, context: Context) -> Timex | None:
    """The end of the month, early in the week, the quarter."""
    if (named := year(match)) is not None:
        return Timex("DATE", f"{named:04d}")
    what = unit(match)
    if match.has("start", "end", "middle", "early", "late", "earlier", "later", "mid"):
        if what.startswith("T") or what == "C" or context.day is None:
            return None
        if what == "D" and not match.has("earlier", "later"):
            return None
        return Timex("DATE", value_of(context.day, what))
    if what == "Q":
        ended = plus(context.day, -1, "Q") if context.day else None
        value = context.last_period or (value_of(ended, "Q") if ended else None)
        return Timex("DATE", value) if value else None
    if what != "Y" or context.day is None or not _closes(match):
        return None
    if match.after is not None and match.after.lower_ in ("ended", "ending"):
        return Timex("DURATION", duration(1, what))
    if match.has("full", "fiscal") or behind(match, ("of", "for", "in")):
        return Timex("DATE", value_of(context.day, what))
    return None


def _closes(match: Match) -> bool:
    """Whether nothing behind says which one is meant ("the year of the flood")."""
    after = match.after
    return after is None or (after.pos_ not in ("NOUN", "PROPN", "ADJ") and after.lower_ not in ("of", "that", "when"))


def unit_end(match: Match, context: Context) -> Timex | None:
    """Year-end is a day, the year's end a part of the year."""
    if unit(match) != "Y" or match.has("the"):
        return None
    of = value_of(context.day, "Y") if context.day else "XXXX"
    return Timex("DATE", f"{of}-12-31") if match.has("hyphen") else Timex("DATE", of, mod="END")


def every(match: Match, context: Context) -> Timex | None:
    if match.has("month"):
        return Timex("SET", f"XXXX-{match.all('month')[0].key:02d}")
    if match.has("daypart"):
        return Timex("SET", f"XXXX-XX-XXT{match.all('daypart')[0].key}")
    count = 2.0 if match.has("other") else number(match) or 1.0
    if match.has("ordinalword", "ordinaldigit"):
        count = float(ordinal(match.all("ordinalword", "ordinaldigit")[0]))
    if isinstance(count, str):
        return Timex("DURATION", duration(count, unit(match)))
    return Timex("SET", duration(count, unit(match)))


def per_unit(match: Match, context: Context) -> Timex | None:
    return Timex("SET", duration(1, unit(match)))


def a_duration(match: Match, context: Context) -> Timex | None:
    """Six weeks, a year, the two-year."""
    count, what = number(match), unit(match)
    if count is None or _is_age(match) or _is_always(match, duration(count, what)) or _compares(match):
        return None
    if match.has("a") and not match.has("half", "vague", "num", "round"):
        return _one(match, what)
    share = match.has("hyphen") or (match.after is not None and match.after.lower_ == "of")
    if what == "Q" and not isinstance(count, str) and share:
        return None
    return Timex("DURATION", duration(count, what))


def _is_age(match: Match) -> bool:
    return (match.after is not None and match.after.lower_ in ("old", "olds")) or behind(match, ("age", "aged"))


def _is_always(match: Match, value: str) -> bool:
    """Whether "24 hours" goes on as "24 hours a day"."""
    after = match.doc[match.items[-1].end :][:2]
    return len(after) == 2 and after[0].lower_ == "a" and (value, after[1].lower_) in _ALWAYS


def _compares(match: Match) -> bool:
    """Whether "a year" goes on as "a year-on-year basis"."""
    after = match.doc[match.items[-1].end :][:2]
    return len(after) == 2 and after[0].text in ("-", "–") and after[1].lower_ in ("on", "over", "to", "by")


def _one(match: Match, what: str) -> Timex | None:
    """ "A year": how often, behind an amount; "a day" as somebody's day is none."""
    if match.before is not None and match.before.pos_ in ("NUM", "NOUN", "SYM"):
        return Timex("SET", duration(1, what))
    if what == "D" and match.root.dep_ in ("nsubj", "attr", "dobj", "conj"):
        return None
    return Timex("DURATION", duration(1, what))


def units(match: Match, context: Context) -> Timex | None:
    """Weeks, years, with a preposition that measures: "for years", "weeks of", "weeks before"."""
    if match.has("long"):
        count = 1 if match.has("day", "unit") else "X"
        return Timex("DURATION", duration(count, unit(match)))
    counted = behind(match, ("for", "in", "over", "within", "after", "through"))
    if not counted and (match.after is None or match.after.lower_ not in ("of", "before", "after")):
        return None
    if match.before is not None and (match.before.pos_ in ("ADJ", "NUM") or match.before.text == "-"):
        return None
    return Timex("DURATION", duration("X", unit(match)))


def bare_past(match: Match, context: Context) -> Timex | None:
    """The past, as a noun."""
    token = match.doc[match.items[-1].start]
    return Timex("DATE", "PAST_REF") if token.lower_ == "past" and token.pos_ == "NOUN" else None


def ref(match: Match, context: Context) -> Timex | None:
    """Now, recently, soon: TIMEX3's PRESENT_REF, PAST_REF, FUTURE_REF."""
    item = match.items[0]
    if item.text in ("soon", "shortly"):
        bound = match.after is not None and match.after.lower_ in ("after", "before", "as")
        if bound or context.direct(match) == -1:
            return None
    if item.kind == "recent":
        return Timex("DATE", "PAST_REF")
    return Timex("DATE", str(item.key))


def current(match: Match, context: Context) -> Timex | None:
    """Current, before a noun: the present."""
    after = match.after
    before_noun = after is not None and after.pos_ in ("NOUN", "ADJ", "PROPN")
    return Timex("DATE", "PRESENT_REF") if before_noun else None


def a_while(match: Match, context: Context) -> Timex | None:
    return Timex("DURATION", "PXX") if match.root.pos_ in ("NOUN", "ADV") else None


def some_day(match: Match, context: Context) -> Timex | None:
    """Some day, one day: ahead where the clause points ahead, else how long something took."""
    if match.items[0].text == "some day" or context.direct(match) == 1:
        return Timex("DATE", "FUTURE_REF")
    return Timex("DURATION", "P1D")


def frequency(match: Match, context: Context) -> Timex | None:
    """Daily, weekly; not as the name of a newspaper."""
    item = match.items[0]
    if (
        behind(match, ("%", "percent"))
        or match.root.pos_ in ("NOUN", "PROPN")
        or (match.after is not None and match.after.pos_ == "PROPN")
    ):
        return None
    return Timex("SET", str(item.key))


def times_per(match: Match, context: Context) -> Timex | None:
    """Twice a week, once every four years."""
    behind_times = [item for item in match.items if item.start > match.all("often", "times")[0].start]
    count = number(Match("", behind_times, match.doc)) or 1.0
    return Timex("SET", duration(count, unit(match)))


def unit_from(match: Match, context: Context) -> Timex | None:
    """The day, in "the day after the vote": how far from it."""
    return Timex("DURATION", duration(1, unit(match)))


def age(match: Match, context: Context) -> Timex | None:
    """44-year-old: nothing that happens in time."""
    return None
