"""What a project lets pass: settings, `[[ignore]]` entries and baselines, as their users meet them."""

from __future__ import annotations

import datetime
import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from checker import Report, cli, config, run
from checker.model import Waiver
from checker.waivers import Baseline, Candidate, Known, NoBaseline, Sieve, sieve
from checker.waivers.globs import matches

WRONG = "The missiles travelled 1,500 kilometres (832 miles) in the test.\n"
RULE = "measures/wrong-conversion"
TODAY = datetime.date(2026, 1, 31)


def figcheck(*arguments: object, text: str | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, [str(a) for a in arguments], input=text)


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "project"
    (folder / "articles").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "articles" / "wrong.txt").write_text(WRONG)
    (folder / "articles" / "right.txt").write_text(WRONG.replace("832", "932"))
    monkeypatch.chdir(folder)
    return folder


def ignoring(project: pathlib.Path, *entries: str, name: str = "figcheck.toml") -> None:
    head = "[[tool.figcheck.ignore]]" if name == "pyproject.toml" else "[[ignore]]"
    (project / name).write_text("\n".join(f"{head}\n{entry}\n" for entry in entries))


# ---------------------------------------------------------------- globs
@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("a.txt", "a.txt", True),
        ("x/a.txt", "a.txt", True),
        ("x/a.txt", "*.txt", True),
        ("x/a.txt", "x/*.txt", True),
        ("x/a.txt", "./x/a.txt", True),
        ("x/y/a.txt", "x/*.txt", False),
        ("x/y/a.txt", "x/**/*.txt", True),
        ("x/a.txt", "x/**/*.txt", True),
        ("x/y/a.txt", "x/**", True),
        ("x/y/a.txt", "**/a.txt", True),
        ("a.txt", "**/a.txt", True),
        ("a.txt", "A.txt", False),
        ("a.txt", "a?txt", True),
        ("x/a", "x?a", False),
        ("[slug].md", "[slug].md", True),
        ("s.md", "[slug].md", False),
        ("a.txt.bak", "*.txt", False),
        ("a\nb.txt", "*.txt", True),
    ],
)
def test_a_glob(path: str, glob: str, expected: bool) -> None:
    assert matches(path, glob) is expected


@given(st.text(min_size=1), st.text())
def test_any_text_is_a_glob(path: str, glob: str) -> None:
    matches(path, glob)
    plain = path.replace("*", "").replace("?", "").removeprefix("./")
    assert matches(plain, plain)


# ---------------------------------------------------------------- settings
def test_the_nearest_settings_count(project: pathlib.Path) -> None:
    deep = project / "a" / "b"
    deep.mkdir(parents=True)
    assert config.found(deep) is None
    (project / "pyproject.toml").write_text("[tool.figcheck]\n")
    assert _found(deep) == project / "pyproject.toml"
    (project / "figcheck.toml").touch()
    assert _found(deep) == project / "figcheck.toml"
    (project / "a" / "pyproject.toml").write_text("[project]\nname = 'figcheck-texts'\n")
    assert _found(deep) == project / "figcheck.toml"
    (project / "a" / "figcheck.toml").touch()
    assert _found(deep) == project / "a" / "figcheck.toml"
    assert str(config.found(project / "a")) == "a/figcheck.toml"


def test_settings_above_the_repository_are_of_another_project(project: pathlib.Path) -> None:
    (project.parent / "figcheck.toml").write_text("nonsense")
    assert config.found(project) is None
    assert figcheck("check", "articles/right.txt").exit_code == 0


