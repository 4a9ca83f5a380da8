"""What CI reads: SARIF, JUnit XML, GitHub's workflow commands and JSON lines, through the eyes of their consumers."""

from __future__ import annotations

import io
import json
import os
import pathlib
import re
import urllib.parse
import urllib.request
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from checker import Document, Report, cli, load_rules, run
from checker.formats import Format, pieces
from checker.model import Level, Waiver
from checker.reports import github, junit, sarif
from checker.reports.parts import part_of
from checker.reports.results import Ending, Notice, Part, Region, RulePage, numbered, worst
from checker.reports.results import Result as Found
from checker.rulebook.schema import Rulebook

ROOT = pathlib.Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "tests" / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker(("uri", "uri-reference")))
ARTICLE = ROOT / "fixtures" / "articles" / "missile-test.txt"
WRONG = "The missiles travelled 1,500 kilometres (832 miles) in the test.\n"
WRAPPED = (
    "The agency said on its page that in the test of this week all of its missiles travelled 1,500\n"
    "kilometres (832 miles) before they came down in the sea, and that none of them was lost.\n"
)
SHORT = "The short-range ballistic missile flew 1,900 km.\n"
OUTSIDE = Waiver("baseline", "known to known.json")

names = st.one_of(st.binary(min_size=1, max_size=20).map(os.fsdecode), st.just("<stdin>"), st.just("https://a.b/c d"))
hostile = st.text(st.characters(), max_size=30)
regions = st.builds(
    Region,
    text=hostile,
    line=st.integers(1, 10**9),
    column=st.none() | st.integers(1, 10**6),
    end_line=st.none() | st.integers(1, 10**9),
    end_column=st.none() | st.integers(1, 10**6),
)
found = st.builds(
    Found,
    rule=st.sampled_from(["measures/wrong-conversion", "own/rule"]),
    level=st.sampled_from(["error", "warning", "note"]),
    message=hostile,
    file=names,
    figures=st.lists(regions, max_size=3).map(tuple),
    working=hostile,
    questions=st.lists(hostile, max_size=2).map(tuple),
    key=st.none() | hostile,
    rounded=st.booleans(),
    waived=st.none() | st.just(OUTSIDE),
)
parts = st.builds(
    Part,
    name=names,
    results=st.lists(found, max_size=4).map(tuple),
    judged=st.dictionaries(st.just("own/rule"), st.integers(1, 9)),
    idle=st.dictionaries(hostile, hostile, max_size=2),
    summary=hostile,
    unlisted=st.integers(0, 3),
)
notices = st.builds(
    Notice,
    level=st.sampled_from(["error", "warning", "note"]),
    text=hostile,
    about=st.sampled_from(["input", "configuration", "run"]),
    file=st.none() | names,
)
endings = st.builds(Ending, st.integers(0, 3), st.lists(notices, max_size=3).map(tuple))


def figcheck(*arguments: object, text: str | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, [str(a) for a in arguments], input=text)


def written(text: str, how: Format = Format.SARIF, *, fails: str = "error warning", name: str = "a.txt") -> str:
    made = run.check(text)
    part = part_of(attrs.evolve(made, document=attrs.evolve(made.document, name=name)))
    return "".join(
        pieces([part], how, load_rules(), lambda: Ending(1), fails=lambda level: level in fails, version="1.2.3")
    )


def only_run(log: str) -> dict[str, Any]:
    record = json.loads(log)
    VALIDATOR.validate(record)
    assert record["version"] == "2.1.0"
    assert len(record["runs"]) == 1
    return record["runs"][0]  # type: ignore[no-any-return]


def fingerprints(text: str) -> list[str]:
    return [result["partialFingerprints"]["figcheck/v1"] for result in only_run(written(text))["results"]]


