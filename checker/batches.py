"""Texts as Arrow has them, in and out: for pools of processes and clusters, which share no Python objects."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from checker import figures, run
from checker.model import Check, Document, Figure
from checker.readers import Unreadable, read_record

if TYPE_CHECKING:
    import pyarrow as pa

FIGURES = {
    "id": "string",
    "start": "bigint",
    "end": "bigint",
    "text": "string",
    "kind": "string",
    "nominal_low": "double",
    "nominal_high": "double",
    "low": "double",
    "high": "double",
    "unit": "string",
    "bound": "string",
    "change": "string",
    "side": "string",
    "currency": "string",
    "noun": "string",
}
"""The columns of `extract_batch`, in Spark's words: offsets are code points; `nominal` as printed, its two ends for a
range; `low` and `high` the widest reading, null where it has no end; `unit` pint's name for that of all four."""

CHECKS = {
    "id": "string",
    "start": "bigint",
    "end": "bigint",
    "rule": "string",
    "level": "string",
    "verdict": "string",
    "message": "string",
    "working": "string",
    "figures": "array<string>",
    "repair": "array<string>",
}
"""The columns of `check_batch`, in Spark's words: `figures` are the texts of a check's figures, `repair` what may have
been meant."""


def extract_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The figures of a batch of texts, a row each, with the columns of `FIGURES`.

    The batch has the column "text", and may have "id", which is handed on as a string, and "published". A text that is
    null or empty has no figures; a date of publication that is none does not count.
    """
    rows = ((document, figure) for document in _documents(batch) for figure in figures.read(document))
    return _batch(FIGURES, (_figure(document, figure) for document, figure in rows))


def check_batch(batch: pa.RecordBatch, rules: run.Rules = None) -> pa.RecordBatch:
    """What is wrong in a batch of texts, a row for each check that is broken or strained, as `CHECKS` has it.

    The batch is as for `extract_batch`. Folders of rules are loaded at each call: load them once, with `load_rules`.
    """
    rulebook = run.load_rules(rules)
    reports = (run.check_document(document, rulebook) for document in _documents(batch))
    told = ((r.document, check) for r in reports for check in (*r.findings, *r.notes))
    return _batch(CHECKS, (_check(document, check) for document, check in told))


def schema(columns: Mapping[str, str]) -> str:
    """Columns as Spark takes them for a schema: "id string, start bigint"."""
    return ", ".join(f"`{name}` {kind}" for name, kind in columns.items())


def _documents(batch: pa.RecordBatch) -> Iterator[Document]:
    names = batch.schema.names
    wanted = [name for name in ("text", "id", "published") if name in names]
    for record in batch.select(wanted).to_pylist():
        for dated in (record.get("published"), None):
            try:
                yield read_record(record["text"], "", id=record.get("id"), dated=dated)
            except Unreadable:
                continue
            break


def _figure(document: Document, figure: Figure) -> tuple[Any, ...]:
    nominal = figure.nominal if isinstance(figure.nominal, tuple) else (figure.nominal, figure.nominal)
    widest = figure.readings.widest
    ends = (*nominal, *((widest.low, widest.high) if widest else (math.nan, math.nan)))
    numbers = (number if math.isfinite(number) else None for number in ends)
    return (
        document.id,
        figure.start,
        figure.end,
        figure.text,
        figure.kind,
        *numbers,
        figure.measure.name,
        figure.bound,
        figure.change,
        figure.side,
        figure.currency,
        figure.noun,
    )


def _check(document: Document, check: Check) -> tuple[Any, ...]:
    return (
        document.id,
        check.claim.span.start,
        check.claim.span.end,
        check.rule,
        check.level,
        check.verdict,
        check.message,
        check.working,
        [figure.text for figure in check.figures],
        [repair.text for repair in check.repair],
    )


def _batch(columns: Mapping[str, str], rows: Iterator[Sequence[Any]]) -> pa.RecordBatch:
    import pyarrow as pa

    kinds = {
        "string": pa.string(),
        "bigint": pa.int64(),
        "double": pa.float64(),
        "array<string>": pa.list_(pa.string()),
    }
    held: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for values, value in zip(held, row, strict=True):
            values.append(value)
    made = [pa.array(values, kinds[kind]) for values, kind in zip(held, columns.values(), strict=True)]
    return pa.RecordBatch.from_arrays(made, names=list(columns))
