"""Rules tried on their own examples: each must reach the verdict that its file promises."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import attrs

from checker.check import judge, judge_one
from checker.claims import NotOneFigure, bind, claim_of
from checker.figures import read
from checker.model import Check, Verdict
from checker.readers import read_text
from checker.rulebook.schema import Example, Rule, Rulebook


@attrs.frozen
class Failure:
    """An example that does not reach its verdict."""

    rule: Rule
    example: Example
    found: str

    def __str__(self) -> str:
        return f"{self.rule.path}:{self.example.line}: this example should be {self.example.verdict}, {self.found}"


def run(rulebook: Rulebook, rules: Sequence[Rule] | None = None) -> Iterator[Failure]:
    """The examples that fail, rule by rule, of all rules or of some."""
    for rule in rulebook.rules if rules is None else rules:
        for example in rule.examples:
            try:
                verdicts = _verdicts(rule, example, rulebook)
            except NotOneFigure as error:
                yield Failure(rule, example, f"but {error}")
                continue
            found = _worst(verdicts)
            if found != example.verdict:
                yield Failure(rule, example, f"but is {found}" + ("" if verdicts else ": nothing was bound"))


def said(rule: Rule, rulebook: Rulebook) -> dict[str, str]:
    """What a rule says of the texts among its examples that it flags."""
    flagged = [(e.text, e) for e in rule.examples if e.text is not None and e.verdict == "broken"]
    found = [(text, check) for text, example in flagged for check in _checks(example, rulebook)]
    return {text: check.message for text, check in found if (check.rule, check.verdict) == (rule.id, "broken")}


def _verdicts(rule: Rule, example: Example, rulebook: Rulebook) -> list[Verdict]:
    if example.values is not None:
        _, claim = claim_of(rule.frame, example.values, thing=example.thing or rule.thing, tags=example.tags)
        check = judge_one(rule, claim)
        return [check.verdict] if check else []
    return [check.verdict for check in _checks(example, rulebook) if check.rule == rule.id]


def _checks(example: Example, rulebook: Rulebook) -> tuple[Check, ...]:
    assert example.text is not None
    published = datetime.date.fromisoformat(example.published) if example.published else None
    document = read_text(example.text, published=published)
    return judge(bind(document, read(document), rulebook), rulebook)


def _worst(verdicts: list[Verdict]) -> Verdict:
    order: tuple[Verdict, ...] = ("broken", "strained", "consistent", "unchecked")
    return min(verdicts, key=order.index, default="unchecked")
