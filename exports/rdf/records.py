"""Resources back to records: what `schemas/rdf.yaml` says of a class, put together once, run over its resources."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from types import NoneType
from typing import Any, get_args

import msgspec
from msgspec import NODEFAULT, Struct, structs
from pyoxigraph import Literal, NamedNode, Quad, Triple

from ...graph import types
from ...schemas.errors import InputError
from ...schemas.rdf import Field, RdfModel
from ..text import one_line
from .decoding import Decode, Decoding, Term, key, shown

About = Mapping[str, Sequence[Term]]
"""The values of each property of a resource."""

DERIVED = ("article", "begin", "context", "end", "position", "schema", "source", "version")
"""What is derived and read all the same, as `also` of `Records.all` and `Records.values`."""

_OWN = "newsloom:"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DEEPEST = 50  # records in one another
_WRONG = (ValueError, OverflowError, RecursionError, msgspec.MsgspecError)
_PLACES = re.compile(r"[0-9]{1,9}(?: [0-9]{1,9})*")


class Facts:
    """What is said of each resource, as far as it is read, and the resources of each type."""

    def __init__(self, quads: Iterable[Quad | Triple], model: RdfModel):
        self.instances: dict[str, dict[str, None]] = defaultdict(dict)
        self._said: dict[str, list[Any]] = {}  # by resource: property, object, property, object ...
        wanted = cache(_wanted(model))
        same: dict[str, str] = {}
        for quad in quads:
            property = quad.predicate.value
            if property == _TYPE:
                if isinstance(quad.object, NamedNode):
                    self.instances[quad.object.value][key(quad.subject)] = None
            elif wanted(property):
                name = key(quad.subject)
                said = self._said.get(name)
                if said is None:
                    said = self._said[name] = []
                said.append(same.setdefault(property, property))
                said.append(quad.object)

    def about(self, iri: str) -> About:
        """The values of each property of a resource, each once."""
        found: dict[str, dict[Term, None]] = {}
        said = iter(self._said.get(iri, ()))
        for property, value in zip(said, said, strict=True):
            found.setdefault(property, {})[value] = None
        return {property: tuple(values) for property, values in found.items()}


def _wanted(model: RdfModel) -> Callable[[str], bool]:
    """Whether a property is read: newsloom's own by how it ends, since its namespace may be any."""
    named = {f"{_OWN}order"}
    for known in model.classes.values():
        named.update(field.property for field in known.fields.values() if field.property)
        named.update(known.derived[one].property for one in DERIVED if one in known.derived)
    own = tuple(name.removeprefix(_OWN) for name in named if name.startswith(_OWN))
    others = {expanded(name, model.prefixes) for name in named if not name.startswith(_OWN)}
    return lambda property: property in others or property.endswith(own)


