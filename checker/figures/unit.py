"""A unit as a text spells it: pint's name, and what the spelling says beyond it."""

from __future__ import annotations

import functools
import re

import attrs

from checker import units
from checker.figures.patterns import any_of, spaced
from checker.units import Measure

NEAR = 400
"""Characters either side in which words say which of the units of one name is meant."""


@attrs.frozen(eq=False)
class Unit:
    """A unit with what its spelling says: pint's name for it, the kind of figure it makes, and how it may be read."""

    name: str
    kind: str = "quantity"
    currency: str | None = None
    power: int = 0
    """The number counts 10**power of the unit: -2 for cents."""
    inclusive: bool = False
    below_zero: bool = False
    difference: str | None = None
    parts: tuple[tuple[str, int], ...] = ()
    also: tuple[str, ...] = ()
    """Other units of the same name."""
    also_near: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Other units of the same name where one of the words stands near."""
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The unit that this spelling is where one of the words stands near."""
    glued: bool = False
    """The spelling is read only right on the digits."""
    only_near: tuple[str, ...] = ()
    """The words of which one must stand near, where the spelling alone says too little."""
    per: str | None = None
    """The counted noun that a price is for ("share")."""

    @property
    def measure(self) -> Measure:
        """The unit as what it does."""
        return _measure(self)

    def is_like(self, other: Unit) -> bool:
        """Whether the two are spellings of one unit, so that they can end one range."""
        same = self.name == other.name and self.currency == other.currency
        return same and self.kind == other.kind and self.power == other.power

    def others(self, text: str) -> tuple[str, ...]:
        """The other units that this one can be in a text."""
        if not self.also_near:
            return self.also
        return self.also + tuple(name for name, words in self.also_near if _any_word(words).search(text))

    def meant(self, text: str) -> Unit:
        """The unit that the spelling stands for in a text ("F" beside a capacitor)."""
        for name, words in self.instead:
            if _any_word(words).search(text):
                return Unit(name)
        return self

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether what stands around its spelling lets it be read."""
        if self.glued:
            return text[start - 1 : start].isdigit()
        return not self.only_near or bool(_any_word(self.only_near).search(text[max(0, start - NEAR) : end + NEAR]))

    def differing(self) -> Unit:
        """The unit of differences between values in this one ("5C warmer")."""
        return _difference(self) if self.difference else self


@functools.cache
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?ai:\b{any_of(sorted(words))}\b)")


@functools.cache
def _measure(unit: Unit) -> Measure:
    if unit.currency is None:
        return units.measure(unit.name)
    if not unit.name:
        return Measure("dimensionless", units.money(unit.currency))
    divisor = units.measure(unit.name)
    return Measure(unit.name, units.money(unit.currency) * divisor.dimension, divisor.factor)


@functools.cache
def _difference(unit: Unit) -> Unit:
    return attrs.evolve(unit, name=unit.difference or unit.name, difference=None)


def add_word(found: dict[str, Unit], word: str, unit: Unit) -> None:
    """Adds a word with its plural: -s, or what follows a stroke."""
    singular, stroke, plural = spaced(word).lower().partition("/")
    found[singular] = unit
    found[plural if stroke else singular + "s"] = unit
