"""Runs the steps of `action.yml` as GitHub's runner does: `python tests/composite.py TEMP INPUT=VALUE ...`."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Mapping

import yaml

ROOT = pathlib.Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def run_step(step: Mapping[str, object], given: Mapping[str, str], temp: pathlib.Path) -> tuple[int, str, str]:
    """The exit code of a step, what it printed, and the outputs that it set."""
    inputs = {name: given.get(name, declared.get("default")) for name, declared in ACTION["inputs"].items()}
    missing = {name for name, declared in ACTION["inputs"].items() if declared.get("required") and name not in given}
    assert not missing
    assert set(given) <= set(inputs)
    assert step["shell"] == "bash"
    script, outputs = temp / "step.sh", temp / "outputs"
    script.write_text(str(step["run"]), encoding="utf-8")
    outputs.write_text("", encoding="utf-8")
    settings = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)
        for name, value in step["env"].items()  # type: ignore[attr-defined]
    }
    own = {"RUNNER_TEMP": str(temp), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(outputs)}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # noqa: S607 - the runner's own command
        env={**os.environ, **own, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, outputs.read_text(encoding="utf-8")


def main() -> int:
    """Run all steps, until one fails."""
    temp, given = pathlib.Path(sys.argv[1]), dict(argument.split("=", 1) for argument in sys.argv[2:])
    for step in ACTION["runs"]["steps"]:
        code, printed, _ = run_step(step, given, temp)
        sys.stdout.write(printed)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
