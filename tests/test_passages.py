"""Short passages: right ones full of traps that must stay quiet, wrong ones that must be flagged at their figures."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from checker import check

PASSAGES = pathlib.Path(__file__).parent.parent / "fixtures" / "passages"


def passages(name: str) -> list[dict[str, Any]]:
    """The passages of every file of a name: one for passages of all kinds, and one a topic."""
    files = sorted(PASSAGES.glob(name))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("passage", passages("right*.jsonl"), ids=lambda p: p["id"])
def test_a_right_passage_has_no_findings(passage: dict[str, Any]) -> None:
    report = check(passage["text"], published=passage.get("published"))
    assert [f"{c.rule}: {c.message}" for c in report.findings] == []


@pytest.mark.parametrize("passage", passages("wrong*.jsonl"), ids=lambda p: p["id"])
def test_a_wrong_passage_is_flagged_at_its_figures(passage: dict[str, Any]) -> None:
    found = [(c.rule, [f.text for f in c.figures]) for c in check(passage["text"]).findings]
    assert (passage["rule"], passage["figures"]) in found
