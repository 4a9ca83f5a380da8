"""Many texts in one run: folders, globs, JSON lines and Parquet, by one process or several, told as they come."""

from __future__ import annotations

import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from checker import Report, cli, run
from checker.texts import Asked, lines, rows
from checker.texts.pieces import LENGTH, pieces

ROOT = pathlib.Path(__file__).parent.parent
ARTICLES = sorted((ROOT / "fixtures" / "articles").glob("*.txt"))[:6]
COMMAND = (sys.executable, "-m", "checker")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
WRONG = "The missiles travelled 1,500 kilometres (832 miles) in the test."
RIGHT = "The missiles travelled 1,500 kilometres (932 miles) in the test."


def figcheck(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, [str(a) for a in arguments])


def records(told: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.splitlines()]


def named(told: str) -> list[str]:
    return [record["document"]["name"] for record in records(told) if "document" in record]


def written(path: pathlib.Path, texts: Iterable[dict[str, Any]]) -> pathlib.Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in texts))
    return path


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    for name in ("b.txt", "a.md", "deep/c.txt", "deep/.hidden.txt", ".git/d.txt", "deep/e.csv", "f.py"):
        path = tmp_path / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(RIGHT)
    written(tmp_path / "texts" / "deep" / "g.jsonl", [{"text": WRONG, "id": 7}])
    return tmp_path / "texts"


# ---------------------------------------------------------------- where texts stand
def test_a_folder_gives_its_texts_in_order(folder: pathlib.Path) -> None:
    done = figcheck("check", folder, "--format", "jsonl")
    assert (done.exit_code, done.stderr) == (1, "")
    assert named(done.stdout) == [f"{folder}/{n}" for n in ("a.md", "b.txt", "deep/c.txt", "deep/g.jsonl#7")]
    assert figcheck("check", folder).stdout.endswith("4 texts: 8 figures, 8 checked, 2 flagged, 0 unchecked\n")


def test_a_glob_gives_what_matches_it(folder: pathlib.Path) -> None:
    assert named(figcheck("check", folder / "**" / "*.txt", "--format", "jsonl").stdout) == [
        f"{folder}/b.txt",
        f"{folder}/deep/c.txt",
    ]
    assert named(figcheck("figures", folder / "[ab].*", "--format", "jsonl").stdout) == [
        f"{folder}/a.md",
        f"{folder}/b.txt",
    ]
    done = figcheck("check", folder / "*.rst", folder / "b.txt")
    assert (done.exit_code, done.stderr) == (2, f"{folder}/*.rst: no file has a name that matches it\n")
    assert "1,500 kilometres" in done.stdout


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a[1].txt"
    path.write_text(WRONG)
    assert figcheck("check", path).exit_code == 1


def test_one_file_is_one_report_and_a_folder_of_one_a_list(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RIGHT)
    assert "document" in json.loads(figcheck("check", path, "--format", "json").stdout)
    for place in (tmp_path, tmp_path / "*.txt"):
        for command in ("check", "figures"):
            told = json.loads(figcheck(command, place, "--format", "json").stdout)
            assert [report["document"]["name"] for report in told["reports"]] == [str(path)]


def test_a_report_is_not_written_over_a_text_of_the_folder(folder: pathlib.Path) -> None:
    done = figcheck("check", folder, "--output", folder / "b.txt")
    assert done.exit_code == 2
    assert (folder / "b.txt").read_text() == RIGHT


# ---------------------------------------------------------------- JSON lines
def test_json_lines_are_texts(tmp_path: pathlib.Path) -> None:
    path = written(
        tmp_path / "texts.jsonl",
        [
            {"text": RIGHT, "id": "A-1"},
            {"text": "It happened on Sunday, January 25.", "name": "B", "published": "2025-01-26"},
            {"text": "It happened on Sunday, January 25.", "published": "2025-01-26T08:00:00Z", "id": None},
            {"text": "It happened on Sunday, January 25."},
        ],
    )
    done = figcheck("check", path, "--format", "jsonl")
    assert (done.exit_code, done.stderr) == (1, "")
    told = records(done.stdout)
    assert named(done.stdout) == [f"{path}#A-1", f"{path}#B", f"{path}:3", f"{path}:4"]
    assert [record["document"].get("id") for record in told] == ["A-1", "B", None, None]
    assert [record["document"]["published"] for record in told] == [None, "2025-01-26", "2025-01-26", None]
    assert [len(record["findings"]) for record in told] == [0, 1, 1, 0]


