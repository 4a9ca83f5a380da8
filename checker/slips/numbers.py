"""Numbers in digits as they are printed, and how to print others in the same style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs

from checker.model import Figure

_MARKS = ".,'\u2019\u00a0\u202f"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9])(?<![A-Za-z0-9][.,])(?:[0-9]+(?:[{_MARKS}][0-9]+)*|\.[0-9]+)")
_GLUED_NUMBER = re.compile(rf"(?<![0-9])(?<![0-9][.,])(?:[0-9]+(?:[{_MARKS}][0-9]+)*|\.[0-9]+)")
_WELL_GROUPED = re.compile(
    rf"[0-9]{{1,3}}(?P<mark>[{_MARKS}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?:(?!(?P=mark))[.,][0-9]+)?"
)
_OF_A_RATE = re.compile(r"\b(?:per|every|each)\s+$")

_LONGEST = 18
"""Digits of the longest number that slips are tried on; what is longer is no figure that a person typed."""


@attrs.frozen
class Number:
    """A number in digits: where it stands in the figure's text, its digits and their style.

    `places` are its decimals, `point` the sign before them; `mark` separates the thousands, "" where nothing does;
    `sound` is whether the groups are such as anyone prints.
    """

    start: int
    text: str
    digits: str
    places: int
    mark: str
    point: str
    sound: bool

    @property
    def end(self) -> int:
        """Where the number ends."""
        return self.start + len(self.text)

    @property
    def whole(self) -> int:
        """How many digits stand before the point."""
        return len(self.digits) - self.places

    def printed(self, digits: str, places: int) -> str:
        """Other digits in this number's style."""
        digits = digits.rjust(places + 1, "0")
        whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
        whole = whole.lstrip("0") or "0"
        mark = self.mark or ("" if self.whole > 3 else ",")
        if mark:
            whole = f"{int(whole):,}".replace(",", mark)
        if whole == "0" and self.text.startswith("."):
            whole = ""
        return f"{whole}{self.point or '.'}{decimals}" if decimals else whole

    def is_written(self, text: str) -> bool:
        """Whether a text of as many digits has no nought in front that nobody writes."""
        return not (self.whole > 1 and text.lstrip(_MARKS).startswith("0"))


def number(text: str, start: int) -> Number:
    """A number of digits and separators as a record."""
    separators = re.sub("[0-9]", "", text)
    grouped = _WELL_GROUPED.fullmatch(text)
    mark, point, sound = "", "", True
    if grouped and separators != ".":
        mark = grouped["mark"]
        point = separators[-1] if separators[-1] != mark else ""
    elif len(separators) == 1:
        point = separators
        sound = point == "." or (point == "," and len(text) - text.index(",") <= 3)
    elif separators:
        mark, sound = separators[0], False
    places = len(text) - text.rindex(point) - 1 if point else 0
    return Number(start, text, re.sub("[^0-9]", "", text), places, mark, point, sound)


def well_grouped(text: str) -> bool:
    """Whether the thousands of a number stand in groups of three."""
    return _WELL_GROUPED.fullmatch(text) is not None


def numbers(figure: Figure) -> list[Number]:
    """The numbers of a figure's text; not the 100,000 of a rate, the 2 of km2 or what is longer than anyone types."""
    pattern = _GLUED_NUMBER if figure.kind == "money" else _NUMBER
    return [
        number(match[0], match.start())
        for match in pattern.finditer(figure.text)
        if len(match[0]) <= _LONGEST and not _OF_A_RATE.search(figure.text, 0, match.start())
    ]


def is_compound(figure: Figure) -> bool:
    """Whether one amount is printed as several numbers, as in 3 feet 2 inches: they have neither scale nor decimals."""
    return isinstance(figure.nominal, float | int) and len(numbers(figure)) > 1


def in_each(figure: Figure, others: Callable[[Number], Iterator[str]]) -> Iterator[str]:
    """The figure's text with one of its numbers changed: for each number, each of its other prints."""
    for one in numbers(figure):
        for text in others(one):
            yield figure.text[: one.start] + text + figure.text[one.end :]


def in_all(figure: Figure, other: Callable[[Number], str | None]) -> Iterator[str]:
    """The figure's text with all of its numbers changed alike, if all can be."""
    found = numbers(figure)
    prints = [text for text in map(other, found) if text is not None]
    if found and len(prints) == len(found):
        changed = figure.text
        for one, text in zip(reversed(found), reversed(prints), strict=True):
            changed = changed[: one.start] + text + changed[one.end :]
        yield changed
