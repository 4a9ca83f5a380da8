"""The suites that users are shown, run as theirs: the README's, and fixtures/trajectories with its planted fault."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).parent.parent
SUITE = ROOT / "fixtures" / "trajectories"


def installed(folder: pathlib.Path) -> pathlib.Path:
    """A folder that makes Python take the package for installed, with its entry points, wherever it stands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    points = "\n".join(
        f"[{group}]\n" + "\n".join(f"{name} = {where}" for name, where in project["entry-points"][group].items())
        for group in ("hypothesis", "pytest11")
    )
    about = folder / "figcheck-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: figcheck\nVersion: 0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(points, encoding="utf-8")
    return folder


def run(suite: pathlib.Path, folder: pathlib.Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A user's suite, run with the package as if installed in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", suite, suite],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            **more,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join([str(installed(folder)), str(ROOT)]),
        },
    )


def test_the_suite_that_the_readme_shows_passes(tmp_path: pathlib.Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (shown,) = (block for block in blocks if "from hypothesis import" in block)
    suite = tmp_path / "suite"
    suite.mkdir()
    (suite / "test_shown.py").write_text(shown, encoding="utf-8")
    ran = run(suite, tmp_path, CI="true")  # where Hypothesis gives a slow machine its time
    assert "4 passed" in ran.stdout, ran.stdout + ran.stderr


def test_the_planted_fault_is_found_and_shrunk(tmp_path: pathlib.Path) -> None:
    assert {path.name for path in SUITE.glob("*.py")} == {"simulator.py", "test_simulator.py"}
    ran = run(SUITE, tmp_path)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "1 failed, 2 passed" in ran.stdout
    assert re.search(r"test_simulator\.py::test_flights_under_gravity_from_a_table\b", ran.stdout)
    assert "ballistics/shorter-than-free-fall (error)" in ran.stdout
    # The table ends at 450 km; the flight that is shrunk to rises little higher.
    apogees = [int(km.replace(",", "")) for km in re.findall(r"apogee = ([\d,]+) km", ran.stdout)]
    assert apogees
    assert all(450 < apogee < 650 for apogee in apogees)
    assert re.search(r"working: free flight time\(.*\) = [\d.,]+ seconds", ran.stdout)
