"""The slips that people make in a figure: each a text that could stand in its place.

One list serves both ways, from right to wrong to measure the checks and from wrong to right to explain a finding, so
every slip is its own inverse or has its inverse beside it. A slip is made on the print alone and keeps its style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from checker.model import Figure
from checker.slips import dates, digits, spelled

_Maker = Callable[[Figure], Iterator[str]]


@attrs.frozen
class Slip:
    """One way in which a figure goes wrong: the slip's name, and the text in place of the figure's."""

    name: str
    text: str


def slips(figure: Figure) -> Iterator[Slip]:
    """Each text that one slip makes of the figure's, once, in the order of `NAMES`; none for what digits only name."""
    seen = {figure.text}
    for name, makers in _MAKERS.items():
        for make in makers.get(figure.kind, ()):
            for text in make(figure):
                if text not in seen:
                    seen.add(text)
                    yield Slip(name, text)


def _of(kinds: str, *makers: _Maker) -> dict[str, tuple[_Maker, ...]]:
    return dict.fromkeys(kinds.split(), makers)


_AMOUNTS = "quantity duration count money percent points multiple fraction age"

_MAKERS: Mapping[str, Mapping[str, tuple[_Maker, ...]]] = {
    "separator": _of("quantity duration count money percent points multiple", digits.separators),
    "magnitude": _of("quantity duration count money", spelled.magnitudes),
    "decimal point": _of(_AMOUNTS, digits.decimal_points),
    "percent for points": _of("percent points", spelled.percent_for_points),
    "day": _of("date", dates.days),
    "weekday": _of("weekday", dates.weekdays),
    "swapped digits": _of(f"{_AMOUNTS} score time", digits.swapped)
    | _of("date", dates.swapped)
    | _of("ordinal", spelled.ordinals_swapped),
    "digit": _of(f"{_AMOUNTS} score time", digits.wrong)
    | _of("date", dates.wrong)
    | _of("ordinal", spelled.ordinals_wrong),
    "one off": _of(f"{_AMOUNTS} time", spelled.words_off, digits.one_off) | _of("ordinal", spelled.words_off),
    "unit": _of("quantity duration money", spelled.units),
    "lost or doubled digit": _of(_AMOUNTS, digits.lost_or_doubled) | _of("date", dates.lost),
    "month": _of("date", dates.months),
    "year": _of("date", dates.years),
    "swapped ends": _of(f"{_AMOUNTS} score", digits.ends_swapped),
    "sign": _of("quantity", spelled.sign),
    "half of the day": _of("time", dates.half_days),
}

NAMES: tuple[str, ...] = tuple(_MAKERS)
"""The slips in order of how often they reach print.

Readers' editors name separators, magnitudes and zeros most, then percent for points, then digits in conversions, then
the calendar (Guardian 2007-08 and 2022, Los Angeles Times 2010, Washington Post 2010, Globe and Mail 2014, New York
Times). Nobody has counted them, so the order among neighbours is a choice; a day or a weekday comes before the digits,
because a date that is one day off is seldom a matter of typing.
"""
