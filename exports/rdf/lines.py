"""Properties of resources that come from here and there, gathered so that each resource is written once."""

from .names import Path
from .writer import Writer


class Lines:
    """Resources with their properties, each value once, in the order in which they came."""

    def __init__(self) -> None:
        self._of: dict[Path, dict[tuple[str, str], dict[str, None]]] = {}

    def add(self, iri: Path, property: str, sort: str, value: str) -> None:
        """A value of that sort for a property of a resource."""
        self._of.setdefault(iri, {}).setdefault((property, sort), {})[value] = None

    def put(self, writer: Writer) -> None:
        """Write the resources."""
        for iri, properties in self._of.items():
            pieces: list[str] = []
            for (property, sort), values in properties.items():
                pieces += writer.types(*values) if property == "rdf:type" else writer.pieces(property, sort)([*values])
            writer.say(iri, pieces)
