"""Flaws of a print: what is wrong with a figure by itself, what only looks so, and rules that ask for a flaw."""

from __future__ import annotations

import datetime
import pathlib

import pytest

from checker import check, load_rules
from checker.figures import read
from checker.interval import Intervals
from checker.model import Document, Figure
from checker.notation import FLAWS
from checker.strategies import Contradiction, claims

PUBLISHED = datetime.date(2025, 1, 26)

FLAWED = {
    "grouping": (
        "It cost [$72,0000] beside 6,200.",
        "The mean was [6,6069 km] of 12.5.",
        "They counted [7,033,00] people.",
        "A crowd of [1,0000,000] people came.",
        "It paid [1,2345.67 euros].",
        "It has [2,452,3000] inhabitants in all.",
        "In all [1,23,4567 rupees] were paid.",
        "It rose to 6,200 from [620,000,0] units.",
    ),
    "date": (
        "It opened on [February 30].",
        "It opened on [30 February 2023].",
        "It opened on [31 April 2023].",
        "It opened on [Sept. 31, 2024].",
        "It opened on the [31st of June].",
        "It opened on [29 February 2023].",
        "It opened on [2023-02-29].",
        "It opened on [31/04/2023].",
        "It opened on [02/30/2024].",
        "It opened on [31.11.2024].",
        "It opened on [13/13/2023].",
        "It ran from [28-31 February 2023].",
    ),
    "order": (
        "Of between [60 and 40 percent] of voters.",
        "It costs between [$400 and $300].",
        "It lies [10-5 km] away.",
        "It weighs [25–20 kg] now.",
        "Waves were between [9 and 6 metres].",
    ),
    "time": (
        "It began at [25:10] GMT.",
        "It began at [13.75pm].",
        "It began at [4:75 p.m.] on Monday.",
        "It began at [14:30 a.m.] there.",
        "It began at [2575] GMT.",
        "It began at [13 a.m.] today.",
    ),
}
"""Texts by flaw; the flawed figure stands in square brackets, which are taken away."""

RIGHT = (
    "It cost $72,000 beside 6,200; 12,34,567 rupees and 1,250,000.5 dollars.",
    "Pages 1,2,3 and 10,20,30 and 4,5; in June 4,1990 and 12,1850 beside 6,200.",
    "The euro was at 1,0842 dollars.",  # decimal, since nothing says that commas group here
    "Es waren 3,1415 und 2,5 km.",
    "On 29 February 2024, February 29, 29 Feb. 2000, 31/12/2023 and 12/31/2023, 2024-02-29.",
    "On February 29 and 31 March; 28-29 February 2024; version 31.4.2; 10.0.0.1.",
    "It fell from 90 to 60 km and from 40 to 30 percent; the gap between 60 and 40 percent was wide.",
    "It swung between 60 and 40 mph, and braked 60-0 mph; a 52-45 percent lead; a 60-40 vote; 3-2 on goals.",
    "It lived between 10 and 5 million years ago, 10-5 minutes before; between -5C and -10C; 120-30 km; pp. 234-9.",
    "It cut speed 60-40 mph; it measured 36-24-36 inches; odds of 10-1; between 5 and 10 km; 5-10 km.",
    "At 12:30pm, 0.30am, 14:30 pm, 24:00 GMT, 2359 GMT, 1975 hours, 12 a.m.; it ran 25:10 and 1:75.",
    "It is 25:10 long; Matthew 25:10; a 16:75 ratio; 1987 was good; 20 AM stations; 66 CT scans.",
)


def figures(text: str) -> tuple[Figure, ...]:
    return read(Document(text, published=PUBLISHED))


@pytest.mark.parametrize(("flaw", "text"), [(flaw, text) for flaw, texts in FLAWED.items() for text in texts])
def test_a_flaw_is_named(flaw: str, text: str) -> None:
    plain = text.replace("[", "").replace("]", "")
    (found,) = [f for f in figures(plain) if f.flaw]
    assert (found.flaw, found.text) == (flaw, text[text.index("[") + 1 : text.index("]")])


@pytest.mark.parametrize("text", RIGHT)
def test_what_only_looks_flawed_is_not(text: str) -> None:
    assert [f.text for f in figures(text) if f.flaw] == []


def test_every_flaw_has_its_texts() -> None:
    assert FLAWED.keys() == FLAWS.keys()


def test_a_flawed_number_keeps_all_its_readings_and_a_flawed_day_is_any() -> None:
    number, _, day = figures("It cost $72,0000 beside 6,200 on 31 April 2023.")
    assert [72.0 in number.readings.printed, 720_000.0 in number.readings.printed] == [True, True]
    assert day.readings.widest == Intervals.REALS
    (span,) = figures("It lies 10-5 km away.")
    assert (span.readings.printed.low, span.readings.printed.high) == (4.5, 10.5)


def test_a_flaw_is_told() -> None:
    record = check("It lies 10-5 km away.").to_dict()["figures"][0]
    assert (record["flaw"], record["reason"]) == ("order", "its ends stand the wrong way round")


# ---------------------------------------------------------------------- rules about prints
TOPIC = """
title = "Prints"
[frame.printed]
about = "a figure by itself"
scope = "figure"
[frame.printed.role.malformed]
kind = ["count", "quantity", "money"]
flaw = "grouping"
many = true
"""
RULE = """
title   = "Digits that are grouped as in no way to write a number"
why     = "Groups hold three digits, or two before the last three."
source  = "ISO 80000-1"
level   = "error"
silent  = true
frame   = "printed"
require = "count(malformed) == 0"
message = "{malformed} is no number"
[[example]]
text    = "It cost $72,0000 beside 6,200."
verdict = "broken"
[[example]]
text    = "It cost $72,000 beside 6,200."
verdict = "unchecked"
"""


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    own = tmp_path / "prints"
    own.mkdir()
    (own / "topic.toml").write_text(TOPIC, encoding="utf-8")
    (own / "grouping.toml").write_text(RULE, encoding="utf-8")
    return tmp_path


def test_a_role_can_ask_for_a_flaw(folder: pathlib.Path) -> None:
    findings = check("It cost $72,0000 beside 6,200.", rules=folder).findings
    (found,) = [finding for finding in findings if finding.rule.endswith("prints/grouping")]
    assert (found.message, found.repair[0].text) == ("$72,0000 is no number", "$720,000")
    findings = check("It cost $72,000 beside 6,200, 10-5 km away.", rules=folder).findings
    assert not [finding for finding in findings if finding.rule.endswith("prints/grouping")]


def test_no_numbers_are_drawn_for_a_rule_about_prints(folder: pathlib.Path) -> None:
    with pytest.raises(Contradiction, match="about how figures are printed"):
        claims(f"{folder.name}/prints/grouping", rules=folder)


def test_a_role_asks_for_no_flaw_that_there_is_not(folder: pathlib.Path) -> None:
    (folder / "prints" / "topic.toml").write_text(TOPIC.replace("grouping", "colour"), encoding="utf-8")
    assert "grouping" in str(load_rules(folder).errors[0])
