"""Words to figcheck in a text: `<!-- figcheck: ignore[measures/wrong-conversion] quoted as it was said -->`.

A remark speaks of the paragraph that it stands in; where it stands alone, of the one that follows.
"""

from __future__ import annotations

import bisect
import fnmatch
import re
from collections.abc import Collection, Iterable, Sequence

import attrs

from checker.model import Check, Document, Remark, Span, Waiver
from checker.readers.text import comments

_OURS = re.compile(r"<!--\s*+figcheck\b(?P<said>.*)-->", re.DOTALL)
_SAID = re.compile(r"\s*:\s*ignore\s*\[(?P<rules>[^\]]*)\](?P<reason>.*)", re.DOTALL)
_LINE_BREAK = re.compile(r"[\n\r]")
_FORM = "<!-- figcheck: ignore[rule-id] reason -->"


def read(document: Document) -> tuple[Remark, ...]:
    """The remarks of a document, in order; one that is not written as a remark has a fault."""
    text = document.text
    found = (_OURS.fullmatch(text, span.start, span.end) for span in comments(text))
    return tuple(_remark(remark, document) for remark in found if remark)


def _remark(found: re.Match[str], document: Document) -> Remark:
    span = Span(*found.span())
    said = _SAID.fullmatch(found["said"])
    if said is None:
        return Remark(span, fault=f"a remark is written {_FORM}")
    rules = tuple(filter(None, (name.strip() for name in said["rules"].split(","))))
    reason = " ".join(said["reason"].split())
    if not rules:
        return Remark(span, fault=f"this remark names no rule: it is written {_FORM}")
    if not reason:
        return Remark(span, rules, fault=f"this remark gives no reason: it is written {_FORM}")
    covers = _spoken_of(span, document)
    fault = None if covers else "no paragraph follows this remark"
    return Remark(span, rules, reason, covers, fault)


def _spoken_of(span: Span, document: Document) -> Span | None:
    """The paragraph that a remark stands in, or on whose last line; else the one that follows."""
    paragraphs = document.paragraphs
    after = bisect.bisect_right(paragraphs, span.start, key=lambda paragraph: paragraph.start)
    if after:
        before = paragraphs[after - 1]
        if span.start < before.end or not _LINE_BREAK.search(document.text, before.end, span.start):
            return before
    return paragraphs[after] if after < len(paragraphs) else None


def heeded(
    remarks: Iterable[Remark], checks: Sequence[Check], rules: Collection[str]
) -> tuple[tuple[Remark, ...], tuple[Check, ...]]:
    """The remarks, each of no use saying so, and the checks, those that a remark lets pass saying so.

    `rules` are the ids that were judged by. A remark lets pass what is broken or strained by a rule that it names and
    has a figure in the paragraph that it speaks of.
    """
    sound = [remark for remark in remarks if remark.fault is None]
    used: set[Span] = set()
    kept: list[Check] = []
    for check in checks:
        remark = next((r for r in sound if _lets_pass(r, check)), None)
        if remark:
            used.add(remark.span)
            kept.append(attrs.evolve(check, waived=Waiver("remark", remark.reason)))
        else:
            kept.append(check)
    return tuple(attrs.evolve(r, fault=r.fault or _no_use(r, used, rules)) for r in remarks), tuple(kept)


def _lets_pass(remark: Remark, check: Check) -> bool:
    if check.verdict not in ("broken", "strained") or not _names(remark, check.rule):
        return False
    return remark.covers is not None and any(remark.covers.covers(figure.span) for figure in check.figures)


def _names(remark: Remark, rule: str) -> bool:
    return any(fnmatch.fnmatchcase(rule, glob) for glob in remark.rules)


def _no_use(remark: Remark, used: Collection[Span], rules: Collection[str]) -> str | None:
    if remark.span in used:
        return None
    named = ", ".join(remark.rules)
    if not any(_names(remark, rule) for rule in rules):
        return f"no rule of this run has an id that matches '{named}'"
    return f"this remark lets nothing pass: nothing is wrong here by {named} ({remark.reason})"
