"""Rounding grids: how a figure was printed, as a way to print other numbers so that they read back the same."""

from __future__ import annotations

import datetime
import math
import re
from typing import Literal

import attrs

from checker.figures import read
from checker.interval import Intervals
from checker.model import Direction, Document, Figure, Span
from checker.units import Measure
from checker.wording import MONTHS, WEEKDAYS

Form = Literal["number", "month first", "day first", "weekday", "ordinal"]

_NUMBER = re.compile(r"(?<![\w.,])(?P<sign>[-−])?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?(?![\d]|[.,]\d)")
_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = (11, 12, 13)
_CLOSE = 1e-9
_FIRST_DAY, _LAST_DAY = datetime.date(1000, 1, 1).toordinal(), datetime.date(2999, 12, 31).toordinal()
_MOST = 10**15
"""No grid goes further: beyond it a float does not keep its units apart."""


@attrs.frozen
class Print:
    """One figure's rounding grid: whole numbers k, of which each prints as a figure of the same unit and last place.

    `before` and `after` stand around the digits, `hedge` and `aside` around the figure; `unit` is what one printed
    unit is worth in `measure` ("million": 1e6). `low` and `high` are the ends of the grid.
    """

    form: Form
    measure: Measure
    before: str = ""
    after: str = ""
    hedge: str = ""
    aside: str = ""
    decimals: int = 0
    unit: float = 1.0
    signed: bool = False
    change: Direction | None = None
    least: int = 1

    @property
    def low(self) -> int:
        """The least number of the grid; amounts that no example has at zero or below begin above it."""
        return {"number": -_MOST if self.signed else self.least, "weekday": 0, "ordinal": 1}.get(self.form, _FIRST_DAY)

    @property
    def high(self) -> int:
        """The greatest number of the grid."""
        return {"number": _MOST, "weekday": 6, "ordinal": 1000}.get(self.form, _LAST_DAY)

    @property
    def step(self) -> float:
        """What lies between two numbers of the grid, in the unit of the measure."""
        return float(self.unit / 10**self.decimals)

    def nominal(self, k: int) -> float:
        """The value of the k-th number, in the unit of the measure."""
        return float(k * self.unit / 10**self.decimals)

    def base(self, k: int) -> float:
        """The value of the k-th number in base units."""
        return self.nominal(k) * self.measure.factor + self.measure.offset

    def index(self, base: float) -> int:
        """The nearest number of the grid to a value in base units, or to the end that lies its way."""
        if math.isinf(base):
            return self.high if base > 0 else self.low
        return max(self.low, min(round((base - self.measure.offset) / self.measure.factor / self.step), self.high))

    def text(self, k: int) -> str:
        """The k-th number as the figure prints it."""
        match self.form:
            case "weekday":
                return WEEKDAYS[k]
            case "ordinal":
                return _ORDINALS[k] if k < len(_ORDINALS) else f"{k}{_ending(k)}"
            case "month first" | "day first":
                day = datetime.date.fromordinal(k)
                month = MONTHS[day.month - 1]
                return (
                    f"{month} {day.day}, {day.year}" if self.form == "month first" else f"{day.day} {month} {day.year}"
                )
        sign = "-" if k < 0 else ""
        whole, rest = divmod(abs(k), 10**self.decimals)
        digits = f"{whole:,}" + (f".{rest:0{self.decimals}}" if self.decimals else "")
        return f"{self.before}{sign}{digits}{self.after}"

    def line(self, k: int) -> str:
        """The k-th number with its hedge and direction, as a value written out by hand has them."""
        direction = f"{self.change} " if self.change else ""
        return f"{direction}{self.hedge}{self.text(k)}{self.aside}"


def print_of(figure: Figure, text: str) -> tuple[Print, int] | None:
    """The grid that a figure of a text was printed on, and its own number there; None where it cannot be told.

    A grid is only given when it prints the figure so that it reads back the same.
    """
    if figure.bound in ("<", ">"):
        return None
    made = _print(figure)
    if made is None:
        return None
    hedge, aside = text[figure.phrase.start : figure.start], text[figure.end : figure.phrase.end]
    made = attrs.evolve(made, hedge=hedge, aside=aside)
    nominal = figure.nominal[1] if isinstance(figure.nominal, tuple) else figure.nominal
    k = round(nominal / made.step)
    return (made, k) if made.low <= k <= made.high and _reads_back(made, k, figure) else None


def read_line(line: str) -> tuple[Figure, ...]:
    """The figures of a value written out by hand."""
    return read(Document(text=line, name="value", paragraphs=(Span(0, len(line)),)))


def _print(figure: Figure) -> Print | None:
    match figure.kind:
        case "weekday":
            return Print("weekday", figure.measure)
        case "ordinal":
            return Print("ordinal", figure.measure)
        case "date":
            exact = figure.readings.widest == Intervals.of(figure.readings.widest.low)
            form: Form = "day first" if figure.text[:1].isdigit() else "month first"
            return Print(form, figure.measure) if exact else None
    found = list(_NUMBER.finditer(figure.text))
    ranged = isinstance(figure.nominal, tuple)
    if len(found) != (2 if ranged else 1):
        return None
    number = found[-1]
    nominal = figure.nominal[1] if isinstance(figure.nominal, tuple) else figure.nominal
    printed = float((number["digits"] + (number["rest"] or "")).replace(",", ""))
    if not math.isfinite(nominal) or (nominal == 0.0) != (printed == 0.0):
        return None
    return Print(
        "number",
        figure.measure,
        before="" if ranged else figure.text[: number.start()],
        after=figure.text[number.end() :],
        decimals=len(number["rest"] or ".") - 1,
        unit=_tidy(abs(nominal) / printed) if printed else 10.0**figure.scale,
        signed=bool(number["sign"]),
        change=figure.change,
        least=1 if printed else 0,
    )


def _tidy(unit: float) -> float:
    """A power of ten without what the rounding of floats has done to it."""
    power = 10.0 ** round(math.log10(unit))
    return power if abs(unit / power - 1.0) < _CLOSE else unit


def _reads_back(made: Print, k: int, figure: Figure) -> bool:
    found = read_line(made.line(k))
    if len(found) != 1:
        return False
    (other,) = found
    return (
        (other.kind, other.measure, other.currency, other.bound, other.change)
        == (figure.kind, figure.measure, figure.currency, figure.bound, figure.change)
        and isinstance(other.nominal, float)
        and math.isclose(other.nominal, made.nominal(k), rel_tol=_CLOSE)
    )


def _ending(k: int) -> str:
    return "th" if k % 100 in _TEENS else _ENDINGS.get(k % 10, "th")
