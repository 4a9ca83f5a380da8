"""How documents write their numbers: decided by the figures that can be read in one way, and told."""

from __future__ import annotations

import pytest

from checker import check
from checker.figures import read
from checker.figures.notation import notation
from checker.model import Document

DOCUMENTS = {
    "1,234.5": "It paid 12,500 people $1,250,000 and 1,250.5 dollars in 1.250 seconds.",
    "1.234,5": "Am 25.01.2025 zahlten 12.500 Menschen 1.250.000 Euro und 1.250,5 Euro, um 14.30 Uhr.",
    "1 234,5": "On a payé 1 250 000 euros à 12 500 personnes, soit 3,5 %.",
    "1\u202f234,5": "On a payé 1\u202f250\u202f000 euros à 12\u202f500 personnes, soit 3,5 %.",
    "1'234.5": "Man zahlte CHF 1'250'000.50 an 12'500 Menschen, also 3.5 %.",
    "1 234.5": "It paid 1 250 000 euros to 12 500 people, 3.5 % of them.",
    "1.234,5 by its groups": "It paid 1.250.000 euros.",
    "both 1,234.5 and 1.234,5, so that 1,234 can be either": "It flew 1.250,5 km and 1,250.5 km.",
    "1234.5, which no figure contradicts": "It flew 12 km.",
}
"""Documents by how they write their numbers, as it is told."""

READ = (
    ("It flew 1.091 km at 6.248,5 m.", [(1091.0,), (6248.5,)]),
    ("It flew 1.250.000 km and 3.500 km.", [(1_250_000.0,), (3500.0,)]),
    ("It paid 12,34,567 rupees, 1,25,00,000 rupees and 12,500 rupees.", [(1_234_567.0,), (12_500_000.0,), (12_500.0,)]),
    ("It flew 12'500 km, 12’500 km and 1'250.5 km.", [(12_500.0,), (12_500.0,), (1250.5,)]),
    ("It flew 12 500 km, 12\u2009500 km and 12\u00a0500,5 km.", [(12_500.0,), (12_500.0,), (12_500.5,)]),
    ("It weighs 0,125 kg and 12,5 kg, then 1.125 kg.", [(0.125,), (12.5,), (1125.0,)]),
    (
        "It flew 1.250,5 km and 1,250.5 km, so 1,500 km and 1.500 km.",
        [(1250.5,), (1250.5,), (1500.0, 1.5), (1.5, 1500.0)],
    ),
    ("It flew 12,500 km, 9.900 km and 7.507 km.", [(12_500.0,), (9.9, 9900.0), (7.507,)]),
    ("It flew 3.500 km.", [(3.5, 3500.0)]),
    ("In 2024 300 km were flown, beside 1,500 km.", [(300.0,), (1500.0,)]),
)
"""Texts, and for each of their quantities all the values that it can have."""


@pytest.mark.parametrize(("told", "text"), DOCUMENTS.items())
def test_a_document_shows_how_it_writes_its_numbers(told: str, text: str) -> None:
    assert str(notation(text)) == told.removesuffix(" by its groups")


@pytest.mark.parametrize(("text", "expected"), READ)
def test_digits_are_read_as_the_document_writes_them(text: str, expected: list[tuple[float, ...]]) -> None:
    quantities = [f for f in read(Document(text)) if f.kind in ("quantity", "money")]
    assert [f.nominal for f in quantities] == [values[0] for values in expected]
    for figure, values in zip(quantities, expected, strict=True):
        assert [any(value in part for part in figure.readings.printed) for value in values] == [True] * len(values)
        assert len(figure.readings.printed.parts) == len(values)


def test_the_report_tells_it() -> None:
    told = check("It flew 1.250,5 km.").to_dict()["document"]["notation"]
    assert told == {"decimal": ",", "group": ".", "shown": True}
