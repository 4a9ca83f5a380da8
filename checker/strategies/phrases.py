"""Sentences made of a frame's own cues, each kept only where binding reads it back as what it was made of."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping

import attrs

from checker.check import weigh
from checker.claims import bind
from checker.figures import read
from checker.model import Binding, Claim
from checker.readers import read_text
from checker.rulebook.evaluate import cells
from checker.rulebook.schema import Role, Rule, Rulebook, Topic
from checker.strategies.samples import Sample, Slot, roles, samples

_MOST_CUES = 4
"""So many cues of each side of a role are tried."""
_MOST_TRIED, _MOST_KEPT = 120, 3
"""So many sentences are tried for one class of thing, and so many kept."""
_WITHIN = re.compile(r"\s*\([^()]*\)\s?")
_CHOICE = re.compile(r"([^\s|]+)(?:\|[^\s|]+)+")


@functools.lru_cache(maxsize=256)
def phrased(rule: Rule, rules: Rulebook) -> tuple[Sample, ...]:
    """Samples in sentences of the rule's own roles, for each class of thing that the rule has bounds for."""
    print_from = next((s for s in samples(rule) if all(x.grid for held in s.slots.values() for x in held)), None)
    if print_from is None or any(rule.frame.roles[name].others for name in roles(rule)) or rule.when:
        return ()
    found = [itertools.islice(_kept(rule, rules, print_from, thing), _MOST_KEPT) for thing in _things(rule)]
    return tuple(itertools.chain.from_iterable(found))


def _things(rule: Rule) -> list[str | None]:
    if rule.frame.thing is None:
        return [None]
    root = rule.thing or rule.frame.thing
    below = [c.name for c in rule.topic.classes.values() if not c.proper and root in rule.topic.ancestry(c.name)]
    return [name for name in below if cells(rule, name) is not None]


def _kept(rule: Rule, rules: Rulebook, like: Sample, thing: str | None) -> Iterator[Sample]:
    for text, places in itertools.islice(_sentences(rule, like, thing), _MOST_TRIED):
        made = _read_back(rule, rules, like, text, places) if _is_sound(text) else None
        if made is not None and made.thing == thing:
            yield made


Places = Mapping[tuple[str, int], int]
"""Where the figure of each place starts in a text."""


def _sentences(rule: Rule, like: Sample, thing: str | None) -> Iterator[tuple[str, Places]]:
    """Lines in the manner of a telegram: the class, and then each figure between the cues of its role."""
    subject = _named(rule.topic, thing) if thing else "reported"
    ways = [list(dict.fromkeys(_cued(rule.topic, rule.frame.roles[name]))) for name in roles(rule)]
    for cues in itertools.product(*ways):
        text = f"{subject[0].upper()}{subject[1:]}:"
        places: dict[tuple[str, int], int] = {}
        for name, (left, right) in zip(roles(rule), cues, strict=True):
            text += "," if places and left[:1] not in _SIGNS else ""
            text += f" {left}".rstrip()
            own = like.slots[name]
            for i, slot in enumerate(own):
                text += "" if text.endswith(("(", "[")) else ", " if 0 < i < len(own) - 1 else " and " if i else " "
                line, printed = _told(slot)
                places[name, i] = len(text) + line.find(printed)
                text += line
            text += right if right[:1] in _SIGNS else f" {right}".rstrip()
        yield f"{text}.", places


def _is_sound(text: str) -> bool:
    """Whether no bracket is left open and no sign stands where none can."""
    return all(text.count(a) == text.count(b) for a, b in ("()", "[]")) and not _STRAY.search(text)


_STRAY = re.compile(r"[:,;]\s*[,;)\]]|\s[,;)\]]|[(\[]\s")
_SIGNS = ("(", ")", "[", "]", ",", ";")


def _told(slot: Slot) -> tuple[str, str]:
    """A figure with its hedge, but without its direction, which the cues tell; and the figure alone."""
    assert slot.grid is not None
    return attrs.evolve(slot.grid, change=None).line(slot.k), slot.grid.text(slot.k)


def _named(topic: Topic, thing: str) -> str:
    names = topic.classes[thing].names
    return _plain(names[0], topic) if names else thing


def _cued(topic: Topic, role: Role) -> Iterator[tuple[str, str]]:
    """Words to put before and after a figure of a role."""
    left = [_plain(cue, topic) for cue in role.left[:_MOST_CUES]]
    right = [_plain(cue, topic) for cue in role.right[:_MOST_CUES]]
    yield from ((cue, "") for cue in left)
    yield from (("", cue) for cue in right)
    yield from zip(left, right, strict=False)
    yield ("", "")


def _plain(cue: str, topic: Topic) -> str:
    """The shortest words that a cue stands for."""
    text = _WITHIN.sub(lambda found: " " if found[0][:1] == " " == found[0][-1:] else "", cue)
    text = re.sub(r"<(\w+)>", lambda found: topic.words[found[1]][0], text)
    text = _CHOICE.sub(r"\1", text.replace("~", "").replace("#", "2025"))
    return " ".join(text.split())


def _read_back(rule: Rule, rules: Rulebook, like: Sample, text: str, places: Places) -> Sample | None:
    """The sentence as a sample, where one claim of it fills the rule's roles as it was made to and is judged."""
    document = read_text(text)
    made = [c for c in bind(document, read(document), rules) if c.frame == rule.frame.id and _is_whole(rule, c)]
    if len(made) != 1:
        return None
    (claim,) = made
    (binding,) = claim.bindings
    starts = {(name, i): f.start for name in roles(rule) for i, f in enumerate(binding.roles.get(name, ()))}
    if starts != dict(places) or not _prints_alike(binding, like):
        return None
    slots = {
        name: tuple(attrs.evolve(s, span=f.span) for s, f in zip(like.slots[name], binding.roles[name], strict=True))
        for name in roles(rule)
    }
    return Sample(slots, binding.thing, claim.tags, text=document.text)


def _is_whole(rule: Rule, claim: Claim) -> bool:
    if len(claim.bindings) != 1:
        return False
    judgement = weigh(rule, claim)
    return judgement is not None and judgement.verdict != "unchecked"


def _prints_alike(binding: Binding, like: Sample) -> bool:
    return all(
        (figure.measure, figure.currency, figure.change, figure.bound)
        == (slot.figure.measure, slot.figure.currency, slot.figure.change, slot.figure.bound)
        for name, slots in like.slots.items()
        for slot, figure in zip(slots, binding.roles[name], strict=True)
    )
