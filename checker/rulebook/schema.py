"""What topic and rule files say, as frozen records: the closed set of shapes that all rules are written in."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping
from typing import Literal

import attrs

from checker.model import Level, Verdict
from checker.notation import Flaw
from checker.rulebook.expression import Expression
from checker.units import Dimension
from checker.vocabulary import NONE, Vocabulary

Scope = Literal["figure", "touching", "phrase", "clause", "sentence", "paragraph", "article"]
"""How far apart the figures of one claim may stand; in a phrase, as far as one of the frame's phrasings has them."""

Nearness = Literal["joined", "touching"]
"""How near to the claim's first figure a role's must stand: nothing but a cue of its own, or a filler, between."""

Reach = Literal["sentence", "paragraph", "article"]
"""How far around a claim's sentence a tag's cues count."""

CueUse = Literal["needed", "helpful", "none"]
"""Whether a figure needs a cue to fill a role, may do without when it is the only one of its type, or has no cues."""

Side = Literal["before", "after"]
"""On which side of another figure one stands."""


@attrs.frozen(eq=False)
class Role:
    """A place in a frame for figures of one type, and the words that tell them.

    `kinds` are the kinds of figures admitted; `dimension` is theirs, None where any will do; `like` names the role
    whose dimension, currency and noun it shares, `unlike` the role from whose unit its own must differ; `unit` is a
    unit that its figures must be printed in. `signed`: a figure that goes down counts negative, one without a
    direction either way. `others` names the role whose figures are gathered from the frame's other claims.
    `left` and `right` are cues, in the language of `checker.rulebook.cues`. `bridge` are cues by which a claim's
    sentence refers back, so that the role may be filled from an earlier sentence of the paragraph. `precision` is the
    widest that a figure's printed reading may be, in base units. `barrier` are cues that may not stand between a figure
    and the claim's first; `unless_left` and `unless_right` cues that may not stand right beside it. `side` is the side
    of the claim's first figure that it stands on, None for either. `per` names two roles: its figures are the first's
    for each of the second's, in dimension, currency and noun. `mixed`: its figures may count unlike things, as parts
    do. `each` is a unit or dimension that its figures are told for one of: so much a year. `whole`: its counts are of
    whole things, so that a number that no nought ends is not rounded, and its percentages are rounded to their last
    place; where they are `exact`, as the size of a sample is, noughts stand for themselves too. `follows` names a role
    that its figure stands after. `published`: its figure is the day that the text was published on. `flaw` is what must
    be wrong with the print of its figures, one of `checker.notation.FLAWS`.
    """

    name: str
    kinds: frozenset[str]
    dimension: Dimension | None = None
    like: str | None = None
    unlike: str | None = None
    unit: str | None = None
    many: bool = False
    required: bool = False
    signed: bool = False
    cue: CueUse = "none"
    scope: Nearness | None = None
    others: str | None = None
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    bridge: tuple[str, ...] = ()
    precision: float | None = None
    barrier: tuple[str, ...] = ()
    unless_left: tuple[str, ...] = ()
    unless_right: tuple[str, ...] = ()
    side: Side | None = None
    per: tuple[str, str] | None = None
    each: str | None = None
    mixed: bool = False
    whole: bool = False
    exact: bool = False
    follows: str | None = None
    flaw: Flaw | None = None
    published: bool = False


@attrs.frozen(eq=False)
class Frame:
    """What one source says of one thing: typed roles, and where the figures that fill them may stand.

    `thing` is the root of the class tree that a claim must be about, None where anything will do; `thing_after` names
    the role whose figure the class's name must follow ("third missile test"). `unless` are cues that, found in the
    scope, leave the frame unfilled. `restates`: its figures are one quantity told twice, so that hedges and bounds
    are shared and a contradiction silences the other rules on them. `spoken`: what its words say is part of the
    relation ("fell to"), so that figures without words, in data, are of it only where it is named. `told` are the
    phrasings of a frame whose scope is the phrase, in the language of `checker.rulebook.phrasing`. `same` are cues by
    which a sentence goes on about the thing of the sentence before, `another` cues that bring in another one.
    """

    id: str
    about: str
    scope: Scope
    roles: Mapping[str, Role]
    thing: str | None = None
    thing_after: str | None = None
    restates: bool = False
    spoken: bool = False
    unless: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    another: tuple[str, ...] = ()


