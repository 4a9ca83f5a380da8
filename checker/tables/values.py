"""The columns of a layout as sets of numbers in base units, a printed, a widest and a plain reading of each.

The arithmetic is that of `checker.figures.readings`, on floats and rounded outward where `careful` asks for it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import narwhals as nw

from checker.figures.numerals import Style
from checker.figures.readings import BELOW_ONE, HALF, MILLION, ONE, ONE_FROM, ZEROS_CAP
from checker.tables import cells
from checker.tables.cells import Source
from checker.tables.inputs import Input, Reading, plain
from checker.tables.sets import Piece, Set, guard
from checker.tables.stages import Stages, Term, nothing, number

_MOST_ZEROS = 15
"""The trailing zeros that a typed whole number below 2**53 can have."""


def given(stages: Stages, one: Input) -> Term:
    """Whether a row has a figure in the column."""
    return stages.once(("given", one.raw), functools.partial(_given, stages, one))


def _given(stages: Stages, one: Input) -> Term:
    if not one.is_text:
        return stages.put(lambda: ~_value(one).is_null())
    read = _plain_or_not(one)
    known = read | ~nw.col(one.end("printed", 0, "low")).is_null() if one.is_joined else read
    return stages.put(lambda: known.fill_null(False))


_INNER = (BELOW_ONE - ONE_FROM) / MILLION
"""By how much less a print of "1" reaches towards zero than another."""


def careful(stages: Stages, one: Input, reading: Reading) -> Set:
    """A column as sets that hold all that the interpreter's hold."""
    hidden = one.hidden.name if one.hidden else None
    return stages.once(("careful", one.raw, hidden, reading), functools.partial(_careful, stages, one, reading))


def _careful(stages: Stages, one: Input, reading: Reading) -> Set:
    value, width, ones = _parts(stages, one, reading)
    unit = one.slot.unit
    if unit is None or value is None or width is None:
        return Set(tuple(_joined(one, reading, part) for part in range(one.parts)))
    put = stages.put
    room = put(lambda v, w: (v.abs() + w) * 2.0**-50, value, width)
    low, high = put(lambda v, w, r: v - w - r, value, width, room), put(lambda v, w, r: v + w + r, value, width, room)
    if ones is not None:
        low, high = put(_no_less_than_half, low, value, ones), put(_no_more_than_minus_half, high, value, ones)
    for scale in (10.0**unit.power, unit.figure.measure.factor):
        if scale != 1.0:
            low = put(functools.partial(_moved, scale, -1), low)
            high = put(functools.partial(_moved, scale, 1), high)
    offset = unit.figure.measure.offset
    if offset:
        low = put(lambda x: x + offset - guard(x, 2) - abs(offset) * 2.0**-50, low)
        high = put(lambda x: x + offset + guard(x, 2) + abs(offset) * 2.0**-50, high)
    return _with_joined(stages, one, reading, Piece(low, high))


def _moved(scale: float, way: int, x: nw.Expr) -> nw.Expr:
    scaled = x * scale
    return scaled + guard(scaled, 3) * float(way)


def swift(stages: Stages, one: Input, reading: Reading) -> Piece:
    """A column whose cells are single intervals, as such, without guards."""
    return stages.once(("swift", one.raw, reading), functools.partial(_swift, stages, one, reading))


def _swift(stages: Stages, one: Input, reading: Reading) -> Piece:
    value, width, ones = _parts(stages, one, reading)
    unit = one.slot.unit
    if unit is None or value is None or width is None:
        return _joined(one, reading, 0)
    scale, offset = 10.0**unit.power * unit.figure.measure.factor, unit.figure.measure.offset
    base: Callable[[nw.Expr], nw.Expr] = (lambda x: x * scale + offset) if offset else (lambda x: x * scale)
    if scale == 1.0 and not offset:
        base = _same
    put = stages.put
    if ones is None:
        low, high = put(lambda v, w: base(v - w), value, width), put(lambda v, w: base(v + w), value, width)
    else:
        low = put(lambda v, w, o: base(_no_less_than_half(v - w, v, o)), value, width, ones)
        high = put(lambda v, w, o: base(_no_more_than_minus_half(v + w, v, o)), value, width, ones)
    return _with_joined(stages, one, reading, Piece(low, high)).pieces[0]