def test_a_pyproject_that_does_not_name_us_is_not_read(project: pathlib.Path) -> None:
    (project / "pyproject.toml").write_text("this is no TOML")
    done = figcheck("check", "articles/right.txt")
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[ignore]\n", 1, "this is no TOML: "),
        ("ignored = []\n", 1, "unknown key 'ignored': did you mean 'ignore'?"),
        ("[ignore]\nrule = 'x'\n", 1, "'ignore' is written [[ignore]], once for each"),
        ("\n[[ignore]]\nrule = 'x'\n", 2, "the key 'reason' is missing in [ignore]"),
        ("[[ignore]]\nrule = 'x'\nreason = ' '\n", 3, "'reason' is empty"),
        ("[[ignore]]\nreason = 'x'\n", 1, "this ignore names no file, rule, text or key: it would match all"),
        ("[[ignore]]\nrule = 3\nreason = 'x'\n", 2, "'rule' is a text in quotes, not a number"),
        ("[[ignore]]\nrules = 'x'\nreason = 'x'\n", 2, "unknown key 'rules' in [ignore]: did you mean 'rule'?"),
        ("[[ignore]]\nrule = 'x'\nreason = 'x'\nexpires = 'soon'\n", 4, "'expires' is a date, written 2026-01-31"),
        ("[[ignore]]\nrule = 'x'\nreason = 'x'\nexpires = 2026\n", 4, "'expires' is a date, written 2026-01-31"),
        (
            "[[ignore]]\nrule = 'x'\nreason = 'x'\nexpires = 2026-01-31T00:00:00\n",
            4,
            "'expires' is a date, written 2026-01-31",
        ),
    ],
)
def test_bad_settings_are_one_line(project: pathlib.Path, text: str, line: int, message: str) -> None:
    (project / "figcheck.toml").write_text(text)
    done = figcheck("check", "articles/wrong.txt")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"figcheck: figcheck.toml:{line}: {message}")
    assert done.stderr.count("\n") == 1


