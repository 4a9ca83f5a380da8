"""The shipped articles: quiet as they are, and flagged where a mutation makes them wrong, nowhere else."""

from __future__ import annotations

import pathlib
import tomllib
from typing import Any

import pytest

from checker import check, check_file
from checker.model import Check, Report

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
ARTICLES = sorted(p for p in (FIXTURES / "articles").iterdir() if p.suffix in (".txt", ".md"))
MUTATIONS = tomllib.loads((FIXTURES / "mutations" / "missile-test.toml").read_text(encoding="utf-8"))


def told(checks: tuple[Check, ...]) -> list[str]:
    return [f"{c.rule}: {c.message}" for c in checks]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.name)
def test_a_consistent_article_has_no_findings(path: pathlib.Path) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    report = check_file(path)
    if str(expected["published"].year) in report.document.text:
        assert report.document.published == expected["published"]
    else:  # a dateline without its year leaves it to the reader
        report = check_file(path, published=expected["published"])
    assert told(report.findings) == expected["findings"]
    assert len(report.figures) > 10


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.name)
def test_an_article_has_checks_that_hold(path: pathlib.Path) -> None:
    assert any(c.verdict == "consistent" for c in check_file(path).checks)


def mutated(mutation: dict[str, Any]) -> tuple[Report, str]:
    text = (FIXTURES / MUTATIONS["article"]).read_text(encoding="utf-8")
    for find, replace in zip(mutation["find"], mutation["replace"], strict=True):
        assert text.count(find) == 1
        text = text.replace(find, replace)
    return check(text, published=MUTATIONS["published"]), text


@pytest.mark.parametrize("mutation", MUTATIONS["mutation"], ids=lambda m: m["name"])
def test_a_mutation_is_judged_at_its_figure_and_nowhere_else(mutation: dict[str, Any]) -> None:
    report, text = mutated(mutation)
    spans = [(text.index(piece), text.index(piece) + len(piece)) for piece in mutation["mutated"]]

    def overlaps(check: Check) -> bool:
        return any(f.start < end and start < f.end for f in check.figures for start, end in spans)

    hit = [c for c in report.checks if c.verdict == mutation["verdict"] and overlaps(c)]
    if mutation["level"] == "note":
        assert any(c.level == "note" for c in hit)
        assert told(report.findings) == []
    else:
        assert [c for c in hit if c.is_finding]
        assert all(overlaps(c) for c in report.findings), told(report.findings)
    if repair := mutation.get("repair"):
        assert any(repair in r.text for c in report.findings for r in c.repair)


@pytest.mark.parametrize("passage", MUTATIONS["passage"], ids=lambda p: p["name"])
def test_a_passage_is_judged(passage: dict[str, Any]) -> None:
    report = check(passage["text"])
    told_of = {f.text for c in report.checks if c.verdict == passage["verdict"] for f in c.figures}
    assert set(passage["figures"]) <= told_of
    if passage["verdict"] == "consistent":
        assert told(report.findings) == []
    else:
        assert any(passage["says"] in c.message for c in report.findings)
