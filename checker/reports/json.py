"""Reports and fact sheets as strict JSON: ASCII only, no NaN, no Infinity."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from checker.model import REPORT_VERSION

Record = Mapping[str, Any]


def one(record: Record) -> Iterator[str]:
    """A report as it is, for a call on one input."""
    yield json.dumps(record, indent=2, allow_nan=False)
    # Apart: an unbuffered stream that takes only the beginning of a piece says so at the next.
    yield "\n"


def many(records: Iterable[Record], unreadable: Sequence[Record]) -> Iterator[str]:
    """Reports under "reports", piece by piece as they come, and the inputs that could not be read."""
    yield f'{{\n"version": {REPORT_VERSION},\n"reports": ['
    for i, record in enumerate(records):
        yield (",\n" if i else "\n") + json.dumps(record, indent=2, allow_nan=False)
    yield f'\n],\n"unreadable": {json.dumps(unreadable, indent=2)}\n}}\n'


def lines(records: Iterable[Record], unreadable: Sequence[Record]) -> Iterator[str]:
    """A report a line as they come; then a line for each input that could not be read."""
    for record in records:
        yield json.dumps(record, allow_nan=False) + "\n"
    for failure in unreadable:
        yield json.dumps({"version": REPORT_VERSION, "unreadable": failure}) + "\n"
