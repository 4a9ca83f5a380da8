"""The columns of a layout looked through and made ready to be computed with.

Texts that columns cannot read are joined from a table of the distinct ones, each read once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import attrs
import narwhals as nw

from checker.dataset import ColumnUse, UnusableTable
from checker.figures.numerals import MOST_DIGITS, Style
from checker.interval import MOST_PARTS, Intervals
from checker.model import Figure
from checker.tables import cells
from checker.tables.cells import Grain, Source
from checker.tables.engines import Columns, fetched, looked_up
from checker.tables.layout import Layout, Slot
from checker.tables.stages import Frame, Term, nothing

Reading = Literal["printed", "widest", "plain"]
READINGS: tuple[Reading, ...] = ("printed", "widest", "plain")

MOST_TEXTS = 100_000
"""The most different texts of a column that are read one by one."""

_NO_NUMBER = "nan or infinite"


@attrs.frozen(eq=False)
class Input:
    """A column ready to be computed with: the column as it came, its texts stripped, what is looked up of them.

    `most` is a bound on the size of typed numbers; `hidden` says in which rows the column is taken for empty.
    """

    slot: Slot
    grain: Grain
    raw: str
    is_text: bool
    parts: int
    figures: Mapping[str, Figure | None] = attrs.field(factory=dict, repr=False)
    unread: int = 0
    example: str | None = None
    most: float = math.inf
    hidden: Term | None = None

    def without(self, rows: Term) -> Input:
        """The column, taken for empty in some rows."""
        return attrs.evolve(self, hidden=rows)

    @property
    def is_joined(self) -> bool:
        """Whether some texts of the column were looked up."""
        return any(figure is not None for figure in self.figures.values())

    @property
    def text(self) -> str:
        """The column of stripped texts."""
        return f"{self.raw}_t"

    def end(self, reading: Reading, part: int, end: str) -> str:
        """The joined column with one end of one part of a reading of a text that was looked up."""
        return f"{self.raw}_{reading}_{part}_{end}"

    def use(self, layout: Layout) -> ColumnUse:
        """What a report says of the column."""
        unit = self.slot.unit
        told = self.grain.told(unit) if unit else "as each cell says"
        name = unit.text if unit else None
        return ColumnUse(
            self.slot.column, self.slot.role.name, layout.frame.id, name or None, told, self.unread, self.example
        )


# ---------------------------------------------------------------------- looking a table through
def inputs(frame: Frame, layout: Layout, raw: Mapping[str, str], *, commas: bool = False) -> tuple[Input, ...]:
    """The columns of a layout, each looked through once; `raw` are their names in the frame.

    `commas`: nothing but the separator of a file says that its decimals may have commas. Raises UnusableTable.
    """
    schema = frame.collect_schema()
    profile = [_profile(slot, raw[slot.column], schema[raw[slot.column]]) for slot in layout.slots]
    asked = [flag for flags in profile for flag in flags]
    (told,) = fetched(frame.select(*asked)) if asked else [()]
    found, at = [], 0
    for slot, flags in zip(layout.slots, profile, strict=True):
        own = told[at : at + len(flags)]
        at += len(flags)
        found.append(_input(frame, slot, raw[slot.column], schema[raw[slot.column]], own, commas=commas))
    return tuple(found)


def _profile(slot: Slot, raw: str, dtype: Any) -> list[nw.Expr]:
    """What has to be known of a column: how it writes decimals, or how many it shows."""
    if dtype == nw.String:
        text = _stripped(raw)
        return [
            text.str.contains(pattern).any().fill_null(False).alias(f"{raw}_p{i}")
            for i, pattern in enumerate((cells.SHOWS_POINT, cells.SHOWS_COMMA, cells.SHOWS_GROUPS, cells.SHOWS_MORE))
        ]
    if dtype.is_numeric():
        value = _number(raw, dtype)
        broken = (nw.col(raw).is_null() != value.is_null()).cast(nw.Int64).sum().alias(f"{raw}_p1")
        whole = dtype.is_integer() or slot.resolution is not None
        decimals = nw.lit(0) if whole else _decimals(value).max().fill_null(0)
        return [decimals.alias(f"{raw}_p0"), broken, value.abs().max().fill_null(0.0).alias(f"{raw}_p2")]
    return []


def _decimals(value: nw.Expr) -> nw.Expr:
    """How many decimals a float shows; one more than are looked for where it shows no last digit."""
    found = nw.lit(cells.FINEST + 1)
    for places in range(cells.FINEST, -1, -1):
        scaled = value.abs() * 10.0**places
        off = (scaled - (scaled + 0.5).floor()).abs()
        found = nw.when(off <= scaled * cells.STRAY).then(nw.lit(places)).otherwise(found)
    return nw.when(value.abs() < cells.WHOLE).then(found).otherwise(nw.lit(0))


def _input(frame: Frame, slot: Slot, raw: str, dtype: Any, told: Sequence[Any], *, commas: bool) -> Input:
    if dtype == nw.String:
        return _text_input(frame, slot, raw, told, commas=commas)
    if dtype.is_numeric():
        decimals, broken, most = told
        if slot.unit is None:
            role = slot.role.name.replace("_", " ")
            raise UnusableTable(
                f"column '{slot.column}' has numbers without a unit; "
                f"use --map {slot.role.name}={slot.column}:UNIT, in which the {role} is"
            )
        _no_shares(slot, small=0.0 < most <= 1.0 and decimals > 0)
        grain = _typed_grain(slot, dtype, decimals)
        return Input(slot, grain, raw, False, 1, {}, broken, _NO_NUMBER if broken else None, most)
    if isinstance(dtype, nw.Date) or dtype == nw.Datetime:
        return _text_input(frame, slot, raw, (False, False, False, True), commas=False, of=dtype)
    if dtype == nw.Unknown or str(dtype) in ("Null", "Unknown"):
        return Input(slot, Grain(Source.WHOLE), raw, False, 1)
    raise UnusableTable(f"column '{slot.column}' is of type {dtype}, which holds no figure")


def _no_shares(slot: Slot, *, small: bool) -> None:
    """Raises UnusableTable for a column that is called percent and may be of shares, as 0.05 under growth_pct is."""
    if small and slot.is_named and slot.unit is not None and slot.unit.figure.kind == "percent":
        role, column = slot.role.name, slot.column
        raise UnusableTable(
            f"column '{column}' is named for percent and holds nothing above 1, which may be shares of one: "
            f"say --map {role}={column}:% if it is percent, else multiply it by 100"
        )


def _typed_grain(slot: Slot, dtype: Any, decimals: int) -> Grain:
    if slot.resolution is not None:
        return Grain(Source.MAPPED, step=slot.resolution)
    if dtype.is_integer():
        return Grain(Source.WHOLE)
    return Grain(Source.FLOAT) if decimals > cells.FINEST else Grain(Source.FINEST, int(decimals))


def _text_input(frame: Frame, slot: Slot, raw: str, told: Sequence[Any], *, commas: bool, of: Any = None) -> Input:
    point, comma, groups, more = told
    _no_shares(slot, small=not more and (point or comma))
    style = Style.POINT
    if comma:
        style = Style.EITHER if point or groups else Style.COMMA
    elif commas and not point and not groups:
        style = Style.EITHER
    source = Source.TEXT if slot.resolution is None else Source.MAPPED
    grain = Grain(source, step=slot.resolution, style=style, sure=bool(point))
    text = _stripped(raw, of)
    name = f"{raw}_t"
    missing = nw.col(name).is_null()
    read = plain(nw.col(name), grain) if slot.unit is not None else missing & ~missing
    others = frame.select(text.alias(name)).filter(~missing).filter(~read)
    counted = fetched(others.group_by(name).agg(nw.len().alias(f"{raw}_n")).head(MOST_TEXTS + 1))
    few_enough(slot.column, [text for text, _ in counted])
    figures = {text: cells.figure_of(text, slot, grain) for text, _ in counted}
    unread = sum(count for text, count in counted if figures[text] is None)
    example = min((text for text, _ in counted if figures[text] is None), default=None, key=lambda t: (len(t), t))
    parts = max((len(f.base(r).parts) for f in figures.values() if f is not None for r in READINGS), default=1)
    return Input(slot, grain, raw, True, min(parts, MOST_PARTS), figures, unread, example)


def few_enough(column: str, texts: Sequence[str]) -> None:
    """Raise UnusableTable where a column has more texts to look at than there is time and memory for."""
    if len(texts) > MOST_TEXTS:
        shortest = min(texts, key=lambda text: (len(text), text))
        told = f"'{shortest[:40]}{'...' if len(shortest) > 40 else ''}'"
        raise UnusableTable(
            f"column '{column}' holds more than {MOST_TEXTS:,} different texts that are no numbers, such as {told}"
        )


def _stripped(raw: str, of: Any = None) -> nw.Expr:
    column = nw.col(raw) if of is None else nw.col(raw).dt.to_string("%Y-%m-%d")
    stripped = column.str.strip_chars()
    return nw.when(stripped != "").then(stripped).otherwise(nothing(nw.String))


def plain(text: nw.Expr, grain: Grain) -> nw.Expr:
    """Whether a text is a number that columns read by themselves."""
    found = text.str.contains(grain.pattern) & (text.str.len_chars() <= MOST_DIGITS)
    return found & ~text.str.contains(cells.MAYBE_GROUPED) if grain.style is Style.POINT and not grain.sure else found


def _number(raw: str, dtype: Any) -> nw.Expr:
    value = nw.col(raw).cast(nw.Float64)
    if dtype.is_integer() or dtype.is_decimal():
        return value
    return nw.when(value.is_finite()).then(value).otherwise(nothing(nw.Float64))


# ---------------------------------------------------------------------- making columns ready
def prepared(frame: Frame, found: Sequence[Input]) -> Frame:
    """The frame with the stripped texts, and what was looked up of them joined on."""
    schema = frame.collect_schema()
    texts = [
        _stripped(i.raw, None if schema[i.raw] == nw.String else schema[i.raw]).alias(i.text)
        for i in found
        if i.is_text
    ]
    if texts:
        frame = frame.with_columns(*texts)
    for one in found:
        if one.is_joined:
            frame = looked_up(frame, one.text, *_ends(one))
    return frame


def _ends(one: Input) -> tuple[Columns, Sequence[str]]:
    """The ends of the readings of every text that was looked up, and the texts."""
    known = {text: figure for text, figure in one.figures.items() if figure is not None}
    data: dict[str, tuple[type, Sequence[float | None]]] = {}
    for reading in READINGS:
        sets = [_merged(valued(one.slot, figure, reading), one.parts) for figure in known.values()]
        for part in range(one.parts):
            for end in ("low", "high"):
                values = [getattr(s.parts[part], end) if part < len(s.parts) else None for s in sets]
                data[one.end(reading, part, end)] = (float, values)
    return data, list(known)


def valued(slot: Slot, figure: Figure, reading: Reading) -> Intervals:
    """A reading of a cell's figure in base units, with the sign that its role gives it."""
    values = figure.base(reading)
    return -abs(values) if slot.role.signed and figure.change == "down" else values


def _merged(values: Intervals, parts: int) -> Intervals:
    return values if len(values.parts) <= parts else Intervals.of(values.low, values.high)
