"""What was pushed, as the store itself has it: the named graph `<base>graph/pushed`.

    <base>graph/article/a1  a newsloom:PushedGraph ;      it was sent from here, wholly or in part
                            newsloom:digest "sha256 …" ;  of its sorted N-Triples; only when the store has all of it
                            newsloom:triples 123 .        as the store counted them

A graph without a digest is sent again; one that is not listed is never removed.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from msgspec import Struct

from ..rdf.names import valid
from .stores import TripleStore

PAGE = 2_000  # entries asked for at once
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"


class Entry(Struct, frozen=True):
    """What is noted of a graph: the digest and the number of its triples, None until all of it is there."""

    digest: str | None = None
    triples: int | None = None


def digest(lines: Iterable[str]) -> str:
    """What tells one content of a graph from another, of its sorted N-Triples.

    >>> digest(["<a:a> <a:b> <a:c> .\\n"])
    'sha256 7fd2ea...'
    """
    state = sha256()
    for line in lines:
        state.update(line.encode())
    return f"sha256 {state.hexdigest()}"


class Ledger:
    """The graph `iri` of a store; `entries` are its lines by graph, as they were read and as they are changed."""

    def __init__(self, store: TripleStore, iri: str, vocabulary: str):
        self.iri = iri
        self._store = store
        self._class, self._digest, self._triples = (
            f"<{vocabulary}{name}>" for name in ("PushedGraph", "digest", "triples")
        )
        self.entries: dict[str, Entry] = self._read()

    def begin(self, graphs: Iterable[str]) -> None:
        """Note before they are sent that graphs come from here, and that none of them is complete."""
        begun = dict.fromkeys(graphs, Entry())
        sealed = [graph for graph in begun if self.entries.get(graph, Entry()) != Entry()]
        new = [graph for graph in begun if graph not in self.entries]
        self.entries.update(begun)
        if sealed and not self._store.updates:
            self._rewrite()
            return
        if sealed:
            self._store.forget(self.iri, sealed, self._digest)
            self._store.forget(self.iri, sealed, self._triples)
        self._store.add(self.iri, self._lines(dict.fromkeys(new, Entry())))

    def seal(self, found: Mapping[str, Entry]) -> None:
        """Note that graphs are complete."""
        self.entries.update(found)
        self._store.add(self.iri, self._lines(found))

    def strike(self, graphs: Iterable[str]) -> None:
        """Take graphs that were removed off the list."""
        gone = [graph for graph in graphs if self.entries.pop(graph, None)]
        if gone and self._store.updates:
            self._store.forget(self.iri, gone)
        elif gone:
            self._rewrite()

    def _rewrite(self) -> None:
        """Put all of it anew, for stores that take no updates."""
        lines = self._lines(self.entries)
        if lines:
            for _ in self._store.replace(self.iri, lines, 1):
                pass
        else:
            self._store.remove(self.iri, 0)

    def _read(self) -> dict[str, Entry]:
        """The entries, asked for page by page: some stores give no more than some thousand solutions at once."""
        entries: dict[str, Entry] = {}
        last = ""
        while rows := self._page(last):
            for row in rows:
                sealed = "d" in row and row.get("n", "").isdecimal()
                entry = Entry(row["d"], int(row["n"])) if sealed else Entry()
                entries[row["g"]] = Entry() if row["g"] in entries else entry
            if rows[-1]["g"] <= last:
                break
            last = rows[-1]["g"]
        return {graph: entry for graph, entry in entries.items() if valid(graph)}

    def _page(self, last: str) -> list[dict[str, str]]:
        return self._store.select(
            f"SELECT ?g ?d ?n {{ GRAPH <{self.iri}> {{ ?g a {self._class} "
            f"OPTIONAL {{ ?g {self._digest} ?d ; {self._triples} ?n }} }} "
            f'FILTER(STR(?g) > "{last}") }} ORDER BY STR(?g) LIMIT {PAGE}'
        )

    def _lines(self, entries: Mapping[str, Entry]) -> list[str]:
        lines = []
        for graph, entry in entries.items():
            lines.append(f"<{graph}> {_TYPE} {self._class} .\n")
            if entry.digest is not None:
                lines.append(f'<{graph}> {self._digest} "{entry.digest}" .\n')
                lines.append(f'<{graph}> {self._triples} "{entry.triples}"^^{_INTEGER} .\n')
        return lines
