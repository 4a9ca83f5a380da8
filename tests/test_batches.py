"""Arrow in, Arrow out: the figures and findings of batches of texts, as the other doors have them."""

from __future__ import annotations

import datetime
import pathlib

import pyarrow as pa
import pytest

from checker import check, load_rules, read_figures
from checker.batches import CHECKS, FIGURES, check_batch, extract_batch, schema

TEXTS = [
    path.read_text() for path in sorted((pathlib.Path(__file__).parent.parent / "fixtures" / "articles").glob("*.txt"))
]
WRONG = "The missiles travelled 1,500 kilometres (832 miles) in the test."


def batch(**columns: object) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def test_each_figure_is_a_row() -> None:
    rows = extract_batch(batch(id=list(range(len(TEXTS))), text=TEXTS)).to_pylist()
    expected = [(str(i), figure) for i, text in enumerate(TEXTS) for figure in read_figures(text)]
    assert len(rows) == len(expected) > 100
    for row, (identity, figure) in zip(rows, expected, strict=True):
        told = figure.to_dict()
        low, high = told["nominal"] if isinstance(told["nominal"], list) else (told["nominal"],) * 2
        same = ("start", "end", "text", "kind", "low", "high", "unit", "bound", "change", "side", "currency", "noun")
        assert row == {"id": identity, "nominal_low": low, "nominal_high": high} | {name: told[name] for name in same}


def test_each_finding_is_a_row() -> None:
    texts = [*TEXTS, WRONG]
    rows = check_batch(batch(text=texts, id=[None] * len(TEXTS) + ["w"], more=[1] * len(texts))).to_pylist()
    expected = [made for report in map(check, texts) for made in (*report.findings, *report.notes)]
    assert [(row["rule"], row["message"]) for row in rows] == [(made.rule, made.message) for made in expected]
    found = rows[-1]
    assert (found["id"], found["rule"], found["verdict"]) == ("w", "measures/wrong-conversion", "broken")
    assert (found["figures"], found["repair"]) == (["1,500 kilometres", "832 miles"], ["932 miles"])
    assert check_batch(batch(text=[WRONG]), load_rules(None)).num_rows == 1


def test_a_date_of_publication_counts_where_it_is_one() -> None:
    text = "It happened on Sunday, January 25."
    dates = [datetime.date(2025, 1, 26), datetime.date(2026, 1, 26), None]
    for published in (dates, ["2025-01-26", "2026-01-26T10:00:00", "soon"]):
        rows = check_batch(batch(id=["a", "b", "c"], text=[text] * 3, published=published)).to_pylist()
        assert [row["id"] for row in rows] == ["a"]


@pytest.mark.parametrize("texts", [[], [None], [""], ["No figure is here."]])
def test_batches_without_figures_have_the_same_columns(texts: list[str | None]) -> None:
    made = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], names=["text"])
    for work, columns in ((extract_batch, FIGURES), (check_batch, CHECKS)):
        told = work(made)
        assert told.num_rows == 0
        assert told.schema.names == list(columns)
    assert extract_batch(made).schema == extract_batch(batch(text=["5 km"])).schema


def test_the_schema_is_as_spark_takes_it() -> None:
    assert schema({"id": "string", "end": "bigint"}) == "`id` string, `end` bigint"


def test_a_batch_without_texts_is_refused() -> None:
    with pytest.raises(KeyError, match="text"):
        extract_batch(batch(body=["5 km"]))
