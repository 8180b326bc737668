"""The queries with names, one a `.rq` file: a title, what it answers, its parameters, plain SPARQL 1.1.

    # Who accuses whom
    #
    # What it answers, in a sentence or two.
    #
    # ?actor (actor): what it is for
    # ?event (event, needed): ...

Each parameter is a line `VALUES ?actor { UNDEF }`, so that the file as it is runs in any store: UNDEF leaves the
variable open, a literal is the default. Giving a parameter puts another term into that line.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from ...schemas.errors import UsageError, nearest
from ..rdf.names import BASE, VOCABULARY, Names

if TYPE_CHECKING:
    from ...graph.model import Graph

_PARAMETER = re.compile(r"\?(?P<name>\w+) \((?P<kind>\w+)(?P<needed>, needed)?\): (?P<about>.+)")
_LINE = re.compile(r"^ *VALUES \?(?P<name>\w+) \{ (?P<term>.+) \}$", re.MULTILINE)
OPEN = "UNDEF"


class Parameter(Struct, frozen=True):
    """A parameter: its kind (event, actor, place, text, day, number), what for, and its default as SPARQL has it."""

    name: str
    kind: str
    about: str
    needed: bool
    default: str | None


class NamedQuery(Struct, frozen=True):
    """A query with a name."""

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str

    def written(self, terms: Mapping[str, str], graph: "Graph | None" = None, base: str = BASE) -> str:
        """Its SPARQL, with terms (as SPARQL has them) in place of parameters and newsloom's terms as the graph has."""
        text = _LINE.sub(lambda line: _with(line, terms), self.text)
        own = Names(graph, base).vocabulary if graph else VOCABULARY
        return text.replace(f"PREFIX newsloom: <{VOCABULARY}>", f"PREFIX newsloom: <{own}>")


def _with(line: re.Match[str], terms: Mapping[str, str]) -> str:
    given = terms.get(line["name"])
    start, end = line.span("term")
    return line[0] if given is None else line[0][: start - line.start()] + given + line[0][end - line.start() :]


@cache
def named_queries() -> tuple[str, ...]:
    """The names of the queries."""
    return tuple(sorted(file.name.removesuffix(".rq") for file in files(__package__).iterdir() if _is_query(file.name)))


@cache
def named(name: str) -> NamedQuery:
    """The query of a name; UsageError where there is none."""
    if name not in named_queries():
        raise UsageError(f"there is no query named {name!r}.{nearest(name, named_queries())}")
    text = files(__package__).joinpath(f"{name}.rq").read_text(encoding="utf-8")
    header = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    defaults = {line["name"]: line["term"] for line in _LINE.finditer(text)}
    told = [found for line in header if (found := _PARAMETER.fullmatch(line))]
    parameters = tuple(
        Parameter(
            found["name"],
            found["kind"],
            found["about"],
            bool(found["needed"]),
            None if found["needed"] or defaults[found["name"]] == OPEN else defaults[found["name"]],
        )
        for found in told
    )
    prose = " ".join(line for line in header[1:] if line and not _PARAMETER.fullmatch(line))
    return NamedQuery(name, header[0], prose, parameters, text)


def _is_query(file: str) -> bool:
    return file.endswith(".rq")
