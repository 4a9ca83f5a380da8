"""Results as SARIF 2.1.0, for code scanning and editors: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import json
import os
import pathlib
import re
import urllib.parse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from checker.reports.results import Ending, Notice, Part, Region, Result, RulePage, worst
from checker.reports.visible import shortened, visible

MOST = 5000
"""How many results one log has at most: code scanning shows no more, and takes no more than five times as many."""
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


def pieces(
    parts: Iterable[Part],
    rules: Sequence[RulePage],
    ending: Callable[[], Ending],
    version: str,
    *,
    compared: bool = False,
    most: int = MOST,
) -> Iterator[str]:
    """The log as text; `compared`: a baseline was at hand, so that each result is new or unchanged.

    The ending is asked for when all parts are there.
    """
    results: list[Result] = []
    found, held = 0, Counter[bool]()
    for part in parts:
        results += part.results
        found += len(part.results) + part.unlisted
        held[bool(part.judged)] += 1
    ended, kept = ending(), worst(results, most)
    notices = list(ended.notices)
    if found > len(kept):
        notices.append(Notice("warning", f"{len(kept):,} of {found:,} results are listed, the worst of them"))
    if held[False]:
        notices.append(Notice("note", f"nothing was checked in {held[False]:,} of {held.total():,} inputs"))
    index = {rule.id: i for i, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "figcheck", "version": version, "rules": [_rule(rule) for rule in rules]}},
        "invocations": [
            {
                "executionSuccessful": ended.code < 2,
                "exitCode": ended.code,
                "toolExecutionNotifications": [_notice(n) for n in notices if n.about != "configuration"],
                "toolConfigurationNotifications": [_notice(n) for n in notices if n.about == "configuration"],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(result, index, compared=compared) for result in kept],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, indent=2, allow_nan=False) + "\n"


def _rule(rule: RulePage) -> dict[str, Any]:
    why = " ".join(rule.why.split())
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": why},
        "help": {"text": why, "markdown": rule.help},
        "defaultConfiguration": {"level": rule.level},
        "properties": {"tags": [rule.id.split("/")[0]]},
    }


def _result(result: Result, index: dict[str, int], *, compared: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "ruleId": result.rule,
        "level": result.level,
        "message": {"text": _unlinked(result.told)},
        "locations": [_location(result, result.figures[0] if result.figures else None)],
        "partialFingerprints": {"figcheck/v1": result.fingerprint},
        "properties": {"figures": [shortened(text) for text in result.texts]},
    }
    if result.rule in index:
        record["ruleIndex"] = index[result.rule]
    related: list[dict[str, Any]] = []
    for other in result.figures[1:]:
        place = {**_location(result, other), "message": {"text": _unlinked(shortened(other.text))}}
        if place not in related:  # two cells of a row may be alike, and SARIF takes no location twice
            related.append(place)
    if related:
        record["relatedLocations"] = related
    if compared:
        record["baselineState"] = "new" if result.waived is None else "unchanged"
    return record


def _location(result: Result, figure: Region | None) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(result.file)}}
    if figure:
        ends = {
            "startLine": figure.line,
            "startColumn": figure.column,
            "endLine": figure.end_line,
            "endColumn": figure.end_column,
        }
        if figure.line is not None:
            location["physicalLocation"]["region"] = {name: end for name, end in ends.items() if end is not None}
    if (row := result.key if result.key is not None else result.row) is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(str(row)), "kind": "row"}]
    return location


def _artifact(name: str) -> dict[str, str]:
    """Where a file is: from the folder that the run began in, if it lies there."""
    if name == "<stdin>":
        return {"uri": "stdin"}
    if re.match(r"[a-z][a-z0-9+.-]+://", name):
        return {"uri": urllib.parse.quote(name, safe=":/?&=%#~")}
    path, here = pathlib.Path(os.path.abspath(name)), pathlib.Path.cwd()  # noqa: PTH100 - links are left as they are
    if not path.is_relative_to(here):
        return {"uri": path.as_uri()}
    return {"uri": urllib.parse.quote(os.fsencode(path.relative_to(here).as_posix())), "uriBaseId": _ROOT}


def _notice(notice: Notice) -> dict[str, Any]:
    record: dict[str, Any] = {"level": notice.level, "message": {"text": _unlinked(visible(notice.text))}}
    if notice.file is not None:
        record["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(notice.file)}}]
    return record


def _unlinked(text: str) -> str:
    """The text without what SARIF takes for a link, which a quoted text could put into a message."""
    return text.replace("](", "] (")