def test_what_holds_the_text_may_be_named(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path / "x.ndjson", [{"body": WRONG, "url": "u", "text": 5, "day": "2025-01-26"}])
    done = figcheck(
        "check", path, "--text-column", "body", "--id-column", "url", "--date-column", "day", "--format", "jsonl"
    )
    assert (done.exit_code, done.stderr) == (1, "")
    told = records(done.stdout)[0]["document"]
    assert {key: told[key] for key in ("name", "id", "published", "length")} == {
        "name": f"{path}#u",
        "id": "u",
        "published": "2025-01-26",
        "length": len(WRONG),
    }


@pytest.mark.parametrize("command", ["check", "figures"])
def test_a_bad_line_is_one_line_and_the_rest_is_read(tmp_path: pathlib.Path, command: str) -> None:
    path = tmp_path / "texts.jsonl"
    good = json.dumps({"text": RIGHT}).encode()
    bad = [
        (b'{"text": "5 km"', "no JSON: Expecting ',' delimiter (column 16)"),
        (b'{"text": "5 \xe9"}', "not UTF-8 text (byte 0xE9 at offset 12 of the line)"),
        (b'["5 km"]', 'no object in JSON, such as {"text": "..."}'),
        (b'{"title": "5 km"}', "it has no text"),
        (b'{"text": null}', "it has no text"),
        (b'{"text": 5}', "its text is no string, but 5"),
        (b'{"text": " "}', "its text is empty: nothing to check"),
        (b'{"text": "5 km", "published": "soon"}', "its date of publication is 'soon': write it as 2025-01-26"),
        (b'{"text": "5 km", "published": 20250126}', "its date of publication is 20250126: write it as 2025-01-26"),
        (b"[" * 100_000, "no JSON that is read: "),
        (b"1" * 10_000, "no JSON that is read: "),
    ]
    path.write_bytes(b"\xef\xbb\xbf" + good + b"\r\n\n" + b"".join(line + b"\n" + good + b"\n" for line, _ in bad))
    done = figcheck(command, path, "--format", "jsonl")
    assert done.exit_code == 2
    places = [f"{path}:{3 + 2 * i}" for i in range(len(bad))]
    told = done.stderr.splitlines()
    assert len(told) == len(bad)
    assert all(line.startswith(f"{at}: {why}") for line, at, (_, why) in zip(told, places, bad, strict=True))
    assert len(named(done.stdout)) == 1 + len(bad)
    assert [r["unreadable"]["name"] for r in records(done.stdout) if "unreadable" in r] == places


def test_half_a_character_is_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "It is \\ud83d 5 km \\ud83d\\ude00 away.", "id": "\\udc00"}\n')
    (record,) = records(figcheck("check", path, "--format", "jsonl").stdout)
    assert [figure["text"] for figure in record["figures"]] == ["5 km"]


@pytest.mark.parametrize("command", ["check", "figures"])
def test_a_dataset_is_no_text(tmp_path: pathlib.Path, command: str) -> None:
    hint = "name what holds the texts (--text-column), or check a dataset with figcheck table"
    path = written(tmp_path / "launches.jsonl", [{"range_km": 5, "id": i} for i in range(1000)])
    done = figcheck(command, path)
    assert (done.exit_code, done.stderr) == (2, f"{path}: no line has a 'text'; {hint}\n")
    table = tmp_path / "launches.parquet"
    pq.write_table(pa.table({"range_km": [5]}), table)
    done = figcheck(command, table)
    assert (done.exit_code, done.stderr) == (2, f"{table}: no column is named 'text'; {hint}\n")