@pytest.fixture
def inside(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.txt").write_text(WRONG)
    (tmp_path / "short.txt").write_text(SHORT)
    (tmp_path / "right.txt").write_text(WRONG.replace("832", "932"))
    (tmp_path / "empty of figures.txt").write_text("No figure is in this text.\n")
    return tmp_path


# ---------------------------------------------------------------- the flat record
def test_a_part_holds_what_is_told_of_a_report() -> None:
    made = run.check_file(ARTICLE)
    part = part_of(made)
    assert [(r.rule, r.level) for r in part.results] == [(c.rule, "note") for c in made.notes if c.verdict == "broken"]
    assert set(part.judged) | set(part.idle) == {check.rule for check in made.checks}
    assert sum(part.judged.values()) == sum(check.verdict != "unchecked" for check in made.checks)
    assert not set(part.judged) & set(part.idle)


def test_what_only_rounding_explains_is_told_when_asked_for() -> None:
    made = run.check("The missiles flew 1,500 kilometres (940 miles) in the test.")
    assert [check.verdict for check in made.checks if check.rule == "measures/wrong-conversion"] == ["strained"]
    assert part_of(made).results == ()
    [result] = part_of(made, strained=True).results
    assert (result.level, result.rounded) == ("note", True)
    assert result.told.splitlines()[0].endswith("(unless rounded)")


def test_what_an_entry_waives_is_left_out_and_what_the_baseline_knows_is_marked() -> None:
    made = run.check(WRONG)
    for waiver, kept in ((Waiver("ignore", "so"), []), (OUTSIDE, [OUTSIDE])):
        waived = attrs.evolve(made, checks=tuple(attrs.evolve(check, waived=waiver) for check in made.checks))
        assert [result.waived for result in part_of(waived).results] == kept
        assert waived.findings == waived.notes == ()
        assert waived.tally == attrs.evolve(made.tally, flagged=0)


def test_a_fingerprint_outlives_the_lines_around_it() -> None:
    [one] = fingerprints(WRONG)
    assert fingerprints("A new first paragraph.\n\n" + WRONG) == [one]
    assert fingerprints(WRAPPED) == fingerprints(WRAPPED.replace("\n", "\r\n")) == [one]
    assert fingerprints(WRONG.replace("832", "842")) != [one]
    assert re.fullmatch("[0-9a-f]{32}", one)


def test_what_nothing_tells_apart_is_counted() -> None:
    one, two = fingerprints(f"{WRONG}\n{WRONG}")
    assert [one] == fingerprints(WRONG)
    assert one != two


@given(st.lists(found, max_size=8))
def test_fingerprints_of_a_file_are_unique(results: list[Found]) -> None:
    every = [result.fingerprint for result in numbered(results)]
    assert len(set(every)) == len(every)


def test_a_row_is_known_by_its_key_alone() -> None:
    row = Found("a/b", "error", "m", "t.csv", (Region("5 km", 2),), key="K-1")
    assert row.fingerprint == attrs.evolve(row, figures=(Region("6 km", 9),), message="n").fingerprint
    assert row.fingerprint != attrs.evolve(row, key="K-2").fingerprint
    assert row.fingerprint != attrs.evolve(row, rule="a/c").fingerprint


@given(st.lists(found, max_size=12), st.integers(0, 12))
def test_the_worst_are_kept_in_their_order(results: list[Found], most: int) -> None:
    kept = worst(results, most)
    assert len(kept) == min(most, len(results))
    places = [next(i for i, result in enumerate(results) if result is one) for one in kept]
    assert places == sorted(places)
    left = [result for result in results if not any(result is one for one in kept)]
    rank = {"error": 0, "warning": 1, "note": 2}

    def weight(result: Found) -> tuple[bool, int]:
        return result.waived is not None, rank[result.level]

    assert max(map(weight, kept), default=(False, 0)) <= min(map(weight, left), default=(True, 2))


# ---------------------------------------------------------------- SARIF
def test_a_sarif_log() -> None:
    log = only_run(written(f"It was a test.\n{WRONG}"))
    driver = log["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("figcheck", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in load_rules().rules]
    [result] = log["results"]
    rule = driver["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "measures/wrong-conversion"
    assert rule["help"]["markdown"].startswith(f"# {rule['shortDescription']['text']}\n")
    assert result["level"] == rule["defaultConfiguration"]["level"] == "error"
    assert result["message"]["text"].splitlines()[2] == "Did you mean 932 miles? (for 832 miles: digit)"
    [location] = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "a.txt", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 24, "endLine": 2, "endColumn": 40},
    }
    [related] = result["relatedLocations"]
    assert related["message"]["text"] == "832 miles"
    assert related["physicalLocation"]["region"]["startColumn"] == 42
    assert "baselineState" not in result
    assert "fixes" not in result, "a question is no fix that a tool may apply"
    assert log["invocations"] == [
        {
            "executionSuccessful": True,
            "exitCode": 1,
            "toolExecutionNotifications": [],
            "toolConfigurationNotifications": [],
        }
    ]


def test_sarif_regions_quote_the_text(inside: pathlib.Path) -> None:
    text = f"Ein Übergang 🚀 zuerst.\r\n\r\n{WRAPPED}"
    (inside / "x.txt").write_bytes(text.encode())
    log = only_run(figcheck("check", "x.txt", "--format", "sarif").stdout)
    assert log["columnKind"] == "unicodeCodePoints"
    lines = re.split("|".join(log["newlineSequences"]), text)
    [result] = log["results"]
    first, second = (
        place["physicalLocation"]["region"] for place in (result["locations"][0], result["relatedLocations"][0])
    )
    assert (first["startLine"], first["endLine"]) == (3, 4)
    assert lines[2][first["startColumn"] - 1 :] == "1,500"
    assert lines[3][: first["endColumn"] - 1] == "kilometres"
    assert lines[3][second["startColumn"] - 1 : second["endColumn"] - 1] == "832 miles"


@given(st.lists(parts, max_size=3), endings, st.booleans())
def test_every_sarif_log_is_valid(made: list[Part], ending: Ending, compared: bool) -> None:
    pages = [RulePage("own/rule", "Title", "Why\nso", "error", "# Help")]
    log = only_run("".join(sarif.pieces(made, pages, lambda: ending, "1", compared=compared, most=5)))
    assert len(log["results"]) == min(5, sum(len(part.results) for part in made))
    assert log["invocations"][0]["executionSuccessful"] == (ending.code < 2)
    assert all(("baselineState" in result) == compared for result in log["results"])
    assert all("](" not in result["message"]["text"] for result in log["results"])


def test_cells_of_a_row_may_be_alike() -> None:
    cell = Region("5 km", 2)
    row = Found("a/b", "error", "m", "t.csv", (cell, cell, Region("5  km", 2), cell, Region("6 km", 2)), key="K-1")
    part = Part("t.csv", (row,), {"a/b": 1}, {}, "")
    [result] = only_run("".join(sarif.pieces([part], [], lambda: Ending(1), "1")))["results"]
    assert [location["message"]["text"] for location in result["relatedLocations"]] == ["5 km", "6 km"]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "K-1", "kind": "row"}]


