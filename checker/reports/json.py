"""Reports and fact sheets as strict JSON: ASCII only, no NaN, no Infinity."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from checker.model import REPORT_VERSION

Record = Mapping[str, Any]


def page(record: Record) -> str:
    """A report laid out on lines of its own."""
    return json.dumps(record, indent=2, allow_nan=False)


def line(record: Record) -> str:
    """A report on one line, without its end."""
    return json.dumps(record, allow_nan=False)


def one(page: str) -> Iterator[str]:
    """A report as it is, for a call on one input."""
    yield page
    # Apart: an unbuffered stream that takes only the beginning of a piece says so at the next.
    yield "\n"


def many(pages: Iterable[str], unreadable: Sequence[Record]) -> Iterator[str]:
    """Reports under "reports", piece by piece as they come, and the inputs that could not be read."""
    yield f'{{\n"version": {REPORT_VERSION},\n"reports": ['
    for i, told in enumerate(pages):
        yield (",\n" if i else "\n") + told
    yield f'\n],\n"unreadable": {json.dumps(unreadable, indent=2)}\n}}\n'


def lines(reports: Iterable[str], unreadable: Sequence[Record]) -> Iterator[str]:
    """A report a line as they come; then a line for each input that could not be read."""
    for told in reports:
        yield told + "\n"
    for failure in unreadable:
        yield json.dumps({"version": REPORT_VERSION, "unreadable": failure}) + "\n"
