"""What a rule's own examples show of its figures: how each role prints, how large it is, and in which sentences."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from checker.check import weigh
from checker.claims import bind, claim_of
from checker.figures import read
from checker.model import Claim, Figure, Span, Verdict
from checker.readers import read_text
from checker.rulebook.schema import Example, Rule, Rulebook
from checker.strategies.prints import Print, print_of


@attrs.frozen
class Slot:
    """A place for one figure: its grid, None where it stays the figure that it is; `span` is its place in a text."""

    figure: Figure
    line: str
    grid: Print | None = None
    k: int = 0
    span: Span | None = None


@attrs.frozen
class Sample:
    """One claim that an example makes: a slot for each figure of the rule's roles, and the text around them."""

    slots: Mapping[str, tuple[Slot, ...]]
    thing: str | None
    tags: frozenset[str]
    verdict: Verdict = "consistent"
    text: str | None = None
    published: datetime.date | None = None

    def render(self, printed: Mapping[str, Sequence[str]]) -> str:
        """The text with other figures in the slots."""
        assert self.text is not None
        text = self.text
        places = [
            (slot.span, figure)
            for name, slots in self.slots.items()
            for slot, figure in zip(slots, printed[name], strict=True)
            if slot.span is not None
        ]
        for span, figure in sorted(places, reverse=True):
            text = text[: span.start] + figure + text[span.end :]
        return text


def roles(*rules: Rule) -> tuple[str, ...]:
    """The roles that rules of one frame compute with, in the order of the frame."""
    named = {name for rule in rules for name in rule.names()}
    return tuple(name for name in rules[0].frame.roles if name in named)


@functools.lru_cache(maxsize=256)
def samples(rule: Rule) -> tuple[Sample, ...]:
    """The claims that a rule's examples make and that it judges, those with the most free figures first."""
    found = [sample for example in rule.examples for sample in _of_example(rule, example)]
    return tuple(sorted(found, key=lambda s: -_free(s)))


@functools.lru_cache(maxsize=256)
def sentences(rule: Rule) -> tuple[Sample, ...]:
    """The samples that stand in a text; a figure that another claim of the text uses too stays as it is."""
    alone = Rulebook({rule.topic.id: rule.topic}, (rule,))
    made = [s for example in rule.examples if example.text for s in _of_text(rule, example.text, example, alone)]
    return tuple(sorted(made, key=lambda s: -_free(s)))


def _free(sample: Sample) -> int:
    return sum(slot.grid is not None for slots in sample.slots.values() for slot in slots)


def _of_example(rule: Rule, example: Example) -> Iterator[Sample]:
    if example.values is not None:
        thing = example.thing or rule.thing
        document, claim = claim_of(rule.frame, example.values, thing=thing, tags=example.tags)
        yield from _of_claim(rule, claim, document.text)
    elif example.text is not None:
        published = datetime.date.fromisoformat(example.published) if example.published else None
        document = read_text(example.text, published=published)
        alone = Rulebook({rule.topic.id: rule.topic}, (rule,))
        for claim in bind(document, read(document), alone):
            yield from _of_claim(rule, claim, document.text)


def _of_claim(rule: Rule, claim: Claim, text: str) -> Iterator[Sample]:
    """A claim that the rule judges, with only one way to read it, as a sample."""
    if claim.frame != rule.frame.id or len(claim.bindings) != 1:
        return
    judgement = weigh(rule, claim)
    if judgement is None or judgement.verdict == "unchecked":
        return
    (binding,) = claim.bindings
    slots = {name: tuple(slot(f, text) for f in binding.roles.get(name, ())) for name in roles(rule)}
    yield Sample(slots, binding.thing, claim.tags, judgement.verdict)


def _of_text(rule: Rule, text: str, example: Example, alone: Rulebook) -> Iterator[Sample]:
    published = datetime.date.fromisoformat(example.published) if example.published else None
    document = read_text(text, published=published)
    made = [c for c in bind(document, read(document), alone) if c.frame == rule.frame.id]
    for claim in made:
        elsewhere = {f.span for other in made if other is not claim for f in other.figures}
        for sample in _of_claim(rule, claim, document.text):
            slots = {
                name: tuple(_placed(s, document.text, held=s.figure.span in elsewhere) for s in own)
                for name, own in sample.slots.items()
            }
            yield attrs.evolve(sample, slots=slots, text=document.text, published=published)


def slot(figure: Figure, text: str) -> Slot:
    """The slot of a figure of a text."""
    if figure.start == figure.end:  # the day of publication, which the text does not print
        return Slot(figure, figure.text)
    found = print_of(figure, text)
    line = text[figure.phrase.start : figure.phrase.end]
    return Slot(figure, found[0].line(found[1]), *found) if found else Slot(figure, line)


def _placed(own: Slot, text: str, *, held: bool) -> Slot:
    if own.figure.start == own.figure.end:
        return own
    span = own.figure.span
    grid = None if held or own.grid is None or not _stands_alone(own, text) else own.grid
    return attrs.evolve(own, grid=grid, span=span)


def _stands_alone(own: Slot, text: str) -> bool:
    """Whether the figure's text can be printed anew in its place."""
    return bool(text[own.figure.start : own.figure.end].strip())


def reach(found: Iterable[Sample], name: str, grid: Print) -> tuple[float, float] | None:
    """The least and greatest size that the samples show for a role, in base units of the grid's dimension."""
    sizes = [
        s.grid.base(s.k)
        for sample in found
        for s in sample.slots.get(name, ())
        if s.grid is not None and s.grid.measure.dimension == grid.measure.dimension and s.grid.form == grid.form
    ]
    return (min(sizes), max(sizes)) if sizes else None
