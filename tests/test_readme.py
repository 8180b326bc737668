"""The README's code blocks run: `console` blocks as commands with the output they show, `python` blocks as code.

In shown output `...` stands for anything. All blocks share one folder and run in order, as a reader would.
"""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.slow
def test_readme_blocks_run(tmp_path):
    checker = doctest.OutputChecker()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "200",
        "NO_COLOR": "1",
    }
    blocks = BLOCK.findall(README.read_text(encoding="utf-8"))
    assert blocks
    for kind, text in blocks:
        if kind == "python":
            run([sys.executable, "-c", text], tmp_path, environment)
            continue
        for command, expected in commands(text):
            if command.startswith(("make ", "pip ", "git ", "cd ")):
                continue
            output = run(["sh", "-c", command], tmp_path, environment)
            shown = checker.check_output(expected, output, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            assert shown or not expected, f"$ {command}\n{output}"


def commands(block: str):
    """(command, shown output) pairs of a console block; a shown output of nothing is not compared."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command.split("  # ")[0].strip(), output


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout
