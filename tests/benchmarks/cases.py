"""The labelled passages: how many errors modelled on published ones are found, and whether right passages stay quiet.

    python tests/benchmarks/cases.py [--half work|kept] [--floor] [--misses]

`cases/errors.jsonl` are passages with a numeric error, worded afresh, `cases/clean.jsonl` right ones, many of them
traps. A passage is flagged when a check of it is broken at error or warning; located when such a check also names one
of the figures that the case lists. An error's `needs` say what convicts it: the passage alone, knowledge of a class of
things, or a constant of the world; `severity` "soft" is where silence can be defended; a `verdict` other than "flag"
must not be flagged. An offer is right when its numbers, or its unit or day where it changes no number, stand in the
words for what was expected, and not among the figures as printed.

The passages are split in two by a hash of their ids: the rules were worked on with one half, the other shows what that
is worth. `--floor` fails where a share falls below `floors.toml` beside this file.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import pathlib
import re
import sys
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from checker import check
from checker.model import Check, Repair

HERE = pathlib.Path(__file__).parent
LOUD = ("error", "warning")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
WORD = re.compile(r"[A-Za-z]{2,}|°?[CF]\b")

Case = Mapping[str, Any]


@attrs.frozen
class Outcome:
    """What was found in a passage: broken checks at error or warning, and which of the case's figures they name."""

    case: Case
    found: tuple[Check, ...]

    @property
    def flagged(self) -> bool:
        """Whether anything was found."""
        return bool(self.found)

    @property
    def located(self) -> bool:
        """Whether what was found names a figure that the case lists."""
        wanted = {sign for figure in self.case.get("figures", ()) for sign in signs(figure)}
        return any(signs(figure.text) & wanted for c in self.found for figure in c.figures)

    @property
    def offers(self) -> list[Repair]:
        """What is offered for the findings."""
        return [repair for c in self.found for repair in c.repair]

    @property
    def mended(self) -> bool:
        """Whether one of the offers is what was expected."""
        return any(is_expected(offer, self.case) for offer in self.offers)


def signs(text: str) -> set[str]:
    """The numbers in a text; the text itself where there are none."""
    return set(NUMBER.findall(text)) or {text.lower().strip()}


def is_expected(offer: Repair, case: Case) -> bool:
    """Whether an offer is the value that the case expects."""
    printed, offered, expected = offer.figure.text, offer.text, case["expected"]
    new = {plain(n) for n in NUMBER.findall(offered)} - {plain(n) for n in NUMBER.findall(printed)}
    if new:
        return new <= {plain(n) for n in NUMBER.findall(expected)}
    words = {stem(w) for w in WORD.findall(offered)} - {stem(w) for w in WORD.findall(printed)}
    return bool(words) and words <= {stem(w) for w in WORD.findall(expected)}


def plain(number: str) -> str:
    """A number without its commas and the noughts that end its decimals."""
    bare = number.replace(",", "")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare


def stem(word: str) -> str:
    """A word without the endings of the plural."""
    return word.lower().removesuffix("s").removesuffix("age")


def names_a_value(case: Case) -> bool:
    """Whether what was expected names a number, or a day, that is not printed."""
    printed = {plain(n) for figure in case.get("figures", ()) for n in NUMBER.findall(figure)}
    days = re.search(r"day\b|points?\b", case["expected"])
    return bool({plain(n) for n in NUMBER.findall(case["expected"])} - printed or days)


def passages(name: str, half: str) -> list[Case]:
    """The passages of a file, all of them or of one half."""
    lines = (HERE / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    return [case for case in cases if half in ("both", half_of(case["id"]))]


def half_of(name: str) -> str:
    """Which half a passage belongs to, by a hash of its id."""
    return "kept" if hashlib.sha256(name.encode()).digest()[0] % 2 else "work"


def outcomes(cases: Iterable[Case]) -> list[Outcome]:
    """What is found in each passage."""
    made = []
    for case in cases:
        checks = check(case["text"], published=case.get("published")).checks
        made.append(Outcome(case, tuple(c for c in checks if c.verdict == "broken" and c.level in LOUD)))
    return made


def table(title: str, rows: Mapping[str, Sequence[Outcome]]) -> None:
    """Print how many of each row were located, flagged, and are there."""
    print(f"\n{title:<32} {'located':>8} {'flagged':>8} {'all':>6}")
    for label, group in sorted(rows.items()):
        print(f"{label:<32} {sum(o.located for o in group):>8} {sum(o.flagged for o in group):>8} {len(group):>6}")


def by(outcomes: Iterable[Outcome], *keys: str) -> dict[str, list[Outcome]]:
    """The outcomes in groups that agree in some keys of their cases."""
    groups: dict[str, list[Outcome]] = collections.defaultdict(list)
    for outcome in outcomes:
        groups[" ".join(outcome.case[key] for key in keys)].append(outcome)
    return groups


def share(part: int, whole: int) -> float:
    """A share, 1 of nothing."""
    return part / whole if whole else 1.0


def told(what: str, outcome: Outcome) -> str:
    """A case with what was found in it."""
    lines = [f"{what} {outcome.case['id']}: {outcome.case['text']}"]
    if "expected" in outcome.case:
        lines.append(f"    expected: {outcome.case['expected']}")
    lines += (f"    {c.rule}: {c.message}  {[repair.text for repair in c.repair]}" for c in outcome.found)
    return "\n".join(lines)


def main() -> int:
    """Score and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=("both", "work", "kept"), default="both")
    options.add_argument("--floor", action="store_true", help="fail when a share is below floors.toml")
    options.add_argument("--misses", action="store_true", help="list what was missed, and each false alarm")
    given = options.parse_args()
    started = time.perf_counter()
    errors, clean = outcomes(passages("errors", given.half)), outcomes(passages("clean", given.half))
    seconds = time.perf_counter() - started

    wanted = [o for o in errors if o.case["verdict"] == "flag"]
    remarks = [o for o in errors if o.case["verdict"] != "flag" and o.flagged]
    alarms = [o for o in clean if o.flagged]
    table("by slice", by(wanted, "severity", "needs"))
    table("by kind", by(wanted, "kind"))
    told_values = [o for o in wanted if o.located and names_a_value(o.case)]
    if given.misses:
        for outcome in (o for o in wanted if not o.located):
            print(told(f"MISSED ({outcome.case['severity']}, {outcome.case['needs']})", outcome))
        for outcome in (o for o in told_values if not o.mended):
            print(told("NOT OFFERED", outcome))
    for outcome in (*remarks, *alarms):
        print(told("FALSE ALARM", outcome))

    hard = [o for o in wanted if (o.case["severity"], o.case["needs"]) == ("hard", "text_only")]
    shares = {
        "located": share(sum(o.located for o in hard), len(hard)),
        "quiet": 1.0 - share(len(alarms), len(clean)),
        "offered": share(sum(o.mended for o in told_values), len(told_values)),
    }
    print(
        f"\nlabelled passages ({given.half}): {shares['located']:.1%} of {len(hard)} hard errors located by the text "
        f"alone; {len(alarms)} of {len(clean)} right passages and {len(remarks)} remarks flagged; the right value is "
        f"offered for {shares['offered']:.1%} of {len(told_values)} located errors that have one ({seconds:.0f} s)"
    )
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["cases"]
    fell = [what for what, reached in shares.items() if given.floor and reached < floors[what]]
    for what in fell:
        print(f"the score fell: {what} {shares[what]:.1%} is below the floor of {floors[what]:.1%} in floors.toml")
    return int(bool(fell or remarks))


if __name__ == "__main__":
    sys.exit(main())
