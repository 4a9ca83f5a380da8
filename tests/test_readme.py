"""What the README shows is what the tool says."""

from __future__ import annotations

import pathlib
import re

import pytest
from typer.testing import CliRunner

from checker import check
from checker.cli import app

README = (pathlib.Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
LAUNCHES = """id,range_km,apogee [km],flight_time (s),class
A-1,"1,500",420,780,MRBM
A-2,"about 1,000",6248,4075,ICBM
A-3,1090,6248.5,4025,ICBM
A-4,4500,,1400,MRBM
A-5,more than 6000,,,ICBM
"""


def test_the_page_shown_is_the_page_printed(tmp_path: pathlib.Path) -> None:
    page = README.split("$ figcheck check draft.txt\n", 1)[1].split("\n```", 1)[0]
    drawn = {int(number): line for number, line in re.findall(r"^(\d) │ (.*)$", page, re.MULTILINE)}
    topics = set(re.findall(r"^ --> draft\.txt:\d+:\d+  (\w+)/", page, re.MULTILINE))
    assert len(topics) == 3
    draft = tmp_path / "draft.txt"
    lines = (drawn.get(number, "") for number in range(1, max(drawn) + 1))
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(draft)], env={"COLUMNS": "100"})
    assert result.output.replace(f"{tmp_path}/", "").strip() == page.strip()


def test_the_table_shown_is_the_table_printed(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = README.split("$ figcheck table launches.csv --key id\n", 1)[1].split("\n```", 1)[0]
    monkeypatch.chdir(tmp_path)
    pathlib.Path("launches.csv").write_text(LAUNCHES, encoding="utf-8")
    result = CliRunner().invoke(app, ["table", "launches.csv", "--key", "id"], env={"COLUMNS": "100"})
    assert result.exit_code == 1
    assert result.output.startswith(page)


def test_the_python_shown_runs() -> None:
    code = CODE[0]
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - the code is our own README's
    report = check("The pool is 50 m (154 ft) long.")
    shown = re.findall(r"^report\.(.+?) +# '(.*)'$", code, re.MULTILINE)
    assert [eval(f"report.{path}", {"report": report}) for path, _ in shown] == [text for _, text in shown]  # noqa: S307
