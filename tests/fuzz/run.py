"""Fuzz every target for so many minutes of CPU time, one process at a time; what breaks the contract goes to `seeds/`.

python tests/fuzz/run.py --minutes 60 --seed 1            # all of them, in turns
python tests/fuzz/run.py --minutes 5 --only reading,yaml  # some
"""

import argparse
import hashlib
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fuzz.contract import Target

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

SEEDS = HERE / "seeds"
SLICE = 40.0  # seconds of CPU time of a turn
LONGEST = 4096  # bytes of an input that atheris makes
WEIGHTS = {"reading": 3, "written": 2}
GUIDED = "newsloom.graph.articles newsloom.schemas.loader newsloom.graph.importing newsloom.graph.knowledge.own".split()
GUIDED += ["newsloom.graph.reading.times", "newsloom.graph.reading.timex", "newsloom.exports.queries.reading"]


class Over(KeyboardInterrupt):
    """The time is up (hypothesis lets it pass)."""


def signature(error: BaseException) -> str:
    """What tells one fault from another: the kind of error and where newsloom was."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if any(f"/{room}/" in f.filename for room in ("graph", "schemas", "exports", "newsloom"))]
    last = (own or frames)[-1]
    kind = type(error).__name__
    return kind if kind == "Slow" else f"{kind} in {Path(last.filename).name}:{last.name}"


def keep(name: str, data: bytes, why: str) -> None:
    """Keep an input that breaks the contract."""
    folder = SEEDS / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    print(f"FOUND {name}: {why}\n      {data[:200]!r}\n      kept as {path}", flush=True)


def by_hypothesis(name: str, seconds: float, number: int) -> None:
    """Inputs made of a target's pieces and of any bytes; each fault is made small and kept once."""
    from fuzz.contract import limit_memory
    from fuzz.targets import TARGETS

    limit_memory()
    hunt = Hunt(TARGETS[name], time.process_time() + seconds)
    while time.process_time() < hunt.until:
        hunt.run(number)
        for sign, data in hunt.failing.items():
            keep(name, data, hunt.told[sign])
        hunt.known |= hunt.failing.keys()
        number += 1
    print(f"{name}: {hunt.tried} inputs by hypothesis", flush=True)


class Hunt:
    """Looks for faults of a target that are not known yet."""

    def __init__(self, target: "Target", until: float):
        self.target, self.until = target, until
        self.known: set[str] = set()
        self.failing: dict[str, bytes] = {}
        self.told: dict[str, str] = {}
        self.tried = 0

    def run(self, number: int) -> None:
        """Give the target inputs until one fails, which is made small, or the time is up."""
        from hypothesis import HealthCheck, Phase, given, seed, settings
        from hypothesis import strategies as st

        piece = st.sampled_from(self.target.pieces)
        some = st.one_of(
            piece, piece, piece, st.binary(max_size=8), st.tuples(piece, st.integers(2, 60)).map(_repeated)
        )
        inputs = st.lists(some, max_size=30).map(b"".join)
        how = settings(
            max_examples=100_000,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        self.failing = {}
        try:
            seed(number)(how(given(inputs)(self.give)))()
        except Over:
            pass
        except BaseException:
            if not self.failing:
                raise

    def give(self, data: bytes) -> None:
        """Give the target one input."""
        if time.process_time() > self.until:
            raise Over
        self.tried += 1
        try:
            self.target.check(data)
        except Exception as error:
            sign = signature(error)
            if sign in self.known:
                return
            self.failing[sign] = min(self.failing.get(sign, data), data, key=len)
            self.told[sign] = f"{sign}: {str(error)[:300]}"
            raise


def _repeated(pair: tuple[bytes, int]) -> bytes:
    return (pair[0] * pair[1])[:30_000]


def by_atheris(name: str, seconds: float, number: int) -> None:
    """Inputs that atheris makes, guided by what of newsloom they reach; ends at the first fault, which is kept."""
    import atheris

    with atheris.instrument_imports(include=GUIDED, enable_loader_override=False):
        from fuzz.targets import TARGETS
    target = TARGETS[name]
    tried = 0

    def one(data: bytes) -> None:
        nonlocal tried
        tried += 1
        try:
            target.check(data)
        except Exception as error:
            keep(name, data, f"{signature(error)}: {str(error)[:300]}")
            raise

    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words"
        words.write_text("".join(f'"{_quoted(piece)}"\n' for piece in target.pieces if piece and len(piece) < 60))
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for count in range(40):
            chosen = random.Random(number + count).choices(target.pieces, k=8)
            (corpus / str(count)).write_bytes(b"".join(chosen)[:LONGEST])
        options = [f"-max_total_time={seconds:.0f}", f"-seed={number}", f"-dict={words}", f"-max_len={LONGEST}"]
        options += [
            f"-artifact_prefix={folder}/",
            "-rss_limit_mb=4096",
            "-timeout=120",
            "-verbosity=0",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, str(corpus)], one)
        atheris.Fuzz()


def _quoted(piece: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece)


def main() -> int:
    """Run the turns; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="CPU time in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="names of targets, with commas")
    parser.add_argument("--turn", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.turn:
        how, name, seconds = given.turn.split(",")
        (by_atheris if how == "atheris" else by_hypothesis)(name, float(seconds), given.seed)
        return 0
    return _turns(given.minutes * 60, given.seed, [name for name in given.only.split(",") if name])


def _turns(seconds: float, number: int, only: list[str]) -> int:
    from fuzz.targets import TARGETS

    try:
        import atheris  # noqa: F401

        has_atheris = True
    except ImportError:
        has_atheris = False
        print("atheris is not installed (pip install atheris): hypothesis alone", flush=True)
    names = only or list(TARGETS)
    before = {path for path in SEEDS.rglob("*") if path.is_file()}
    least = min(SLICE, seconds / len(names))
    while (spent := _spent()) < seconds:
        for name in names:
            hows = ("hypothesis", "atheris") if has_atheris and TARGETS[name].guided else ("hypothesis",)
            for how in hows:
                number += 1
                _turn(how, name, least * WEIGHTS.get(name, 1), number)
        print(f"{_spent() / 60:.1f} minutes of CPU time spent", flush=True)
        if _spent() == spent:
            break
    found = [path for path in SEEDS.rglob("*") if path.is_file() and path not in before]
    print(f"{len(found)} found" + "".join(f"\n  {path}" for path in found))
    return int(bool(found))


def _turn(how: str, name: str, seconds: float, number: int) -> None:
    turn = [sys.executable, __file__, "--turn", f"{how},{name},{seconds}", "--seed", str(number)]
    done = subprocess.run(
        turn, capture_output=True, text=True, errors="replace", env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    told = [line for line in done.stdout.splitlines() if line.strip()]
    counted = [line for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    print("\n".join([f"--- {name} by {how}: rc {done.returncode}", *told[-12:], *counted]), flush=True)
    if done.returncode not in (0, 77) and "FOUND" not in done.stdout:
        print(done.stderr[-3000:], flush=True)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
