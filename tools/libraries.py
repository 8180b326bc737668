"""Fetches the JavaScript libraries that pages carry, in the releases that the list names.

    python tools/libraries.py

npm brings each archive from the registry; it must have the digest that exports/explorer/libraries/libraries.toml
says (`npm view NAME@VERSION dist.integrity`). A library's script, style sheet and licence are kept beside the list.
"""

import base64
import hashlib
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOM = Path(__file__).parents[1] / "exports/explorer/libraries"
KEPT = {"script": "js", "style": "css", "notice": "txt"}


def fetch(entry: dict[str, Any], folder: Path) -> Path:
    """The archive of a release, as npm brings it."""
    release = f"{entry['package']}@{entry['version']}"
    made = subprocess.run(
        ["npm", "pack", release, "--silent", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return folder / made.stdout.split()[-1]


def check(archive: bytes, integrity: str) -> None:
    """Nothing, or a ValueError where an archive is not the one that its digest names."""
    name, _, wanted = integrity.partition("-")
    found = base64.b64encode(hashlib.new(name, archive).digest()).decode()
    if found != wanted:
        raise ValueError(f"the archive has the digest {name}-{found}, the list says {integrity}")


def kept(name: str, entry: dict[str, Any], archive: Path) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files to keep of an archive."""
    with tarfile.open(archive) as files:
        for key, suffix in KEPT.items():
            if key in entry and (file := files.extractfile(f"package/{entry[key]}")):
                yield f"{name}.{suffix}", file.read()


def main() -> None:
    """Fetches, checks and keeps every library of the list."""
    for name, entry in tomllib.loads((ROOM / "libraries.toml").read_text(encoding="utf-8")).items():
        with TemporaryDirectory() as folder:
            archive = fetch(entry, Path(folder))
            check(archive.read_bytes(), entry["integrity"])
            for file, content in kept(name, entry, archive):
                (ROOM / file).write_bytes(content)
                sys.stdout.write(f"{entry['package']} {entry['version']}: {file}\n")


if __name__ == "__main__":
    main()
