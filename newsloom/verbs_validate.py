"""The verb that checks RDF: validate."""

from itertools import groupby
from typing import TYPE_CHECKING

import click

from . import completing
from .console import BOLD, FAINT, counted, print_json, say
from .options import json_option, top_option
from .schemas.errors import InputError

if TYPE_CHECKING:
    from .exports.rdf.validation import Finding, ValidationReport

MAIN = ("article", "event", "actor", "place", "statement", "piece of evidence", "mention")


@click.command()
@click.argument("file", metavar="FILE", shell_complete=completing.files)
@click.option("--schema", "source", metavar="FILE", help="The schema that the graph was built with.")
@top_option(5, help="At most so many of each kind of fault.")
@json_option
def validate(file: str, source: str | None, top: int, as_json: bool) -> None:
    """Whether an RDF file is what newsloom writes, against its SHACL shapes (`newsloom schema --shacl`).

    Exit code 0 when nothing is wrong, 3 when something is.

    \b
    newsloom validate all.trig
    """
    from .exports.rdf import validation
    from .schemas import load_schema

    report = validation.validate(file, load_schema(source) if source else None)
    if as_json:
        import msgspec

        print_json({"file": file, **msgspec.to_builtins(report)})
    else:
        _say(report, top)
    if report.findings:
        raise InputError(f"{file}: {counted(len(report.findings), 'finding')}.")


def _say(report: "ValidationReport", top: int) -> None:
    """What was checked, then the faults by kind."""
    parts = [_several(report.checked.get(kind, 0), kind) for kind in MAIN]
    graphs = f" in {counted(report.graphs, 'named graph')}" if report.graphs else ""
    say(f"{counted(report.triples, 'triple')}{graphs} checked: {', '.join(parts)}.")
    for (kind, property, problem), found in groupby(report.findings, lambda one: (one.kind, one.property, one.problem)):
        alike = list(found)
        say("")
        say((" ".join(filter(None, (f"{kind}:", property, problem))), BOLD), f"  ({len(alike)})")
        say((alike[0].rule, FAINT), indent=2)
        for finding in alike[:top]:
            say(*_line(finding), indent=2)
        if len(alike) > top:
            say(f"and {len(alike) - top} more", indent=2)
    if not report.findings:
        say("Nothing is wrong.")


def _line(finding: "Finding") -> tuple[str | tuple[str, dict[str, object]], ...]:
    """One fault: where it is said, of what, and the values."""
    places = [_graph(iri) for iri in finding.graphs]
    where = ", ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")
    values = f": {', '.join(finding.values)}" if finding.values else ""
    return f"{where}{', ' if where else ''}{finding.kind} {finding.name}{values}", (f"  {finding.node}", FAINT)


def _graph(iri: str) -> str:
    """A named graph in words.

    >>> _graph("https://newsloom.invalid/graph/article/a1")
    'article a1'
    """
    _, marked, name = iri.rpartition("/graph/")
    if name.startswith("article/"):
        return f"article {name.removeprefix('article/')}"
    return f"{name} graph" if marked else iri


def _several(number: int, kind: str) -> str:
    """A number of things of a kind.

    >>> _several(2, "piece of evidence"), _several(1, "event")
    ('2 pieces of evidence', '1 event')
    """
    head, of, rest = kind.partition(" of ")
    return f"{counted(number, head)}{of}{rest}"


VERBS = (validate,)