def test_an_empty_collection_is_said(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.jsonl"
    path.touch()
    assert figcheck("check", path).stderr == f"{path}: the file is empty: nothing to check\n"
    assert figcheck("check", tmp_path / "none.jsonl").stderr == f"{tmp_path}/none.jsonl: there is no such file\n"


@pytest.mark.parametrize("length", [1, 50, 2**16])
def test_pieces_of_lines_hold_every_line_once(
    tmp_path: pathlib.Path, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "_BLOCK", 64)
    path = written(tmp_path / "x.jsonl", [{"text": "x" * (i * 7 % 150), "id": i} for i in range(60)])
    with path.open("a") as stream:
        stream.write('{"text": "without an end of line"}')
    cut = list(lines.cut(str(path), length, Asked()))
    assert [piece.start for piece in cut[1:]] == [piece.stop for piece in cut[:-1]]
    assert [name for piece in cut for name, _ in piece.entries(Asked())] == [f"{path}:{i}" for i in range(1, 62)]


# ---------------------------------------------------------------- Parquet
def test_rows_are_texts(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "texts.parquet"
    texts = [RIGHT, None, WRONG, ""]
    day = pa.array([20114, None, None, None], pa.date32())
    pq.write_table(pa.table({"text": texts, "published": day, "n": [1, 2, 3, 4], "id": [10, 11, None, 13]}), path)
    done = figcheck("check", path, "--format", "jsonl")
    assert done.exit_code == 2
    assert named(done.stdout) == [f"{path}#10", f"{path}: row 3"]
    assert records(done.stdout)[0]["document"]["published"] == "2025-01-26"
    assert done.stderr.splitlines() == [
        f"{path}: row 2: it has no text",
        f"{path}: row 4: its text is empty: nothing to check",
    ]


def test_pieces_of_rows_hold_every_row_once(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "texts.parquet"
    pq.write_table(pa.table({"text": [f"It is {i} km away. " * 20 for i in range(500)]}), path, row_group_size=190)
    cut = list(rows.cut(str(path), 2000, Asked()))
    assert len(cut) > 5
    assert {piece.group for piece in cut} == {0, 1, 2}
    read = [load().text for piece in cut for _, load in piece.entries(Asked())]
    assert read == [f"It is {i} km away. " * 20 for i in range(500)]
    assert next(name for name, _ in cut[2].entries(Asked())) == f"{path}: row {cut[2].row}"


def test_what_is_no_parquet_is_one_line(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "texts.parquet"
    path.write_bytes(b"PAR1 and no more than that")
    done = figcheck("check", path)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{path}: no Parquet that can be read: ")
    assert done.stderr.count("\n") == 1
    pq.write_table(pa.table({"text": [5]}), path)
    assert figcheck("check", path).stderr == f"{path}: row 1: its text is no string, but 5\n"


def test_a_missing_extra_explains_itself(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "texts.parquet"
    path.touch()
    for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = figcheck("check", path)
    assert done.exit_code == 2
    assert done.stderr == f"{path}: Parquet needs pyarrow, which is not installed: pip install 'figcheck[tables]'\n"


# ---------------------------------------------------------------- several processes
@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder of articles as files, as lines and as rows, with some that cannot be read between them."""
    home = tmp_path_factory.mktemp("many")
    texts = [path.read_text() for path in ARTICLES]
    for i, text in enumerate(texts):
        (home / f"{i:02}.txt").write_text(text)
    (home / "03a.txt").write_bytes(b"caf\xe9 5 km")
    (home / "04a.txt").write_text(WRONG)
    repeated = [{"id": f"a{i}", "text": texts[i % len(texts)]} for i in range(30)]
    repeated[11]["text"] = 5  # type: ignore[assignment]
    written(home / "lines.jsonl", repeated)
    pq.write_table(pa.table({"text": texts * 3}), home / "rows.parquet", row_group_size=10)
    return home


@pytest.mark.parametrize("command", ["check", "figures"])
@pytest.mark.parametrize("form", ["jsonl", "json", "console"])
def test_several_processes_say_what_one_does(many: pathlib.Path, command: str, form: str) -> None:
    one, two = (figcheck(command, many, "-", "--format", form, "--jobs", jobs) for jobs in (1, 2))
    assert one.stdout == two.stdout
    assert one.stderr == two.stderr
    assert one.exit_code == two.exit_code == 2
    assert len(one.stderr.splitlines()) == 3


def test_what_a_project_lets_pass_holds_by_several_processes(
    many: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("figcheck.toml").write_text(
        '[[ignore]]\nrule = "measures/*"\nfile = "04a.txt"\nreason = "It is a quotation."\n'
    )
    done = figcheck("check", many, "--format", "jsonl", "--jobs", 2)
    assert "1 finding ignored" in done.stderr
    waived = [
        check["waived"] for r in records(done.stdout) if "checks" in r for check in r["checks"] if check["waived"]
    ]
    assert [waiver["reason"] for waiver in waived] == ["It is a quotation."]


def test_units_of_the_project_are_read_by_several_processes(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("figcheck.toml").write_text('[units]\nsmoot = { is = "1.7018 m", words = ["smoot/smoots"] }\n')
    texts = written(tmp_path / "x.jsonl", [{"text": "It is 364 smoots long. " * 4000}] * 2)
    for command in ("check", "figures"):
        one, two = (figcheck(command, texts, "--format", "jsonl", "--jobs", jobs).stdout for jobs in (1, 2))
        assert one == two
        assert {figure["unit"] for record in records(one) for figure in record["figures"]} == {"smoot"}


def test_other_formats_hear_of_every_text(many: pathlib.Path) -> None:
    told = json.loads(figcheck("check", many, "--format", "sarif", "--select", "measures/*", "--jobs", 2).stdout)
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in told["runs"][0]["results"]]
    assert [place.rpartition("/")[2] for place in places] == ["04a.txt"]


def test_few_texts_need_no_processes(many: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    whole = run.check_document

    def here(*arguments: Any) -> Report:
        seen.append(os.getpid())
        return whole(*arguments)

    monkeypatch.setattr(run, "check_document", here)
    figcheck("check", many / "*.txt", "--format", "jsonl")
    assert len(seen) == len(ARTICLES) + 1


def test_a_fault_in_another_process_costs_its_own_text(many: pathlib.Path, tmp_path: pathlib.Path) -> None:
    faulty = tmp_path / "faulty.py"
    faulty.write_text(
        "import checker.texts.work as work\n"
        "class Faulty:\n"
        "    def __call__(self, document):\n"
        "        if document.id == 'a20':\n"
        "            raise RuntimeError('oops')\n"
        "        return document.name\n"
        "if __name__ == '__main__':\n"
        "    from checker.session import Session\n"
        "    from checker.texts import Asked, texts_of\n"
        "    import faulty, sys\n"
        "    session = Session(True)\n"
        "    texts = texts_of(sys.argv[1:], Asked(), 2)\n"
        "    print(len(list(texts.each(faulty.Faulty(), session, quiet=False))), session.code)\n"
    )
    environment = {**ENVIRONMENT, "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    done = subprocess.run(
        [sys.executable, faulty, many / "lines.jsonl"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "28 3\n"
    assert f"internal fault on {many}/lines.jsonl:21: RuntimeError: oops; please report it\nTraceback" in done.stderr
    assert "in __call__" in done.stderr


# ---------------------------------------------------------------- while it goes on
@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    texts = [path.read_text() for path in ARTICLES]
    path = tmp_path_factory.mktemp("long") / "long.jsonl"
    return written(path, ({"text": texts[i % len(texts)]} for i in range(3000)))


@pytest.fixture
def none_left() -> Iterator[None]:
    """Fails where processes of a pool are there that were not there before; they end within a moment."""
    before = of_pools()
    yield
    deadline = time.monotonic() + 20
    while (left := of_pools() - before) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left


def of_pools() -> set[str]:
    """The processes of pools of this checkout."""
    found = set()
    for status in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            told = status.read_bytes().replace(b"\0", b" ").decode()
            home = (status.parent / "environ").read_bytes()
        except OSError:
            continue
        if "checker.texts.work" in told and f"PYTHONPATH={ROOT}".encode() in home.split(b"\0"):
            found.add(status.parent.name)
    return found


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("none_left")
def test_results_come_while_the_work_goes_on_and_no_one_needs_to_read_them_all(long: pathlib.Path, jobs: int) -> None:
    with subprocess.Popen(
        [*COMMAND, "check", long, "--format", "jsonl", "--jobs", str(jobs)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert named(process.stdout.readline().decode()) == [f"{long}:1"]
        assert process.poll() is None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.parametrize("delay", [0.3, 3.0])
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("none_left")
def test_an_interruption_ends_it_and_leaves_nothing(
    long: pathlib.Path, tmp_path: pathlib.Path, jobs: int, delay: float
) -> None:
    output = tmp_path / "out.jsonl"
    with subprocess.Popen(
        [*COMMAND, "check", long, "--format", "jsonl", "--jobs", str(jobs), "--output", output],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr
        deadline = time.monotonic() + 60
        while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it, to all of them
        assert process.stderr.read() == b"figcheck: interrupted\n"
        assert process.wait() == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("none_left")
def test_processes_end_with_the_one_that_started_them(long: pathlib.Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "check", long, "--format", "jsonl", "--jobs", "2"], env=ENVIRONMENT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.kill()
        process.stdout.close()


def test_a_bar_is_shown_on_a_terminal_when_it_takes_its_time(long: pathlib.Path, many: pathlib.Path) -> None:
    for path, jobs, shown in ((long, "2", True), (many / "00.txt", "1", False)):
        own, theirs = pty.openpty()
        with subprocess.Popen(
            [*COMMAND, "figures", path, "--format", "jsonl", "--jobs", jobs],
            env={**ENVIRONMENT, "TERM": "xterm"},
            stdout=subprocess.DEVNULL,
            stderr=theirs,
        ) as process:
            os.close(theirs)
            told = b""
            try:
                while (piece := os.read(own, 4096)) and not (shown and b"%" in told):
                    told += piece
            except OSError:  # how the end of a terminal is told
                pass
            process.send_signal(signal.SIGINT)
        os.close(own)
        assert (b"checking" in told and b"%" in told) is shown


def test_a_rate_of_memory_that_does_not_grow(tmp_path: pathlib.Path) -> None:
    text = ARTICLES[0].read_text()
    path = written(tmp_path / "x.jsonl", ({"text": text} for _ in range(4000)))
    piece_sizes = [piece.size for piece in pieces([str(path)], Asked())]
    assert max(piece_sizes) < 3 * LENGTH
    assert sum(piece_sizes) == path.stat().st_size
