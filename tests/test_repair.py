"""Did you mean: what is offered for a finding, and that an offer does what it promises."""

from __future__ import annotations

import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import check, figures, load_rules, readers, repair
from checker.model import Check, Repair
from checker.repair.rereading import reader
from checker.slips import slips

FLIGHT = "The strategic cruise missiles travelled 1,500 kilometres and remained in flight for {}."


def the_finding(text: str, rule: str = "", published: str | None = None) -> Check:
    found = [c for c in check(text, published=published).findings if rule in c.rule]
    assert len(found) == 1
    return found[0]


def offers(text: str, rule: str = "", published: str | None = None) -> list[tuple[str, str]]:
    return [(offer.text, offer.slip) for offer in the_finding(text, rule, published).repair]


@pytest.mark.parametrize(
    ("text", "expected", "slip"),
    [
        ("It flew 1,500 kilometres (832 miles) on Monday.", "932 miles", "digit"),
        ("Targets lie 6,000 kilometers (3,278 miles) away.", "3,728 miles", "swapped digits"),
        (FLIGHT.format("7.507 to 7.511 seconds"), "7,507 to 7,511 seconds", "separator"),
        ("It is 45 km (280 miles) from the town.", "28 miles", "decimal point"),
        ("The farm covers 230 square kilometres (89 acres).", "89 square miles", "unit"),
        ("The towers are 154 metres (505 inches) high.", "505 feet", "unit"),
        ("It fell to minus 40C (40F) in the night.", "minus 40F", "sign"),
        ("It was signed on Thursday, February 24, 1988.", "February 25, 1988", "day"),
        ("It was signed on Thursday, February 24, 1988.", "Wednesday", "weekday"),
    ],
)
def test_slip_behind_a_finding_is_offered(text: str, expected: str, slip: str) -> None:
    assert (expected, slip) in offers(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The heat left the country nearly 20C (68F) hotter than usual.", "36F"),
        ("Exports rose 7.6 percent to 7.20 million from 7.00 million a year earlier.", "2.9 percent"),
        (
            "It spent $4.2 million on roads, $3.1 million on parks, $2.5 million on schools, a total of $6.42 million.",
            "$9.80 million",
        ),
        ("The track is 3,281 feet (200 metres) long.", "1,000 metres"),
    ],
)
def test_what_the_arithmetic_gives_is_offered_where_no_slip_explains_the_figure(text: str, expected: str) -> None:
    assert (expected, "arithmetic") in offers(text)


def test_nothing_is_offered_that_would_print_as_nought() -> None:
    assert not any(slip == "arithmetic" for _, slip in offers("It takes up 8,000 sq ft (20,720 sq km)."))


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


def put(text: str, offer: Repair) -> str:
    """The text with a repair in it."""
    return text[: offer.figure.start] + offer.text + text[offer.figure.end :]


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
        for offer in finding.repair:
            assert offer.figure in finding.figures
            assert text[offer.figure.start : offer.figure.end] == offer.figure.text
            if offer.slip != "swapped figures":
                assert check(put(text, offer)).findings == ()


@pytest.mark.parametrize("text", WRONG)
def test_offers_are_the_same_every_time_and_in_a_long_text(text: str) -> None:
    before = "Nothing happened on the first day.\n\n"
    alone, among = check(text).findings, check(before * 5 + text).findings
    assert [[r.text for r in f.repair] for f in alone] == [[r.text for r in f.repair] for f in among]


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 9999), st.data())
def test_slip_in_any_conversion_gets_offers_that_leave_nothing_broken(kilometres: int, data: st.DataObject) -> None:
    miles = f"{round(kilometres / 1.609344):,} miles"
    right = f"The road runs for {kilometres:,} km ({miles}) along the river."
    figure = next(f for f in figures.read(readers.read_text(right)) if f.text == miles)
    slip = data.draw(st.sampled_from([s for s in slips(figure) if s.name in ("swapped digits", "digit")]))
    wrong = right.replace(miles, slip.text)
    for finding in check(wrong).findings:
        assert finding.repair
        for offer in finding.repair:
            assert check(put(wrong, offer)).findings == ()


ARTICLES = pathlib.Path(__file__).parent.parent / "fixtures" / "articles"


@pytest.mark.parametrize("path", sorted(p for p in ARTICLES.iterdir() if p.suffix != ".toml"), ids=lambda p: p.stem)
def test_figure_read_again_in_its_place_is_the_same(path: pathlib.Path) -> None:
    document = readers.read_file(path)
    found = figures.read(document)
    assert found
    for figure in found:
        assert reader(document, figure)(figure.text) == figure


POINTS = {
    "topic.toml": """
title = "Shares that move"
[frame.move]
about = "a share before, the share after, and the points between them"
scope = "sentence"
[frame.move.role.change]
kind = "points"
required = true
[frame.move.role.new]
kind = "percent"
required = true
left = ["to"]
[frame.move.role.old]
kind = "percent"
required = true
left = ["from"]
""",
    "points-off-shares.toml": """
title = "Points that do not follow"
why = "Arithmetic."
source = "Arithmetic"
level = "error"
frame = "move"
require = "change == new - old"
message = "from {old} to {new} is not {change}"
[[example]]
text = "Turnout rose 1.6 percentage points to 57.5 percent from 55.9 percent."
verdict = "consistent"
[[example]]
text = "Turnout rose 2.6 percentage points to 57.5 percent from 55.9 percent."
verdict = "broken"
""",
}


def test_percent_is_repaired_to_points_where_the_points_agree(tmp_path: pathlib.Path) -> None:
    for name, text in POINTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    rules = load_rules(tmp_path)
    assert rules.errors == ()
    text = "Turnout rose 1.6 percent to 57.5 percent from 55.9 percent."
    (finding,) = check(text, rules=rules).findings
    assert ("1.6 percentage points", "percent for points") in [(r.text, r.slip) for r in finding.repair]
    (otherwise,) = check(text.replace("1.6", "2.1"), rules=rules).findings
    assert "percent for points" not in [r.slip for r in otherwise.repair]


def test_limit_that_is_passed_by_little_is_not_mended() -> None:
    assert offers("The short-range ballistic missile flew 1,900 km.") == []
    assert ("250 km", "magnitude") in offers("The short-range ballistic missile flew 250,000 km.")


def test_date_is_not_moved_out_of_the_way_of_an_order() -> None:
    text = (
        "On January 6 the country held its first missile test of the year. On January 14 it held the second missile "
        "test. On January 25 it held the first missile test of the year."
    )
    found = check(text, published="2025-01-26").findings
    assert found
    assert {offer.figure.kind for finding in found for offer in finding.repair} == {"ordinal"}


def test_round_figure_may_strain_where_nothing_mends_it() -> None:
    assert offers("The plane flew 15,200 km (8,200 miles) from field to field.") == [("8,200 nautical miles", "unit")]


def test_only_so_many_findings_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair, "MOST_EXPLAINED", 2)
    findings = check("It is 45 km (280 miles) away.\n\n" * 4).findings
    assert [bool(finding.repair) for finding in findings] == [True, True, False, False]


def test_right_text_and_notes_have_no_offers() -> None:
    text = "The intermediate-range ballistic missile flew 1,100 km (684 miles)."
    assert all(c.repair == () for c in check(text).checks)
