"""Reports: what is shown of a passage, what is said of it, and that nothing in a text can play with the terminal."""

from __future__ import annotations

import datetime
import io
import json
import math
import unicodedata
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from checker.interval import Intervals
from checker.model import Binding, Check, Claim, Document, Figure, Level, Readings, Repair, Report, Span, Verdict
from checker.readers import read_text
from checker.reports import json as json_report
from checker.reports.console import Detail, Total, print_report, print_total
from checker.reports.facts import Facts, number, print_facts
from checker.reports.passage import Places, rows, wrapped
from checker.reports.visible import shortened, visible
from checker.units import CLOCK, DATE, WEEKDAY, Measure, measure, money

TEXT = (
    "Missiles fly far\n\n"
    "SEOUL, January 26, 2025\n\n"
    "The test involved underwater-to-surface missiles that travelled a distance of 1,500 kilometres (832 miles) and "
    "remained in flight for approximately 7,507 seconds before successfully hitting their targets, it said.\n\n"
    "They were fired at 4 p.m. local time."
)


def figure(document: Document, text: str, value: float, unit: Measure | str = "", **more: Any) -> Figure:
    start = document.text.index(text)
    around = Intervals.of(value - 0.5, value + 0.5)
    values = more.pop("values", Readings(around, around, around))
    return Figure(
        text=text,
        start=start,
        end=start + len(text),
        kind=more.pop("kind", "quantity"),
        nominal=value,
        readings=values,
        measure=measure(unit) if isinstance(unit, str) else unit,
        phrase=Span(start, start + len(text)),
        **more,
    )


def checked(rule: str, level: Level, verdict: Verdict, *figures: Figure, **more: Any) -> Check:
    span = Span(min(f.start for f in figures), max(f.end for f in figures))
    claim = Claim("topic.frame", (Binding({"role": figures}),), span)
    return Check(rule, level, verdict, more.pop("message", "These cannot both be right"), claim, figures, **more)


def report(*, text: str = TEXT, levels: tuple[Level, ...] = ("error",)) -> Report:
    document = read_text(text, name="a.txt")
    km = figure(document, "1,500 kilometres", 1500.0, "kilometer")
    miles = figure(document, "832 miles", 832.0, "mile")
    seconds = figure(document, "7,507 seconds", 7507.0, "second", kind="duration", bound="~")
    time = figure(document, "4 p.m.", 57600.0, Measure("second", CLOCK), kind="time", reason="nothing beside it")
    checks = [
        checked(
            f"measures/conversion-{level}",
            level,
            "broken",
            km,
            miles,
            working="1,500 km = 932 mi",
            repair=(Repair(miles, "932 miles", "digit"),),
        )
        for level in levels
    ]
    checks.append(
        checked("motion/speed", "warning", "consistent", km, seconds, message="It fits", working="about 719 km/h")
    )
    checks.append(checked("motion/strained", "error", "strained", seconds, km, message="It is rounded"))
    checks.append(checked("motion/idle", "error", "unchecked", time, reason="no date is given"))
    return Report(document, (km, miles, seconds, time), tuple(checks))


def shown(made: Report, *, width: int = 80, terminal: bool = False, **detail: bool) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=terminal, color_system="standard" if terminal else None)
    print_report(made, console, Detail(**detail))
    return stream.getvalue()


PAGE = """\
a.txt, published 26 January 2025

error: These cannot both be right
 --> a.txt:5:79  measures/conversion-error
  |
5 | The test involved underwater-to-surface missiles that travelled a distance
  | of 1,500 kilometres (832 miles) and remained in flight for approximately
  |    ^^^^^^^^^^^^^^^^  ^^^^^^^^^
  | 7,507 seconds before successfully hitting their targets, it said.
  = 1,500 km = 932 mi
  ? Did you mean 932 miles? (for 832 miles: digit)

consistent: 1 check
  |
5 | The test involved underwater-to-surface missiles that travelled a distance
  | of 1,500 kilometres (832 miles) and remained in flight for approximately
  |    ^^^^^^^^^^^^^^^^
  | 7,507 seconds before successfully hitting their targets, it said.
  | ^^^^^^^^^^^^^
  + It fits [motion/speed]
  = about 719 km/h

unchecked: 1 of 4 figures
  nothing beside it: 4 p.m. (line 7)

4 figures, 3 checked, 2 flagged, 1 unchecked
"""


