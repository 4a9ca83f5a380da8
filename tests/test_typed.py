"""What is no quantity, and numbers in all their forms: each line of tests/data/typed.txt is read as it says."""

from __future__ import annotations

import datetime
import itertools
import pathlib
from collections.abc import Iterator

import pytest

from checker.figures import read
from checker.model import Document, Figure

SOURCE = pathlib.Path(__file__).parent / "data" / "typed.txt"
PUBLISHED = datetime.date(2025, 1, 26)


def passages() -> Iterator[tuple[str, tuple[str, ...]]]:
    lines = [line for line in SOURCE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    text = ""
    for below, group in itertools.groupby(lines, key=lambda line: line.startswith("    ")):
        if below:
            yield text, tuple(line.strip() for line in group)
        else:
            *alone, text = group
            yield from ((sentence, ()) for sentence in alone)


def told(figure: Figure) -> str:
    """A figure as a line: its text, its kind, and the days, the hour or the number that it says."""
    if figure.kind in ("label", "score", "weekday"):
        return f"{figure.text} = {figure.kind}"
    ends = figure.nominal if isinstance(figure.nominal, tuple) else (figure.nominal,)
    unit = " ".join(word for word in (figure.currency, figure.measure.name) if word and word != "dimensionless")
    if figure.kind in ("date", "event", "relative"):
        value, unit = "..".join(datetime.date.fromordinal(int(day)).isoformat() for day in ends), ""
    elif figure.kind == "time":
        value, unit = str(datetime.timedelta(seconds=ends[0])), ""
    else:
        value = "..".join(f"{number:.10g}" for number in ends)
    bound = "" if figure.bound == "=" else figure.bound
    said = " ".join(word for word in (figure.kind, bound + value, unit, figure.noun) if word)
    return f"{figure.text} = {said}"


@pytest.mark.parametrize(("text", "expected"), [*passages()])
def test_a_line_is_read_as_it_says(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(told(figure) for figure in read(Document(text, published=PUBLISHED))) == expected
