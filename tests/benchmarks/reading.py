"""How fast figures are read: sentences and characters a second, beside quantulum3 where it is installed.

    python tests/benchmarks/reading.py [TEXTS.json] [--beside PYTHON]

The texts are the articles among the fixtures, by sentence, or a JSON list of objects with a "text". `--beside` names a
Python that has quantulum3 (`python -m venv q && q/bin/pip install "setuptools<81" quantulum3`), which then reads the
same sentences in the same run. Processor time, best of some rounds; nothing here fails.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from checker import figures, read_figures
from checker.readers import read_file, read_text

ARTICLES = pathlib.Path(__file__).parent.parent.parent / "fixtures" / "articles"
ROUNDS = 9
OTHERS_ROUNDS = 2
LARGE = 1_000_000
"""Characters of a text that is large, whose tenfold is to take ten times as long."""

_QUANTULUM = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from quantulum3 import parser
texts, rounds = json.load(sys.stdin)
parser.parse("It is 5 km away.")
times = []
for _ in range(rounds):
    started = time.process_time()
    for text in texts:
        try:
            parser.parse(text)
        except Exception:
            pass
    times.append(time.process_time() - started)
print(min(times))
"""


def sentences() -> list[str]:
    """The sentences of the articles among the fixtures."""
    texts = [read_file(path).prose for path in sorted(ARTICLES.iterdir()) if path.suffix in (".txt", ".md")]
    found = (s.strip() for text in texts for s in re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n+", text))
    return [sentence for sentence in found if len(sentence) > 20]


def best(work: Callable[[], object]) -> float:
    """The least processor time of some rounds of a work."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def beside(python: str, texts: Sequence[str]) -> float | None:
    """The processor time of quantulum3 for the same texts, under a Python that has it."""
    asked = subprocess.run(
        [python, "-W", "ignore", "-c", _QUANTULUM],
        input=json.dumps([list(texts), OTHERS_ROUNDS]), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if asked.returncode:
        print(f"quantulum3: not measured ({asked.stderr.strip().splitlines()[-1] if asked.stderr.strip() else '?'})")
        return None
    return float(asked.stdout.split()[-1])


def import_times() -> tuple[float, float]:
    """Seconds of processor time to import the reader with all its data, and to import pint with one unit alone."""
    ours = "import checker; checker.read_figures('It flew 1,500 km on 25 January.')"
    pints = "import pint; pint.get_application_registry().Unit('km')"
    return started(ours) - started("pass"), started(pints) - started("pass")


def started(code: str) -> float:
    """The least processor time of a new Python that runs some code."""
    timed = f"{code}\nimport time; print(time.process_time())"
    runs = [subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True, text=True) for _ in range(5)]
    return min(float(run.stdout) for run in runs)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("texts", type=pathlib.Path, nargs="?")
    asked.add_argument("--beside", default=sys.executable, metavar="PYTHON", help="a Python that has quantulum3")
    options = asked.parse_args()
    texts = [row["text"] for row in json.loads(options.texts.read_text())] if options.texts else sentences()
    for text in texts:
        read_figures(text)
    many = sum(len(read_figures(text)) for text in texts)
    characters = sum(map(len, texts))
    ours = best(lambda: [read_figures(text) for text in texts])
    print(f"{len(texts)} sentences, {characters:,} characters, {many} figures")
    print(f"{'figcheck':<12} {len(texts) / ours:>10,.0f} sentences/s  {characters / ours / 1e6:6.2f} MB/s  "
          f"{ours / max(many, 1) * 1e6:.0f} us a figure")  # fmt: skip
    if (other := beside(options.beside, texts)) is not None:
        print(f"{'quantulum3':<12} {len(texts) / other:>10,.0f} sentences/s  {'':11}  {other / ours:.1f} x our time")
    article = "\n\n".join(texts)
    large = (article * (LARGE // len(article) + 1))[:LARGE]
    documents = [read_text(large * times) for times in (1, 10)]
    short, long = (min(_timed(document) for _ in range(2)) for document in documents)
    print(f"{'a long text':<12} 1 MB {short:.2f} s, 10 MB {long:.2f} s: {long / short:.1f} x")
    own, pints = import_times()
    print(f"{'import':<12} {own:.2f} s with a first reading, {own - pints:.2f} s beyond pint's own {pints:.2f} s")


def _timed(document: figures.Document) -> float:
    started_at = time.process_time()
    figures.read(document)
    return time.process_time() - started_at


if __name__ == "__main__":
    main()
