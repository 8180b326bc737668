"""The documents of TimeBank and AQUAINT, and which of them are held out, for every benchmark and training of time.

    development, held_out = split(folder)      folder: ../shared/data/tempeval3

The order is fixed by a seed; the last quarter is held out: it is counted, never read, and nothing is trained on it.
"""

import json
import random
from pathlib import Path

SEED = 7
HELD_OUT = 0.25


def documents(folder: Path) -> list[dict]:
    """The documents of both corpora as TempEval-3 cleaned them, in an order fixed by the seed."""
    paths = [folder / "timebank.jsonl", folder / "aquaint.jsonl"]
    found = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    found.sort(key=lambda document: document["id"])
    random.Random(SEED).shuffle(found)
    return found


def split(folder: Path) -> tuple[list[dict], list[dict]]:
    """The documents to develop with, and those held out."""
    found = documents(folder)
    cut = len(found) - round(len(found) * HELD_OUT)
    return found[:cut], found[cut:]
