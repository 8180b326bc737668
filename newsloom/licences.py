"""Under which licence everything stands that newsloom runs with: packages, JavaScript, trained models, data.

What a package says of itself is read from its metadata: the licence expression (PEP 639), else its licence field, else
its classifiers.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files

from msgspec import Struct, convert

RUN = ""  # what is always needed
MAKING = ("dev", "fuzz", "test", "train")  # extras for those who work on newsloom
Told = dict[str, str | list[str]]  # the metadata of a package
_LINE = 60  # characters of a licence field that is a name and not the text itself
_NAMES = {  # what packages write, as SPDX has it
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache2": "Apache-2.0",
    "BSD License": "BSD",
    "BSD 3-Clause": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "ISC license": "ISC",
    "MIT License": "MIT",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "The MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


class Package(Struct, frozen=True):
    """A package that is installed; `extra` is what of newsloom it serves alone, "" where all of it needs it."""

    name: str
    version: str
    licence: str
    homepage: str | None
    extra: str


class Work(Struct, frozen=True, kw_only=True):
    """Something that comes with newsloom and rests on the work of others: a script, a trained model, data."""

    name: str
    licence: str
    by: str
    where: str
    use: str
    version: str | None = None
    homepage: str | None = None


def packages() -> tuple[Package, ...]:
    """Every installed package that newsloom or an extra of it needs, directly or by way of others, by name."""
    found: dict[str, Package] = {}
    for extra in (RUN, *extras()):
        for name in sorted(_needed("newsloom", extra)):
            found.setdefault(name, _package(name, extra))
    found.pop("newsloom", None)
    return tuple(sorted(found.values(), key=lambda package: package.name.casefold()))


def extras() -> tuple[str, ...]:
    """The extras by which a user may have more of newsloom."""
    known = metadata.metadata("newsloom").get_all("Provides-Extra") or ()
    return tuple(sorted({str(extra) for extra in known} - {*MAKING}))


def scripts() -> tuple[Work, ...]:
    """The JavaScript libraries that pages carry."""
    from .exports.explorer.libraries import LIBRARIES, library

    return tuple(
        Work(
            name=name,
            version=found.version,
            licence=found.licence,
            by=_copyright(found.notice),
            homepage=found.homepage,
            where="exports/explorer/libraries",
            use="in every page that shows a graph, with its licence",
        )
        for name in LIBRARIES
        for found in (library(name),)
    )


def models() -> tuple[Work, ...]:
    """The trained models."""
    return _listed("models")


def data() -> tuple[Work, ...]:
    """The data, and what is only named."""
    return _listed("data")


def is_copyleft(licence: str) -> bool:
    """Whether a licence leaves no choice but the GPL or one of its kin.

    >>> is_copyleft("GPL-3.0-only"), is_copyleft("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later"), is_copyleft("MIT")
    (True, False, False)
    """
    choices = re.split(r"\s+OR\s+", licence)
    return all("GPL" in choice.upper() or "GNU" in choice.upper() for choice in choices)


def _listed(section: str) -> tuple[Work, ...]:
    text = (files(__package__) / "licences.toml").read_text(encoding="utf-8")
    return convert(tuple(tomllib.loads(text)[section]), tuple[Work, ...])


def _needed(name: str, extra: str) -> set[str]:
    """The names of what is needed and installed: by a package with one of its extras, and by these in turn."""
    from packaging.utils import canonicalize_name

    seen: set[tuple[str, str]] = set()
    waiting = [(str(canonicalize_name(name)), extra)]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += _requirements(*one)
    return {name for name, _ in seen if _is_installed(name)}


def _requirements(name: str, extra: str) -> Iterator[tuple[str, str]]:
    """What an installed package asks for here, with one of its extras: names, each with its own extras."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    if not _is_installed(name):
        return
    for written in metadata.requires(name) or ():
        wanted = Requirement(written)
        if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
            yield from ((str(canonicalize_name(wanted.name)), own) for own in ("", *wanted.extras))


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _package(name: str, extra: str) -> Package:
    told = metadata.metadata(name).json
    return Package(str(told["name"]), str(told["version"]), _licence(told), _homepage(told), extra)


def _licence(told: Told) -> str:
    """The licence in a few words; where nothing tells one it is `unknown`."""
    if expression := told.get("license_expression"):
        return str(expression)
    written = str(told.get("license") or "").strip()
    if written and written != "UNKNOWN" and len(written) <= _LINE and "\n" not in written:
        return _NAMES.get(written, written)
    ends = [name.rpartition(" :: ")[2] for name in told.get("classifier") or () if name.startswith("License ::")]
    named = [_NAMES.get(name, name) for name in ends if name != "OSI Approved"]
    return " AND ".join(named) or _NAMES.get(written.partition("\n")[0].strip(), "unknown")


def _homepage(told: Told) -> str | None:
    links = dict(link.split(", ", 1) for link in told.get("project_url") or () if ", " in link)
    by_name = {name.casefold(): link for name, link in links.items()}
    known = (told.get("home_page"), *(by_name.get(name) for name in ("homepage", "source", "repository")))
    return next((str(link) for link in known if link and link != "UNKNOWN"), None)


def _copyright(notice: str) -> str:
    """Whom a licence's text names, on one line."""
    lines = [line.strip() for line in notice.splitlines() if line.strip().startswith("Copyright (c)")]
    return "; ".join(lines)
