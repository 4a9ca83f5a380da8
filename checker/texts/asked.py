"""What is asked for of many texts: where a record holds its text, and when the texts were published."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any

import attrs

from checker.model import Document
from checker.readers import read_record

TEXT = "text"
_IDS = ("id", "name")
_DATES = ("published",)


@attrs.frozen
class Asked:
    """The keys or columns of a record's text, id and date of publication, as they were named; and a date for all."""

    text: str = TEXT
    id: str | None = None
    dated: str | None = None
    published: datetime.date | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Where an id is looked for."""
        return _IDS if self.id is None else (self.id,)

    @property
    def dates(self) -> tuple[str, ...]:
        """Where a date is looked for."""
        return _DATES if self.dated is None else (self.dated,)

    def columns(self, there: Collection[str]) -> list[str]:
        """The columns to read of those that there are."""
        wanted = (first(names, there) for names in ((self.text,), self.ids, self.dates))
        return [name for name in wanted if name is not None]

    def document(self, record: Mapping[str, Any], name: str, place: str) -> Document:
        """The document of a record of a file: named by the file and its id, or by its place; raises Unreadable."""
        found = first(self.ids, record)
        id = None if found is None else record[found]  # noqa: A001 - it is what records call it
        if isinstance(id, list | dict | bool):
            id = None  # noqa: A001
        dated = first(self.dates, record)
        made = read_record(
            record.get(self.text), place, id=id, dated=record[dated] if dated else None, published=self.published
        )
        return made if made.id is None else attrs.evolve(made, name=f"{name}#{made.id}")


def first(names: Collection[str], there: Collection[str]) -> str | None:
    """The first of some names that is there."""
    return next((name for name in names if name in there), None)
