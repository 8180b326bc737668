"""What fuzzing found (tests/fuzz/seeds) stays mended, and every target holds for some inputs of every kind."""

from pathlib import Path

import pytest
from fuzz.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SEEDS = sorted(path for path in (Path(__file__).parent / "fuzz" / "seeds").rglob("*") if path.is_file())


def test_every_seed_is_of_a_target():
    assert {path.parent.name for path in SEEDS} <= TARGETS.keys()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_stays_mended(path):
    TARGETS[path.parent.name].check(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_holds(name):
    target = TARGETS[name]

    @settings(max_examples=15, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(st.sampled_from(target.pieces), st.binary(max_size=8)), max_size=12).map(b"".join))
    def holds(data: bytes) -> None:
        target.check(data)

    holds()
