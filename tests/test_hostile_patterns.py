"""No regular expression that meets an article's text can be made to take the square of its length.

Every pattern of every module, and those that are put together from the schema, is run over text made to hold it up:
its own signs and words, and pairs of them, over and over. Those that do take longer see a bounded text only, or are
tried at one place only; the table says which, and why.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import product
from pathlib import Path

import pytest
from timing import least

from newsloom.graph.articles.words import words
from newsloom.graph.reading.numbers import numerals_of
from newsloom.graph.reading.timex_grammar import Grammar
from newsloom.graph.weaving.page import WORD
from newsloom.schemas import load_schema

ROOT = Path(__file__).parents[1]
LENGTH = 20_000
SHARE = 0.4  # of what a pattern takes that can be held up; what is linear takes a twentieth of it
HELD_UP = re.compile(r"\s+,")
BOUNDED = {  # by the characters that a pattern ever sees
    "graph.articles.blocks._BETWEEN": 160,
    "graph.articles.dateline._SEPARATOR": 130,
    "graph.articles.dateline._AGENCY": 140,
    "graph.articles.words.Lines": 300,
    "exports.queries.running._PREFIX": 300,
    "exports.rdf.syntaxes._LOCAL": 200,  # names of properties, which are the schema's
    "graph.weaving.inside.OWNED": 300,
    "newsloom.licences.is_copyleft": 500,  # the licence of an installed package
}
AT_ONE_PLACE = {  # tried by `match` or `fullmatch` alone
    "schemas.loader._FLOAT",
    "schemas.values._MISSING_FIELD",
    "graph.weaving.page.OF",
    "graph.weaving.page.DATING",
}


@cache
def patterns() -> dict[str, re.Pattern]:
    """Every compiled pattern by the module and the name that it goes by."""
    found: dict[tuple[object, int], tuple[str, re.Pattern]] = {}
    for room in ("graph", "schemas", "exports", "serving"):
        package = importlib.import_module(f"newsloom.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"newsloom.{room}."):
            if module.name.endswith(".worker"):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                for number, pattern in enumerate(_in(value)):
                    own = f"{module.name.removeprefix('newsloom.')}.{name}{f'.{number}' if number else ''}"
                    found.setdefault((pattern.pattern, pattern.flags), (own, pattern))
    schema = load_schema()
    for name, pattern in written_in_place():
        found.setdefault((pattern.pattern, pattern.flags), (name, pattern))
    made = {f"graph.articles.words.Lines.{name}": getattr(words(), name)._pattern for name in ("inside", "around")}
    made["graph.reading.numbers.Numerals"] = numerals_of(schema).pattern
    grammar = Grammar(schema.raw["times"])
    made |= {"graph.reading.timex_grammar.Grammar._run": grammar._run}
    return dict(found.values()) | made


def written_in_place() -> Iterator[tuple[str, re.Pattern]]:
    """Every pattern that a function gives to `re`, by the module and the function."""
    for room in ("graph", "schemas", "exports", "newsloom"):
        for file in sorted((ROOT / room).rglob("*.py")):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
                calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
                for number, (pattern, how) in enumerate(_given(call) for call in calls if _is_of_re(call)):
                    if pattern is not None:
                        at_one_place = ".at" if how in ("match", "fullmatch") else ""
                        yield f"{module}.{function.name}{at_one_place}.{number}", pattern


def _is_of_re(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "re"


def _given(call: ast.Call) -> tuple[re.Pattern | None, str]:
    """The pattern of a call, None where it is put together of others, and how it is tried."""
    assert isinstance(call.func, ast.Attribute)
    written = call.args[0] if call.args else None
    if not (isinstance(written, ast.Constant) and isinstance(written.value, str)):
        return None, call.func.attr
    flags = {
        re.RegexFlag[node.attr] for node in ast.walk(call) if isinstance(node, ast.Attribute) and node.attr.isupper()
    }
    return re.compile(written.value, sum(flags)), call.func.attr


def _in(value: object) -> list[re.Pattern]:
    if isinstance(value, re.Pattern):
        return [value]
    return [pattern for item in value for pattern in _in(item)] if isinstance(value, tuple) else []


def holding_up(pattern: re.Pattern) -> list[str]:
    """Short texts that are a pattern's own signs and words, and pairs of them."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    signs = [" ", "\n", "a", "A", "1", ".", *sorted(set(re.sub(r"[\\\w\s?+*]", "", source)))[:8]]
    names = sorted(set(re.findall(r"[A-Za-z]{2,12}", source)))[:5]
    return [*signs, *names, *("".join(pair) for pair in product([*signs[:6], *names[:2]], signs))]


def longest(pattern: re.Pattern, how: str, length: int) -> float:
    """The longest that it takes for any of these, in seconds of CPU time; of two tries the better."""
    slowest = 0.0
    for unit in holding_up(pattern):
        for tail in ("", "~"):
            text = (unit * length)[:length] + tail
            given = text.encode() if isinstance(pattern.pattern, bytes) else text
            slowest = max(slowest, least(partial(_search, pattern, how, given), tries=2))
    return slowest


def _search(pattern: re.Pattern, how: str, text: str | bytes) -> None:
    if how == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)


@pytest.fixture(scope="module")
def slow() -> float:
    """What a pattern takes that can be held up."""
    return longest(HELD_UP, "finditer", LENGTH)


@pytest.mark.parametrize("name", patterns())
def test_a_pattern_cannot_be_held_up(name, slow):
    pattern = patterns()[name]
    bound = next((most for start, most in BOUNDED.items() if name.startswith(start)), None)
    how = "match" if name in AT_ONE_PLACE or ".at." in name else "finditer"
    assert longest(pattern, how, bound or LENGTH) < SHARE * slow


def test_the_measure_sees_what_can_be_held_up(slow):
    assert longest(re.compile(r"[^\S\n]+;"), "finditer", LENGTH) > SHARE * slow > longest(WORD, "finditer", LENGTH)


def test_the_table_names_patterns_that_are_there():
    known = patterns()
    assert known.keys() >= AT_ONE_PLACE
    assert all(any(name.startswith(start) for name in known) for start in BOUNDED)
