"""Articles on one launch compared: what they share, who said it, and what no rounding brings together."""

from __future__ import annotations

import json
import pathlib

import pytest
from typer.testing import CliRunner, Result

from checker import cli, load_rules
from checker.comparison import compare
from checker.readers import read_text

REPORTS = pathlib.Path(__file__).parent.parent / "fixtures" / "reports"
NAMES = ("seoul.txt", "tokyo.txt", "pyongyang.txt")


def figcheck(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, ["compare", *map(str, arguments)])


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(REPORTS)
    return REPORTS


def compared(*texts: str, published: str | None = "2022-11-19"):  # type: ignore[no-untyped-def]
    from checker.run import as_date

    documents = [read_text(text, name=name, published=as_date(published)) for name, text in zip("abc", texts)]  # noqa: B905
    return compare(documents, load_rules())


def told(event, role: str) -> list[tuple[str, str | None]]:  # type: ignore[no-untyped-def]
    return [(t.figure.text, t.voice) for t in event.of(role)]


# ---------------------------------------------------------------- three reports on one launch
def test_the_page(folder: pathlib.Path) -> None:
    done = figcheck(*NAMES)
    assert (done.exit_code, done.stderr) == (0, "")
    assert folder.is_dir()
    assert (
        done.stdout
        == """\
Hwasong-17, 18 November 2022: seoul.txt, tokyo.txt, pyongyang.txt
  range        1,000 km       South Korea, seoul.txt:5
               1,000 km       Japan, tokyo.txt:5
               999.2 km       North Korea, pyongyang.txt:5
  apogee       6,100 km       South Korea, seoul.txt:5
               6,000 km       Japan, tokyo.txt:5
               6,040.9 km     North Korea, pyongyang.txt:5
  mach         Mach 22        South Korea, seoul.txt:5
  flight time  69 minutes     Japan, tokyo.txt:5
               4,135 seconds  North Korea, pyongyang.txt:5
  ! apogee differs: 6,100 km (South Korea, in seoul.txt) and 6,040.9 km (North Korea, in pyongyang.txt)

short-range ballistic missile, 17 November 2022: seoul.txt, tokyo.txt
  range        240 km  South Korea, seoul.txt:7
               250 km  Japan, tokyo.txt:7

3 articles: 2 shared events, 1 difference beyond rounding
"""
    )


def test_json(folder: pathlib.Path) -> None:
    record = json.loads(figcheck(*NAMES, "--format", "json").stdout)
    event = record["events"][0]
    one, other = (event["figures"][i] for i in event["differences"][0])
    assert (one["article"], one["voice"], one["text"]) == ("seoul.txt", "South Korea", "6,100 km")
    assert (other["article"], other["voice"], other["text"]) == ("pyongyang.txt", "North Korea", "6,040.9 km")
    assert (event["class"], event["days"]) == ("Hwasong-17", ["2022-11-18", "2022-11-18"])
    assert folder.is_dir()


def test_what_cannot_be_read_is_said_and_the_rest_compared(folder: pathlib.Path) -> None:
    done = figcheck(*NAMES, "none.txt")
    assert done.exit_code == 2
    assert "none.txt" in done.stderr
    assert "3 articles: 2 shared events" in done.stdout
    assert folder.is_dir()


def test_one_article_is_no_comparison(folder: pathlib.Path) -> None:
    done = figcheck(NAMES[0], NAMES[0])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nothing to compare" in done.stderr
    assert folder.is_dir()


# ---------------------------------------------------------------- what is one event
A = "The intermediate-range ballistic missile fired on Friday flew 4,500 km, Seoul said."


@pytest.mark.parametrize(
    "other",
    [
        "Japan said the intermediate-range ballistic missile flew 4,600 km on 18 November.",
        "On Friday an intermediate-range ballistic missile flew 4,600 km, Japan said.",
        "On 18 November 2022 the Hwasong-12 flew 4,600 km, Japan said.",
    ],
)
def test_tellings_of_one_launch_are_one_event(other: str) -> None:
    (event,) = compared(A, other).events
    assert told(event, "range") == [("4,500 km", "South Korea"), ("4,600 km", "Japan")]


@pytest.mark.parametrize(
    "other",
    [
        "On Thursday an intermediate-range ballistic missile flew 4,600 km, Japan said.",
        "The short-range ballistic missile fired on Friday flew 600 km, Japan said.",
        "The intermediate-range ballistic missile flew 3,700 km in an earlier test, Japan said.",
        "In September the intermediate-range ballistic missile flew 3,700 km, Japan said.",
        "In 2017 the Hwasong-12 flew 3,700 km, Japan said.",
        "The drones fired on Friday flew 900 km, Japan said.",
    ],
)
def test_tellings_of_different_launches_are_not(other: str) -> None:
    assert compared(A, other).events == ()


def test_differences_are_those_that_no_rounding_explains() -> None:
    (event,) = compared(A, "Japan said the intermediate-range ballistic missile flew 4,700 km on Friday.").events
    assert [(d.one.figure.text, d.other.figure.text) for d in event.differences] == [("4,500 km", "4,700 km")]
    (event,) = compared(A, "Japan said the intermediate-range ballistic missile flew about 4,700 km on Friday.").events
    assert event.differences == ()


def test_a_source_that_tells_two_is_not_compared() -> None:
    one = "The short-range ballistic missile fired on Friday flew {} km, Seoul said."
    (event,) = compared(
        f"{one.format(430)}\n\n{one.format(690)}",
        "The short-range ballistic missile fired on Friday flew 600 km, Japan said.",
    ).events
    assert event.unclear == ("range",)
    assert event.differences == ()