def test_the_settings_of_the_readme_are_settings(project: pathlib.Path) -> None:
    readme = (pathlib.Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    [example] = [
        block.split("```")[0] for block in readme.split("```toml\n")[1:] if "[[ignore]]" in block.split("```")[0]
    ]
    (project / "figcheck.toml").write_text(example)
    held = sieve([RULE], project / "figcheck.toml", None, renew=False, today=TODAY)
    candidate = Candidate(RULE, ("1,500 km", "832 miles"))
    assert held.waivers("texts/interviews/2026/a.md", [candidate]) == [Waiver("ignore", "quoted as it was said")]
    assert held.waivers("texts/a.md", [candidate]) == [None]


def test_settings_named_must_be_there(project: pathlib.Path) -> None:
    done = figcheck("check", "articles/right.txt", "--config", "none.toml")
    assert (done.exit_code, done.stderr) == (
        2,
        "figcheck: none.toml:1: the file cannot be read: No such file or directory\n",
    )
    assert project.is_dir()


# ---------------------------------------------------------------- ignores
@pytest.mark.parametrize(
    "entry",
    [
        f"rule = '{RULE}'",
        "rule = 'measures/*'",
        "file = 'articles/*.txt'",
        "file = 'wrong.txt'",
        "text = '832 miles'",
        f"rule = '{RULE}'\nfile = 'articles/wrong.txt'\ntext = '1,500  kilometres'\nexpires = 9999-12-31",
    ],
)
@pytest.mark.parametrize("name", ["figcheck.toml", "pyproject.toml"])
def test_an_entry_lets_a_finding_pass(project: pathlib.Path, entry: str, name: str) -> None:
    ignoring(project, f"{entry}\nreason = 'quoted as it was said'", name=name)
    done = figcheck("check", "articles/wrong.txt")
    assert (done.exit_code, done.stderr) == (0, f"figcheck: 1 finding ignored, as {name} says\n")
    assert RULE not in done.stdout
    assert done.stdout.endswith("\n2 figures, 2 checked, 0 flagged, 0 unchecked\n")
    [check] = [c for c in _json("check", "articles/wrong.txt")["checks"] if c["rule"] == RULE]
    assert check["verdict"] == "broken"
    assert check["waived"] == {"by": "ignore", "reason": "quoted as it was said"}


@pytest.mark.parametrize(
    "entry", ["rule = 'measures/other*'", "file = 'wrong.md'", "text = '832'", "key = 'K-1'", "file = '*/*/wrong.txt'"]
)
def test_an_entry_lets_nothing_else_pass(project: pathlib.Path, entry: str) -> None:
    ignoring(project, f"{entry}\nreason = 'so'")
    done = figcheck("check", "articles/wrong.txt")
    assert done.exit_code == 1
    assert "1 finding ignored" not in done.stderr


def test_files_are_named_from_the_settings(project: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ignoring(project, "file = 'articles/wrong.txt'\nreason = 'so'")
    monkeypatch.chdir(project / "articles")
    assert figcheck("check", "wrong.txt").exit_code == 0
    assert figcheck("check", project / "articles" / "wrong.txt").exit_code == 0
    assert figcheck("check", "-", text=WRONG).exit_code == 1


def test_an_expired_entry_lets_nothing_pass_and_is_said(project: pathlib.Path) -> None:
    ignoring(project, f"rule = '{RULE}'\nreason = 'until the agency answers'\nexpires = 2020-02-29")
    done = figcheck("check", "articles/wrong.txt")
    assert done.exit_code == 1
    assert done.stderr == ("figcheck: figcheck.toml:1: this ignore expired on 2020-02-29 (until the agency answers)\n")


def test_an_entry_holds_on_its_last_day(project: pathlib.Path) -> None:
    ignoring(project, f"rule = '{RULE}'\nreason = 'so'\nexpires = 2026-01-31")
    for today, expected in ((TODAY, Waiver("ignore", "so")), (TODAY + datetime.timedelta(1), None)):
        held = sieve([RULE], project / "figcheck.toml", None, renew=False, today=today)
        assert held.waivers("a.txt", [Candidate(RULE, ("1 m",))]) == [expected]


def test_an_entry_of_no_use_is_said(project: pathlib.Path) -> None:
    ignoring(
        project,
        "file = 'articles/right.txt'\nreason = 'one'",
        "file = 'articles/elsewhere.txt'\nreason = 'two'",
        "rule = 'nonsense/*'\nreason = 'three'",
        "text = '832 miles'\nreason = 'four'",
    )
    place = "figcheck.toml"
    done = figcheck("check", "articles/wrong.txt", "articles/right.txt")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        f"figcheck: 1 finding ignored, as {place} says",
        f"figcheck: {place}:1: this ignore matches no finding of this run (one)",
        f"figcheck: {place}:5: there is no file 'articles/elsewhere.txt' (two)",
        f"figcheck: {place}:9: no rule of this run has an id that matches 'nonsense/*'",
    ]
    # A hook is given the files that changed, so that nothing is said of an entry for another.
    assert "figcheck.toml:1:" not in figcheck("check", "articles/wrong.txt").stderr


def test_strained_checks_are_ignored_too_and_are_no_findings(project: pathlib.Path) -> None:
    (project / "a.txt").write_text(WRONG.replace("832", "940"))
    assert "unless rounded" in figcheck("check", "a.txt", "--notes").stdout
    ignoring(project, "text = '940 miles'\nreason = 'so'")
    done = figcheck("check", "a.txt", "--notes")
    assert "unless rounded" not in done.stdout
    assert done.stderr == ""


def test_what_is_ignored_is_in_no_format(project: pathlib.Path) -> None:
    ignoring(project, f"rule = '{RULE}'\nreason = 'so'")
    for how in ("sarif", "junit", "github"):
        done = figcheck("check", "articles/wrong.txt", "--format", how)
        assert done.exit_code == 0
        assert "832 miles are not the same" not in done.stdout
    [invocation] = json.loads(figcheck("check", "articles/wrong.txt", "--format", "sarif").stdout)["runs"][0][
        "invocations"
    ]
    assert "1 finding ignored" in invocation["toolExecutionNotifications"][0]["message"]["text"]


# ---------------------------------------------------------------- baselines
def test_a_baseline_tells_new_from_known(project: pathlib.Path) -> None:
    done = figcheck("check", "articles/wrong.txt", "--baseline", "known.json", "--update-baseline")
    assert (done.exit_code, done.stderr) == (0, "figcheck: known.json: 1 new, 0 unchanged, 0 fixed; written anew\n")
    written = (project / "known.json").read_text()
    assert json.loads(written) == {
        "version": 1,
        "findings": [{"file": "articles/wrong.txt", "rule": RULE, "figures": ["1,500 kilometres", "832 miles"]}],
    }
    done = figcheck("check", "articles/wrong.txt", "--baseline", "known.json")
    assert (done.exit_code, done.stderr) == (0, "figcheck: known.json: 0 new, 1 unchanged, 0 fixed\n")
    assert RULE not in done.stdout

    (project / "articles" / "wrong.txt").write_text(
        f"It was a test.\n\n{WRONG}\n{WRONG.replace('832', '842')}\n{WRONG}"
    )
    done = figcheck("check", "articles/wrong.txt", "--baseline", "known.json")
    assert (done.exit_code, done.stderr) == (1, "figcheck: known.json: 2 new, 1 unchanged, 0 fixed\n")
    assert [line.split()[1] for line in done.stdout.splitlines() if "-->" in line] == [
        "articles/wrong.txt:5:24",
        "articles/wrong.txt:7:24",
    ]

    (project / "articles" / "wrong.txt").write_text(WRONG.replace("832", "932"))
    done = figcheck("check", "articles/wrong.txt", "--baseline", "known.json")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "figcheck: known.json: 0 new, 0 unchanged, 1 fixed",
        f"figcheck: fixed: articles/wrong.txt: {RULE}: 1,500 kilometres, 832 miles",
        "figcheck: --update-baseline takes out what is fixed",
    ]
    assert (project / "known.json").read_text() == written
    figcheck("check", "articles/wrong.txt", "--baseline", "known.json", "--update-baseline")
    assert json.loads((project / "known.json").read_text()) == {"version": 1, "findings": []}


