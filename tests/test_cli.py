"""The command line as its users meet it: what is printed, where, and the exit code."""

from __future__ import annotations

import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

from checker import Report, cli, run
from checker.rulebook import shipped_rules

ROOT = pathlib.Path(__file__).parent.parent
ARTICLE = ROOT / "fixtures" / "articles" / "missile-test.txt"
OTHER = ROOT / "fixtures" / "articles" / "wind-farm.md"
COMMAND = (sys.executable, "-m", "checker")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
WRONG = "The missiles travelled 1,500 kilometres (832 miles) in the test.\n"


def figcheck(*arguments: object, text: str | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, [str(a) for a in arguments], input=text)


@pytest.fixture
def wrong(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG)
    return path


# ---------------------------------------------------------------- check
def test_the_main_job() -> None:
    done = figcheck("check", ARTICLE)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "719 km/h" in done.stdout
    assert "^^^^^^^^^^^^^^^^" in done.stdout
    assert "\nnote: " in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].endswith(" unchecked")


def test_a_finding(wrong: pathlib.Path) -> None:
    done = figcheck("check", wrong)
    assert done.exit_code == 1
    assert "\nerror: " in done.stdout
    assert f"--> {wrong}:1:24  measures/wrong-conversion\n" in done.stdout
    assert "Did you mean 932 miles?" in done.stdout
    assert done.stdout.endswith("\n2 figures, 2 checked, 2 flagged, 0 unchecked\n")


def test_standard_input() -> None:
    done = figcheck("check", "-", text=WRONG)
    assert done.exit_code == 1
    assert done.stdout.startswith("<stdin>\n")
    assert figcheck("check", "-", text="").stderr == "<stdin>: the file is empty: nothing to check\n"