def test_results_beyond_the_most_are_counted() -> None:
    many = [Found("a/b", level, "m", "a.txt", ()) for level in ("note", "error", "warning", "error")]
    part = Part("a.txt", tuple(many), {"a/b": 4}, {}, "", unlisted=6)
    log = only_run("".join(sarif.pieces([part], [], lambda: Ending(1), "1", most=2)))
    assert [result["level"] for result in log["results"]] == ["error", "error"]
    assert [notice["message"]["text"] for notice in log["invocations"][0]["toolExecutionNotifications"]] == [
        "2 of 10 results are listed, the worst of them"
    ]


@pytest.mark.parametrize(
    "name", ["a b#c?.txt", "ü/%41.txt", "a:b.txt", os.fsdecode(b"caf\xe9.txt"), "../x.txt", "/x/y"]
)
def test_a_uri_leads_back_to_its_file(name: str, inside: pathlib.Path) -> None:
    [result] = only_run(written(WRONG, name=name))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    base = inside.as_uri() + "/" if artifact.get("uriBaseId") == "%SRCROOT%" else ""
    url = urllib.parse.urlsplit(urllib.parse.urljoin(base, artifact["uri"]) if base else artifact["uri"])
    assert (url.scheme, url.query, url.fragment) == ("file", "", "")
    path = os.fsdecode(urllib.parse.unquote_to_bytes(url.path))
    assert path == os.path.normpath(inside / name)


