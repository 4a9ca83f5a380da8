"""What the cells of a column stand for: plain numbers read in columns, other texts once each as prose reads them.

A plain number keeps the resolution of its text ("787.0" is not "787"); a typed one has that of its type, of the
mapping, or the finest digit that its column shows. Any other text ("about 1,000", "more than 6,000 km") is read by
`checker.figures`, and a cell that is more than its one figure stays unread.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping

import attrs

from checker.claims.fits import admits, exact
from checker.figures import numerals, read
from checker.figures import readings as widths
from checker.figures.numerals import MOST_DIGITS, Numeral, Style
from checker.interval import Intervals
from checker.model import Document, Figure, Readings, Span
from checker.tables.layout import Slot, Unit

WHOLE = 2.0**53
"""From here up a float does not tell one whole number from the next, and has no last digit to go by."""

TRUST = 1e-9
"""What a float that shows no last digit is taken for, either way, relative to its size: it came from a computation."""

FINEST = 9
"""The most decimals that a column of floats is looked through for."""

STRAY = 1e-9
"""How far a float may stray from its last digit, in parts of its size, and still show it: 0.1 + 0.2 does."""

NUMBER = r"^-?(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?$"
NUMBER_WITH_COMMA = r"^-?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?$"
NUMBER_OF_DIGITS = r"^-?[0-9]+$"
"""Numbers that are read in columns, where the decimal sign is a point, a comma, or not known."""

MAYBE_GROUPED = r"^-?[1-9][0-9]{0,2}\.[0-9]00$"
"""Numbers such as 1.500, which prose reads both ways where nothing else shows how a text writes them."""

SHOWS_POINT = r"^-?(?:[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|0\.[0-9]+|[0-9]{4,}\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+)$"
SHOWS_COMMA = r"^-?(?:[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+|[0-9]{4,},[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+)$"
SHOWS_GROUPS = r"^-?[0-9]{1,3}(?:,[0-9]{3}){2,}$"
"""Numbers that show how their column writes its decimals."""

SHOWS_MORE = r"^-?0*(?:[2-9]|[1-9][0-9])|%|[A-Za-z]"
"""Texts that are no share of one: two and above, with a sign of percent, or in words."""

_NUMERIC = re.compile(r"(-?)([0-9.,]+)")
_REMARK = re.compile(r"\([^()0-9]*\)|\[[^\[\]0-9]*\]")
_WORD = re.compile(r"\w")


class Source(enum.Enum):
    """Where the resolution of a column's plain numbers is from."""

    TEXT = "each number's own digits"
    WHOLE = "whole numbers, by its type"
    FINEST = "the finest digit of the column"
    MAPPED = "as mapped"
    FLOAT = "floats without a last digit, taken for exact to one part in a billion"


@attrs.frozen
class Grain:
    """How fine the numbers of a column are: so many decimals, a least step, or neither, by their own texts or floats.

    `style` is how a text column writes its numbers; `sure` that a point in it is always a decimal point.
    """

    source: Source
    decimals: int = 0
    step: float | None = None
    style: Style = Style.POINT
    sure: bool = False

    @property
    def pattern(self) -> str:
        """The texts that are plain numbers."""
        if self.style is Style.COMMA:
            return NUMBER_WITH_COMMA
        return NUMBER if self.style is Style.POINT else NUMBER_OF_DIGITS

    def told(self, unit: Unit | None) -> str:
        """The resolution in words."""
        if self.source is Source.MAPPED:
            return f"{unit.dressed(f'{self.step:g}') if unit else self.step}, as mapped"
        if self.source is Source.FINEST:
            step = f"{10.0**-self.decimals:.{self.decimals}f}"
            return f"{unit.dressed(step) if unit else step}, the finest digit of the column"
        return str(self.source.value)


def is_plain(text: str, grain: Grain) -> bool:
    """Whether a stripped text is a number that columns read by themselves."""
    if len(text) > MOST_DIGITS or not re.fullmatch(grain.pattern.strip("^$"), text):
        return False
    return grain.style is not Style.POINT or grain.sure or not re.fullmatch(MAYBE_GROUPED.strip("^$"), text)


# ---------------------------------------------------------------------- one cell as a figure
def figure_of(value: object, slot: Slot, grain: Grain) -> Figure | None:
    """The figure that a cell is, its offsets counted from 0; None where it is empty or no figure of its role."""
    if value is None:
        return None
    figure = _text_figure(value, slot, grain) if isinstance(value, str) else _typed_figure(value, slot, grain)
    if figure is None:
        return None
    if grain.step is None and grain.source is not Source.FLOAT:
        figure = exact(slot.role, figure)
    # A number in a table has its own sign, which in prose the words around it tell.
    return attrs.evolve(figure, change="up") if slot.role.signed and figure.change is None else figure


