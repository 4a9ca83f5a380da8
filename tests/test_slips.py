"""The slips: each on a print that people would write, in its order, and back again."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.interval import Intervals
from checker.model import Figure, Readings, Span
from checker.slips import NAMES, slips
from checker.units import measure


def figure(text: str, kind: str, unit: str = "dimensionless", nominal: float | tuple[float, float] = 1.0) -> Figure:
    """A figure for its print: slips look at nothing else but its kind, its scale and whether it is a range."""
    any_number = Intervals.of(0.0, 1.0)
    readings = Readings(any_number, any_number, any_number)
    return Figure(text, 0, len(text), kind, nominal, readings, measure(unit), Span(0, len(text)))


def made(text: str, kind: str, name: str, unit: str = "dimensionless", *, of_two: bool = False) -> list[str]:
    nominal = (1.0, 2.0) if of_two else 1.0
    return [slip.text for slip in slips(figure(text, kind, unit, nominal)) if slip.name == name]


@pytest.mark.parametrize(
    ("text", "kind", "name", "expected"),
    [
        ("7.507 seconds", "duration", "separator", ["7,507 seconds"]),
        ("1,500 km", "quantity", "separator", ["1.500 km"]),
        ("7.507 to 7.511 seconds", "duration", "separator", ["7,507 to 7,511 seconds"]),
        ("72,0000", "count", "separator", ["720,000"]),
        ("0.175 per cent", "percent", "separator", []),
        ("9.75 km", "quantity", "separator", []),
        ("£5m", "money", "magnitude", ["£5k", "£5bn", "£5tn", "£5"]),
        ("$8-billion to $9-billion", "money", "magnitude",
         ["$8-million to $9-million", "$8-trillion to $9-trillion", "$8-thousand to $9-thousand", "$8 to $9"]),
        ("half a million", "count", "magnitude", ["half a thousand", "half a billion", "half a trillion"]),
        ("two million", "count", "magnitude", ["two thousand", "two billion", "two trillion", "two"]),
        ("$800", "money", "magnitude", ["$800 million", "$800 billion", "$800 trillion", "$800,000"]),
        ("180 dollars", "money", "magnitude",
         ["180 million dollars", "180 billion dollars", "180 trillion dollars", "180,000 dollars"]),
        ("300,000", "count", "magnitude", ["300", "300,000,000"]),
        ("2.5", "count", "decimal point", ["25", "0.25"]),
        ("1,505 km", "quantity", "decimal point", ["15,050 km", "150.5 km"]),
        ("132", "count", "decimal point", ["1,320"]),
        ("£.50", "money", "decimal point", ["£5.0", "£.050"]),
        ("5%", "percent", "percent for points", ["5 percentage points"]),
        ("1.6 pct", "percent", "percent for points", ["1.6 pct points"]),
        ("1.6 pct points", "points", "percent for points", ["1.6 pct"]),
        ("5 percentage points", "points", "percent for points", ["5 percent"]),
        ("5-percentage-point", "points", "percent for points", ["5-percent"]),
        ("3,278 miles", "quantity", "swapped digits",
         ["2,378 miles", "3,728 miles", "3,287 miles", "7,238 miles", "8,273 miles", "3,872 miles"]),
        ("100", "count", "swapped digits", []),
        ("1978", "date", "swapped digits", ["1798", "1987"]),
        ("3 January", "date", "digit", [f"{d} January" for d in (5, 1, 6, 7, 8, 9)]),
        ("two weeks", "duration", "one off", ["three weeks", "one week", "four weeks"]),
        ("one week", "duration", "one off", ["two weeks", "three weeks"]),
        ("a foot", "quantity", "one off", ["two feet", "three feet"]),
        ("two-mile", "quantity", "one off", ["three-mile", "one-mile", "four-mile"]),
        ("Third", "ordinal", "one off", ["Fourth", "Second", "Fifth", "First"]),
        ("12th", "ordinal", "one off", ["13th", "11th", "14th", "10th"]),
        ("21st", "ordinal", "one off", ["22nd", "20th", "23rd", "19th"]),
        ("twenty-nine", "count", "one off", ["twenty-eight", "thirty-nine", "twenty-seven", "forty-nine"]),
        ("fifteen", "count", "one off", ["sixteen", "fourteen", "seventeen", "thirteen", "fifty"]),
        ("two-thirds", "fraction", "one off",
         ["three-thirds", "one-third", "two-quarters", "two-halves", "four-thirds", "two-fifths"]),
        ("twice", "multiple", "one off", ["three times", "once", "four times"]),
        ("10 days", "duration", "one off", ["9 days"]),
        ("31 December 2024", "date", "day", ["1 January 2025", "30 December 2024"]),
        ("February 28", "date", "day", ["February 29", "February 27"]),
        ("2025-03-01", "date", "day", ["2025-03-02", "2025-02-28"]),
        ("30 February", "date", "day", []),
        ("Thursday", "weekday", "weekday", ["Friday", "Wednesday", "Saturday", "Tuesday", "Sunday", "Monday"]),
        ("Thurs", "weekday", "weekday", ["Fri", "Weds", "Sat", "Tues", "Sun", "Mon"]),
        ("Jan. 26", "date", "month", ["Feb. 26", "Dec. 26", "Jun. 26", "Jul. 26"]),
        ("5 March 2000", "date", "year", ["5 March 1999"]),
        ("25 January", "date", "lost or doubled digit", ["5 January", "2 January"]),
        ("8 kilowatts", "quantity", "unit", ["8 kilowatt-hours", "8 megawatts", "8 watts"]),
        ("15,200km", "quantity", "unit", ["15,200mi", "15,200m", "15,200nmi", "15,200 sq km"]),
        ("2,000 hectares", "quantity", "unit", ["2,000 acres", "2,000 square metres", "2,000 square kilometres"]),
        ("880 miles an hour", "quantity", "unit",
         ["880 kilometres an hour", "880 knots", "880 metres a second"]),
        ("3 feet 2 inches", "quantity", "unit", []),
        ("12 feet per second", "quantity", "unit", []),
        ("8,300 km an hour", "quantity", "unit",
         ["8,300 miles an hour", "8,300 knots", "8,300 metres a second", "8,300 km a second"]),
        ("3 feet 2 inches", "quantity", "decimal point", []),
        ("3 feet 2 inches", "quantity", "magnitude", []),
        ("£5m", "money", "unit", []),
        ("33 cents", "money", "unit", ["33 dollars"]),
        ("4 p.m.", "time", "half of the day", ["4 a.m."]),
        ("S&P 500", "label", "digit", []),
    ],
)  # fmt: skip
def test_slip_keeps_the_style_of_the_print(text: str, kind: str, name: str, expected: list[str]) -> None:
    assert made(text, kind, name) == expected


def test_temperature_can_lose_its_minus() -> None:
    assert made("minus 45C", "quantity", "sign", "degC") == ["45C"]
    assert made("20C", "quantity", "sign", "degC") == ["minus 20C"]
    assert made("20 km", "quantity", "sign", "km") == []
    assert made("20C", "quantity", "unit", "degC") == ["20F"]


def test_ends_are_swapped_in_ranges_only() -> None:
    assert made("96 to 11 mph", "quantity", "swapped ends", of_two=True) == ["11 to 96 mph"]
    assert made("3 feet 2 inches", "quantity", "swapped ends") == []
    assert made("6-3", "score", "swapped ends") == ["3-6"]


def test_lost_digit_is_found_again() -> None:
    assert "96 to 110 mph" in {s.text for s in slips(figure("96 to 11 mph", "quantity", "mph", (96.0, 11.0)))}
    assert "7,033,000" in made("7,033,00", "count", "lost or doubled digit")
    assert "2,452,300" in made("2,452,3000", "count", "lost or doubled digit")


def test_number_of_a_rate_or_a_power_is_left_alone() -> None:
    assert all("per 100,000" in slip.text for slip in slips(figure("17.4 per 100,000", "quantity")))
    assert {s.text for s in slips(figure("5 m3", "quantity")) if s.name == "digit"} == {f"{d} m3" for d in "012346789"}


@pytest.mark.parametrize("kind", ["label", "event"])
def test_names_have_no_slips(kind: str) -> None:
    assert list(slips(figure("Hwasong-17", kind))) == []


# ---------------------------------------------------------------------- laws

KINDS = [
    "quantity", "duration", "count", "money", "percent", "points", "multiple", "fraction", "ordinal", "date",
    "weekday", "event", "time", "age", "score", "label",
]  # fmt: skip
WHOLE = st.integers(1, 10**9).map(lambda n: f"{n:,}")
DECIMAL = st.tuples(st.integers(0, 99_999), st.integers(1, 4), st.integers(0, 9999)).map(
    lambda n: f"{n[0]:,}.{n[2] % 10 ** n[1]:0{n[1]}}"
)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Figures as newspapers print them."""
    number = draw(WHOLE | DECIMAL)
    form = draw(
        st.sampled_from(
            [
                ("{} km", "quantity", "km"), ("{}C", "quantity", "degC"), ("${} million", "money", "dimensionless"),
                ("{}", "count", "dimensionless"), ("{}%", "percent", "percent"), ("{} pct", "percent", "percent"),
                ("{} seconds", "duration", "second"), ("{} square miles", "quantity", "mile ** 2"),
                ("{}MW", "quantity", "MW"), ("{}-mile", "quantity", "mile"),
            ]
        )
    )  # fmt: skip
    return figure(form[0].format(number), form[1], form[2])


@given(figures())
def test_slips_are_others_each_once_in_order(one: Figure) -> None:
    found = list(slips(one))
    texts = [slip.text for slip in found]
    assert one.text not in texts
    assert len(set(texts)) == len(texts)
    places = [NAMES.index(slip.name) for slip in found]
    assert places == sorted(places)


@given(figures(), st.data())
def test_every_slip_has_a_way_back(one: Figure, data: st.DataObject) -> None:
    decimals = re.search(r"\.[0-9]+", one.text)
    assume(not decimals or (one.kind != "count" and not decimals[0].endswith("0")))
    slip = data.draw(st.sampled_from([s for s in slips(one) if s.name != "percent for points"]))
    back = figure(slip.text, one.kind, str(one.unit))
    assert one.text in {s.text for s in slips(back)}


@given(st.text(max_size=40), st.sampled_from(KINDS))
def test_any_text_has_slips_or_none(text: str, kind: str) -> None:
    assert all(slip.text != text for slip in slips(figure(text, kind)))
