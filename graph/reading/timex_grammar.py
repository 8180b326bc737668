"""The shape of time expressions: tokens to classes of words, classes to matches of the schema's patterns.

Every token becomes one character that stands for its class (weekday, unit, number ...), so that a
pattern over classes is an ordinary regular expression and a whole text is scanned once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from ...schemas.errors import SchemaError, nearest
from .parse import Doc, Token

T = TypeVar("T")
_OTHER, _BREAK = "_", "¶"
_LONGEST = 64  # words of time in a row that are searched at once: what keeps a heap of them from costing its square
_DIGITS = (
    ("int2", re.compile(r"\d{1,2}$", re.ASCII)),
    ("int4", re.compile(r"\d{4}$", re.ASCII)),
    ("int", re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?$", re.ASCII)),
    ("clock", re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?$", re.ASCII)),
    ("clockampm", re.compile(r"(?:[01]?\d)(?:[:.][0-5]\d)?[ap]\.?m\.?$", re.ASCII)),
    ("ordinaldigit", re.compile(r"\d{1,2}(?:st|nd|rd|th)$", re.ASCII)),
    ("slashdate", re.compile(r"\d{1,2}/\d{1,2}/(?:\d\d)?\d\d$", re.ASCII)),
    ("isodate", re.compile(r"\d{4}-\d\d-\d\d$", re.ASCII)),
    ("isotime", re.compile(r"\d\dt\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?\.?$", re.ASCII)),
    ("decadeyears", re.compile(r"(?:\d\d)?\d0s$", re.ASCII)),
    ("dayrange", re.compile(r"\d{1,2}[–—]\d{1,2}$", re.ASCII)),
    ("yearpair", re.compile(r"\d{4}[–—/](?:\d\d)?\d\d$", re.ASCII)),
    ("edgedecade", re.compile(r"(?:mid|early|late)-(?:\d\d)?\d0s$", re.ASCII)),
    ("edgeyear", re.compile(r"(?:mid|early|late)-\d{4}$", re.ASCII)),
    ("fiscalyear", re.compile(r"fy-?\d{4}$", re.ASCII)),
    ("zoneoffset", re.compile(r"(?:utc|gmt)[+-]\d{1,2}(?::[0-5]\d)?$", re.ASCII)),
)
_TITLES = frozenset(("unit", "units", "day", "quarter", "today", "hour", "ref", "frequency"))
_NUMERIC = tuple(kind for kind, _ in _DIGITS)
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Item(NamedTuple):
    """One token, or the tokens of one phrase, with its class and key."""

    start: int  # token index
    end: int
    kind: str
    key: Any
    text: str


class Match:
    """Items that fit a pattern."""

    def __init__(self, rule: str, items: list[Item], doc: Doc):
        self.rule = rule
        self.items = items
        self.doc = doc

    def get(self, kind: str) -> Item | None:
        """The first item of a class."""
        return next((item for item in self.items if item.kind == kind), None)

    def all(self, *kinds: str) -> list[Item]:
        """The items of some classes, in order."""
        return [item for item in self.items if item.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """Whether an item of one of these classes is there."""
        return any(item.kind in kinds for item in self.items)

    @cached_property
    def root(self) -> Token:
        """The token that the others hang on."""
        first, end = self.items[0].start, self.items[-1].end
        tops = [token for token in self.doc[first:end] if token.head.i == token.i or not first <= token.head.i < end]
        return next((token for token in tops if token.dep_ not in ("det", "punct")), tops[0])

    @property
    def before(self) -> Token | None:
        """The token in front."""
        start = self.items[0].start
        return self.doc[start - 1] if start else None

    @property
    def after(self) -> Token | None:
        """The token behind."""
        end = self.items[-1].end
        return self.doc[end] if end < len(self.doc) else None


class Grammar:
    """The words and patterns of the schema's `times`, compiled."""

    def __init__(self, table: Mapping[str, Any]):
        self.words: dict[str, tuple[str, Any]] = {}
        for kind, words in table["words"].items():
            for word, key in words.items():
                self.words[word] = (kind, key)
        self.phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
        phrases = [(text, kind, key) for kind, group in table["phrases"].items() for text, key in group.items()]
        phrases += [(name, "holiday", name) for name in table["holidays"]]
        for text, kind, key in phrases:
            words = tuple(text.split())
            self.phrases.setdefault(words[0], []).append((words, kind, key))
        for found in self.phrases.values():
            found.sort(key=lambda phrase: -len(phrase[0]))
        kinds = sorted({kind for kind, _ in self.words.values()} | {kind for _, kind, _ in phrases} | set(_NUMERIC))
        self.codes = {kind: chr(0x4E00 + i) for i, kind in enumerate(kinds)}
        self._macros = dict(table["macros"])
        groups = [f"(?P<{name.replace('-', '_')}>{self._regex(text)})" for name, text in table["patterns"].items()]
        self._pattern = re.compile("|".join(groups))
        self._run = re.compile(f"[^{_OTHER}{_BREAK}]{{1,{_LONGEST}}}")
        self._core = re.compile(f"[{''.join(self.codes[kind] for kind in kinds if kind not in table['glue'])}]")

    def _regex(self, text: str, depth: int = 0) -> str:
        def expand(match: re.Match[str]) -> str:
            name = match[0]
            if name in self._macros:
                if depth > 20:
                    raise SchemaError(f"the time macro {name!r} contains itself: times.macros")
                return f"(?:{self._regex(self._macros[name], depth + 1)})"
            if name not in self.codes:
                known = nearest(name, [*self.codes, *self._macros])
                raise SchemaError(f"a time pattern names the class {name!r}, which times.words does not have.{known}")
            return self.codes[name]

        return _NAME.sub(expand, text).replace("(", "(?:").replace("(?:?", "(?").replace(" ", "")

    def matches(self, doc: Doc, read: Callable[[Match], T | None]) -> Iterator[tuple[Match, T]]:
        """What fits and what `read` makes of it, in text order, without overlaps.

        Where `read` refuses a match, the search goes on one token further.
        """
        items = list(self._items(doc))
        code = "".join([self.codes.get(item.kind, item.kind) for item in items])
        for run in self._run.finditer(code):
            position, end = run.span()
            if not self._core.search(code, position, end):
                continue
            while found := self._pattern.search(code, position, end):
                match = Match((found.lastgroup or "").replace("_", "-"), items[found.start() : found.end()], doc)
                result = read(match)
                position = found.start() + 1 if result is None else found.end()
                if result is not None:
                    yield match, result

    def _items(self, doc: Doc) -> Iterator[Item]:
        words, phrases = self.words, self.phrases
        skip = 0
        lowers = [token.lower_ for token in doc]
        for i in range(len(lowers)):
            if i < skip:
                continue
            low = lowers[i]
            if low in phrases and (phrase := self._phrase(lowers, i)):
                tokens, kind, key = phrase
                skip = i + len(tokens)
                yield Item(i, skip, kind, key, " ".join(tokens))
                continue
            entry = words.get(low)
            if entry is not None:
                if self._fits(doc[i], entry[0]):
                    yield Item(i, i + 1, entry[0], entry[1], low)
                else:
                    yield Item(i, i + 1, _OTHER, None, low)
            elif low[0].isdigit() or low[-1].isdigit() or low.endswith("0s"):
                yield Item(i, i + 1, _kind(low), None, low)
            elif low.isspace():
                if low.count("\n") > 1:
                    yield Item(i, i + 1, _BREAK, None, low)
            else:
                yield Item(i, i + 1, _OTHER, None, low)

    def _phrase(self, lowers: list[str], i: int) -> tuple[tuple[str, ...], str, Any] | None:
        for phrase in self.phrases[lowers[i]]:
            words = phrase[0]
            if len(words) == 1 or (lowers[i + 1 : i + 2] == [words[1]] and tuple(lowers[i : i + len(words)]) == words):
                return phrase
        return None

    def _fits(self, token: Token, kind: str) -> bool:
        """Whether the part of speech lets a word be of its class: "may act" has no month, "will last" no last."""
        if kind in ("month", "weekday", "dayname"):
            return token.text[0].isupper() and token.tag_ != "MD" and (len(token.text) > 3 or token.text != "SAT")
        if kind == "next" and token.lower_ in ("following", "coming"):
            return (token.i > 0 and token.nbor(-1).lower_ in ("the", "this")) or token.dep_ == "amod"
        if kind == "last":
            return token.pos_ not in ("VERB", "AUX") and token.tag_ != "RP"
        if kind in _TITLES and _in_a_title(token):
            return False
        if kind in ("season", "end", "start", "unit", "century", "day", "quarter", "daypart"):
            return token.pos_ not in ("VERB", "AUX", "ADP")
        if kind == "this":
            return token.pos_ in ("DET", "ADJ", "PRON")
        return True


def _kind(low: str) -> str:
    """The class of a word that is not in the lists: that of the first pattern of numbers it fits."""
    return next((kind for kind, pattern in _DIGITS if pattern.match(low)), _OTHER)


def _in_a_title(token: Token) -> bool:
    """Whether a common word has a capital where no sentence starts: "60 Minutes", "USA Today"."""
    if not token.text.istitle() or token.is_sent_start or token.i == 0:
        return False
    before = token.nbor(-1)
    return not (before.is_quote or before.is_punct or before.is_space)
