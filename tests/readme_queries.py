"""The part of README that shows each query with a name and its answer on the sample articles, made anew.

    python tests/readme_queries.py

test_readme.py runs what it shows. Lines that are too long are cut, `...` standing for the rest.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from newsloom.exports.queries import named

README = Path(__file__).parents[1] / "README.md"
PART = re.compile(r"(<!-- queries: .* -->\n).*(<!-- end of queries -->\n)", re.DOTALL)
WIDE = 150
SHOWN = {
    "events-by-month": '--set actor="Gotabaya Rajapaksa"',
    "who-to-whom": "",
    "what-led-to": '--set event="appoints Adib" --top 3',
    "what-followed": '--set event="protested in Beirut" --top 3',
    "deaths-over-time": "--top 4",
    "told-differently": "",
    "conflict-and-cooperation": "--top 3",
    "events-in": "--set place=Lebanon --top 4",
    "one-source": '--set outlet="Sample Post" --top 3',
    "evidence": '--set event="appoints Adib" --top 2',
    "claims": "--set claimant=Putin --top 2",
    "planned": "--set since=2022-07-20",
    "connected": "--top 3",
    "undated-articles": "",
}


def part(folder: str) -> str:
    """The part for the sample articles, built in a folder."""
    samples = call("newsloom samples", folder).strip()
    call(f'newsloom build "{samples}"', folder)
    return "\n".join(_query(name, options, folder) for name, options in SHOWN.items())


def _query(name: str, options: str, folder: str) -> str:
    command = f"newsloom query {name} {options}".strip()
    lines = [_cut(line) for line in call(command, folder).splitlines()]
    said = fill(f"**{named(name).title}.** {named(name).answers}", 130, break_on_hyphens=False)
    return "\n".join([said, "", "```console", f"$ {command}", *lines, "```", ""])


def _cut(line: str) -> str:
    return line if len(line) <= WIDE else f"{line[: WIDE - 3].rstrip()}..."


def call(command: str, folder: str) -> str:
    """What a command prints."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        made = part(folder)
    text = README.read_text(encoding="utf-8")
    README.write_text(PART.sub(lambda found: f"{found[1]}\n{made}\n{found[2]}", text), encoding="utf-8")
