"""The example suite of fixtures/trajectories, run as its user would: the planted fault is found and shrunk."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys

SUITE = pathlib.Path(__file__).parent.parent / "fixtures" / "trajectories"


def test_the_planted_fault_is_found_and_shrunk() -> None:
    assert {path.name for path in SUITE.glob("*.py")} == {"simulator.py", "test_simulator.py"}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", SUITE, SUITE],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "1 failed, 1 passed" in ran.stdout
    assert "test_simulator.py::test_flights_under_gravity_from_a_table\n" in ran.stdout
    assert "ballistics/shorter-than-free-fall (error)" in ran.stdout
    # The table ends at 450 km; the flight that is shrunk to rises little higher.
    apogees = [int(km.replace(",", "")) for km in re.findall(r"apogee = ([\d,]+) km", ran.stdout)]
    assert apogees
    assert all(450 < apogee < 650 for apogee in apogees)
    assert re.search(r"working: free flight time\(.*\) = [\d.,]+ seconds", ran.stdout)