def _same(x: nw.Expr) -> nw.Expr:
    return x


def _joined(one: Input, reading: Reading, part: int) -> Piece:
    if not one.is_joined:
        return Piece(Term(nothing(nw.Float64)), Term(nothing(nw.Float64)))
    low, high = (Term(nw.col(one.end(reading, part, end))) for end in ("low", "high"))
    return Piece(low, high)


def _with_joined(stages: Stages, one: Input, reading: Reading, plain: Piece) -> Set:
    """The interval of a plain number, else what was looked up."""
    if not one.is_joined:
        return Set((plain,))
    first, *others = (_joined(one, reading, part) for part in range(one.parts))
    put = stages.put
    low = put(nw.coalesce, plain.low, first.low)
    return Set((Piece(low, put(nw.coalesce, plain.high, first.high)), *others))


def _value(one: Input) -> nw.Expr:
    value = nw.col(one.raw).cast(nw.Float64)
    return nw.when(value.is_finite()).then(value).otherwise(nothing(nw.Float64)) if one.unread else value


def _plain_or_not(one: Input) -> nw.Expr:
    text = nw.col(one.text)
    return plain(text, one.grain) if one.slot.unit is not None else text.is_null() & ~text.is_null()


def _no_less_than_half(low: nw.Expr, value: nw.Expr, ones: nw.Expr) -> nw.Expr:
    """The low end of a reading, which for a print of "1" is a half."""
    return nw.when(ones & (value > 0.0)).then(low + _INNER).otherwise(low)


def _no_more_than_minus_half(high: nw.Expr, value: nw.Expr, ones: nw.Expr) -> nw.Expr:
    return nw.when(ones & (value < 0.0)).then(high - _INNER).otherwise(high)


def _parts(stages: Stages, one: Input, reading: Reading) -> tuple[Term | None, Term | None, Term | None]:
    """The number of each row, how far either way a reading goes, both in the column's unit, and which print a "1".

    As `checker.claims.fits.exact` has it, counts of whole things reach nowhere, percentages no further than printed.
    """
    role, unit = one.slot.role, one.slot.unit
    if not role.whole or unit is None or one.grain.step is not None or one.grain.source is Source.FLOAT:
        return _rounded_parts(stages, one, reading)
    if unit.figure.kind == "percent":
        value, width, ones = _rounded_parts(stages, one, "printed")
        return (value, number(0.0), None) if role.exact and value is not None else (value, width, ones)
    value, width, ones = _rounded_parts(stages, one, reading)
    if unit.figure.kind != "count" or unit.power or one.grain.decimals or value is None or width is None:
        return value, width, ones
    if role.exact:
        stays = stages.put(lambda v: v.floor() == v, value)
    else:
        stays = stages.put(lambda v: (v.floor() == v) & ((v * 0.1).floor() * 10.0 != v), value)
    if one.is_text:
        decimals = stages.once(_key(one), functools.partial(_read, stages, one))[2]
        stays = stages.put(lambda s, d: s & (d == 0), stays, decimals)
    return value, stages.put(lambda w, s: nw.when(s).then(nw.lit(0.0)).otherwise(w), width, stays), None


def _rounded_parts(stages: Stages, one: Input, reading: Reading) -> tuple[Term | None, Term | None, Term | None]:
    if one.slot.unit is None:
        return None, None, None
    if one.is_text:
        return _text_parts(stages, one, reading)
    value = stages.once((one.raw, "value"), lambda: stages.put(lambda: _value(one)))
    if one.hidden is not None:
        hide = functools.partial(stages.put, _shown, one.hidden, value)
        value = stages.once((one.raw, "value", one.hidden.name), hide)
    grain = one.grain
    if grain.step is not None:
        step = grain.step / 2 if reading == "printed" else grain.step
        return value, stages.put(lambda v: v * 0.0 + step, value), None
    if grain.source is Source.FLOAT:
        return value, stages.put(lambda v: v.abs() * cells.TRUST, value), None
    place = 10.0**-grain.decimals
    least = (ONE if one.slot.unit.inclusive else BELOW_ONE) / MILLION * place
    own = HALF / MILLION * place if reading == "printed" else least
    if reading == "printed" or grain.decimals:
        if one.most < cells.WHOLE:
            return value, number(own), None
        return value, stages.put(lambda v: _trusted(one, v, nw.lit(own)), value), None
    zeros = functools.partial(_unit_of_zeros, most=one.most)
    ones = None if one.slot.unit.inclusive else stages.put(lambda v: v.abs() == 1.0, value)
    return value, stages.put(lambda v: _trusted(one, v, _widened(v, zeros(v), least)), value), ones