def test_sarif_says_what_could_not_be_used(inside: pathlib.Path) -> None:
    (inside / "rules").mkdir()
    done = figcheck("check", "wrong.txt", "none.txt", "--rules", "rules", "--format", "sarif")
    assert done.exit_code == 2
    [invocation] = only_run(done.stdout)["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 2)
    [unread] = invocation["toolExecutionNotifications"]
    assert (unread["level"], unread["message"]["text"]) == ("error", "there is no such file")
    assert unread["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "none.txt"
    [rules] = invocation["toolConfigurationNotifications"]
    assert rules["message"]["text"] == done.stderr.splitlines()[0]


def test_sarif_says_that_nothing_was_checked(inside: pathlib.Path) -> None:
    done = figcheck("check", "empty of figures.txt", "right.txt", "--format", "sarif")
    assert done.exit_code == 0
    [notice] = only_run(done.stdout)["invocations"][0]["toolExecutionNotifications"]
    assert (notice["level"], notice["message"]["text"]) == ("note", "nothing was checked in 1 of 2 inputs")
    assert inside.is_dir()


# ---------------------------------------------------------------- JUnit
def suites(text: str) -> list[ET.Element]:
    """The suites of a document that Jenkins' schema would take; it names nothing else as needed."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == "testsuites"
    assert [child.tag for child in root] == ["testsuite"] * len(root)
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        for counted, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[counted]) == len(suite.findall(f"testcase/{tag}"))
        for case in cases:
            assert set(case.attrib) == {"name", "classname", "file", "time"}
            assert [child.tag for child in case] in (
                [],
                ["skipped"],
                ["failure"],
                ["error"],
                ["system-out"],
                ["failure", "system-out"],
            )
        assert {child.tag for child in suite} <= {"testcase", "system-out"}
    for counted in ("tests", "failures", "errors", "skipped"):
        assert int(root.attrib[counted]) == sum(int(suite.attrib[counted]) for suite in root)
    return list(root)


def cases(suite: ET.Element) -> dict[str, str]:
    return {case.attrib["name"]: case[0].tag if len(case) else "passed" for case in suite.findall("testcase")}


def test_a_suite_for_each_text_and_a_case_for_each_rule(inside: pathlib.Path) -> None:
    done = figcheck("check", "wrong.txt", "right.txt", "empty of figures.txt", "none.txt", "--format", "junit")
    assert done.exit_code == 2
    wrong, right, without, unread = suites(done.stdout)
    assert [suite.attrib["name"] for suite in (wrong, right, without, unread)] == [
        "wrong.txt",
        "right.txt",
        "empty of figures.txt",
        "none.txt",
    ]
    assert cases(wrong)["measures/wrong-conversion"] == "failure"
    assert cases(right)["measures/wrong-conversion"] == "passed"
    assert cases(right)["ballistics/speed-outside-class"] == "skipped"
    assert cases(without) == {"figures": "skipped"}
    assert cases(unread) == {"input": "error"}
    failure = wrong.find("testcase/failure")
    assert failure is not None
    assert failure.attrib["message"].startswith("wrong.txt:1:24: 1,500 kilometres and 832 miles ")
    assert failure.text
    assert failure.text.splitlines()[1:] == [
        "1,500 kilometres = 932 miles (901 to 963 miles); converted: 832 miles",
        "Did you mean 932 miles? (for 832 miles: digit)",
    ]
    assert inside.is_dir()


@pytest.mark.parametrize(
    ("fail_on", "fate"), [("warning", "failure"), ("error", "system-out"), ("never", "system-out")]
)
def test_a_case_fails_as_the_run_does(inside: pathlib.Path, fail_on: str, fate: str) -> None:
    done = figcheck("check", "short.txt", "--format", "junit", "--fail-on", fail_on)
    [suite] = suites(done.stdout)
    assert cases(suite)["ballistics/range-above-class"] == fate
    assert done.exit_code == (fate == "failure")
    assert inside.is_dir()


def test_what_the_baseline_knows_is_skipped() -> None:
    known = Found("a/b", "error", "m", "a.txt", (), waived=OUTSIDE)
    part = Part("a.txt", (known,), {"a/b": 1}, {}, "")
    [suite] = suites("".join(junit.pieces([part], lambda: Ending(0), lambda _: True)))
    assert cases(suite) == {"a/b": "skipped"}
    both = attrs.evolve(part, results=(known, attrs.evolve(known, waived=None)))
    [suite] = suites("".join(junit.pieces([both], lambda: Ending(0), lambda _: True)))
    assert cases(suite) == {"a/b": "failure"}


@given(st.lists(parts, max_size=3), endings, st.sampled_from([("error",), ("error", "warning"), ()]))
def test_every_junit_document_is_valid(made: list[Part], ending: Ending, failing: tuple[Level, ...]) -> None:
    text = "".join(junit.pieces(made, lambda: ending, lambda level: level in failing))
    read = suites(text.encode().decode())
    failed = {
        (i, result.rule)
        for i, part in enumerate(made)
        for result in part.results
        if result.level in failing and result.waived is None
    }
    assert sum(int(suite.attrib["failures"]) for suite in read) == len(failed)


# ---------------------------------------------------------------- GitHub
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands that GitHub's runner would find in a log, decoded as it decodes them."""
    read = []
    for line in text.split("\n"):
        assert "\r" not in line
        if not line.lstrip().startswith("::"):
            assert "##[" not in line
            continue
        matched = COMMAND.fullmatch(line)
        assert matched, line
        properties = dict(pair.split("=", 1) for pair in matched[2].split(","))
        for name, value in properties.items():
            for code, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
                value = value.replace(code, sign)  # noqa: PLW2901
            properties[name] = value
        message = matched[3].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
        read.append((matched[1], properties, message))
    return read


def test_findings_as_commands(inside: pathlib.Path) -> None:
    (inside / "50%,a:b.txt").write_text(WRONG)
    done = figcheck("check", "50%,a:b.txt", "short.txt", "empty of figures.txt", "none.txt", "--format", "github")
    assert done.exit_code == 2
    wrong, short, unread = commands(done.stdout)
    assert wrong[:2] == (
        "error",
        {"file": "50%,a:b.txt", "line": "1", "col": "24", "endColumn": "40", "title": "measures/wrong-conversion"},
    )
    assert wrong[2].startswith("50%,a:b.txt:1:24: 1,500 kilometres and 832 miles ")
    assert wrong[2].count("\n") == 2
    assert (short[0], short[1]["title"]) == ("warning", "ballistics/range-above-class")
    assert unread == ("error", {"file": "none.txt", "title": "figcheck"}, "none.txt: there is no such file")
    assert "figcheck: empty of figures.txt: nothing was checked\n" in done.stdout


def test_a_note_is_a_notice() -> None:
    assert {level for level, *_ in commands(figcheck("check", ARTICLE, "--format", "github").stdout)} == {"notice"}


@given(st.lists(parts, max_size=3), endings)
def test_nothing_in_a_text_is_a_command(made: list[Part], ending: Ending) -> None:
    told = commands("".join(github.pieces(made, lambda: ending)))
    wanted = [result for part in made for result in part.results if result.waived is None]
    wanted_too = [notice for notice in ending.notices if notice.level != "note"]
    assert len(told) == len(wanted) + len(wanted_too)
    for (_, properties, message), result in zip(told, wanted, strict=False):
        assert properties["title"] == result.rule
        assert message.endswith(result.told)


@pytest.mark.parametrize("name", ["::add-mask::a", "##[group]x", "x\n::stop-commands::y"])
def test_a_file_name_is_no_command(name: str) -> None:
    made = run.check("No figures.")
    part = part_of(attrs.evolve(made, document=attrs.evolve(made.document, name=name)))
    assert commands("".join(github.pieces([part], lambda: Ending(0, (Notice("note", name),))))) == []


# ---------------------------------------------------------------- JSON lines
def test_a_document_a_line(inside: pathlib.Path) -> None:
    done = figcheck("check", "wrong.txt", "none.txt", "right.txt", "--format", "jsonl")
    assert done.exit_code == 2
    wrong, right, unread = map(json.loads, done.stdout.splitlines())
    assert wrong == json.loads(figcheck("check", "wrong.txt", "--format", "json").stdout)
    assert right["tally"]["flagged"] == 0
    assert unread == {"version": 1, "unreadable": {"name": "none.txt", "message": "there is no such file"}}
    assert inside.is_dir()


def test_fact_sheets_a_line_each(inside: pathlib.Path) -> None:
    lines = figcheck("figures", "wrong.txt", "right.txt", "--format", "jsonl").stdout.splitlines()
    assert [[figure["text"] for figure in json.loads(line)["figures"]] for line in lines] == [
        ["1,500 kilometres", "832 miles"],
        ["1,500 kilometres", "932 miles"],
    ]
    assert inside.is_dir()


# ---------------------------------------------------------------- all of them
@pytest.mark.parametrize("how", [Format.SARIF, Format.JUNIT, Format.GITHUB, Format.JSONL])
def test_every_format_is_deterministic_and_goes_to_a_file(how: Format, inside: pathlib.Path) -> None:
    first = figcheck("check", "wrong.txt", ARTICLE, "--format", how)
    second = figcheck("check", "wrong.txt", ARTICLE, "--format", how, "--output", "report")
    assert (first.exit_code, second.exit_code, second.stdout) == (1, 1, "")
    assert (inside / "report").read_text(encoding="utf-8") == first.stdout


@pytest.mark.parametrize("how", [Format.SARIF, Format.JUNIT, Format.GITHUB, Format.JSONL])
def test_a_fault_of_ours_is_in_every_format(how: Format, inside: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run.check_document

    def faulty(document: Document, rulebook: Rulebook) -> Report:
        if document.name == "right.txt":
            raise RuntimeError("oops")
        return whole(document, rulebook)

    monkeypatch.setattr(run, "check_document", faulty)
    done = figcheck("check", "right.txt", "wrong.txt", "--format", how)
    assert done.exit_code == 3
    assert "are not the same" in done.stdout
    assert "an internal fault" in done.stdout
    if how is Format.SARIF:
        [invocation] = only_run(done.stdout)["invocations"]
        assert (invocation["executionSuccessful"], invocation["exitCode"]) == (False, 3)
    assert inside.is_dir()


def test_a_stream_need_not_be_utf8() -> None:
    text = "Die Raketen flogen 1,500 km (832 miles) — “weit”."
    for how in (Format.SARIF, Format.JSONL):
        assert figcheck("check", "-", "--format", how, text=text).stdout.isascii()
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    stream.writelines(github.pieces([part_of(run.check(text))], lambda: Ending(0)))
    assert Document(text).text == text