# ---------------------------------------------------------------- console
def test_a_page_as_it_is_piped() -> None:
    assert shown(report()).replace("│", "|").replace("✓", "+") == PAGE


def test_a_terminal_underlines_instead_of_drawing() -> None:
    page = shown(report(), terminal=True)
    assert "^^^" not in page
    assert "\x1b[1;4;31m1,500 kilometres\x1b[0m" in page
    assert "\x1b[1;4;31m832 miles\x1b[0m" in page
    assert "\x1b[4;32m7,507 seconds\x1b[0m" in page


def test_findings_come_worst_first_and_notes_only_when_broken_or_asked_for() -> None:
    made = report(levels=("note", "warning", "error"))
    page = shown(made)
    assert page.index("\nerror: ") < page.index("\nwarning: ") < page.index("\nnote: ") < page.index("\nconsistent: ")
    assert "unless rounded" not in page
    assert "\nnote, unless rounded: It is rounded\n" in shown(made, notes=True)
    assert "not judged" not in page
    assert "motion/idle: no date is given: 4 p.m. (line 7)" in shown(made, verbose=True)


def test_a_long_list_is_cut_unless_all_is_asked_for() -> None:
    made = report(levels=())
    many = attrs.evolve(made, checks=made.checks[:1] * 13)
    assert shown(many).count("about 719 km/h") == 10
    assert "and 3 more" in shown(many)
    assert shown(many, verbose=True).count("about 719 km/h") == 13


def test_nothing_to_check_is_said() -> None:
    assert shown(Report(read_text("Nothing."), (), ())).endswith("\nno figures: nothing to check\n")
    one = attrs.evolve(report(), checks=())
    assert "4 figures, 0 checked, 0 flagged, 4 unchecked\nnothing was checked" in shown(one)
    assert "no rule speaks of it: 1,500 kilometres (line 5)" in shown(one)


@pytest.mark.parametrize("width", [10, 41, 80, 200])
def test_a_page_keeps_its_width(width: int) -> None:
    page = shown(report(levels=("error", "note")), width=width, notes=True, verbose=True)
    lines = [line for line in page.splitlines() if "-->" not in line]
    assert max(map(cell_len, lines)) <= min(max(width, 40), 100)


def test_what_surrounds_a_figure_of_a_long_paragraph() -> None:
    filler = "It was a long paragraph, and it went on and on about nothing in particular for a while. " * 9
    document = read_text(f"{filler}They flew 1,500 km on the day. {filler}They landed at 9 p.m. {filler}")
    marks = [Span(at, at + 6) for at in (document.text.index("1,500 km"), document.text.index("9 p.m."))]
    found = [row.text for row in rows(Places(document), marks, 100)]
    assert found == ["… They flew 1,500 km on the day. …", "… They landed at 9 p.m. …"]


def test_lines_are_counted_as_editors_count_them() -> None:
    places = Places(Document("a\r\nb\rc\n\nd\u2028e"))
    assert [places.line(at) for at in range(11)] == [1, 1, 1, 2, 2, 3, 3, 4, 5, 5, 5]
    assert (places.column(3), places.column(8), places.column(10)) == (1, 1, 3)


def test_wide_characters_are_underlined_by_their_width() -> None:
    document = read_text("日本は 5 km 飛んだ。")
    made = Report(document, (), (checked("a/b", "error", "broken", figure(document, "5 km", 5.0, "kilometer")),))
    page = shown(made)
    assert "1 │ 日本は 5 km 飛んだ。\n  │        ^^^^\n" in page


