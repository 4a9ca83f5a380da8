"""What successive sentences tell of one thing: when it is one claim, and when it is not."""

from __future__ import annotations

import pytest

from checker import check, load_rules
from checker.claims import bind
from checker.figures import read
from checker.readers import read_text

SAID = "The intercontinental ballistic missile reached a maximum altitude of 6,248.5 km{}. "


def accounts(text: str) -> list[dict[str, str]]:
    """The launches that a text tells of, each with its figures by role."""
    document = read_text(text)
    claims = [c for c in bind(document, read(document), load_rules()) if c.frame == "ballistics.launch"]
    return [{name: held[0].text for name, held in claim.bindings[0].roles.items()} for claim in claims]


@pytest.mark.parametrize(
    "rest",
    [
        "It flew for 4,025 seconds and covered 1,090 km.",
        "It covered 1,090 km. The missile was in flight for 4,025 seconds.",
        "Nobody was hurt. The ICBM flew 1,090 km, and its flight lasted 4,025 seconds.",
        "The launch drew protests from Tokyo. The missile flew 1,090 km. It was in flight for 4,025 seconds.",
    ],
)
def test_sentences_that_refer_back_go_on_with_the_account(rest: str) -> None:
    told = accounts(SAID.format("") + rest)
    assert told == [{"apogee": "6,248.5 km", "flight_time": "4,025 seconds", "range": "1,090 km"}]
    assert "ballistics/shorter-than-free-fall" in {c.rule for c in check(SAID.format("") + rest).findings}


@pytest.mark.parametrize(
    "rest",
    [
        "Another ballistic missile flew for 4,025 seconds and covered 1,090 km.",
        "A second missile flew 1,090 km. It was in flight for 4,025 seconds.",
        "In an earlier launch the missile flew 1,090 km in 4,025 seconds.",
        "It was in flight for 4,025 seconds on May 4, after a missile of March 24 flew 1,090 km.",
        "One went up. Two fell. Three were lost. Then the missile flew 1,090 km in 4,025 seconds.",
        "Three missiles were fired later. They flew 1,090 km in 4,025 seconds.",
    ],
)
def test_what_brings_in_another_is_an_account_of_its_own(rest: str) -> None:
    text = SAID.format("") + rest
    assert {"apogee": "6,248.5 km"} in accounts(text)
    assert check(text).findings == ()


def test_two_voices_are_two_accounts() -> None:
    text = SAID.format(", North Korea said") + "Japan said it flew 1,090 km and was in flight for 4,025 seconds."
    assert len(accounts(text)) == 2
    assert check(text).findings == ()
    claims = bind(read_text(text), read(read_text(text)), load_rules())
    assert [c.voice for c in claims if c.frame == "ballistics.launch"] == ["North Korea", "Japan"]


def test_a_figure_told_again_begins_another_account() -> None:
    told = accounts(SAID.format("") + "It rose to 6,200 km and flew 1,080 km, others said.")
    assert [t.get("apogee") for t in told] == ["6,248.5 km", "6,200 km"]


def test_dates_that_differ_part_accounts() -> None:
    text = SAID.format(" on March 24, 2022") + "It flew 1,090 km in 4,025 seconds on March 25, 2022."
    assert len(accounts(text)) == 2
