"""Remarks in a text: which findings they let pass, and what is said of those that let nothing pass."""

from __future__ import annotations

import json
import pathlib

import pytest
from typer.testing import CliRunner

from checker import check, check_file, cli
from checker.model import Waiver
from checker.readers import read_text
from checker.remarks import read

RULE = "measures/wrong-conversion"
WRONG = "The missiles travelled 1,500 kilometres (832 miles) in the test."
OTHER = "The road is 100 km (26 miles) long."
REMARK = f"<!-- figcheck: ignore[{RULE}] quoted as it was said -->"


def passed(text: str) -> list[str]:
    """The wrong figures that a remark lets pass."""
    return [c.figures[1].text for c in check(text).checks if c.waived == Waiver("remark", "quoted as it was said")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{REMARK}\n{WRONG}\n\n{OTHER}", ["832 miles"]),
        (f"{REMARK}\n\n{WRONG}\n\n{OTHER}", ["832 miles"]),
        (f"{WRONG} {REMARK}\n\n{OTHER}", ["832 miles"]),
        (f"{WRONG}\n\n{OTHER} {REMARK}", ["26 miles"]),
        (f"{WRONG}\n\n{REMARK}\n{OTHER}", ["26 miles"]),
        (f"The missiles {REMARK} travelled 1,500 kilometres (832 miles) in the test.", ["832 miles"]),
        (f"{WRONG}\n\n{OTHER}\n\n{REMARK}", []),
        (f"{WRONG} {REMARK.replace('measures/', 'change/')}", []),
        (f"{WRONG} {REMARK.replace('wrong-conversion', '*')}", ["832 miles"]),
        (f"{WRONG} {REMARK.replace('[', '[change/*, ')}", ["832 miles"]),
        (f"{WRONG} {REMARK.replace('-->', '')}", []),
    ],
)
def test_a_remark_speaks_of_its_paragraph(text: str, expected: list[str], tmp_path: pathlib.Path) -> None:
    assert passed(text) == expected
    page = tmp_path / "page.md"
    page.write_text(text)
    report = check_file(page)
    assert [c.figures[1].text for c in report.checks if c.waived] == expected
    assert not {c.figures[1].text for c in report.findings} & set(expected)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("figcheck", "a remark is written"),
        ("figcheck: skip this", "a remark is written"),
        (f"figcheck: ignore {RULE}", "a remark is written"),
        ("figcheck: ignore[] so", "names no rule"),
        (f"figcheck: ignore[{RULE}]", "gives no reason"),
        ("figcheck: ignore[measures/wrong-convertion] so", "no rule of this run"),
        ("figcheck: ignore[change/*] so", "lets nothing pass: nothing is wrong here by change/* (so)"),
    ],
)
def test_a_remark_of_no_use_says_why(said: str, fault: str) -> None:
    (remark,) = check(f"{WRONG} <!-- {said} -->").remarks
    assert remark.fault is not None
    assert fault in remark.fault
    assert check(f"{WRONG} <!-- {said} -->").findings


def test_what_is_commented_out_is_not_read() -> None:
    report = check(f"<!-- {WRONG} -->\n\nThe tower is 50 m <!-- (100 feet) --> high.")
    assert [figure.text for figure in report.figures] == ["50 m"]
    assert report.remarks == ()


def test_comments_without_an_end_take_time_in_proportion() -> None:
    text = "<!-- figcheck: ignore[" * 40_000
    assert read(read_text(text)) == ()


def test_the_command_tells_what_remarks_did(tmp_path: pathlib.Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(f"{WRONG} {REMARK}\n\nAll is well. {REMARK}\n")
    result = CliRunner().invoke(cli.app, ["check", str(draft)])
    assert result.exit_code == 0
    assert "1 finding ignored, as remarks in the text say" in result.stderr
    assert f"{draft}:3: this remark lets nothing pass" in result.stderr
    told = json.loads(CliRunner().invoke(cli.app, ["check", "--format", "json", str(draft)]).stdout)
    (waived,) = [c["waived"] for c in told["checks"] if c["waived"]]
    assert waived == {"by": "remark", "reason": "quoted as it was said"}
    assert told["findings"] == []