@given(st.text(max_size=80), st.integers(5, 30))
def test_wrapping_loses_nothing_but_space(text: str, width: int) -> None:
    flat = visible(text)
    lines = [flat[span.start : span.end] for span in wrapped(flat, width)]
    assert "".join("".join(lines).split()) == "".join(flat.split())
    assert all(cell_len(line) <= width or len(line) == 1 for line in lines)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_nothing_unseen_is_shown(text: str) -> None:
    kinds = {unicodedata.category(character) for character in visible(text)} - {"Cf"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(visible(text)) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")


def test_control_and_bidi_characters_stay_off_the_terminal() -> None:
    hostile = "\x1b[2J\x1b]0;x\x07 \u202e\u2066\ud800"
    text = f"They {hostile} flew 1,500 kilometres {hostile} (832 miles) in 7,507 seconds at 4 p.m. today."
    made = report(text=text)
    finding = attrs.evolve(made.checks[0], message=hostile, working=hostile, rule=hostile)
    noisy = attrs.evolve(made, document=attrs.evolve(made.document, name=hostile), checks=(finding, *made.checks[1:]))
    for page in (shown(noisy, verbose=True), facts(noisy)):
        assert not {c for c in page if unicodedata.category(c) in ("Cc", "Cf", "Cs")} - {"\n"}
    assert "They <U+001B>[2J<U+001B>]0;x<U+0007> <U+202E><U+2066><U+D800>" in shown(noisy)
    json.dumps(noisy.to_dict()).encode("ascii")


def test_a_figure_of_a_million_digits_is_shown_in_part() -> None:
    digits = "1234567890" * 100_000
    document = read_text(f"The number {digits} is long.")
    made = figure(document, digits, 1.0, kind="label", reason="too long")
    assert len(shown(Report(document, (made,), (checked("a/b", "error", "broken", made),)))) < 1000
    page = shown(Report(document, (made,), ()))
    assert "123456789012345678901234567890…123456789012345678901234567890 (1,000,000 characters) (line 1)" in " ".join(
        page.split()
    )


def test_a_stream_that_is_not_utf8_gets_ascii_lines() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    print_report(report(), Console(file=stream, width=80))
    stream.seek(0)
    assert stream.read() == PAGE


def test_the_total_of_several_texts() -> None:
    stream = io.StringIO()
    total = Total()
    print_total(total, Console(file=stream))
    for _ in range(2):
        total.add(report().tally)
    print_total(total, Console(file=stream))
    assert stream.getvalue() == "\n2 texts: 8 figures, 6 checked, 4 flagged, 2 unchecked\n"


# ---------------------------------------------------------------- the report as a dict, and JSON
def test_a_report_as_a_dict() -> None:
    made = report(levels=("note", "error"))
    record = made.to_dict()
    assert record["version"] == 1
    assert record["document"] == {
        "name": "a.txt",
        "published": "2025-01-26",
        "length": len(TEXT),
        "notation": {"decimal": ".", "group": None, "shown": False},
    }
    assert record["figures"][1] == {
        "text": "832 miles",
        "start": TEXT.index("832"),
        "end": TEXT.index("832") + 9,
        "kind": "quantity",
        "nominal": 832.0,
        "low": 831.5,
        "high": 832.5,
        "printed": [831.5, 832.5],
        "unit": "mile",
        "bound": "=",
        "change": None,
        "side": None,
        "currency": None,
        "noun": None,
        "dates": None,
        "flaw": None,
        "reason": None,
    }
    assert record["checks"][1] == {
        "rule": "measures/conversion-error",
        "level": "error",
        "verdict": "broken",
        "message": "These cannot both be right",
        "working": "1,500 km = 932 mi",
        "reason": None,
        "start": TEXT.index("1,500"),
        "end": TEXT.index("832") + 9,
        "figures": [0, 1],
        "repair": [{"text": "932 miles", "slip": "digit", "figure": 1}],
        "waived": None,
    }
    assert record["findings"] == [1]
    assert record["notes"] == [0, 3]
    assert record["tally"] == {"figures": 4, "checked": 3, "flagged": 2, "unchecked": 1}


def test_dates_are_written_as_such() -> None:
    document = read_text("On 6 January or Christmas, a Monday.")
    day = Measure("day", DATE, 86400.0)
    years = [datetime.date(year, 1, 6).toordinal() for year in (2024, 2025)]
    known = Intervals.of(years[0]) | Intervals.of(years[1])
    one = figure(document, "6 January", years[1], day, kind="date", values=Readings(known, known, known))
    anything = Readings(Intervals.REALS, Intervals.REALS, Intervals.REALS)
    other = figure(document, "Christmas", 1.0, day, kind="event", values=anything)
    third = figure(document, "Monday", 0.0, Measure("dimensionless", WEEKDAY), kind="weekday")
    assert one.to_dict()["dates"] == [["2024-01-06", "2024-01-06"], ["2025-01-06", "2025-01-06"]]
    assert other.to_dict()["dates"] is None
    assert third.to_dict()["dates"] is None


def test_json_is_strict() -> None:
    document = read_text("More than 5 km.")
    open_ended = Readings(Intervals.of(4.5, 5.5), Intervals.of(4.5, math.inf), Intervals.of(4.5, 5.5))
    made = figure(document, "5 km", 5.0, "kilometer", values=open_ended, bound=">")
    text = "".join(json_report.one(json_report.page(Facts(document, (made,)).to_dict())))

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    record = json.loads(text, parse_constant=refuse)
    assert (record["figures"][0]["low"], record["figures"][0]["high"]) == (4.5, None)
    with pytest.raises(ValueError, match="JSON"):
        json_report.line({"x": math.nan})


@pytest.mark.parametrize("count", [0, 1, 2])
def test_many_reports_are_one_object(count: int) -> None:
    unreadable = [{"name": "b.txt", "message": "gone"}]
    record = json.loads(
        "".join(json_report.many((json_report.page(report().to_dict()) for _ in range(count)), unreadable))
    )
    assert record == {"version": 1, "reports": [report().to_dict()] * count, "unreadable": unreadable}


# ---------------------------------------------------------------- fact sheet
def facts(made: Report) -> str:
    stream = io.StringIO()
    print_facts(Facts(made.document, made.figures), Console(file=stream, width=100))
    return stream.getvalue()


def test_the_fact_sheet() -> None:
    document = read_text("On 26 January 2025, a Sunday, at 4:30 p.m. it flew over 1,500 km for $5.2 million, up 12%.")
    day = datetime.date(2025, 1, 26).toordinal()
    just = Intervals.of(day)
    clock = Intervals.of(59400.0)
    above = Readings(Intervals.of(1499.5, 1500.5), Intervals.of(1450.0, math.inf), Intervals.of(1450.0, 1550.0))
    dollars = Intervals.of(5.15e6, 5.25e6)
    made = (
        figure(document, "26 January 2025", day, Measure("day", DATE, 86400.0), values=Readings(just, just, just)),
        figure(document, "Sunday", 6, Measure("dimensionless", WEEKDAY), values=Readings(*[Intervals.of(6.0)] * 3)),
        figure(document, "4:30 p.m.", 59400.0, Measure("second", CLOCK), values=Readings(clock, clock, clock)),
        figure(document, "1,500 km", 1500.0, "kilometer", values=above, bound=">"),
        figure(
            document,
            "$5.2 million",
            5.2e6,
            Measure("dimensionless", money("USD")),
            values=Readings(dollars, dollars, dollars),
            currency="USD",
        ),
        figure(document, "12%", 12.0, "percent", change="up"),
    )
    page = facts(Report(document, made, ()))
    cells = [line.split() for line in page.splitlines() if line[:5].strip().isdigit()]
    assert cells == [
        "1 26 January 2025 quantity 2025-01-26 2025-01-26".split(),
        "1 Sunday quantity Sunday Sunday".split(),
        "1 4:30 p.m. quantity 16:30 16:30".split(),
        "1 1,500 km quantity 1,450 any km at least".split(),
        "1 $5.2 million quantity 5,150,000 5,250,000 USD".split(),
        "1 12% quantity 11.5 12.5 % up".split(),
    ]
    assert page.endswith("6 figures, numbers written as 1234.5, which no figure contradicts\n")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "0"),
        (1499.5, "1,499.5"),
        (1234567.0, "1,234,567"),
        (0.1, "0.1"),
        (-12.5, "-12.5"),
        (1e-7, "1e-07"),
        (1e300, "1e+300"),
        (math.inf, "any"),
        (-math.inf, "any"),
    ],
)
def test_a_number_as_it_is_read(value: float, expected: str) -> None:
    assert number(value) == expected


def test_a_text_is_shortened_in_the_middle() -> None:
    assert shortened("a" * 60) == "a" * 60
    assert shortened("a" * 40 + "b" * 40, 10) == "aaaaa…bbbbb (80 characters)"
