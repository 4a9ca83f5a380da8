"""News-like sentences, each read as the quantities that are written below it in tests/data/news.txt."""

from __future__ import annotations

import itertools
import math
import pathlib
import re
from collections.abc import Iterator

import pytest

from checker import read_figures
from checker.model import Figure
from checker.units import measure

QUANTITIES = frozenset("quantity duration count money percent points age fraction multiple".split())
SOURCE = pathlib.Path(__file__).parent / "data" / "news.txt"
Told = tuple[str | tuple[float, ...], ...]


def passages() -> Iterator[tuple[str, tuple[str, ...]]]:
    lines = [line for line in SOURCE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    text = ""
    for below, group in itertools.groupby(lines, key=lambda line: line.startswith("    ")):
        if below:
            yield text, tuple(line.strip() for line in group)
        else:
            *alone, text = group
            yield from ((sentence, ()) for sentence in alone)


def rounded(number: float) -> float:
    return float(f"{number:.6g}")


def wanted(line: str) -> Told:
    value, unit, sign = (part.strip() for part in line.split("|"))
    numbers = tuple(map(number, value.split("..")))
    noun = re.search('"(.+)"', unit)
    plain = re.sub('"(.+)"', "", unit).replace("%", "percent").split()
    currency = next((u for u in plain if re.fullmatch("[A-Z]{3}", u)), "")
    names = [u for u in plain if u not in (currency, "-")]
    return (numbers, currency, noun[1] if noun else "", *shape(names[0] if names else "dimensionless"), sign)


def number(spelled: str) -> float:
    above, _, below = spelled.partition("/")
    return rounded(float(above) / float(below or 1))


def shape(name: str) -> tuple[str, str]:
    own = measure(name)
    return str(own.dimension), f"{own.factor:.5g} {own.offset:.5g}"


def told(figure: Figure) -> Told:
    numbers = figure.nominal if isinstance(figure.nominal, tuple) else (figure.nominal,)
    sign = " ".join(s for s in (figure.bound.replace("=", "") or None, figure.change) if s) or "="
    return (tuple(map(rounded, numbers)), figure.currency or "", figure.noun or "", *shape(figure.measure.name), sign)


def quantities(text: str) -> list[Told]:
    """All but "a year", which is a time in words and no number."""
    return [
        told(f)
        for f in read_figures(text)
        if f.kind in QUANTITIES and not (f.kind == "duration" and f.text.lower().startswith(("a ", "an ")))
    ]


@pytest.mark.parametrize(("text", "expected"), list(passages()))
def test_a_sentence_of_news_is_read(text: str, expected: tuple[str, ...]) -> None:
    found = quantities(text)
    assert all(math.isfinite(n) for f in found for n in f[0] if isinstance(n, float))
    assert sorted(map(str, found)) == sorted(str(wanted(line)) for line in expected)
