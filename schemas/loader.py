"""YAML in, a `Schema` out: the only place that imports yaml.

    schema = load_schema()                  # the built-in vocabulary, plover
    schema = load_schema("my-events.yaml")  # a file of your own; `extends: plover` builds on the built-in one

A folder's files are merged into one mapping, `Schema.raw`; a file that extends another is merged
over it: mappings key by key, lists of triggers, cues and lexicon words added at the end, any
other value replaced, and `null` takes an entry away.
"""

import io
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from .build import build
from .errors import NewsloomError, SchemaError, nearest
from .matches import OLDER, with_matches
from .types import Schema
from .values import GROWING, Source

DEFAULT = "plover"
_MAX_DEPTH = 60
MAX_FILE = 64 * 2**20  # bytes of a file, which take some twenty times that when they are read
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}


def load_schema(name_or_path: str | Path = DEFAULT) -> Schema:
    """The vocabulary of that name (built in) or in that YAML file.

    Raises SchemaError with the file, the key and the nearest known names when something is wrong.
    """
    sources = _sources(name_or_path, Path())
    raw: dict[str, Any] = {}
    for source in sources:
        raw = merge(raw, source.raw)
    raw.pop("extends", None)
    return build(raw, sources)


def schema_from(raw: Mapping[str, Any], origin: str = "stored schema") -> Schema:
    """The vocabulary again from `Schema.raw`, as a database keeps it, or an earlier newsloom kept it there."""
    events = raw.get("events")
    if isinstance(events, Mapping) and any(isinstance(e, Mapping) and not OLDER.isdisjoint(e) for e in events.values()):
        raw = with_matches(raw, load_schema().raw)
    return build(raw, [Source(origin, raw)])


def builtin_schemas() -> list[str]:
    """The names of the vocabularies that newsloom brings along."""
    folders = [entry for entry in files(__package__).iterdir() if entry.is_dir()]
    return sorted(f.name for f in folders if any(file.name == "schema.yaml" for file in f.iterdir()))


def merge(base: Mapping[str, Any], over: Mapping[str, Any], growing: bool = False) -> dict[str, Any]:
    """`base` with `over` laid on top of it, as this module's docstring says; neither is changed."""
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        grows = growing or key in GROWING
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            merged[key] = merge(old if isinstance(old, Mapping) else {}, value, grows)
        elif isinstance(value, list) and isinstance(old, list) and grows:
            merged[key] = [*old, *value]
        else:
            merged[key] = value
    return merged


def read_file(path: Path, error: type[NewsloomError] = SchemaError) -> str:
    """The text of a YAML file; raises `error` with the reason when there is none."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise error(f"{path} is larger than {MAX_FILE // 2**20} MB. Cut it into several files.")
        return io.StringIO(data.decode("utf-8"), newline=None).read()
    except FileNotFoundError:
        raise error(f"{path} does not exist. Give a YAML file in UTF-8.") from None
    except UnicodeDecodeError:
        raise error(f"{path}: cannot be read: it is not text in UTF-8. Give a YAML file in UTF-8.") from None
    except OSError as problem:
        raise error(f"{path}: cannot be read: {problem.strerror}. Give a YAML file in UTF-8.") from None


def load_yaml(text: str, origin: str, error: type[NewsloomError] = SchemaError) -> Any:
    """The plain values in a YAML text: mappings, lists, strings, numbers, true, false and null (YAML 1.2).

    `on`, `no`, dates and `010` stay strings. Tags, aliases, keys given twice and deep nesting are
    refused: raises `error` with `origin` and the line.
    """
    found: list[Any] = []  # of the documents
    open_collections: list[tuple[Any, str | None]] = [(found, None)]
    key: str | None = None
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            if isinstance(event, yaml.CollectionEndEvent):
                _, key = open_collections.pop()
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            holder = open_collections[-1][0]
            value = _value(event)
            if isinstance(holder, list):
                holder.append(value)
            elif key is None:
                key = _key(event, holder)
                continue
            else:
                holder[key] = value
                key = None
            if not isinstance(event, yaml.ScalarEvent):
                open_collections.append((value, None))
                if len(open_collections) > _MAX_DEPTH:
                    raise _Refused(f"is nested more than {_MAX_DEPTH} deep", event)
    except _Refused as refused:
        raise error(f"{origin}, line {refused.line}: {refused}") from None
    except yaml.YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(broken, "problem", None) or str(broken)
        if "nesting depth" in problem:  # libyaml's scanner reads ahead and has a limit of its own
            raise error(f"{origin}{line}: is nested more than {_MAX_DEPTH} deep") from None
        raise error(f"{origin}{line}: this is not YAML: {problem}") from None
    if len(found) > 1:
        raise error(f"{origin}: more than one YAML document (`---`); newsloom reads files of one")
    return found[0] if found else None


class _Refused(Exception):
    """YAML that this loader does not take."""

    def __init__(self, reason: str, event: Any):
        super().__init__(reason)
        self.line = event.start_mark.line + 1


def _value(event: Any) -> Any:
    """An empty collection or a plain value for one node of the YAML text."""
    if isinstance(event, yaml.AliasEvent):
        raise _Refused("aliases (`*name`) are not read; write the value out", event)
    if event.tag and event.tag != "!":
        raise _Refused(f"tags (`{event.tag}`) are not read; plain values only", event)
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    text: str = event.value
    if not event.implicit[0]:  # quoted or a block
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "-+.0123456789":
        if _INTEGER.fullmatch(text) and len(text) < 20:
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


def _key(event: Any, holder: Mapping[str, Any]) -> str:
    """The key that this node is, as it is written: keys are strings that occur once."""
    if not isinstance(event, yaml.ScalarEvent) or event.tag:
        raise _Refused("a key must be a plain string", event)
    if event.value in holder:
        raise _Refused(f"the key `{event.value}` is given twice", event)
    return str(event.value)


def _sources(name_or_path: str | Path, folder: Path, seen: tuple[str, ...] = ()) -> list[Source]:
    """What a vocabulary is merged from: what it extends first, then its own files in order of name."""
    name = str(name_or_path)
    path = folder / name_or_path
    is_file = isinstance(name_or_path, Path) or name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name
    if name in seen:
        raise SchemaError(f"{name}: extends itself ({' -> '.join((*seen, name))})")
    if not is_file:
        return _builtin(name)
    raw = _mapping(read_file(path), str(path))
    if not raw:
        raise SchemaError(f"{path}: is empty; write `extends: {DEFAULT}` and event types of your own under `events:`")
    raw.setdefault("name", path.stem)
    parent = raw.get("extends")
    if parent is None:
        return [Source(str(path), raw)]
    if not isinstance(parent, str):
        raise SchemaError(f"{path}: `extends` takes one name or path, such as `extends: {DEFAULT}`")
    return [*_sources(parent, path.parent, (*seen, name)), Source(str(path), raw)]


def _builtin(name: str) -> list[Source]:
    """The files of a built-in vocabulary."""
    if name not in (known := builtin_schemas()):
        raise SchemaError(f"No vocabulary is called {name}; a file's name ends in .yaml.{nearest(name, known)}")
    sources = []
    for file in sorted((files(__package__) / name).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            origin = f"{name}/{file.name}"
            sources.append(Source(origin, _mapping(file.read_text(encoding="utf-8"), origin)))
    return sources


def _mapping(text: str, origin: str) -> dict[str, Any]:
    """A YAML text that must be a mapping (an empty one counts as such)."""
    raw = load_yaml(text, origin)
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise SchemaError(f"{origin}: must be a mapping of keys such as `events:`, but is a {type(raw).__name__}")
    return raw
