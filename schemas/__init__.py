"""The vocabulary: what kinds of events, actors, places and relations there are, and the words that announce them."""

from .describe import check, describe, listing
from .errors import SchemaError
from .loader import builtin_schemas, load_schema, schema_from
from .types import Schema

__all__ = ["Schema", "SchemaError", "builtin_schemas", "check", "describe", "listing", "load_schema", "schema_from"]