def test_a_run_over_some_files_leaves_the_others_alone(project: pathlib.Path) -> None:
    (project / "gone.txt").write_text(WRONG)
    (project / "unreadable.txt").write_text(WRONG)
    figcheck("check", "articles/wrong.txt", "gone.txt", "unreadable.txt", "--baseline", "b.json", "--update-baseline")
    (project / "gone.txt").unlink()
    (project / "unreadable.txt").write_bytes(b"\xff")
    done = figcheck("check", "articles/right.txt", "unreadable.txt", "--baseline", "b.json", "--update-baseline")
    assert done.exit_code == 2
    assert "0 new, 0 unchanged, 0 fixed" in done.stderr
    left = [finding["file"] for finding in json.loads((project / "b.json").read_text())["findings"]]
    assert left == ["articles/wrong.txt", "unreadable.txt"]


def test_rules_not_judged_by_keep_their_findings(project: pathlib.Path) -> None:
    figcheck("check", "articles/wrong.txt", "--baseline", "b.json", "--update-baseline")
    before = (project / "b.json").read_text()
    done = figcheck(
        "check", "articles/wrong.txt", "--baseline", "b.json", "--update-baseline", "--ignore", "measures/*"
    )
    assert "0 fixed" in done.stderr
    assert (project / "b.json").read_text() == before


def test_a_baseline_names_files_from_its_own_folder(project: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figcheck("check", project / "articles" / "wrong.txt", "--baseline", "b.json", "--update-baseline")
    monkeypatch.chdir(project / "articles")
    assert figcheck("check", "wrong.txt", "--baseline", "../b.json").exit_code == 0


def test_ignored_findings_stay_out_of_the_baseline(project: pathlib.Path) -> None:
    ignoring(project, f"rule = '{RULE}'\nreason = 'so'")
    figcheck("check", "articles/wrong.txt", "--baseline", "b.json", "--update-baseline")
    assert json.loads((project / "b.json").read_text())["findings"] == []


def test_sarif_tells_new_from_unchanged(project: pathlib.Path) -> None:
    figcheck("check", "articles/wrong.txt", "--baseline", "b.json", "--update-baseline")
    (project / "articles" / "wrong.txt").write_text(f"{WRONG}\n{WRONG}")
    done = figcheck("check", "articles/wrong.txt", "--baseline", "b.json", "--format", "sarif")
    [log] = json.loads(done.stdout)["runs"]
    assert [result["baselineState"] for result in log["results"]] == ["unchanged", "new"]
    assert log["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == (
        "b.json: 1 new, 1 unchanged, 0 fixed"
    )
    done = figcheck("check", "articles/wrong.txt", "--baseline", "b.json", "--format", "github")
    assert done.stdout.count("::error ") == 1


def test_an_interrupted_run_leaves_the_baseline_as_it_was(
    project: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figcheck("check", "articles/wrong.txt", "--baseline", "b.json", "--update-baseline")
    before = (project / "b.json").read_text()

    def interrupted(*_: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "check_document", interrupted)
    done = figcheck("check", "articles/wrong.txt", "--baseline", "b.json", "--update-baseline")
    assert done.exit_code == 130
    assert (project / "b.json").read_text() == before
    assert sorted(path.name for path in project.iterdir()) == [".git", "articles", "b.json"]


def test_a_baseline_must_be_there_unless_it_is_made(project: pathlib.Path) -> None:
    done = figcheck("check", "articles/right.txt", "--baseline", "b.json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "figcheck: b.json: there is no such file; --update-baseline makes it\n"
    done = figcheck("check", "articles/right.txt", "--update-baseline")
    assert (done.exit_code, done.stderr) == (
        2,
        "figcheck: --update-baseline needs to know which one: --baseline FILE\n",
    )
    done = figcheck("check", "articles/right.txt", "--baseline", "none/b.json", "--update-baseline")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        2,
        "figcheck: none/b.json: cannot be written: No such file or directory",
    )
    assert not list(project.glob("*.json"))


GOOD = {"file": "a.txt", "rule": "a/b", "figures": ["1 m"]}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("<<<<<<< HEAD", "this is no baseline: not JSON"),
        ("[" * 100_000, "this is no baseline: not JSON"),
        ("[]", "this is no baseline: it has no list of findings"),
        ('{"findings": {}}', "this is no baseline: it has no list of findings"),
        ('{"version": 9, "findings": []}', "this is no baseline that this figcheck reads: its version is not 1"),
        *(
            (json.dumps({"version": 1, "findings": [GOOD, entry]}), "finding 2 is not written as file, rule, and ")
            for entry in (
                None,
                {},
                {**GOOD, "file": 1},
                {**GOOD, "figures": "1 m"},
                {**GOOD, "figures": [1]},
                {**GOOD, "count": 0},
                {**GOOD, "count": True},
                {**GOOD, "key": "K"},
                {"file": "a", "rule": "b"},
                {"file": "a", "rule": "b", "key": ""},
            )
        ),
    ],
)
@pytest.mark.parametrize("update", [False, True])
def test_a_bad_baseline_is_one_line(project: pathlib.Path, record: str, message: str, update: bool) -> None:
    (project / "b.json").write_text(record)
    more = ["--update-baseline"] if update else []
    done = figcheck("check", "articles/wrong.txt", "--baseline", "b.json", *more)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"figcheck: b.json: {message}")
    assert done.stderr.count("\n") == 1
    assert (project / "b.json").read_text() == record


