"""What newsloom's records are in RDF, from `rdf.yaml`: classes, their fields, and terms of our own.

model = load_rdf()
model.classes["Event"].fields["name"].property      # rdfs:label
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct, field

from .errors import SchemaError
from .loader import load_yaml


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """A property of a class: what a record's attribute is written as. `rdf.yaml` says what the keys mean."""

    property: str = ""
    value: str = "text"
    many: bool = False
    required: bool = False
    always: bool = False
    among: str | None = None
    between: tuple[float, float] | None = None
    pattern: str | None = None
    kind: str | None = None
    not_after: str | None = None
    where: str | None = None
    flat: str | None = None  # the class whose fields are laid on this one


class RdfClass(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of resource: how its IRI is made, its rdf:types, and its properties by attribute."""

    iri: str = ""
    types: tuple[str, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    derived: Mapping[str, Field] = field(default_factory=dict)
    record: str | None = None
    kind: str | None = None  # of the mentions or nodes that it is for
    extends: str | None = None
    label: str | None = None


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """A class or property of newsloom's own, and the standard one that it narrows."""

    definition: str
    within: str | None = None


class RdfModel(Struct, frozen=True, forbid_unknown_fields=True):
    """All of it: the prefixes, the lists of allowed values, the classes and the terms."""

    prefixes: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, RdfClass]
    terms: Mapping[str, Term]

    @property
    def mention_classes(self) -> dict[str, str]:
        """The class of each kind of mention.

        >>> load_rdf().mention_classes["event"]
        'EventMention'
        """
        return {known.kind: name for name, known in self.classes.items() if known.kind and known.iri == "mention"}

    @property
    def node_classes(self) -> dict[str, str]:
        """The class of each kind of node."""
        return {known.kind: name for name, known in self.classes.items() if known.kind and known.iri == "node"}

    def properties(self, name: str, derived: bool = True) -> dict[str, Field]:
        """The fields of a class by attribute, those of the classes laid on it among them.

        >>> sorted(load_rdf().properties("TimeMention"))[:4]
        ['article', 'begin', 'confidence', 'earliest']
        """
        known = self.classes[name]
        found: dict[str, Field] = {}
        for attribute, one in [*known.fields.items(), *(known.derived.items() if derived else ())]:
            if one.flat:
                laid = self.properties(one.flat, derived)
                found |= {f"{attribute}.{inner}" if inner in found else inner: value for inner, value in laid.items()}
            else:
                found[attribute] = one
        return found


@cache
def load_rdf() -> RdfModel:
    """The model of `rdf.yaml`, each class with what it takes over from the one it extends."""
    raw: dict[str, Any] = load_yaml(files(__package__).joinpath("rdf.yaml").read_text(encoding="utf-8"), "rdf.yaml")
    try:
        model = msgspec.convert(raw, RdfModel)
    except msgspec.ValidationError as error:
        raise SchemaError(f"rdf.yaml: {error}") from None
    return msgspec.structs.replace(model, classes={name: _whole(model, name) for name in model.classes})


def _whole(model: RdfModel, name: str) -> RdfClass:
    """A class with the fields of the one it extends; its record is the class's own name unless it says otherwise."""
    known = model.classes[name]
    if known.extends is None:
        return msgspec.structs.replace(known, record=known.record or name)
    base = _whole(model, known.extends)
    return msgspec.structs.replace(
        known,
        iri=known.iri or base.iri,
        types=known.types or base.types,
        fields={**base.fields, **known.fields},
        derived={**base.derived, **known.derived},
        record=known.record or base.record,
    )