def _shown(hidden: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(hidden).then(nothing(nw.Float64)).otherwise(value)


def _unit_of_zeros(value: nw.Expr, most: float) -> nw.Expr:
    """The power of ten that the trailing zeros of a typed whole number make; the greatest there is for zero."""
    powers = min(_MOST_ZEROS, len(str(int(min(most, cells.WHOLE)))))
    found = nw.lit(10.0**powers)
    for power in range(powers, 0, -1):
        step = 10.0**power
        found = nw.when((value / step).floor() * step != value).then(nw.lit(step / 10.0)).otherwise(found)
    return nw.when(value.is_null()).then(nothing(nw.Float64)).otherwise(found)


def _widened(value: nw.Expr, zeros: nw.Expr, least: float) -> nw.Expr:
    """Half of what the trailing zeros make, no more than their share of the value, no less than the last place.

    Where there are none, half of one is less than the last place allows.
    """
    capped = nw.min_horizontal(zeros * (HALF / MILLION), value.abs() * (ZEROS_CAP / MILLION))
    return nw.max_horizontal(capped, nw.lit(least))


def _trusted(one: Input, value: nw.Expr, width: nw.Expr) -> nw.Expr:
    if one.most < cells.WHOLE:
        return width
    return nw.when(value.abs() < cells.WHOLE).then(width).otherwise(value.abs() * cells.TRUST)


def _key(one: Input) -> tuple[str, str, str | None]:
    return (one.raw, "text", one.hidden.name if one.hidden else None)


def _text_parts(stages: Stages, one: Input, reading: Reading) -> tuple[Term, Term, Term | None]:
    put = stages.put
    value, whole, decimals, place = stages.once(_key(one), functools.partial(_read, stages, one))
    step = one.grain.step
    if step is not None:
        own = step / 2 if reading == "printed" else step
        return value, put(lambda v: v * 0.0 + own, value), None
    if reading == "printed":
        return value, put(lambda p: p * (HALF / MILLION), place), None
    unit = one.slot.unit
    least = (ONE if unit is not None and unit.inclusive else BELOW_ONE) / MILLION
    zeros = put(lambda w: w.str.len_chars() - w.str.replace_all(r"0+$", "").str.len_chars(), whole)
    round_ = put(lambda z: nw.lit(10.0) ** z.cast(nw.Float64), zeros)
    wide = put(lambda v, z: _widened(v, z, least), value, round_)
    width = put(lambda d, p, w: nw.when(d > 0).then(p * least).otherwise(w), decimals, place, wide)
    inclusive = unit is not None and unit.inclusive
    return value, width, None if inclusive else put(lambda v, d: (v.abs() == 1.0) & (d == 0), value, decimals)


def _read(stages: Stages, one: Input) -> tuple[Term, Term, Term, Term]:
    """Of a column of texts the number of each row, its whole part as a text, its decimals, the place of the last."""
    put, grain, text = stages.put, one.grain, nw.col(one.text)
    mark, group = (",", ".") if grain.style is Style.COMMA else (".", ",")
    readable = stages.once((one.raw, "plain"), lambda: put(lambda: plain(text, grain)))
    if one.hidden is not None:
        readable = put(lambda p, h: p & ~h.fill_null(False), readable, one.hidden)
    digits = put(
        lambda p: nw.when(p).then(text.str.replace_all(group, "", literal=True)).otherwise(nothing(nw.String)), readable
    )
    spelt = put(lambda t: t.str.replace_all(mark, ".", literal=True), digits) if mark == "," else digits
    value = put(lambda t: t.cast(nw.Float64), spelt)
    whole = put(lambda t: t.str.replace_all(r"\..*$", ""), spelt)
    places = put(lambda t, w: t.str.len_chars() - w.str.len_chars(), spelt, whole)
    decimals = put(lambda p: nw.when(p > 0).then(p - 1).otherwise(p), places)
    return value, whole, decimals, put(lambda d: 1.0 / (nw.lit(10.0) ** d.cast(nw.Float64)), decimals)
