"""Did you mean: what is offered for a finding, and that an offer does what it promises."""

from __future__ import annotations

import pytest

from checker import check
from checker.model import Check, Repair

FLIGHT = "The strategic cruise missiles travelled 1,500 kilometres and remained in flight for {}."


def the_finding(text: str, rule: str = "", published: str | None = None) -> Check:
    found = [c for c in check(text, published=published).findings if rule in c.rule]
    assert len(found) == 1
    return found[0]


def offers(text: str, rule: str = "", published: str | None = None) -> list[tuple[str, str]]:
    return [(repair.text, repair.slip) for repair in the_finding(text, rule, published).repair]


@pytest.mark.parametrize(
    ("text", "expected", "slip"),
    [
        ("It flew 1,500 kilometres (832 miles) on Monday.", "932 miles", "digit"),
        ("Targets lie 6,000 kilometers (3,278 miles) away.", "3,728 miles", "swapped digits"),
        (FLIGHT.format("7.507 to 7.511 seconds"), "7,507 to 7,511 seconds", "separator"),
        ("It is 45 km (280 miles) from the coast.", "28 miles", "decimal point"),
        ("The farm covers 230 square kilometres (89 acres).", "89 square miles", "unit"),
        ("The towers are 154 metres (505 inches) high.", "505 feet", "unit"),
        ("It fell to minus 40C (40F) in the night.", "minus 40F", "sign"),
        ("It was signed on Thursday, February 24, 1988.", "February 25, 1988", "day"),
        ("It was signed on Thursday, February 24, 1988.", "Wednesday", "weekday"),
    ],
)
def test_slip_behind_a_finding_is_offered(text: str, expected: str, slip: str) -> None:
    assert (expected, slip) in offers(text)


def test_separator_comes_before_rarer_slips() -> None:
    assert offers(FLIGHT.format("7.507 to 7.511 seconds"))[0] == ("7,507 to 7,511 seconds", "separator")


def test_offer_breaks_no_other_check() -> None:
    found = offers("It is 1,000 km (721 miles, 540 nautical miles) away.", "wrong-conversion")
    assert ("621 miles", "digit") in found
    assert all("km" not in text for text, _ in found)


def test_offer_that_explains_two_findings_comes_first() -> None:
    report = check("It is 1,400 km (621 miles, 540 nautical miles) away.")
    assert len(report.findings) == 2
    assert {finding.repair[0].text for finding in report.findings} == {"1,000 km"}


def test_two_figures_in_each_others_place() -> None:
    text = "Sales rose 25% to 8.0 million from 10.0 million."
    assert ("10.0 million", "swapped figures") in offers(text)


def put(text: str, repair: Repair) -> str:
    """The text with a repair in it."""
    return text[: repair.figure.start] + repair.text + text[repair.figure.end :]


WRONG = [
    "It flew 1,500 kilometres (832 miles) on Monday.",
    "Targets lie 6,000 kilometers (3,278 miles) away.",
    FLIGHT.format("7.507 to 7.511 seconds"),
    "It is 45 km (280 miles) from the coast, and 154 metres (505 feet) high.",
    "It fell to minus 40C (40F) in the night, and rose to 25C (77F) by noon.",
    "It was signed on Thursday, February 24, 1988.",
    "Production rose 12.5 per cent to 9.9 million from 8.0 million.",
    "The short-range ballistic missile flew 1,900 km.",
    "It measured 12 miles (19 metres) from end to end.",
]


@pytest.mark.parametrize("text", WRONG)
def test_offers_are_few_and_leave_nothing_broken(text: str) -> None:
    findings = check(text).findings
    assert findings
    for finding in findings:
        assert len(finding.repair) <= 2
        for repair in finding.repair:
            assert repair.figure in finding.figures
            assert text[repair.figure.start : repair.figure.end] == repair.figure.text
            if repair.slip != "swapped figures":
                assert check(put(text, repair)).findings == ()


@pytest.mark.parametrize("text", WRONG)
def test_offers_are_the_same_every_time_and_in_a_long_text(text: str) -> None:
    before = "Nothing happened on the first day.\n\n"
    alone, among = check(text).findings, check(before * 5 + text).findings
    assert [[r.text for r in f.repair] for f in alone] == [[r.text for r in f.repair] for f in among]


def test_right_text_and_notes_have_no_offers() -> None:
    text = "The intermediate-range ballistic missile flew 1,100 km (684 miles)."
    assert all(c.repair == () for c in check(text).checks)
