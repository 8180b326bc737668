"""The meaning of years and what they are made of and gathered in: quarters, halves, seasons, decades, centuries."""

import re
from datetime import date

from ..types import When
from .timex import SEASONS, plus
from .timex_context import Context, Timex, behind, ordinal, pointer, unit, year
from .timex_grammar import Match

EDGES = {"mid": "MID", "early": "START", "late": "END"}  # TIMEX3 modifiers of "mid-1990s"


def _year_named(match: Match, context: Context) -> int | None:
    if (named := year(match)) is not None:
        return named
    if context.day is None:
        return None
    return context.day.year + (pointer(match) or 0)


def quarter(match: Match, context: Context) -> Timex | None:
    """The third quarter: of the year named, else the latest (or the next) quarter of that number."""
    numbers = match.all("ordinalword", "ordinaldigit", "quartername")
    n = ordinal(numbers[0]) if numbers else 4
    if not 1 <= n <= 4:
        return None
    if match.rule != "quarter":
        of = _year_named(match, context)
        return Timex("DATE", f"{of:04d}-Q{n}" if of else f"XXXX-Q{n}")
    if context.day is None:
        return Timex("DATE", f"XXXX-Q{n}")
    of = context.day.year
    current = (context.day.month + 2) // 3
    just_ended = (n - current) % 4 == 3
    if context.direct(match) == 1 and not just_ended:
        of += n < current
    else:
        of -= n > current
    return Timex("DATE", f"{of:04d}-Q{n}")


def half_year(match: Match, context: Context) -> Timex | None:
    """The first half of 2023, H1 2023, the second half of this year."""
    n = ordinal(match.all("ordinalword", "ordinaldigit", "halfname")[0])
    if n > 2 or (match.has("unit") and unit(match) != "Y"):
        return None
    of = _year_named(match, context)
    return Timex("DATE", f"{of:04d}-H{n}" if of else f"XXXX-H{n}")


def year_to_date(match: Match, context: Context) -> Timex | None:
    if context.day is None:
        return Timex("DATE", "XXXX")
    when = When(date(context.day.year, 1, 1), plus(context.day, 1, "D"), "interval")
    return Timex("DATE", f"{context.day.year:04d}", when)


def century_turn(match: Match, context: Context) -> Timex | None:
    """The turn of the 20th century: its start; without a number, that of the century nearest to publication."""
    if match.has("ordinalword", "ordinaldigit"):
        named = century(match, context)
        return named._replace(mod="START") if named else None
    if context.day is None:
        return None
    return Timex("DATE", f"{round(context.day.year / 100):02d}", mod="START")


def year_period(match: Match, context: Context) -> Timex | None:
    """The 1988 quarter: the one of that year that the text speaks of."""
    named, last = year(match), context.last_period
    return Timex("DATE", f"{named:04d}{last[4:]}") if last else Timex("DATE", f"{named:04d}")


def season(match: Match, context: Context) -> Timex | None:
    """The summer of 2011, last winter; not "the fall in prices"."""
    item = match.all("season")[0]
    if item.text == "fall" and not year(match) and match.after is not None and match.after.pos_ == "ADP":
        return None
    if (named := year(match)) is not None:
        return Timex("DATE", f"{named:04d}-{item.key}")
    if context.day is None:
        return Timex("DATE", f"XXXX-{item.key}")
    start = SEASONS[item.key]
    of, way = context.day.year, pointer(match)
    way = way if way is not None else context.direct(match) or -1
    begun = start <= context.day.month
    if item.key == "WI" and context.day.month < 3:
        of, begun = of - 1, True  # a winter is named after the year of its December
    if way < 0:
        of -= not begun or (match.has("last") and (context.day.month - start) % 12 < 3)
    elif way > 0:
        of += begun
    return Timex("DATE", f"{of:04d}-{item.key}")


def spoken_year(match: Match, context: Context) -> Timex | None:
    """nineteen ninety-six."""
    words = [item.key for item in match.all("num")]
    if words[0] not in (18, 19, 20) or words[1] < 10 or words[1] >= 100 or sum(words[1:]) > 99:
        return None
    if len(words) > 2 and (words[1] < 20 or words[2] > 9):
        return None
    return Timex("DATE", f"{words[0] * 100 + sum(words[1:]):04d}")