def test_nothing_to_check_is_said(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("No figure is in this text.\n")
    done = figcheck("check", path)
    assert (done.exit_code, done.stdout) == (0, f"{path}\n\nno figures: nothing to check\n")


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_fail_on_an_error(wrong: pathlib.Path, level: str, code: int) -> None:
    assert figcheck("check", wrong, "--fail-on", level).exit_code == code


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_fail_on_a_warning(level: str, code: int) -> None:
    text = "The short-range ballistic missile flew 1,900 km."
    assert figcheck("check", "-", "--fail-on", level, text=text).exit_code == code


def test_select_and_ignore(wrong: pathlib.Path) -> None:
    assert figcheck("check", wrong, "--ignore", "measures/*").exit_code == 0
    assert figcheck("check", wrong, "--select", "physics/*").exit_code == 0
    assert figcheck("check", wrong, "--select", "physics/*", "--select", "*conversion").exit_code == 1
    missed = figcheck("check", wrong, "--select", "phisics/*")
    assert missed.exit_code == 2
    assert missed.stderr == (
        "figcheck: no rule has an id that matches 'phisics/*'; 'figcheck rules list' names them all\n"
    )


def test_published_dates_the_text() -> None:
    text = "It happened on Sunday, January 25."
    assert figcheck("check", "-", "--published", "2025-01-26", text=text).exit_code == 1
    assert figcheck("check", "-", "--published", "2026-01-26", text=text).exit_code == 0
    bad = figcheck("check", "-", "--published", "26/01/2025", text=text)
    assert (bad.exit_code, bad.stderr) == (
        2,
        "figcheck: --published: '26/01/2025' is not a date: write it as 2025-01-26\n",
    )


def test_markdown_is_checked_as_its_reader_sees_it(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(
        "The test missiles travelled **1,500** km (*832&nbsp;miles*), see `7 km`.\n\n```\n5 km (9 miles)\n```\n"
    )
    record = json.loads(figcheck("check", path, "--format", "json").stdout)
    assert [figure["text"] for figure in record["figures"]] == ["1,500** km", "832&nbsp;miles"]
    assert record["tally"]["flagged"] == 2


def test_a_figure_may_stand_on_two_lines() -> None:
    text = "The agency said that in the test its missiles travelled 1,500\r\n    kilometres, or 832 miles, and hit.\r\n"
    record = json.loads(figcheck("figures", "-", "--format", "json", text=text).stdout)
    assert [figure["text"] for figure in record["figures"]] == ["1,500\r\n    kilometres", "832 miles"]


def test_several_texts_each_get_their_report(wrong: pathlib.Path) -> None:
    done = figcheck("check", wrong, ARTICLE, OTHER)
    assert done.exit_code == 1
    assert done.stdout.index(str(wrong)) < done.stdout.index(str(ARTICLE)) < done.stdout.index(str(OTHER))
    assert done.stdout.splitlines()[-1].startswith("3 texts: ")


# ---------------------------------------------------------------- JSON and files
def test_json_is_the_report() -> None:
    record = json.loads(figcheck("check", ARTICLE, "--format", "json").stdout)
    assert record == run.check_file(str(ARTICLE)).to_dict()
    for figure in record["figures"]:
        assert ARTICLE.read_text()[figure["start"] : figure["end"]] == figure["text"]


def test_json_of_several_texts(wrong: pathlib.Path, tmp_path: pathlib.Path) -> None:
    done = figcheck("check", wrong, tmp_path / "none.txt", ARTICLE, "--format", "json")
    assert done.exit_code == 2
    record = json.loads(done.stdout)
    assert [report["document"]["name"] for report in record["reports"]] == [str(wrong), str(ARTICLE)]
    assert record["unreadable"] == [{"name": str(tmp_path / "none.txt"), "message": "there is no such file"}]


def test_json_of_nothing_readable(tmp_path: pathlib.Path) -> None:
    done = figcheck("check", tmp_path / "none.txt", "--format", "json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["reports"] == []


def test_a_format_that_does_not_exist_is_refused() -> None:
    for command, written in (("check", "yaml"), ("figures", "sarif")):
        done = figcheck(command, ARTICLE, "--format", written)
        assert done.exit_code == 2
        assert f"'{written}' is not one of" in " ".join(done.stderr.split())


def test_the_fact_sheet() -> None:
    done = figcheck("figures", ARTICLE)
    assert done.exit_code == 0
    assert "7,507 to 7,511 seconds" in done.stdout
    record = json.loads(figcheck("figures", ARTICLE, "--format", "json").stdout)
    assert [figure["text"] for figure in record["figures"]] == [
        figure.text for figure in run.check_file(str(ARTICLE)).figures
    ]
    assert figcheck("figures", "-", text="Nothing.").stdout == "<stdin>\nno figures\n"


def test_a_report_goes_to_a_file_whole_or_not_at_all(
    wrong: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "report.json"
    target.parent.mkdir()
    done = figcheck("check", wrong, "--format", "json", "--output", target)
    assert (done.exit_code, done.stdout) == (1, "")
    assert json.loads(target.read_text())["tally"]["flagged"] == 2

    def interrupted(*_: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "check_document", interrupted)
    before = target.read_text()
    done = figcheck("check", wrong, "--output", target)
    assert (done.exit_code, done.stderr) == (130, "figcheck: interrupted\n")
    assert target.read_text() == before
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("output", ["", "none/report.txt"])
def test_a_file_that_cannot_be_written(wrong: pathlib.Path, tmp_path: pathlib.Path, output: str) -> None:
    done = figcheck("check", wrong, "--output", tmp_path / output)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"figcheck: {tmp_path / output}: ")
    assert done.stderr.count("\n") == 1


def test_a_report_never_takes_the_place_of_its_text(wrong: pathlib.Path, tmp_path: pathlib.Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(wrong)
    for text, output in ((wrong, wrong), (wrong, link), (link, wrong)):
        done = figcheck("check", tmp_path / "none.txt", text, "--output", output)
        assert (done.exit_code, done.stderr) == (
            2,
            f"figcheck: {output}: the report would take the place of the text; name another file\n",
        )
        assert wrong.read_text() == WRONG


def test_a_place_that_takes_no_report(
    wrong: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle, kept = tmp_path / "a", tmp_path / "kept.txt"
    circle.symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(circle)
    kept.write_text("kept")
    # The superuser, as whom tests may run, is refused nothing.
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    for output, message in ((circle, "Too many levels of symbolic links"), (kept, "it is read-only")):
        done = figcheck("check", wrong, "--output", output)
        assert (done.exit_code, done.stderr) == (2, f"figcheck: {output}: cannot be written: {message}\n")
    assert kept.read_text() == "kept"


@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_standard_output_may_be_named(output: str) -> None:
    done = subprocess.run(
        [*COMMAND, "check", ARTICLE, "--output", output], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == figcheck("check", ARTICLE).stdout


# ---------------------------------------------------------------- bad input
def test_unreadable_inputs_are_one_line_each_and_the_rest_is_checked(
    wrong: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    made = {
        "empty.txt": b"",
        "latin.txt": b"a caf\xe9",
        "page.pdf": b"%PDF-1.4\n\xff",
        "noise.bin": b"\x01\x00\x02",
        "page.txt": b"<!doctype html><p>5 km",
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    huge = tmp_path / "huge.txt"
    huge.touch()
    os.truncate(huge, 50_000_000)
    (tmp_path / "empty").mkdir()
    inputs = [*(tmp_path / name for name in made), huge, tmp_path / "empty", tmp_path / "none\x1b[2J.txt", "http://[/"]
    done = figcheck("check", *inputs, wrong)
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        f"{tmp_path}/empty.txt: the file is empty: nothing to check",
        f"{tmp_path}/latin.txt:1: not UTF-8 text (byte 0xE9 at offset 5); save it as UTF-8",
        f"{tmp_path}/page.pdf: a PDF document, which is not read; save its text to a file and check that",
        f"{tmp_path}/noise.bin: binary data, not text (a NUL byte at offset 1)",
        f"{tmp_path}/page.txt: an HTML page; save it under a name that ends in .html and check that",
        f"{huge}: 50 MB; texts over 32 MB are not read whole: split it",
        f"{tmp_path}/empty: a folder with no text in it; those end in .txt, .md, .html, .jsonl or .parquet",
        f"{tmp_path}/none<U+001B>[2J.txt: there is no such file",
        "http://[/: no web address: Invalid IPv6 URL",
    ]
    assert "measures/wrong-conversion" in done.stdout


def test_control_and_bidi_characters_are_made_visible() -> None:
    text = "The \x1b[31mmissiles\u202e travelled\x07 1,500 kilometres (832 miles)."
    done = figcheck("check", "-", text=text)
    assert done.exit_code == 1
    assert "The <U+001B>[31mmissiles<U+202E> travelled<U+0007> 1,500 kilometres" in done.stdout
    assert not set(done.stdout) & {"\x1b", "\u202e", "\x07"}
    assert figcheck("check", "-", "--format", "json", text=text).stdout.isascii()


@pytest.mark.parametrize("piece", ["1", "1,", "1 ", "-1", "$1m (", "1 km (", "January ", "\u202e1 ", "first of "])
def test_hostile_texts_are_checked(piece: str) -> None:
    done = figcheck("check", "-", text=piece * (10_000 // len(piece)))
    assert done.exit_code in (0, 1)
    assert done.stderr == ""


# ---------------------------------------------------------------- rules
TOPIC = """
title = "Trees"
[frame.growth]
about = "how tall a tree is"
scope = "sentence"
[frame.growth.role.height]
kind = "quantity"
dimension = "[length]"
left = ["tall"]
right = ["tall"]
"""
RULE = """
title = "Tree too tall"
why = "Water does not rise higher."
source = "Koch and others, The limits to tree height, Nature 2004"
level = "error"
frame = "growth"
require = "height <= 140 m"
message = "{height} is taller than trees grow"
"""
EXAMPLES = """
[[example]]
values = { height = "115 m" }
verdict = "consistent"
[[example]]
values = { height = "300 m" }
verdict = "broken"
"""


@pytest.fixture
def trees(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "trees"
    folder.mkdir()
    (folder / "topic.toml").write_text(TOPIC)
    (folder / "too-tall.toml").write_text(RULE + EXAMPLES)
    return folder


def test_own_rules_work_beside_the_shipped_ones(trees: pathlib.Path) -> None:
    text = f"The redwood is 300 metres tall. {WRONG}"
    done = figcheck("check", "-", "--rules", trees, text=text)
    assert done.exit_code == 1
    assert "trees/too-tall" in done.stdout
    assert "measures/wrong-conversion" in done.stdout
    assert "trees/too-tall" in figcheck("rules", "list", "--rules", trees).stdout
    assert figcheck("rules", "test", trees).stdout == "1 rules, 2 examples, 0 failed\n"


def test_a_broken_rule_file_costs_only_itself(trees: pathlib.Path) -> None:
    (trees / "broken.toml").write_text(RULE + "why = \n")
    (trees / "lonely.toml").write_text(RULE)
    (trees / "unlike.toml").write_text(RULE.replace("140 m", "140 s") + EXAMPLES)
    (trees / "latin.toml").write_bytes(b"title = '\xe9'")
    done = figcheck("check", "-", "--rules", trees, text="The redwood is 300 metres tall.")
    assert done.exit_code == 2
    assert "trees/too-tall" in done.stdout
    lines = done.stderr.splitlines()
    assert [pathlib.Path(line.split(":")[0]).name for line in lines] == [
        "broken.toml",
        "latin.toml",
        "lonely.toml",
        "unlike.toml",
    ]
    assert all(line.split(":")[1].isdigit() for line in lines)


def test_a_folder_without_rules_is_said(tmp_path: pathlib.Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        done = figcheck("check", ARTICLE, "--rules", folder)
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
        assert "719 km/h" in done.stdout


def test_an_example_that_fails_is_said(trees: pathlib.Path) -> None:
    (trees / "too-tall.toml").write_text(RULE + EXAMPLES.replace("115 m", "150 m"))
    done = figcheck("rules", "test", trees)
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{trees / 'too-tall.toml'}:")
    assert done.stdout.endswith("1 rules, 2 examples, 1 failed\n")


def test_rules_are_listed_and_explained() -> None:
    listed = figcheck("rules", "list")
    assert figcheck("rules").stdout == listed.stdout
    ids = [f"{path.parent.name}/{path.stem}" for path in shipped_rules().glob("*/*.toml") if path.stem != "topic"]
    assert all(rule in listed.stdout for rule in ids)
    explained = figcheck("rules", "explain", "measures/wrong-conversion")
    assert explained.exit_code == 0
    assert "measures/wrong-conversion" in explained.stdout
    unknown = figcheck("rules", "explain", "measures/wrong-convertion")
    assert unknown.exit_code == 2
    assert unknown.stderr.startswith("figcheck: there is no rule 'measures/wrong-convertion'; did you mean ")
    offered = re.findall(r"[a-z]+/[a-z-]+", unknown.stderr.partition("did you mean")[2])
    assert offered[:2] == ["measures/wrong-conversion", "measures/wrong-time-conversion"]
    assert unknown.stderr.endswith("?\n")
    assert "'figcheck rules list' names them all" in figcheck("rules", "explain", "zzz").stderr


# ---------------------------------------------------------------- how it ends
def test_usage() -> None:
    assert figcheck("--version").stdout.startswith("figcheck 0.")
    assert figcheck("--help").exit_code == figcheck("-h").exit_code == 0
    for arguments in (["check"], ["check", "--nonsense", "x"], ["nonsense"], ["rules", "explain"]):
        done = figcheck(*arguments)
        assert (done.exit_code, done.stdout) == (2, "")


def test_a_fault_of_ours_is_no_finding(wrong: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run.check_document

    def faulty(document: object, rulebook: object) -> Report:
        if document.name == str(wrong):  # type: ignore[attr-defined]
            raise RuntimeError("\x1boops")
        return whole(document, rulebook)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "check_document", faulty)
    done = figcheck("check", wrong, ARTICLE)
    assert done.exit_code == 3
    assert done.stderr == (
        f"figcheck: internal fault on {wrong}: RuntimeError: <U+001B>oops; please report it "
        "('figcheck --debug ...' shows where)\n"
    )
    assert "719 km/h" in done.stdout
    assert "in faulty\n" in figcheck("--debug", "check", wrong).stderr


def test_a_fault_outside_any_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(run, "load_rules", faulty)
    for arguments in (["check", ARTICLE], ["rules", "list"], ["rules", "test"]):
        done = figcheck(*arguments)
        assert done.exit_code == 3
        assert done.stderr.startswith("figcheck: internal fault: RuntimeError: oops; please report it")


def test_a_fault_outside_the_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def faulty() -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(cli, "app", faulty)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert capsys.readouterr().err.startswith("figcheck: internal fault: RuntimeError: oops; please report it")


def test_it_runs_as_a_module_from_anywhere(tmp_path: pathlib.Path) -> None:
    done = subprocess.run(
        [*COMMAND, "check", ARTICLE], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == figcheck("check", ARTICLE).stdout


def test_a_reader_that_stops_early_is_no_fault() -> None:
    with subprocess.Popen(
        [*COMMAND, "check", *[str(ARTICLE)] * 20], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_a_full_disk_is_said() -> None:
    full = pathlib.Path("/dev/full")
    assert full.exists()
    with full.open("w") as stream:
        done = subprocess.run(
            [*COMMAND, "check", ARTICLE], env=ENVIRONMENT, stdout=stream, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (
        2,
        "figcheck: the report cannot be written: No space left on device\n",
    )


def test_what_cannot_be_said_leaves_the_exit_code(wrong: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pathlib.Path("/dev/full").open("w") as stream:
        done = subprocess.run(
            [*COMMAND, "check", tmp_path / "none.txt", wrong], env=ENVIRONMENT, stdout=-1, stderr=stream, check=False
        )
    assert done.returncode == 2
    assert b"1 text: 2 figures, 2 checked" in done.stdout


def test_closed_streams_are_no_fault(wrong: pathlib.Path) -> None:
    started = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *COMMAND]
    assert subprocess.run([*started, "check", wrong, "-"], env=ENVIRONMENT, check=False).returncode == 2


def test_an_unbuffered_stream_is_not_cut_off_in_silence(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("1 km.\n\n" * 1000)
    with subprocess.Popen(
        [*COMMAND, "check", path, "--format", "json"],
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.read(1)
        process.stdout.close()
        assert process.wait() == 141


def test_an_interrupt_is_said(tmp_path: pathlib.Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        subprocess.Popen([*COMMAND, "check", pipe], env=ENVIRONMENT, stderr=subprocess.PIPE) as process,
        pipe.open("w"),  # waits until it is opened for reading
    ):
        process.send_signal(signal.SIGINT)
        assert process.stderr
        assert process.stderr.read() == b"figcheck: interrupted\n"
        assert process.wait() == 130


def test_a_terminal_without_utf8_is_written_to() -> None:
    done = subprocess.run(
        [*COMMAND, "check", "-"],
        env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        input="“Missiles” flew 1,500 kilometres (832 miles).".encode("ascii", "backslashreplace"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.isascii()


def test_streams_that_cannot_be_set_up_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["figcheck", "--version"])
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
