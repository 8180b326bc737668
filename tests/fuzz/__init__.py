"""Fuzzing: any bytes for every reader, parser and writer (`targets`), and what they must hold to (`contract`).

    python tests/fuzz/run.py --minutes 60

runs hypothesis and atheris (coverage-guided, `pip install atheris`) over all of them and keeps what breaks the contract
in `seeds/`; tests/test_fuzz.py replays these.
"""