def expanded(name: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of `prefix:name`."""
    prefix, _, local = name.partition(":")
    return f"{prefixes[prefix]}{local}"


class Slot(Struct, frozen=True):
    """How an attribute is read: from which property, by which function; NODEFAULT: it has to be there."""

    attribute: str
    property: str
    field: Field
    decode: Decode
    default: Any
    allowed: tuple[str, ...] = ()


class Plan(Struct, frozen=True):
    """How a class is read: the record it becomes, its attributes, its slots, and what is laid on it, needed or not."""

    type: type[Struct] | None
    attributes: tuple[str, ...]
    slots: tuple[Slot, ...]
    laid: tuple[tuple[str, "Plan", bool], ...]

    def is_in(self, about: About) -> bool:
        """Whether anything of it is said of a resource."""
        return any(slot.property in about for slot in self.slots)

    def made(self, values: Mapping[str, Any]) -> Any:
        """The record of these values; what is no attribute of it is passed over."""
        assert self.type is not None
        return self.type(**{name: values[name] for name in self.attributes})


class Records:
    """Reads the records of one file, by class and IRI; `origin` is what messages call the file.

    Who reads the articles fills `articles`, their ids by IRI, and `numbers`, their places by id; who reads the mentions
    fills `places`, by IRI the number of the article and their own. Values that name these are sorted by them.
    """

    def __init__(self, facts: Facts, model: RdfModel, vocabulary: str, base: str, origin: str):
        self.articles: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        self.places: dict[str, tuple[int, int]] = {}
        self._facts = facts
        self._model = model
        self._prefixes = {**model.prefixes, "newsloom": vocabulary}
        self._origin = origin
        nodes = {iri for name in model.node_classes.values() for iri in self.iris(name)}
        mentions = {iri for name in model.mention_classes.values() for iri in self.iris(name)}
        self._decoding = Decoding(base, vocabulary, nodes, mentions, self.articles)
        self._keys: Mapping[str, Callable[[str, Any], Any]] = {
            "mention": lambda iri, _: self.places[iri],
            "Evidence": lambda iri, one: (self.numbers[one.article], one.start, one.end, iri),
        }
        self._children: dict[tuple[str, str], Any] = {}
        self._open: list[str] = []
        self.plan = cache(self._plan)

    def iris(self, name: str) -> Iterable[str]:
        """The resources of a class: those that have the first of its types, which is its own."""
        return self._facts.instances.get(self._whole(self._model.classes[name].types[0]), ())

    def all(self, name: str, *also: str) -> list[tuple[str, dict[str, Any]]]:
        """The resources of a class and their values by attribute, `also` those of derived ones, in the order of their
        positions if these are among them, else of their IRIs."""
        plan = self.plan(name, *also)
        found = [(iri, self._values(plan, iri)) for iri in self.iris(name)]
        return sorted(found, key=lambda one: (one[1].get("position", 0), one[0]))

    def values(self, name: str, iri: str, *also: str) -> dict[str, Any]:
        """The values of one resource by attribute."""
        return self._values(self.plan(name, *also), iri)

    def id(self, iri: str, kind: str) -> str:
        """The id that the IRI of a node or a mention holds."""
        try:
            return self._decoding.id(iri) if kind == "node" else self._decoding.mention_id(iri)
        except _WRONG as error:
            raise InputError(f"{self._origin}: {one_line(str(error))}.") from None

    def check_ids(self, found: Mapping[str, Any]) -> None:
        """Raise InputError where two resources have the same id."""
        known: dict[str, str] = {}
        for iri, record in found.items():
            other = known.setdefault(record.id, iri)
            if other != iri:
                raise self.fault(iri, f"has the id {shown(record.id)}, which {_named(other)} has too")

    def fault(self, iri: str, reason: str) -> InputError:
        """The error that says what is wrong with a resource."""
        return InputError(f"{self._origin}: {_named(iri)} {reason}.")

    def _whole(self, name: str) -> str:
        return expanded(name, self._prefixes)

    def _plan(self, name: str, *also: str) -> Plan:
        """How a class is read, from its fields, some that are derived, and the types of its record's attributes."""
        known = self._model.classes[name]
        record: type[Struct] | None = getattr(types, known.record or name, None)
        attributes = {one.name: one for one in structs.fields(record)} if record else {}
        slots: list[Slot] = []
        laid: list[tuple[str, Plan, bool]] = []
        for attribute, field in {**{one: known.derived[one] for one in also}, **known.fields}.items():
            if field.flat:
                laid.append((attribute, self.plan(field.flat), _can_be_none(attributes[attribute].type)))
            else:
                slots.append(self._slot(attribute, field, attributes.get(attribute)))
        return Plan(record, tuple(attributes), tuple(slots), tuple(laid))

    def _slot(self, attribute: str, field: Field, info: structs.FieldInfo | None) -> Slot:
        hint = info.type if info else Any
        decode = self._decoding.of(field.value, hint) or partial(self._child, field.value)
        allowed = self._model.lists[field.among] if field.among else ()
        default = NODEFAULT if field.required else _default(field, info)
        return Slot(attribute, self._whole(field.property), field, decode, default, allowed)

    def _values(self, plan: Plan, iri: str) -> dict[str, Any]:
        about = self._facts.about(iri)
        return self._filled(plan, iri, about, self._orders(iri, about))

    def _filled(self, plan: Plan, iri: str, about: About, orders: Mapping[str, Sequence[int]]) -> dict[str, Any]:
        """The values by attribute, with the records laid on this one."""
        values: dict[str, Any] = {}
        for slot in plan.slots:
            terms = about.get(slot.property)
            if terms is None:
                if slot.default is NODEFAULT:
                    raise self.fault(iri, f"has no {slot.field.property}")
                values[slot.attribute] = slot.default
            elif slot.field.many:
                values[slot.attribute] = self._several(slot, iri, terms, orders.get(slot.attribute, ()))
            elif len(terms) > 1:
                told = ", ".join(sorted(shown(words(term)) for term in terms)[:3])
                raise self.fault(iri, f"has {len(terms)} values of {slot.field.property} instead of one: {told}")
            else:
                values[slot.attribute] = self._value(slot, iri, terms[0])
        for attribute, laid, is_optional in plan.laid:
            is_there = not is_optional or laid.is_in(about)
            values[attribute] = laid.made(self._filled(laid, iri, about, orders)) if is_there else None
        return values

    def _value(self, slot: Slot, iri: str, term: Term) -> Any:
        """One value, which must be among those that are allowed."""
        try:
            value = slot.decode(term)
            if slot.allowed and value not in slot.allowed:
                raise ValueError(f"{shown(value)} is none of {', '.join(slot.allowed)}")
            if (between := slot.field.between) and not between[0] <= value <= between[1]:
                raise ValueError(f"{value} is not between {between[0]:g} and {between[1]:g}")
        except _WRONG as error:
            raise self.fault(iri, f"has a {slot.field.property} that cannot be read: {one_line(str(error))}") from None
        return value

    def _several(self, slot: Slot, iri: str, terms: Sequence[Term], order: Sequence[int]) -> tuple[Any, ...]:
        """Several values, sorted, or in the order that is given if it is one of as many."""
        found = [(words(term), self._value(slot, iri, term)) for term in terms]
        if len(found) > 1:
            by = self._keys.get(slot.field.value, lambda text, _: text)
            found.sort(key=lambda one: by(*one))
            if sorted(order) == list(range(len(found))):
                found = [found[place] for place in order]
        return tuple(value for _, value in found)

    def _orders(self, iri: str, about: About) -> dict[str, list[int]]:
        """The places in the sorted values of attributes, from "aliases: 1 0 2"."""
        found = {}
        for term in about.get(self._whole("newsloom:order"), ()):
            attribute, _, places = words(term).partition(": ")
            if not _PLACES.fullmatch(places):
                raise self.fault(iri, f"has a newsloom:order unlike 'aliases: 1 0 2': {shown(words(term))}")
            found[attribute] = [int(place) for place in places.split()]
        return found

    def _child(self, name: str, term: Term) -> Any:
        """The record of a class of its own that a term names."""
        iri = key(term)
        if (name, iri) not in self._children:
            if iri in self._open or len(self._open) >= _DEEPEST:
                raise ValueError(f"{shown(iri)} lies in itself, or more than {_DEEPEST} deep")
            self._open.append(iri)
            plan = self.plan(name)
            self._children[name, iri] = plan.made(self._values(plan, iri))
            self._open.pop()
        return self._children[name, iri]


def words(term: Term) -> str:
    """What a term is sorted by and shown as: the words of a literal, or an IRI."""
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def _default(field: Field, info: structs.FieldInfo | None) -> Any:
    """What an attribute is where nothing is said of it: the default of its record, else nothing, if it can be that."""
    if info is None or (info.default is NODEFAULT and not field.many and _can_be_none(info.type)):
        return None
    return () if field.many and info.default is NODEFAULT else info.default


def _can_be_none(hint: Any) -> bool:
    return NoneType in get_args(hint)


def _named(iri: str) -> str:
    return f"<{one_line(iri)}>"
