"""How fast many texts are: one process beside several, ten times the texts beside once, and the memory of both.

    python tests/benchmarks/texts.py [--articles 2000]

The articles among the fixtures, repeated. All is measured in one run; nothing here fails.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ARTICLES = pathlib.Path(__file__).parent.parent.parent / "fixtures" / "articles"
_TIMED = """
import resource, sys
from checker.cli import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def run(command: str, path: pathlib.Path, jobs: int) -> tuple[float, float]:
    """Seconds of a run and the megabytes that its first process held."""
    arguments = [command, str(path), "--format", "jsonl", "--output", os.devnull, "--jobs", str(jobs)]
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _TIMED, *arguments], capture_output=True, text=True, check=False)
    return time.perf_counter() - started, int(done.stderr.split()[-1]) / 1024


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--articles", type=int, default=2000)
    count = asked.parse_args().articles
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for many in (count // 10, count):
            paths[many] = pathlib.Path(folder) / f"{many}.jsonl"
            lines = (json.dumps({"id": i, "text": texts[i % len(texts)]}) + "\n" for i in range(many))
            paths[many].write_text("".join(lines), encoding="utf-8")
        for command in ("check", "figures"):
            (few, small), (one, large), (two, _) = (
                run(command, paths[many], jobs) for many, jobs in ((count // 10, 1), (count, 1), (count, 2))
            )
            print(f"{command:<8} {count:,} articles, {paths[count].stat().st_size / 1e6:.1f} MB: {one:.1f} s, "
                  f"by two processes {two:.1f} s ({one / two:.2f} x as fast); a tenth of them {few:.1f} s "
                  f"({one / few:.1f} x the time, {large / small:.2f} x the memory of {small:.0f} MB)")  # fmt: skip


if __name__ == "__main__":
    main()
