"""The queries with names, one a `.rq` file: a title, what it answers, its parameters, plain SPARQL 1.1.

    # Who accuses whom
    #
    # What it answers, in a sentence or two.
    #
    # ?actor (actor): what it is for
    # ?event (event, needed): ...

Each parameter is a `VALUES ?actor { UNDEF }`, so that the file as it is runs in any store: UNDEF leaves the variable
open, a term is the default. Giving a parameter puts another term between the braces. A query of one's own may do the
same; where its header does not tell what kind a parameter is, the value does.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from msgspec import Struct

from ...schemas.errors import UsageError, nearest
from ..rdf.names import VOCABULARY, vocabulary_of
from .reading import slots

if TYPE_CHECKING:
    from ...graph.model import Graph

_PARAMETER = re.compile(r"\?(?P<name>\w+) \((?P<kind>\w+)(?P<needed>, needed)?\): (?P<about>.+)")
OPEN = "UNDEF"


class Parameter(Struct, frozen=True):
    """A parameter: its kind (event, actor, place, text, day, number; None: any), what for, its default in SPARQL."""

    name: str
    kind: str | None
    about: str
    needed: bool
    default: str | None


class NamedQuery(Struct, frozen=True):
    """A query: with a name, or of one's own."""

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str

    @property
    def called(self) -> str:
        """What an error calls it."""
        return f"the query {self.name}" if self.name else "the query"

    def written(self, terms: Mapping[str, str], graph: "Graph | None" = None) -> str:
        """Its SPARQL, with terms (as SPARQL has them) in place of parameters and newsloom's terms as the graph has."""
        text = self.text
        for slot in reversed([*slots(self.text)]):
            if slot.name in terms:
                text = f"{text[: slot.start]} {terms[slot.name]} {text[slot.end :]}"
        own = vocabulary_of(graph.schema) if graph else VOCABULARY
        return text.replace(f"PREFIX newsloom: <{VOCABULARY}>", f"PREFIX newsloom: <{own}>")


@cache
def named_queries() -> tuple[str, ...]:
    """The names of the queries."""
    return tuple(sorted(file.name.removesuffix(".rq") for file in files(__package__).iterdir() if _is_query(file.name)))


@cache
def named(name: str) -> NamedQuery:
    """The query of a name; UsageError where there is none."""
    if name not in named_queries():
        raise UsageError(f"there is no query named {name!r}.{nearest(name, named_queries())}")
    return parsed(name, files(__package__).joinpath(f"{name}.rq").read_text(encoding="utf-8"))


def parsed(name: str, text: str) -> NamedQuery:
    """A query with what its header says of it; nothing is needed by one of one's own, which has no name."""
    header = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    told = {found["name"]: found for line in header if (found := _PARAMETER.fullmatch(line))}
    defaults = {slot.name: text[slot.start : slot.end].strip() for slot in slots(text)}
    prose = " ".join(line for line in header[1:] if line and not _PARAMETER.fullmatch(line))
    parameters = tuple(_parameter(told.get(each), each, default, bool(name)) for each, default in defaults.items())
    return NamedQuery(name, header[0] if header else "", prose, parameters, text)


def _parameter(told: re.Match[str] | None, name: str, default: str, strict: bool) -> Parameter:
    given = None if default == OPEN else default
    if told is None:
        return Parameter(name, None, "", False, given)
    needed = strict and bool(told["needed"])
    return Parameter(name, told["kind"], told["about"], needed, None if needed else given)


def _is_query(file: str) -> bool:
    return file.endswith(".rq")