def _text_figure(text: str, slot: Slot, grain: Grain) -> Figure | None:
    text = text.strip()
    if slot.unit is not None and is_plain(text, grain):
        return _numeral_figure(slot.unit, text, [_plain_numeral(text, grain)], grain.step)
    numeric = _NUMERIC.fullmatch(text)
    if slot.unit is not None and numeric:
        found = numerals.parse(numeric[2], grain.style)
        signed = [n.negative() if numeric[1] else n for n in found]
        return _numeral_figure(slot.unit, text, signed, grain.step) if found else None
    return _prose_figure(text, slot)


def _plain_numeral(text: str, grain: Grain) -> Numeral:
    mark, group = (",", ".") if grain.style is Style.COMMA else (".", ",")
    head, _, tail = text.replace(group, "").partition(mark)
    mantissa = int(head + tail)
    zeros = len(head) - len(head.rstrip("0")) if mantissa and not tail else 0
    return Numeral(mantissa, -len(tail), zeros)


def _typed_figure(value: object, slot: Slot, grain: Grain) -> Figure | None:
    if slot.unit is None or isinstance(value, bool):
        return None
    number = float(value)  # type: ignore[arg-type]
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - what a NaN is not
        return None
    if grain.step is None and (grain.source is Source.FLOAT or abs(number) >= WHOLE):
        margin = abs(number) * TRUST
        near = Intervals.of(number - margin, number + margin)
        return _made(slot.unit, f"{number:.12g}", number, Readings(near, near, near))
    mantissa = round(number * 10**grain.decimals)
    digits = str(abs(mantissa))
    zeros = len(digits) - len(digits.rstrip("0")) if mantissa and not grain.decimals else 0
    text = f"{number:.12g}" if grain.step is not None else f"{number:.{grain.decimals}f}"
    return _numeral_figure(slot.unit, text, [Numeral(mantissa, -grain.decimals, zeros)], grain.step, number)


def _numeral_figure(
    unit: Unit, text: str, found: list[Numeral], step: float | None, number: float | None = None
) -> Figure:
    nominal = found[0].value if number is None else number
    if step is not None:
        values = Readings(
            Intervals.of(nominal - step / 2, nominal + step / 2),
            Intervals.of(nominal - step, nominal + step),
            Intervals.of(nominal - step, nominal + step),
        )
    else:
        values = widths.of(tuple(n.scaled(unit.power) for n in found), inclusive=unit.inclusive)
        return _with(unit, text, nominal * 10.0**unit.power, values)
    return _made(unit, text, nominal, values)


def _made(unit: Unit, text: str, nominal: float, values: Readings) -> Figure:
    """The figure of a number and its readings that are still without the unit's power of ten."""
    if unit.power:
        factor = Intervals.of(10.0**unit.power)
        values = Readings(values.printed * factor, values.widest * factor, values.plain * factor)
    return _with(unit, text, nominal * 10.0**unit.power, values)


def _with(unit: Unit, text: str, nominal: float, values: Readings) -> Figure:
    dressed = unit.dressed(text)
    return attrs.evolve(
        unit.figure,
        text=dressed,
        start=0,
        end=len(dressed),
        phrase=Span(0, len(dressed)),
        nominal=nominal,
        readings=values,
    )


def _prose_figure(text: str, slot: Slot) -> Figure | None:
    """The one figure of the role's type that a text is, with the column's unit where it has none of its own."""
    written = [text] + ([slot.unit.dressed(text)] if slot.unit is not None else [])
    for whole in written:
        found = [f for f in read(Document(text=whole, paragraphs=(Span(0, len(whole)),))) if _fits(f, slot)]
        if len(found) == 1:
            figure = found[0]
            rest = whole[: figure.phrase.start] + " " + whole[figure.phrase.end :]
            known = figure.readings.printed != Intervals.REALS
            return figure if known and not _WORD.search(_REMARK.sub(" ", rest)) else None
        if found:
            return None
    return None


def _fits(figure: Figure, slot: Slot) -> bool:
    if not admits(slot.role, figure):
        return False
    unit = slot.unit
    return unit is None or (figure.dimension == unit.figure.dimension and figure.currency == unit.figure.currency)


def looked_up(texts: Iterable[str], slot: Slot, grain: Grain) -> Mapping[str, Figure | None]:
    """Each text that columns do not read by themselves, as a figure."""
    return {text: figure_of(text, slot, grain) for text in texts}
