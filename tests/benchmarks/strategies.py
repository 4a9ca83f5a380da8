"""Draws of every strategy at 1,000 examples a rule and verdict: how many lead nowhere, how many are wrong, how long.

Hypothesis draws as it does for users, so that its health checks apply: a strategy that is too slow for them fails.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
import time
from collections import Counter

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import FailedHealthCheck

from checker import load_rules
from checker.check import weigh
from checker.model import Claim
from checker.rulebook.schema import Rule
from checker.strategies import claims, texts

MOST_INVALID = 0.01
VERDICTS = ("consistent", "broken", "boundary")


def drawn(rule: Rule, asked: str, strategy: st.SearchStrategy[Claim | str], examples: int) -> Counter[str]:
    """How many draws were begun, and what the finished ones came to."""
    found: Counter[str] = Counter()

    @st.composite
    def counted(draw: st.DrawFn) -> Claim | str:
        found["begun"] += 1
        return draw(strategy)

    @settings(max_examples=examples, derandomize=True, database=None, phases=[Phase.generate])
    @given(counted())
    def judged(value: Claim | str) -> None:
        found["finished"] += 1
        if isinstance(value, str):
            return
        judgement = weigh(rule, value)
        wanted = "broken" if asked == "broken" else "consistent"
        found["wrong"] += judgement is None or judgement.verdict != wanted

    try:
        judged()
    except FailedHealthCheck as error:
        found["unhealthy"] += 1
        print(str(error).partition("\n")[0])
    return found


def main() -> int:
    """Print a line for each rule and verdict; 1 when any is above the bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--rules", default="*", help="a glob that the ids of the rules to draw for match")
    asked_for = parser.parse_args()
    examples: int = asked_for.examples
    failed = False
    for rule in (r for r in load_rules().rules if fnmatch.fnmatchcase(r.id, asked_for.rules) and not r.of_prints):
        for asked in VERDICTS:
            for name, make in (("claims", claims), ("texts", texts)):
                start = time.perf_counter()
                strategy = make(rule, asked)  # type: ignore[operator]
                built = time.perf_counter() - start
                found = drawn(rule, asked, strategy, examples)
                each = (time.perf_counter() - start - built) / max(found["begun"], 1)
                lost = 1 - found["finished"] / found["begun"]
                bad = lost > MOST_INVALID or found["wrong"] > 0 or found["unhealthy"] > 0
                failed |= bad
                print(
                    f"{rule.id:34} {asked:10} {name:6} {found['begun']:5} draws, {lost:6.2%} invalid, "
                    f"{found['wrong']} wrong, built in {built * 1e3:4.0f} ms, {each * 1e3:5.1f} ms each"
                    + ("  <-- above the bound" if bad else "")
                )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
