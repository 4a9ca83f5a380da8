"""Hypothesis strategies from rule files: claims, texts and tables that keep, break or touch a rule, and figures.

Nothing is made and then thrown away: a rule is solved on the rounding grids that its examples print on, so that a rare
verdict costs no more than a common one, and an example shrinks towards the edge of the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

try:
    from hypothesis import reject
    from hypothesis import strategies as st
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("checker.strategies needs hypothesis: pip install 'figcheck[test]'") from error

from checker.check import judge
from checker.claims import bind, claim_of
from checker.figures import read
from checker.model import Claim, Document, Figure, Span
from checker.readers import read_text
from checker.rulebook.schema import Rule, Rulebook
from checker.run import Rules
from checker.strategies.board import Asked
from checker.strategies.choosing import Drawn, Tried
from checker.strategies.columns import Dataset, columns_of, stock
from checker.strategies.demands import Contradiction, Demands, Fixed, demands, rule_of
from checker.strategies.instances import instances
from checker.strategies.phrases import phrased
from checker.strategies.prints import Print, print_of, read_line
from checker.strategies.samples import Sample, samples, sentences
from checker.strategies.solution import Solution, solve

__all__ = ["Contradiction", "Dataset", "claims", "figures", "instances", "tables", "texts"]

_MOST_PER_FIGURE = 1000
"""How many times larger than the figure to print like, unless told otherwise, a figure is drawn."""


def claims(
    rule: Rule | str,
    verdict: Asked = "consistent",
    *,
    rules: Rules = None,
    thing: str | None = None,
    **fixed: str | Sequence[str],
) -> st.SearchStrategy[Claim]:
    """Claims on which a rule comes to a verdict: "consistent", "broken", or "boundary".

    A boundary is consistent, and one figure by one unit of its last place further is not. A broken claim shrinks to the
    nearest violation. `fixed` are figures as printed, by role (`range="1,500 km"`), `thing` is the class. A rule may be
    named by its id, among the shipped ones and those of the folder that `rules` is.

    Raises Contradiction at once, with the reason, where no figures can be what is asked, and ValueError for a rule that
    is not there.
    """
    known, _ = rule_of(rule, rules)
    asked = demands(known, verdict, _rereadable(known), thing, fixed)
    draws = asked.draws

    @st.composite
    def made(draw: st.DrawFn) -> Claim:
        solution = _solved(asked, draw, draws)
        lines = {name: list(held) for name, held in solution.lines.items() if held}
        return claim_of(known.frame, {**lines, **_listed(fixed)}, thing=solution.thing, tags=solution.tags)[1]

    return made()


def texts(
    rule: Rule | str,
    verdict: Asked = "consistent",
    *,
    rules: Rules = None,
    thing: str | None = None,
    **fixed: str | Sequence[str],
) -> st.SearchStrategy[str]:
    """Sentences that a check reads back to a verdict of the rule; a boundary reads as consistent.

    The sentences are those of the rule's examples and others, made of its roles' cues, all with other figures. They are
    read back by the shipped rules, the folder that `rules` is, and the rule itself. Raises as `claims` does.
    """
    known, book = rule_of(rule, rules)
    asked = demands(known, verdict, (*sentences(known), *phrased(known, book)), thing, fixed)
    wanted = "broken" if verdict == "broken" else "consistent"

    def rendered(solution: Solution | None) -> str | None:
        if solution is None:
            return None
        text = solution.sample.render({**solution.printed, **_listed(fixed)})
        return text if _reads_as(known, text, solution.sample, book) == wanted else None

    kept = tuple(way for way in asked.ways if rendered(solve(asked.board(way), Tried())) is not None)
    if not kept:
        raise Contradiction(f"{known.id}: no sentence of its examples or its cues reads back with these figures")
    asked = attrs.evolve(asked, ways=kept)
    draws = asked.draws

    @st.composite
    def made(draw: st.DrawFn) -> str:
        for _ in range(_READINGS):
            text = rendered(_solved(asked, draw, draws))
            if text is not None:
                return text
        return reject()

    return made()


def tables(
    rule: Rule | str,
    *,
    rows: int | st.SearchStrategy[int] = 20,
    bad: float = 0.1,
    rules: Rules = None,
    thing: str | None = None,
    **fixed: str | Sequence[str],
) -> st.SearchStrategy[Dataset]:
    """Tables of printed figures, a column for each role, of whose rows a known share breaks the rule.

    A column is named by its role and unit, "range (km)"; the class of thing stands in the column "class". A role that
    holds many figures has a column for each ("part 1"), which `Dataset.maps` tells a check of the table. The bad rows
    are `round(bad * rows)` in number, and `Dataset.bad` names them. Rows are taken from a stock of some dozens, so that
    long tables cost little. Raises as `claims` does, and ValueError for a share that is none.
    """
    if not 0.0 <= bad <= 1.0:
        raise ValueError(f"a share of bad rows lies from 0 to 1, not at {bad}")
    known, _ = rule_of(rule, rules)
    family = columns_of(known, _rereadable(known))
    good = stock(demands(known, "consistent", family, thing, fixed)) if bad < 1.0 else ()
    wrong = stock(demands(known, "broken", family, thing, fixed)) if bad > 0.0 else ()

    @st.composite
    def made(draw: st.DrawFn) -> Dataset:
        count = rows if isinstance(rows, int) else draw(rows)
        places = frozenset(draw(st.permutations(range(count)))[: round(bad * count)])
        sides = [wrong if i in places else good for i in range(count)]
        return Dataset.of(known, [side[draw(st.integers(0, len(side) - 1))] for side in sides], places)

    return made()


def figures(
    like: str = "1,500 km", *, low: float | None = None, high: float | None = None, hedges: Iterable[str] = ("",)
) -> st.SearchStrategy[Figure]:
    """Figures printed as a given one is: its unit, its last place, its separators.

    `low` and `high` bound the nominal value, in the figure's unit; without them it goes from one unit of the last place
    to a thousand times the given figure. `hedges` are words to put before it ("about"). Raises ValueError for a text
    that is not one figure whose print can be told, and for bounds that hold no number of its grid.
    """
    found = [pair for figure in read_line(like) if (pair := print_of(figure, like))]
    if len(found) != 1:
        raise ValueError(f"'{like}' is not one figure that others can be printed like")
    grid, k = found[0]
    first = grid.low if low is None else max(grid.low, _index(grid, low, up=True))
    last = max(abs(k), 1) * _MOST_PER_FIGURE if high is None else _index(grid, high, up=False)
    last = min(grid.high, last)
    if low is None and grid.signed:
        first = -last
    if first > last:
        raise ValueError(f"no figure printed like '{like}' lies from {low} to {high}")
    words = tuple(hedges)
    if not words:
        raise ValueError("there must be a hedge, if only the empty one")
    return st.builds(
        lambda n, hedge: _figure(attrs.evolve(grid, hedge=f"{hedge} " if hedge else grid.hedge), n),
        st.integers(first, last),
        st.sampled_from(words),
    )


# ---------------------------------------------------------------------- pieces
_READINGS = 3
"""How often a text that reads otherwise than was meant is made anew before it is given up."""


def _solved(asked: Demands, draw: st.DrawFn, draws: int) -> Solution:
    """A solution of what is asked, by no fewer than so many draws."""
    choices = Drawn(draw)
    solution = asked.solve(choices)
    choices.fill(draws)
    return reject() if solution is None else solution


def _listed(fixed: Fixed) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else list(value) for name, value in fixed.items()}


def _rereadable(rule: Rule) -> tuple[Sample, ...]:
    """The samples whose figures, written out one by one, read as they do in their text."""
    return tuple(
        sample
        for sample in samples(rule)
        if all(slot.grid or _alone(slot.line, slot.figure) for slots in sample.slots.values() for slot in slots)
    )


def _alone(line: str, figure: Figure) -> bool:
    found = read_line(line)
    return len(found) == 1 and (found[0].readings, found[0].measure) == (figure.readings, figure.measure)


def _reads_as(rule: Rule, text: str, sample: Sample, rules: Rulebook) -> str | None:
    """The worst verdict that a rule comes to in a text; a silent rule that says nothing is content."""
    document = read_text(text, published=sample.published)
    checks = judge(bind(document, read(document), rules), rules)
    found = [check.verdict for check in checks if check.rule == rule.id]
    order = ("broken", "strained", "consistent", "unchecked")
    return min(found, key=order.index, default="consistent" if rule.silent else None)


def _index(grid: Print, nominal: float, *, up: bool) -> int:
    """The first number of a grid from a value on, or the last up to it."""
    k = grid.index(nominal * grid.measure.factor + grid.measure.offset)
    if up:
        return k + 1 if grid.nominal(k) < nominal else k
    return k - 1 if grid.nominal(k) > nominal else k


def _figure(grid: Print, k: int) -> Figure:
    line = grid.line(k)
    (figure,) = read(Document(text=line, name="figure", paragraphs=(Span(0, len(line)),)))
    return figure