def test_a_baseline_that_is_no_text(project: pathlib.Path) -> None:
    (project / "b.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NoBaseline, match="not JSON"):
        Baseline.read(project / "b.json")
    with pytest.raises(NoBaseline, match="cannot be read: Is a directory"):
        Baseline.read(project)


known = st.builds(
    Known, st.text(), st.text(), st.just(""), st.lists(st.text(), min_size=1, max_size=3).map(tuple)
) | st.builds(Known, st.text(), st.text(), st.text(min_size=1), st.just(()))


@given(counts=st.dictionaries(known, st.integers(1, 5), max_size=5))
def test_a_baseline_is_read_as_it_was_written(
    counts: dict[Known, int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.json"
    written = Baseline(path, counts)
    path.write_text(written.text(), encoding="ascii")
    assert Baseline.read(path).counts == counts
    assert Baseline.read(path).text() == written.text()
    assert len(written.text().splitlines()) == (len(counts) + 5 if counts else 4)


candidates = st.lists(
    st.builds(
        Candidate,
        st.sampled_from(["a/b", "a/c"]),
        st.tuples(st.sampled_from(["1 m", "2 m"])),
        st.none() | st.just("K"),
        st.booleans(),
    ),
    max_size=8,
)


@given(before=candidates, now=candidates)
def test_new_unchanged_and_fixed_add_up(before: list[Candidate], now: list[Candidate]) -> None:
    rules = frozenset({"a/b", "a/c"})
    first = Sieve(rules, TODAY, baseline=Baseline(pathlib.Path("b.json"), {}), renew=True)
    assert first.baseline
    told = first.waivers("a.txt", before)
    assert [waiver is not None for waiver in told] == [candidate.broken for candidate in before]
    second = Sieve(rules, TODAY, baseline=first.renewed(first.baseline))
    passed = sum(waiver is not None for waiver in second.waivers("a.txt", now))
    summary = next(second.notices()).text
    new, unchanged, fixed = (int(part.split()[0]) for part in summary.split(": ")[1].split(", "))
    assert unchanged == passed
    assert new + unchanged == sum(candidate.broken for candidate in now)
    assert fixed + unchanged == sum(candidate.broken for candidate in before)


def test_the_fixed_are_named_up_to_a_point() -> None:
    counts = {Known("a.txt", "a/b", "", (f"{i} m",)): 1 for i in range(14)}
    empty = Sieve(frozenset({"a/b"}), TODAY, baseline=Baseline(pathlib.Path("b.json"), counts))
    empty.waivers("a.txt", [])
    told = [notice.text for notice in empty.notices()]
    assert len(told) == 13
    assert told[11] == "fixed: and 4 more"


def _found(folder: pathlib.Path) -> pathlib.Path | None:
    path = config.found(folder)
    return path.resolve() if path else None


def _json(*arguments: str) -> dict[str, object]:
    return json.loads(figcheck(*arguments, "--format", "json").stdout)  # type: ignore[no-any-return]
