"""A figure while its paragraph is being read, and the paragraph with what reading it needs to know."""

from __future__ import annotations

import attrs

from checker.figures.calendar import Days
from checker.figures.numerals import Numeral, Style
from checker.figures.unit import Unit
from checker.model import Bound, Direction, Readings, Side
from checker.notation import Flaw

NUMBER = "number"
"""The kind of a draft whose kind its unit or noun will say."""

OPENING = "(“\"‘'["


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
    """The alternatives of the number, or of the low end of a range."""
    high: tuple[Numeral, ...] = ()
    unit: Unit | None = None
    scale: int = 0
    """The power of ten of the scale word or letter after the digits; the numerals hold it."""
    word: bool = False
    """Written in words."""
    fraction: bool = False
    """A share in words."""
    nominal: float | tuple[float, float] = 0.0
    readings: Readings | None = None
    days: Days | None = None
    noun: str | None = None
    bound: Bound = "="
    change: Direction | None = None
    side: Side | None = None
    mover: tuple[int, int] | None = None
    """Where the word stands that says the change."""
    before: list[str] = attrs.field(factory=list)
    """The last words before it, in lower case, without the hedges that belong to it."""
    phrase_start: int = -1
    phrase_end: int = -1
    cue: str = ""
    """The word that made it a label."""
    also: tuple[str, ...] = ()
    """Other units that the name of its unit can stand for here."""
    unknown: str = ""
    """What stands where a unit would, and is none that is known."""
    listed: bool = False
    """It took its unit from a partner."""
    flaw: Flaw | None = None

    @property
    def is_open(self) -> bool:
        """Whether this is a number whose kind nothing has settled yet."""
        return self.kind == NUMBER

    @property
    def is_bare(self) -> bool:
        """Whether it is a number that could take a unit from a neighbour."""
        return self.kind == NUMBER and self.unit is None and bool(self.low) and not self.high

    @property
    def size(self) -> float:
        """The number as printed, without its sign and what its scale and unit make of it."""
        power = self.unit.power if self.unit is not None else 0
        return abs(self.low[0].scaled(-self.scale - power).value)

    def take(self, unit: Unit) -> None:
        """Gives the number a unit, which settles its kind."""
        self.unit, self.kind = unit, unit.kind
        if unit.power:
            self.low = tuple(n.scaled(unit.power) for n in self.low)
            self.high = tuple(n.scaled(unit.power) for n in self.high)

    def rescale(self, power: int) -> None:
        """Multiplies the number by a power of ten that a scale word says."""
        self.low = tuple(n.scaled(power) for n in self.low)
        self.scale += power


@attrs.define
class Passage:
    """A paragraph, how its document writes numbers, and the figures found in it so far."""

    text: str
    style: Style = Style.POINT
    spaced: bool = True
    """Whether a space can group digits."""
    english: bool = False
    """Whether other figures of the document show that its commas group, or that its points are decimal."""
    sterling: bool = False
    """Whether the document speaks of British money."""
    dated: bool = False
    """Whether the document has a date of publication."""
    drafts: list[Draft] = attrs.field(factory=list)
    names: set[str] = attrs.field(factory=set)
    """Digits that a label has used."""

    @property
    def last(self) -> Draft | None:
        """The figure before."""
        return self.drafts[-1] if self.drafts else None

    @property
    def floor(self) -> int:
        """Where the figure before ends."""
        return self.drafts[-1].end if self.drafts else 0

    def words_before(self, start: int) -> list[str]:
        """The last few words before a place, as printed, with their punctuation."""
        return self.text[max(0, start - 40) : start].split()

    def cue(self, start: int) -> str:
        """The word before a place, in lower case, without an opening bracket or quote."""
        found = self.words_before(start)
        return found[-1].lower().lstrip(OPENING) if found else ""


@attrs.define
class Place:
    """A run of digits with what stands around it; `number` is -1 unless it is a short whole number."""

    start: int
    end: int
    token: str
    number: int
    before: str
    after: str
    words: list[str]
    width: int
    """How many characters the digits take."""
    cue: str
    """The word before, in lower case, without an opening bracket or quote."""

    @classmethod
    def of(cls, page: Passage, start: int, end: int) -> Place:
        """The place of these digits in a passage."""
        text = page.text
        token = text[start:end]
        number = int(token) if end - start <= 9 and token.isdigit() else -1
        before = text[start - 1] if start else ""
        words = page.words_before(start)
        cue = words[-1].lower().lstrip(OPENING) if words else ""
        return cls(start, end, token, number, before, text[end : end + 1], words, end - start, cue)
