"""How numbers are written: a document's way, and what the print of a figure can have wrong by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

Flaw = Literal["grouping", "date", "order", "time"]

FLAWS: Mapping[Flaw, str] = {
    "grouping": "its digits are grouped as in no way to write a number",
    "date": "the calendar has no such day",
    "order": "its ends stand the wrong way round",
    "time": "no clock shows such a time",
}
"""What a print by itself can have wrong, by name: in no reading is it written as what it says."""


@attrs.frozen
class Notation:
    """How a document writes its numbers.

    `decimal` is its decimal mark, or both where it has both; `group` the sign between thousands, where its figures show
    one; `shown`: its figures show the decimal mark, which else is taken to be a point.
    """

    decimal: Literal[".", ",", ".,"] = "."
    group: str | None = None
    shown: bool = False

    def __str__(self) -> str:
        if len(self.decimal) > 1:
            return "both 1,234.5 and 1.234,5, so that 1,234 can be either"
        return f"1{self.group or ''}234{self.decimal}5" + ("" if self.shown else ", which no figure contradicts")
