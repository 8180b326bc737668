"""Values of RDF back to Python: a function for each kind of value in `schemas/rdf.yaml`; ValueError says what is wrong.

Of a literal its words count, not its datatype: stores write `xsd:int` for `xsd:integer` and the like.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from functools import cache, partial
from typing import Annotated, Any, get_origin

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode

from ...graph.types import Offsets
from .names import id_of, offsets_of, unsegment

Term = Any
"""What pyoxigraph makes of a subject or an object."""

Decode = Callable[[Term], Any]
_INTEGER = re.compile(r"[-+]?[0-9]{1,100}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?INF|NaN")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_SHOWN = 80


def shown(value: str) -> str:
    """A value for a message: quoted, on one line, its beginning if it is long."""
    return repr(value) if len(value) <= _SHOWN else f"{value[:_SHOWN]!r}..."


def key(term: Term) -> str:
    """What a resource goes by: its IRI, or `_:` and its label."""
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    raise ValueError(f"{shown(str(term))} is no resource")


def text(term: Term) -> str:
    """The words of a literal."""
    if isinstance(term, Literal):
        return term.value
    raise ValueError(f"{shown(str(term))} is no literal")


def stamp(term: Term) -> str:
    """A day, or one with a time of day, as it is written."""
    found = text(term)
    if found:
        date.fromisoformat(found[:10])
    return found


def integer(term: Term) -> int:
    """A whole number."""
    words = text(term)
    if not _INTEGER.fullmatch(words):
        raise ValueError(f"{shown(words)} is no whole number")
    return int(words)


def index(term: Term) -> int:
    """A whole number that is not negative."""
    found = integer(term)
    if found < 0:
        raise ValueError(f"{found} is negative")
    return found


def decimal(term: Term) -> float:
    """A number."""
    words = text(term)
    if not _NUMBER.fullmatch(words):
        raise ValueError(f"{shown(words)} is no number")
    return float(words)


def boolean(term: Term) -> bool:
    """True or false."""
    words = text(term)
    if words not in _BOOLEANS:
        raise ValueError(f"{shown(words)} is neither true nor false")
    return _BOOLEANS[words]


def day(term: Term) -> date:
    """A day, YYYY-MM-DD."""
    words = text(term)
    if not _DATE.fullmatch(words):
        raise ValueError(f"{shown(words)} is no day such as 2024-04-13")
    return date.fromisoformat(words)


def after_last(term: Term) -> date:
    """The first day that is too late, from the last one that is not."""
    return day(term) + timedelta(days=1)


def web(term: Term) -> str:
    """An address, written as an IRI or as words."""
    return term.value if isinstance(term, NamedNode) else text(term)


def binary(term: Term) -> bytes:
    """Bytes, from base64."""
    return b64decode(text(term), validate=True)


def json(term: Term, type: Any = Any) -> Any:
    """What a JSON text holds, as a value of that type."""
    return msgspec.json.decode(text(term), type=type)


PLAIN: Mapping[str, Decode] = {
    "text": text,
    "stamp": stamp,
    "integer": integer,
    "index": index,
    "decimal": decimal,
    "boolean": boolean,
    "date": day,
    "last-day": after_last,
    "web": web,
    "binary": binary,
}


class Decoding:
    """How values are read that name something: `of` gives the function for a kind of value.

    `nodes`, `mentions` and `articles` (their ids by IRI) are what the file holds: what is named must be among them.
    """

    def __init__(
        self,
        base: str,
        vocabulary: str,
        nodes: Collection[str],
        mentions: Collection[str],
        articles: Mapping[str, str],
    ):
        self.base = base
        self._concepts = f"{vocabulary.rstrip('#/')}/"
        self._nodes = nodes
        self._mentions = mentions
        self._articles = articles
        self._naming: Mapping[str, Decode] = {
            "node": cache(self._node),
            "mention": cache(self._mention),
            "article": self._article,
            "span": self._article,
            "words": self._words,
            "rule": cache(lambda term: self._minted("rule", key(term))),
            "publisher": cache(lambda term: self._minted("source", key(term))),
            "mode": cache(partial(self._concept, "event", "TYPE/MODE")),
        }

    def of(self, kind: str, type: Any) -> Decode | None:
        """The function for a kind of value that becomes one of `type`; None for a record of its own."""
        if kind == "number":
            return integer if int in _alternatives(type) else decimal
        if kind == "json":
            return partial(json, type=type)
        if kind == "text" and any(get_origin(one) is Annotated for one in _alternatives(type)):
            return lambda term: msgspec.convert(text(term), type=type)
        if kind.startswith("concept:"):
            return cache(partial(self._concept, kind.partition(":")[2], "NAME"))
        return PLAIN.get(kind) or self._naming.get(kind)

    def id(self, iri: str) -> str:
        """The id of the node that has this IRI."""
        return id_of(self._path(iri))

    def mention_id(self, iri: str) -> str:
        """The id of the mention that has this IRI."""
        return self._minted("mention", iri)

    def _path(self, iri: str) -> str:
        path = iri.removeprefix(self.base)
        if path == iri or not path:
            raise ValueError(f"{shown(iri)} does not begin with the base, {self.base}")
        return path

    def _node(self, term: Term) -> str:
        iri = key(term)
        if iri not in self._nodes:
            raise ValueError(f"{shown(iri)} is no event, actor, place or report of this file")
        return self.id(iri)

    def _mention(self, term: Term) -> str:
        iri = key(term)
        if iri not in self._mentions:
            raise ValueError(f"{shown(iri)} is no mention of this file")
        return self.mention_id(iri)

    def _article(self, term: Term) -> str:
        iri = key(term)
        if iri not in self._articles:
            raise ValueError(f"{shown(iri)} is no article of this file")
        return self._articles[iri]

    def _words(self, term: Term) -> Offsets:
        iri = key(term)
        found = offsets_of(iri)
        if found is None or iri.rpartition("#")[0] not in self._articles:
            raise ValueError(f"{shown(iri)} are no words of an article of this file, which end in #char=START,END")
        return found

    def _minted(self, folder: str, iri: str) -> str:
        """The name in an IRI such as `<base>rule/NAME`."""
        parent, _, name = self._path(iri).rpartition("/")
        if parent != folder or not name:
            raise ValueError(f"{shown(iri)} is not of the shape {self.base}{folder}/NAME")
        return unsegment(name)

    def _concept(self, scheme: str, shape: str, term: Term) -> str:
        """The name of a concept of a scheme; of a mode, which stands behind its type, the mode's."""
        iri = key(term)
        path = iri.removeprefix(self._concepts)
        _, found, *names = path.split("/") if path != iri else ("", "")
        if found != scheme or not all(names) or len(names) != len(shape.split("/")):
            raise ValueError(f"{shown(iri)} is not of the shape {self._concepts}SCHEMA/{scheme}/{shape}")
        return unsegment(names[-1])


def _alternatives(type: Any) -> tuple[Any, ...]:
    return getattr(type, "__args__", None) or (type,)
