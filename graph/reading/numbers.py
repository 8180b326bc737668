"""Number words: how much "two hundred", "1.5 million", "10-15", "more than two dozen", "£2m" and "dozens" say.

A plural without a number says more than one of its kind: "dozens" are at least 24, "hundreds of thousands" at
least 200,000. That is a lower bound and never more.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import isinf

from msgspec import Struct

from ...schemas.types import Schema

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_APART = r"(?<![\w.,/:-])(?<!\d )"  # no number is part of a word, a time or a date
_RANGES = {"low": "high", "from": "to", "first": "last"}
_KINDS = (*_RANGES, "vague", "couple", "none", "plain")
_SHARED = 1000  # from here on the scale of a range's upper end is that of both: "10 to 15 million"


class Amount(Struct, frozen=True):
    """A number in a text: its characters (with a currency, without what bounds it) and what it is worth.

    A range has its lower end as `count`, at least that, and its upper end; a `plural` ("dozens") gives no number.
    """

    start: int
    end: int
    count: float
    bound: str | None = None
    upper: float | None = None
    currency: str | None = None
    plural: bool = False


class Numerals:
    """The number words of a schema, compiled."""

    def __init__(self, schema: Schema):
        raw = schema.raw.get("quantities", {})
        self.numbers: dict[str, float] = raw.get("numbers", {})
        self.scales: dict[str, float] = raw.get("multipliers", {})
        self.short: dict[str, float] = raw.get("short", {})
        self.plurals: dict[str, float] = raw.get("plurals", {})
        self.couples: dict[str, float] = raw.get("couples", {})
        self.several: list[str] = raw.get("several", [])
        self.none: list[str] = raw.get("none", [])
        self.bounds = _by_phrase(raw.get("bounds", {}))
        self.behind = _by_phrase(raw.get("bounds_behind", {}))
        self.signs: dict[str, str] = raw.get("signs", {})
        self.currencies = {form: code for words, code in _by_phrase(raw.get("currencies", {})).items()
                           for form in (words, f"{words}s")}  # fmt: skip
        self.pattern = self._pattern()

    def _pattern(self) -> re.Pattern[str]:
        word, scale, signs = _any(self.numbers), _any(self.scales), _any(self.signs)
        digits = rf"{_DIGITS}(?:(?:{_any(self.short)})\b)?"
        measured = rf"{digits}(?:[ -](?:{scale}))*"
        spelled = rf"(?:{word}|{scale})(?:(?:[ -]|(?<=hundred) and |(?<=thousand) and )(?:{word}|{scale}))*"
        plain = (
            rf"(?:half an? (?:{scale})|an? (?:{scale})(?: (?:{scale}))*|{measured}"
            rf"|{spelled}(?: and a half (?:{scale}))?)"
        )
        vague = rf"(?:(?:{_any(self.several)}) (?:{scale})|(?:(?:{_any(self.plurals)}) of )*(?:{_any(self.plurals)}))"
        parts = (
            rf"{_APART}(?:(?P<before>{_any(self.bounds)}) )*(?:(?P<sign>{signs}) ?)?",
            rf"(?:between (?:{signs})?(?P<low>{plain}) and (?:{signs})?(?P<high>{plain})",
            rf"|(?<!from )(?P<from>{plain}) to (?:{signs})?(?P<to>{plain})",
            rf"|(?P<first>{digits}) ?[-–] ?(?:{signs})?(?P<last>{measured})",
            rf"|(?P<vague>{vague})|(?P<couple>{_any(self.couples)})|(?P<none>{_any(self.none)})|(?P<plain>{plain}))",
            rf"(?![\w%/]|[.,:]\d|\. \d|-(?!plus)[a-z])(?:(?:[ -]| of )(?P<currency>{_any(self.currencies)})\b)?",
            rf"(?: ?(?P<behind>{_any(self.behind)})(?!\w))?",
        )
        return re.compile("".join(parts), re.IGNORECASE)

    def find(self, text: str) -> Iterator[Amount]:
        """The amounts of a text, from left to right."""
        for match in self.pattern.finditer(text):
            amount = self._amount(match)
            if amount is not None:
                yield amount

    def _amount(self, match: re.Match[str]) -> Amount | None:
        kind = next(name for name in _KINDS if match[name] is not None)
        bound = self.bounds.get((match["before"] or "").lower()) or self.behind.get((match["behind"] or "").lower())
        words, upper = match[kind].lower(), None
        if kind in _RANGES:
            count, upper = self._range(words, match[_RANGES[kind]].lower())
            bound = "at-least"
            if count >= upper:
                return None
        elif kind == "vague":
            count, bound = self._least(words), "at-least"
        elif kind == "couple":
            count, bound = self.couples[words], bound or "about"
        else:
            count = 0.0 if kind == "none" else self.value(words)
        if isinf(count) or isinf(upper or 0.0):
            return None
        currency = self.signs.get((match["sign"] or "").upper())
        currency = currency or self.currencies.get((match["currency"] or "").lower())
        start = match.start("sign") if match["sign"] else match.start(kind)
        end = match.end("currency") if match["currency"] else match.end(_RANGES.get(kind, kind))
        return Amount(start, end, count, bound, upper, currency, kind == "vague")

    def value(self, words: str) -> float:
        """What some number words are worth ("29,514", "two hundred and seven", "1.5 million", "half a dozen")."""
        total, current = 0.0, 0.0  # floats, which "million million million ..." makes infinite
        for word in re.findall(rf"{_DIGITS}|[a-z]+", words.replace("and a half", "half")):
            if word[0].isdigit():
                current += float(word.replace(",", ""))
            elif word == "half":
                current += 0.5
            elif word in self.numbers:
                current += float(self.numbers[word])
            elif word in self.scales or word in self.short:
                factor = float(self.scales.get(word) or self.short[word])
                current = (current or 1.0) * factor
                if factor >= _SHARED:
                    total, current = total + current, 0.0
        return total + current

    def _range(self, low: str, high: str) -> tuple[float, float]:
        """The two ends, the lower on the scale of the upper where it names none."""
        first, last = self.value(low), self.value(high)
        scale = next(
            (s for w in reversed(re.findall("[a-z]+", high)) if (s := self.scales.get(w) or self.short.get(w))), 1
        )
        shared = first < last / scale if scale > 1 and not re.search(_any(self.scales), low) else False
        return (first * scale if shared else first), last

    def _least(self, words: str) -> float:
        """The least that a plural says: two of its kind, or two tens of thousands."""
        value = 2.0
        for word in words.split():
            value *= self.plurals.get(word) or self.scales.get(word) or 1
        return value


def _by_phrase(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {phrase: name for name, phrases in names.items() for phrase in phrases}


def _any(phrases: Iterable[str]) -> str:
    """A pattern for any of them, the longest first; for nothing where there are none."""
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(rf"{re.escape(p)}{r'(?![A-Za-z])' if p[-1].isalpha() else ''}" for p in longest) or "(?!)"


@lru_cache(maxsize=8)
def numerals_of(schema: Schema) -> Numerals:
    """The compiled number words of a schema."""
    return Numerals(schema)
