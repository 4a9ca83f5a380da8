"""A record of a collection, such as a line of JSON or a row of a table, as a document."""

from __future__ import annotations

import datetime
import re
from typing import Any

import attrs

from checker.model import Document
from checker.readers.files import Unreadable
from checker.readers.prose import read_text

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can hold and no text has."""


def read_record(
    text: Any,
    name: str,
    *,
    id: Any = None,  # noqa: A002 - it is what records call it
    dated: Any = None,
    published: datetime.date | None = None,
) -> Document:
    """The document of a record's text; raises Unreadable, by the name, for what is none.

    `dated` is what the record gives as its date of publication, and counts when none is passed.
    """
    if not isinstance(text, str):
        raise Unreadable(name, "it has no text" if text is None else f"its text is no string, but {_shown(text)}")
    if not text.strip():
        raise Unreadable(name, "its text is empty: nothing to check")
    document = read_text(_HALVES.sub("\ufffd", text), name=name, published=published or _date(name, dated))
    return document if id is None else attrs.evolve(document, id=_HALVES.sub("\ufffd", str(id)))


def _date(name: str, dated: Any) -> datetime.date | None:
    if dated is None or dated == "":
        return None
    if isinstance(dated, datetime.datetime):
        return dated.date()
    if isinstance(dated, datetime.date):
        return dated
    try:
        return datetime.date.fromisoformat(dated) if len(dated) == 10 else datetime.datetime.fromisoformat(dated).date()
    except (TypeError, ValueError):
        raise Unreadable(name, f"its date of publication is {_shown(dated)}: write it as 2025-01-26") from None


def _shown(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 40 else f"{told[:37]}..."
