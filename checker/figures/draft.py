"""A figure while its paragraph is being read, and the paragraph with what reading it needs to know."""

from __future__ import annotations

import attrs

from checker.figures.calendar import Days
from checker.figures.numerals import Numeral, Style
from checker.figures.spellings import Unit
from checker.model import Bound, Direction, Readings

NUMBER = "number"
"""The kind of a draft whose kind its unit or noun will say."""


@attrs.define
class Draft:
    """What is known so far of one figure; offsets are into the paragraph.

    A draft either has numerals, from which its readings are made in the end, or comes with its nominal value and
    readings, or with the days that a date names.
    """

    start: int
    end: int
    kind: str = NUMBER
    low: tuple[Numeral, ...] = ()
    high: tuple[Numeral, ...] = ()
    unit: Unit | None = None
    scale: int = 0
    """The power of ten of the scale word or letter after the digits, which the numerals hold."""
    word: bool = False
    """Written in words."""
    fraction: bool = False
    nominal: float | tuple[float, float] = 0.0
    readings: Readings | None = None
    days: Days | None = None
    noun: str | None = None
    bound: Bound = "="
    change: Direction | None = None
    phrase_start: int = -1
    phrase_end: int = -1
    cue: str = ""
    """The last word before it, in lower case, as far as it has been looked at."""

    @property
    def scaled(self) -> bool:
        """Whether a scale word or letter stood after the digits."""
        return self.scale > 0

    @property
    def is_open(self) -> bool:
        """Whether this is a number whose kind nothing has settled yet."""
        return self.kind == NUMBER

    @property
    def is_bare(self) -> bool:
        """Whether it is a number that could take a unit from a neighbour."""
        return self.kind == NUMBER and self.unit is None and bool(self.low)


@attrs.define
class Passage:
    """A paragraph, how its document writes numbers, and the figures found in it so far."""

    text: str
    style: Style = Style.POINT
    spaced: bool = True
    """Whether a space can group digits."""
    sterling: bool = False
    """Whether the document speaks of British money."""
    drafts: list[Draft] = attrs.field(factory=list)

    def words_before(self, start: int) -> list[str]:
        """The last few words before a place, as printed, with their punctuation."""
        return self.text[max(0, start - 60) : start].split()

    def last(self) -> Draft | None:
        """The figure before."""
        return self.drafts[-1] if self.drafts else None
