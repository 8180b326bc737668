"""Records to resources: `schemas/rdf.yaml`, worked out once for a syntax, then run over them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Any

from msgspec import NODEFAULT, Struct, structs

from ...graph import types
from ...graph.edtf import to_edtf
from ...graph.types import Offsets, PlaceValue, When
from ...schemas.rdf import Field, load_rdf
from .names import RECENT, Names
from .syntaxes import ABSOLUTE, RELATIVE, TEXT, JsonLd, Syntax
from .values import EITHER, SORTS, WORDS

Add = Callable[[Any, list[str]], None]
"""Adds the pieces for a value to those of its resource."""


class Step(Struct, frozen=True):
    """How one attribute of a record is written: the value that need not be (None, where all must), and either the
    piece of any other or what adds its pieces."""

    attribute: str
    silent: Any
    piece: Callable[[Any], str] | None = None
    add: Add | None = None


Ordered = tuple[tuple[str, Callable[[Any], Any]], ...]
"""The fields of a class that hold several values, each with the sort key of these."""


class Plan:
    """How the records of a class are written: the pieces of its types, its steps, and which fields have an order.

    Records come by the ten thousands, so what runs over them is kept flat.
    """

    def __init__(self, types: Sequence[str], steps: Sequence[Step], ordered: Ordered):
        self.types = types
        self.ordered = ordered
        attributes = [step.attribute for step in steps]
        self._values = attrgetter(*attributes) if len(steps) > 1 else lambda record: [getattr(record, *attributes)]
        self._steps = [(step.silent, step.piece, step.add) for step in steps]

    def fill(self, pieces: list[str], record: Any) -> None:
        """Add the pieces for a record."""
        for (silent, piece, add), value in zip(self._steps, self._values(record), strict=True):
            if value is None or (silent is not None and value == silent):
                continue
            if piece is not None:
                pieces.append(piece(value))
            elif add is not None:
                add(value, pieces)


class Writer:
    """Writes the records of one graph in one syntax; `out` is what was written since it was last taken.

    It remembers what they name, so that this is described, too: words in the graph of their article (`article` is the
    one whose words are meant), `publishers`, entries of the gazetteer and times in the woven graph, `rules` and
    `concepts` in the vocabulary. What several articles share is described once, so that no query over all of them finds
    it twice. `keys` are sort keys for values of some kinds, where the order of their IRIs is not the usual one.
    """

    def __init__(self, names: Names, syntax: Syntax, keys: Mapping[str, Callable[[Any], Any]]):
        self.names = names
        self.syntax = syntax
        self.article = ""
        self.publishers: dict[str, None] = {}
        self.rules: dict[str, None] = {}
        self.concepts: dict[str, None] = {}
        self.out: list[str] = []
        self.piece = cache(syntax.one)
        self.pieces = cache(syntax.several)
        self.types = cache(lambda *types: syntax.types({syntax.full(type): type for type in types}.values()))
        self._model = load_rdf()
        self._words: dict[Offsets, None] = {}
        self._times: dict[str, When] = {}
        self._places: dict[str, PlaceValue] = {}
        self._written: set[str] = set()
        self._keys = keys
        self._plan = cache(self._planned)
        self._edtf = cache(to_edtf)
        self._known_place = cache(lambda place: names.minted("knownPlace", place))
        self._paths: dict[str, Callable[[Any], str]] = {
            "node": names.node,
            "article": names.article,
            "mention": names.mention,
            "publisher": self._publisher,
            "rule": self._rule,
            "words": self._stretch,
            "span": lambda span: names.article(span.article),
        }

    def record(self, name: str, iri: str, record: Any, more: Iterable[str] = (), also: Sequence[str] = ()) -> str:
        """A record as a resource of the class of that name, with `more` pieces; `also` are further rdf:types."""
        plan = self._plan(name)
        pieces = [*(self.types(*self._model.classes[name].types, *also) if also else plan.types)]
        self._fill(plan, pieces, record)
        pieces.extend(more)
        return self.syntax.resource(iri, pieces)

    def put(self, name: str, iri: str, record: Any, more: Iterable[str] = (), also: Sequence[str] = ()) -> None:
        """Write a record."""
        self.out.append(self.record(name, iri, record, more, also))

    def say(self, iri: str, pieces: Sequence[str]) -> None:
        """Write a resource of these pieces."""
        self.out.append(self.syntax.resource(iri, pieces))

    def belonging(
        self, property: str, name: str, records: Iterable[Any], more: Callable[[Any], Iterable[str]] = lambda _: ()
    ) -> list[str]:
        """The pieces for records that belong to a resource: inside it where the syntax nests, else written beside it.

        What was written before in this named graph is only named. `more` gives further pieces of a record.
        """
        iris: list[str] = []
        inside: list[str] = []
        for record in records:
            iri = self.child(name, record)
            is_new = iri not in self._written
            self._written.add(iri)
            if is_new and self.syntax.nests:
                inside.append(self.record(name, iri, record, more(record)))
            else:
                iris.append(iri)
                if is_new:
                    self.put(name, iri, record, more(record))
        if isinstance(self.syntax, JsonLd) and inside:
            return self.syntax.nested(property)([*inside, *(f'"{iri}"' for iri in iris)])
        return self.pieces(property, RELATIVE)(iris) if iris else []

    def child(self, name: str, record: Any) -> str:
        """The IRI of a record that is named by what it says."""
        if isinstance(record, PlaceValue):
            return self._known_place(record)
        return self.names.minted(name[0].lower() + name[1:], record)

    def concept(self, kind: str, name: str) -> str:
        """The IRI of a concept, which will be described."""
        return self._to_describe(self.names.concept(kind, name))

    def country(self, code: str) -> str:
        """The IRI of a state, which will be described."""
        return self._to_describe(self.names.country(code))

    def mode(self, type: str, mode: str) -> str:
        """The IRI of the mode of an event type, which will be described."""
        return self._to_describe(self.names.mode(type, mode))

    def _to_describe(self, concept: str) -> str:
        self.concepts[concept] = None
        return concept

    def describe_words(self, text: str) -> None:
        """Write the words of an article that were named; `text` is the article's."""
        for offsets in sorted(self._words):
            self.say(
                self.names.words(self.article, offsets),
                [
                    *self.types(*self._model.classes["Words"].types),
                    *self.offsets(offsets),
                    self.piece("nif:referenceContext", RELATIVE)(self.names.article(self.article)),
                    self.piece("nif:anchorOf", TEXT)(text[slice(*offsets)]),
                ],
            )
        self._words = {}
        self._written = set()

    def describe_shared(self) -> None:
        """Write what was named that articles share: publishers, entries of the gazetteer, intervals and days."""
        for publisher in sorted(self.publishers):
            name = self.piece("schema:name", TEXT)(publisher)
            types = self.types(*self._model.classes["Publisher"].types)
            self.say(self.names.publisher(publisher), [*types, name])
        while self._places:
            iri, place = self._places.popitem()
            if iri not in self._written:
                self._written.add(iri)
                self.put("KnownPlace", iri, place)
        days: dict[date, None] = {}
        for edtf, when in sorted(self._times.items()):
            pieces = [*self.types(*self._model.classes["Interval"].types), self.piece("newsloom:edtf", TEXT)(edtf)]
            for property, day in (("time:hasBeginning", when.earliest), ("time:hasEnd", when.last_day)):
                if day:
                    days[day] = None
                    pieces.append(self.piece(property, RELATIVE)(f"day/{day}"))
            self.say(self.names.interval(edtf), pieces)
        for day in sorted(days):
            stamp = self.piece("time:inXSDDate", "xsd:date")(day.isoformat())
            self.say(f"day/{day}", [*self.types(*self._model.classes["Day"].types), stamp])

    def offsets(self, offsets: Offsets) -> list[str]:
        """The pieces for where in its article something begins and ends."""
        index = "xsd:nonNegativeInteger"
        return [
            self.piece("nif:beginIndex", index)(str(offsets[0])),
            self.piece("nif:endIndex", index)(str(offsets[1])),
        ]

    def position(self, position: int) -> str:
        """The piece for the place of something in an order."""
        return self.piece("newsloom:position", "xsd:integer")(str(position))

    def _publisher(self, name: str) -> str:
        self.publishers[name] = None
        return self.names.publisher(name)

    def _gazetteer(self, place: PlaceValue) -> str:
        iri = self._known_place(place)
        self._places[iri] = place
        return iri

    def _rule(self, rule: str) -> str:
        self.rules[rule] = None
        return self.names.rule(rule)

    def _stretch(self, offsets: Offsets) -> str:
        self._words[offsets] = None
        return self.names.words(self.article, offsets)

    def _planned(self, name: str) -> Plan:
        """How the fields of a class are written, for those that its record has and that stand beside one another."""
        known = self._model.classes[name]
        attributes = {field.name: field for field in structs.fields(getattr(types, known.record or name))}
        found = []
        for attribute, field in known.fields.items():
            if attribute in attributes and field.where != "article" and field.value != "mode":
                default = attributes[attribute].default
                silent = () if field.many else None if default is NODEFAULT else default
                kept = None if field.always or (field.required and not field.many) else silent
                found.append(self._step(attribute, kept, field))
        return Plan(self.types(*known.types) if known.types else (), found, self._ordered(name))

    def _step(self, attribute: str, silent: Any, field: Field) -> Step:
        """How the value of a field is written."""
        property = field.property
        if field.flat:
            return Step(attribute, silent, add=self._flat(field.flat))
        if field.where == "woven":
            named = self.pieces(property, RELATIVE)
            return Step(
                attribute, silent, add=lambda those, to: to.extend(named([self._gazetteer(one) for one in those]))
            )
        if field.value in self._model.classes:
            return Step(attribute, silent, add=self._below(field))
        if field.value in EITHER:
            either = EITHER[field.value]
            return Step(attribute, silent, piece=lambda value: self._of_sort(property, *either(value)))
        words, sort = self._lexical(field.value)
        if field.many:
            several = self.pieces(property, sort)
            return Step(
                attribute, silent, add=lambda values, to: to.extend(several([words(value) for value in values]))
            )
        one = self.piece(property, sort)
        if field.value == "text":
            return Step(attribute, silent, piece=one)

        def piece(value: Any) -> str:
            return one(words(value))

        # words are noted for each article anew, so their pieces cannot be kept
        return Step(attribute, silent, piece=piece if field.value == "words" else lru_cache(RECENT)(piece))

    def _of_sort(self, property: str, sort: str, words: str) -> str:
        return self.piece(property, sort)(words)

    def _below(self, field: Field) -> Add:
        """How records that belong to another are written."""

        def add(value: Any, pieces: list[str]) -> None:
            records = value if field.many else (value,)
            pieces.extend(self.belonging(field.property, field.value, records))

        return add

    def _fill(self, plan: Plan, pieces: list[str], record: Any) -> None:
        """Add the pieces for a record, and for the order of its values."""
        plan.fill(pieces, record)
        if plan.ordered:
            pieces.extend(self._order(plan.ordered, record))

    def _flat(self, name: str) -> Add:
        """How a record is laid on another."""
        if name == "When":
            return self._add_when
        plan = self._plan(name)
        return lambda record, pieces: self._fill(plan, pieces, record)

    def _add_when(self, when: When, pieces: list[str]) -> None:
        """A time as SEM's stamps, and OWL-Time's interval, which all of the same days share.

        Events say the interval by SEM's own property, too, which is not for words and numbers.
        """
        self._plan("When").fill(pieces, when)
        if edtf := self._edtf(when):
            self._times[edtf] = when
            pieces.append(self.piece("time:hasTime", RELATIVE)(self.names.interval(edtf)))
            if when.is_day and when.earliest:
                pieces.append(self.piece("sem:hasTimeStamp", "xsd:date")(when.earliest.isoformat()))

    def time(self, when: When | None) -> list[str]:
        """The piece for the time of an event, as SEM has it."""
        edtf = self._edtf(when) if when else None
        return [self.piece("sem:hasTime", RELATIVE)(self.names.interval(edtf))] if edtf else []

    def _lexical(self, kind: str) -> tuple[Callable[[Any], str], str]:
        """The words of a value of a kind, and their sort."""
        if kind.startswith("concept:"):
            scheme = kind.partition(":")[2]
            return (lambda name: self.concept(scheme, name)), ABSOLUTE
        if kind in self._paths:
            return self._paths[kind], RELATIVE
        return WORDS[kind], SORTS[kind][0]

    def _order(self, ordered: Ordered, record: Any) -> list[str]:
        """The pieces of newsloom:order: where a field is not sorted, the places of its values in the sorted list."""
        found = []
        for attribute, key in ordered:
            values = getattr(record, attribute)
            if len(values) > 1:
                keys = [key(value) for value in values]
                if any(one > next for one, next in pairwise(keys)):
                    place = {value: n for n, value in enumerate(sorted(keys))}
                    found.append(f"{attribute}: {' '.join(str(place[one]) for one in keys)}")
        return self.pieces("newsloom:order", TEXT)(found) if found else []

    def _ordered(self, name: str) -> Ordered:
        """The fields of a class with several values, each with the sort key of these."""
        many = ((attribute, field.value) for attribute, field in self._model.classes[name].fields.items() if field.many)
        return tuple((attribute, self._key(kind)) for attribute, kind in many)

    def _key(self, kind: str) -> Callable[[Any], Any]:
        if kind in self._keys:
            return self._keys[kind]
        if kind in self._model.classes:
            return lambda record: self.child(kind, record)
        return self._lexical(kind)[0]
