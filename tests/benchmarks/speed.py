"""How fast: microseconds a claim and rule, articles a second, import and start-up time.

    python tests/benchmarks/speed.py

Everything is measured in one run and printed beside a yardstick of the same run, since a time alone says more about the
machine than about the code. Nothing here fails.
"""

from __future__ import annotations

import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from checker import claims, figures, run
from checker.check import weigh
from checker.readers import read_file
from checker.rulebook import load, shipped_rules

ARTICLES = pathlib.Path(__file__).parent.parent.parent / "fixtures" / "articles"
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """The median time of some work."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def started(*command: str) -> float:
    """The median time of a command in a process of its own."""
    return seconds(lambda: subprocess.run([sys.executable, *command], check=True, capture_output=True))


def line(what: str, value: float, unit: str, beside: str = "") -> None:
    """Print one measurement."""
    print(f"{what:<44} {value:>10,.1f} {unit:<14} {beside}")


def main() -> None:
    """Measure and print."""
    documents = [read_file(path) for path in sorted(ARTICLES.iterdir()) if path.suffix in (".txt", ".md")]
    words = sum(len(d.text.split()) for d in documents)
    rulebook = load(shipped_rules())
    for document in documents:
        run.check_document(document, rulebook)

    read = [figures.read(d) for d in documents]
    bound = [claims.bind(d, f, rulebook) for d, f in zip(documents, read, strict=True)]
    pairs = [
        (rule, claim) for made in bound for claim in made for rule in rulebook.rules if rule.frame.id == claim.frame
    ]

    reading = seconds(lambda: [figures.read(d) for d in documents])
    binding = seconds(lambda: [claims.bind(d, f, rulebook) for d, f in zip(documents, read, strict=True)])
    judging = seconds(lambda: [weigh(rule, claim) for rule, claim in pairs])
    whole = seconds(lambda: [run.check_document(d, rulebook) for d in documents])
    count, many = len(documents), sum(map(len, read))
    print(f"{count} articles, {words:,} words, {many} figures, {len(pairs)} pairs of a claim and a rule\n")
    line("reading figures", count / reading, "articles/s", f"{reading / many * 1e6:.0f} us a figure")
    line("binding claims", count / binding, "articles/s", f"{binding / reading:.2f} x reading")
    if pairs:
        line("judging", judging / len(pairs) * 1e6, "us a pair", f"{judging / reading:.2f} x reading")
    line("the whole check", count / whole, "articles/s", f"{whole / reading:.2f} x reading alone")
    line("", whole / words * 2000 * 1e3, "ms", "for 2,000 words")

    nothing = started("-c", "pass")
    pint = started("-c", "import pint; pint.get_application_registry().Unit('km')") - nothing
    ours = started("-c", "import checker") - nothing
    line("import checker", ours * 1e3, "ms", f"{ours / pint:.2f} x import pint and one unit ({pint * 1e3:.0f} ms)")
    helping = started("-m", "checker", "--help")
    line("figcheck --help", helping * 1e3, "ms", f"{helping / nothing:.1f} x an empty Python ({nothing * 1e3:.0f} ms)")


if __name__ == "__main__":
    main()