def decade(match: Match, context: Context) -> Timex | None:
    """The 1990s, the '80s, the early nineties, the nineteen sixties: of the century that makes it past.

    Not "in her late 50s".
    """
    if match.before is not None and match.before.tag_ == "PRP$":
        return None
    edge = match.get("edgedecade")
    if edge is not None:
        mod, _, years = edge.text.partition("-")
        return Timex("DATE", _decade(int(years[:-1]), context), mod=EDGES[mod])
    item, hundreds = match.get("decadename"), match.get("num")
    digits = item.key * 10 if item else int(match.all("decadeyears")[0].text[:-1])
    if hundreds is not None:
        return Timex("DATE", f"{hundreds.key}{digits // 10}") if hundreds.key in (17, 18, 19) else None
    if digits < 100 and (digits < 10 or not match.has("the", "early", "late", "mid", "apostrophe")):
        return None
    return Timex("DATE", _decade(digits, context))


def _decade(digits: int, context: Context) -> str:
    """The value of a decade by its first year; of two digits, the last one of that name."""
    if digits < 100:
        this = context.day.year if context.day else 2000
        digits += this // 100 * 100
        digits -= 100 if digits > this else 0
    return f"{digits // 10:03d}"


def edge_year(match: Match, context: Context) -> Timex | None:
    """Mid-2004, as one word."""
    mod, _, years = match.items[0].text.partition("-")
    return Timex("DATE", years, mod=EDGES[mod])


def century(match: Match, context: Context) -> Timex | None:
    numbers = match.all("ordinalword", "ordinaldigit")
    if numbers:
        n = ordinal(numbers[0])
        return Timex("DATE", f"{n - 1:02d}") if 1 <= n <= 30 else None
    if context.day is None:
        return None
    return Timex("DATE", f"{context.day.year // 100 + (pointer(match) or 0):02d}")


def fiscal_year(match: Match, context: Context) -> Timex | None:
    item = match.get("fiscalyear")
    return Timex("DATE", item.text[-4:] if item else f"{year(match):04d}")


def year_range(match: Match, context: Context) -> Timex | None:
    """1998-2001, 1998-99, 2022/23."""
    texts = re.split("[-–—‑/]", "".join(item.text for item in match.items))
    first = int(texts[0])
    last = int(texts[1]) if len(texts[1]) == 4 else first // 100 * 100 + int(texts[1])
    if not (1000 <= first < last <= 2100) or last - first > 150:
        return None
    return Timex("DURATION", f"P{last - first}Y", When(date(first, 1, 1), date(last + 1, 1, 1), "interval"))


def a_year(match: Match, context: Context) -> Timex | None:
    """A number of four digits where a year can stand, and nothing that it counts."""
    value = int(match.all("int4")[0].text)
    if match.has("unit", "mid", "early", "late", "start", "end", "middle"):
        named = not match.has("unit") or match.all("unit")[0].key == "Y"
        return Timex("DATE", f"{value:04d}") if named and value else None
    if 1400 <= value <= 2100 and _is_year(match, context):
        return Timex("DATE", f"{value:04d}")
    return None


def _is_year(match: Match, context: Context) -> bool:
    """Whether the words around a number, its entity and its noun let it be a year."""
    token = match.doc[match.all("int4")[0].start]
    before, after = match.before, match.after
    if before is not None and (
        before.pos_ == "SYM" or before.text.isdigit() or before.text in "$£€#" or before.lower_ in context.numbered
    ):
        return False
    if after is not None and after.lower_ in context.counted:
        return False
    if token.dep_ == "nummod" and token.head.pos_ == "PROPN" and behind(match, ("at",)):
        return False
    if token.ent_type_ in ("DATE", "EVENT"):
        return True
    if token.dep_ == "nummod":
        determined = match.has("the") or (before is not None and before.pos_ in ("DET", "PRON"))
        return behind(match, context.prepositions) and (token.head.tag_ != "NNS" or determined)
    return behind(match, context.prepositions) or token.ent_type_ not in ("CARDINAL", "MONEY", "QUANTITY", "PERCENT")
