"""The laws of the house: which way imports go, that rules speak for themselves, that nothing lies about unused."""

from __future__ import annotations

import ast
import graphlib
import itertools
import pathlib
import re
import tomllib

import pytest

from checker import load_rules
from checker.rulebook import shipped_rules

ROOT = pathlib.Path(__file__).parent.parent
PACKAGE = ROOT / "checker"
FIXTURES = ROOT / "fixtures"

LAYERS = (
    {"interval"},
    {"units", "notation"},
    {"model", "wording", "vocabulary"},
    {"dataset", "events"},
    {"figures", "rulebook", "readers", "reports"},
    {"claims", "remarks"},
    {"check"},
    {"slips"},
    {"repair", "trial", "config", "annotation"},
    {"tables"},
    {"run", "session", "waivers", "formats", "failure"},
    {"assertion", "batches", "comparison", "options", "picture", "strategies"},
    {"checker"},
    {"texts"},
    {"table_door", "text_door"},
    {"comparison_door"},
    {"cli", "pytest_plugin", "hypothesis_plugin"},
    {"__main__"},
)
"""The rooms from the bottom up: each may import those below it, none beside it. "checker" is the public face."""
LONGEST_MODULE = 400

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imported(path: pathlib.Path) -> set[str]:
    """The modules of the package that a module imports, at its top or anywhere within."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports say where from"
            assert node.module
            found |= {
                name if (name := f"{node.module}.{alias.name}") in MODULES else node.module for alias in node.names
            }
    return {name for name in found if name in MODULES}


IMPORTS = {name: imported(path) for name, path in MODULES.items()}


def room(module: str) -> str:
    """The part of the house that a module belongs to."""
    return module.split(".")[1] if "." in module else module


def level(module: str) -> int:
    return next(i for i, rooms in enumerate(LAYERS) if room(module) in rooms)


def test_every_room_has_its_place() -> None:
    assert {room(module) for module in MODULES} == set().union(*LAYERS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_go_down(module: str) -> None:
    elsewhere = {other for other in IMPORTS[module] if room(other) != room(module)}
    assert not {other for other in elsewhere if level(other) >= level(module)}


def test_no_imports_run_in_a_circle() -> None:
    within = {module: IMPORTS[module] - {module} for module in MODULES}
    order = list(graphlib.TopologicalSorter(within).static_order())
    assert set(order) == set(MODULES)


@pytest.mark.parametrize("path", MODULES.values(), ids=MODULES)
def test_a_module_is_one_room(path: pathlib.Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_every_rule_file_is_a_rule() -> None:
    rulebook = load_rules()
    files = {path for path in shipped_rules().glob("*/*.toml") if path.name != "topic.toml"}
    assert rulebook.errors == ()
    assert {rule.path.resolve() for rule in rulebook.rules} == {path.resolve() for path in files}
    assert {rule.id for rule in rulebook.rules} == {f"{path.parent.name}/{path.stem}" for path in files}


@pytest.mark.parametrize("rule", load_rules().rules, ids=lambda rule: rule.id)
def test_every_rule_has_examples_of_both_signs(rule) -> None:  # type: ignore[no-untyped-def]
    verdicts = [example.verdict for example in rule.examples]
    assert "broken" in verdicts
    assert set(verdicts) & ({"unchecked"} if rule.of_prints else {"consistent", "strained"})


def test_every_article_says_what_is_expected_of_it() -> None:
    articles = {path.stem for path in (FIXTURES / "articles").iterdir() if path.suffix in (".txt", ".md")}
    expectations = {path.stem for path in (FIXTURES / "articles").glob("*.toml")}
    assert articles == expectations
    assert len(articles) >= 4


def test_every_fixture_is_used() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
    files = {path for path in FIXTURES.rglob("*") if path.is_file() and path.name != "README.md"}
    # Articles and passages are used as folders; of the rest, each by its name.
    folders = ("articles", "passages")
    used = {path for path in files if path.parent.name in folders or path.name in tests}
    assert all(f'"{folder}"' in tests for folder in folders)
    assert sorted(map(str, files - used)) == []


def test_the_readme_names_each_command_that_there_is() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    python3 -m venv .*$", readme, re.MULTILINE)
    assert len(commands) == 2
    assert "figcheck check fixtures/articles/missile-test.txt" in commands[0]
    assert "pytest" in commands[1]


def test_the_lock_knows_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {package["name"] for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]}
    asked = itertools.chain(project["dependencies"], *project["optional-dependencies"].values())
    assert {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in asked} <= locked