@attrs.frozen
class ThingClass:
    """A class of things with the names that texts give it; `of` is the class that it is a kind of.

    `short`: its name alone stands for a more particular one named before ("the missile"). `proper`: it is one make of
    thing, known by its own name ("Hwasong-12"), and bounded as the class that it is a kind of.
    """

    name: str
    names: tuple[str, ...]
    of: str | None = None
    definition: str = ""
    short: bool = False
    proper: bool = False


@attrs.frozen
class Tag:
    """A circumstance that cues tell, such as a failed flight."""

    name: str
    cues: tuple[str, ...]
    scope: Reach = "paragraph"


@attrs.frozen(eq=False)
class Topic:
    """One folder of rules: its frames, classes, tags, word classes and voices.

    A voice is somebody who reports figures, with the names that texts give them. `aside` are cues right before the
    name of a class that is only spoken of ("farther than a ...").
    """

    id: str
    title: str
    path: pathlib.Path
    frames: Mapping[str, Frame]
    classes: Mapping[str, ThingClass]
    tags: Mapping[str, Tag]
    words: Mapping[str, tuple[str, ...]]
    voices: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    aside: tuple[str, ...] = ()

    def kind(self, name: str) -> str:
        """The class that a thing is told as: itself, or for one make the nearest class above that is none."""
        return next((c for c in self.ancestry(name) if not (c in self.classes and self.classes[c].proper)), name)

    def shared(self, names: Iterable[str | None]) -> str | None:
        """The nearest class that all of some are of; None where one is not known, or they have none in common."""
        lines = [self.ancestry(name) if name else () for name in names]
        return next((name for name in lines[0] if all(name in line for line in lines)), None) if lines else None

    def ancestry(self, name: str) -> tuple[str, ...]:
        """A class and its ancestors, nearest first; the name alone for a class that the topic does not have."""
        line = [name]
        while (known := self.classes.get(line[-1])) and known.of:
            line.append(known.of)
        return tuple(line)


@attrs.frozen
class TableRow:
    """One class's row in a rule's table: bounds by column, in base units, and where they come from."""

    cells: Mapping[str, float]
    printed: Mapping[str, str]
    source: str


@attrs.frozen
class Table:
    """Bounds by class; `dimension` is that of every cell."""

    name: str
    dimension: Dimension
    rows: Mapping[str, TableRow]


@attrs.frozen
class Example:
    """A text or a set of values with the verdict that the rule must reach on it."""

    verdict: Verdict
    line: int
    text: str | None = None
    values: Mapping[str, str | list[str]] | None = None
    thing: str | None = None
    tags: tuple[str, ...] = ()
    published: str | None = None


@attrs.frozen(eq=False)
class Rule:
    """One rule file: a relation between the roles of a frame, with its reason, its source and its examples.

    `when` are tags of which the claim must have one, `unless` tags of which it may have none. `message` tells a
    relation that is broken, `holds` one that holds; the title stands in where a rule has no words for that. A rule that
    is `silent` speaks only of what breaks it: that a train is slower than light is no check of its speed.
    """

    id: str
    path: pathlib.Path
    title: str
    why: str
    source: str
    level: Level
    frame: Frame
    topic: Topic
    require: Expression
    message: str
    examples: tuple[Example, ...]
    holds: str | None = None
    silent: bool = False
    thing: str | None = None
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    given: Expression | None = None
    tables: Mapping[str, Table] = attrs.field(factory=dict)

    def names(self) -> frozenset[str]:
        """The roles whose figures the rule relates."""
        return self.require.names() | (self.given.names() if self.given is not None else frozenset())

    @property
    def of_prints(self) -> bool:
        """Whether it judges how figures are printed, which no numbers can keep or break."""
        return any(self.frame.roles[name].flaw is not None for name in self.names())


@attrs.frozen
class RuleError:
    """What is wrong with a rule or topic file, and where."""

    path: pathlib.Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@attrs.frozen(eq=False)
class Rulebook:
    """All topics and rules loaded, and what was wrong with the files that are not among them."""

    topics: Mapping[str, Topic] = attrs.field(factory=dict)
    rules: tuple[Rule, ...] = ()
    errors: tuple[RuleError, ...] = ()
    vocabulary: Vocabulary = NONE
    """The units and spellings with which texts are read that are held against the rules."""

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; raises KeyError when there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)
