"""Coverage-guided fuzzing of the reader (atheris): no text makes it raise, run long or break its own laws.

    pip install atheris
    python tests/fuzz.py [-max_total_time=600] [-rss_limit_mb=1024] [CORPUS_FOLDER]

The options are libFuzzer's; without any it runs for ten minutes. What it finds it writes to a file crash-... in the
working folder, and fails. The first bytes of an input choose pieces that figures are made of, so that the fuzzer need
not guess words letter by letter.
"""

from __future__ import annotations

import datetime
import math
import sys

import atheris

with atheris.instrument_imports(include=["checker"]):
    from checker.figures import read
    from checker.figures.patterns import data
    from checker.model import Document, Figure
    from checker.readers import read_text

TEN_MINUTES = "-max_total_time=600"
SLOWEST = "-timeout=5"
"""Seconds that one text of at most some thousand characters may take."""

NUMBERS = ("cardinals", "ordinals", "scales", "multiples", "magnitudes")
WORDS = (
    *(w for entry in data("units").values() for key in ("words", "short", "symbols") for w in entry.get(key, ())),
    *(w for entry in data("money").values() for key in ("signs", "words", "hundredth") for w in entry.get(key, ())),
    *(w for key in NUMBERS for w in data("numbers")[key]),
    *(w for phrases in data("hedges")["before"].values() for w in phrases),
    *data("changes")["before"]["up"],
    *data("changes")["before"]["down"],
    *data("labels")["before"],
)
SIGNS = (
    "0 1 5 7 10 12 25 100 1,500 7.507 2,452,3000 1.234,56 2025 1984 31 1e9 10^5 ½ ² - – — ± +/- × / % ‰ ° : . , ; ( ) "
    "[ ] $ £ € ¥ ~ < ≥ ' ’ ” # @ _ & and or to from by of per a an in at the between about January Feb. May Friday "
    "Easter '90s a.m. pm GMT o'clock noon aged year-old Ruiz, Game No. 5G COVID- ages"
).split(" ")
SPACES = (" ", " ", " ", "", "", "\u00a0", "\u2009", "\n", "\n\n", "-", "\u200b", "\u202e", "\u0301")


def text_of(source: atheris.FuzzedDataProvider) -> str:
    """A text of the fuzzer's choice: pieces of figures between its own characters."""
    pieces: list[str] = []
    for _ in range(source.ConsumeIntInRange(0, 60)):
        choice = source.ConsumeIntInRange(0, 7)
        if choice == 0:
            pieces.append(source.ConsumeUnicode(4))
        elif choice <= 2:
            pieces.append(WORDS[source.ConsumeIntInRange(0, len(WORDS) - 1)])
        elif choice <= 4:
            pieces.append(str(source.ConsumeIntInRange(0, 10**6)))
        else:
            pieces.append(SIGNS[source.ConsumeIntInRange(0, len(SIGNS) - 1)])
        pieces.append(SPACES[source.ConsumeIntInRange(0, len(SPACES) - 1)])
    return "".join(pieces) + source.ConsumeUnicode(source.remaining_bytes())


def hold(figures: tuple[Figure, ...], text: str) -> None:
    """The laws of what is read; raises AssertionError."""
    last = 0
    for figure in figures:
        assert last <= figure.start < figure.end <= len(text), figure
        assert text[figure.start : figure.end] == figure.text, figure
        assert figure.phrase.covers(figure.span), figure
        assert figure.readings.plain.covers(figure.readings.printed), figure
        assert figure.readings.widest.covers(figure.readings.plain), figure
        assert not math.isnan(figure.quantity.magnitude), figure
        figure.to_dict()
        last = figure.end


def one_input(found: bytes) -> None:
    """Reads one text of the fuzzer's, as a document of one paragraph and as an article."""
    source = atheris.FuzzedDataProvider(found)
    published = datetime.date(2025, 1, 26) if source.ConsumeBool() else None
    text = text_of(source)
    hold(read(Document(text, published=published)), text)
    article = read_text(text, published=published)
    hold(read(article), article.text)


def main() -> None:
    """Fuzz until the time is up."""
    given = sys.argv[1:]
    asked = any(option.startswith(TEN_MINUTES.partition("=")[0]) for option in given)
    atheris.Setup([sys.argv[0], *([] if asked else [TEN_MINUTES]), SLOWEST, *given], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
