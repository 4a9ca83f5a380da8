"""topic.toml to a Topic: the frames, classes, tags and word classes of one folder of rules."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Callable, Mapping
from typing import cast, get_args

from checker.notation import FLAWS, Flaw
from checker.rulebook import cues
from checker.rulebook.classes import makes_of, unsound
from checker.rulebook.evaluate import AGGREGATES
from checker.rulebook.expression import ExpressionError, quantity
from checker.rulebook.phrasing import phrasing
from checker.rulebook.schema import CueUse, Frame, Nearness, Reach, Role, Scope, Side, Tag, ThingClass, Topic
from checker.rulebook.source import Section, read
from checker.rulebook.types import TIME, nearest, spelt
from checker.units import CLOCK, DATE, NO_DIMENSION, WEEKDAY, Dimension, dimension, measure

KINDS: Mapping[str, Dimension | None] = {
    "quantity": None,
    "duration": TIME,
    "age": TIME,
    "count": NO_DIMENSION,
    "percent": NO_DIMENSION,
    "points": NO_DIMENSION,
    "multiple": NO_DIMENSION,
    "fraction": NO_DIMENSION,
    "ordinal": NO_DIMENSION,
    "score": NO_DIMENSION,
    "money": None,
    "date": DATE,
    "event": DATE,
    "time": CLOCK,
    "weekday": WEEKDAY,
}
"""The kinds of figures that a role may hold, each with its dimension, None where that is the figure's own."""

_KINDS_OF: Mapping[Dimension, tuple[str, ...]] = {
    TIME: ("duration", "quantity"),
    DATE: ("date", "event"),
    CLOCK: ("time",),
    WEEKDAY: ("weekday",),
}
_ROLE_KEYS = (
    "kind",
    "dimension",
    "like",
    "unlike",
    "unit",
    "many",
    "required",
    "signed",
    "cue",
    "scope",
    "others",
    "left",
    "right",
    "bridge",
    "precision",
    "barrier",
    "unless_left",
    "unless_right",
    "side",
    "per",
    "each",
    "mixed",
    "whole",
    "exact",
    "follows",
    "flaw",
    "published",
)
_FRAME_KEYS = (
    "about",
    "scope",
    "class",
    "class_after",
    "restates",
    "spoken",
    "unless",
    "told",
    "told_as",
    "role",
    "same",
    "another",
)
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = frozenset({"and", "or", "not", "class", *AGGREGATES})


def read_topic(path: pathlib.Path, topic_id: str) -> Topic:
    """The topic that a file tells; raises `source.Unsound`."""
    file = read(path)
    file.only(("title", "words", "class", "make", "aside", "tag", "frame", "voice"))
    words = _words(file)
    if makes := makes_of(file):
        words["make"] = tuple(name for make in makes.values() for name in make.names)
    classes = {**_classes(file, words), **makes}
    unsound(file, classes)
    return Topic(
        id=topic_id,
        title=file.text("title"),
        path=path,
        frames={
            name: _frame(section, f"{topic_id}.{name}", classes, words, dict(file.tables("frame")))
            for name, section in _named(file, "frame")
        },
        classes=classes,
        tags={name: _tag(section, name, words) for name, section in file.tables("tag")},
        words=words,
        voices=_voices(file, words),
        aside=_cues(file, "aside", words),
    )


def _voices(file: Section, words: cues.Words) -> dict[str, tuple[str, ...]]:
    section = file.table("voice")
    return {name: _cues(section, name, words) for name in section.values}


def _named(section: Section, key: str) -> list[tuple[str, Section]]:
    """The tables under a key, whose names expressions and rules can use."""
    found = list(section.tables(key))
    for name, own in found:
        if not _IDENTIFIER.fullmatch(name) or name in _RESERVED:
            told = f"'{name}' is a word of the rule language" if name in _RESERVED else f"'{name}' is no plain name"
            raise own.wrong(f"{told}: name a {key} in small letters, digits and underscores, such as flight_time")
    return found


def _words(file: Section) -> dict[str, tuple[str, ...]]:
    section = file.table("words")
    words = {name: section.texts(name) for name in section.values}
    for name in words:
        _sound_cues(section, name, (f"<{name}>",), words)
    return words


def _sound_cues(section: Section, key: str, found: tuple[str, ...], words: cues.Words) -> tuple[str, ...]:
    try:
        cues.read(found, words)
    except ValueError as error:
        raise section.wrong(str(error), key) from error
    return found


def _cues(section: Section, key: str, words: cues.Words) -> tuple[str, ...]:
    return _sound_cues(section, key, section.texts(key), words)


def _classes(file: Section, words: cues.Words) -> dict[str, ThingClass]:
    found: dict[str, ThingClass] = {}
    for name, section in file.tables("class"):
        section.only(("names", "of", "definition", "short"))
        if "names" not in section.values:
            raise section.wrong(f"the class '{name}' has no 'names' that texts give it")
        found[name] = ThingClass(
            name,
            _cues(section, "names", words),
            section.optional("of"),
            section.optional("definition") or "",
            section.flag("short"),
        )
    return found


def _tag(section: Section, name: str, words: cues.Words) -> Tag:
    section.only(("cues", "scope"))
    found = _cues(section, "cues", words)
    if not found:
        raise section.wrong(f"the tag '{name}' has no 'cues' that tell it")
    return Tag(name, found, cast("Reach", section.choice("scope", get_args(Reach), "paragraph")))


# ---------------------------------------------------------------------- frames
def _frame(
    section: Section,
    frame_id: str,
    classes: Mapping[str, ThingClass],
    words: cues.Words,
    frames: Mapping[str, Section],
) -> Frame:
    section.only(_FRAME_KEYS)
    told_as = section.optional("told_as")
    if told_as is not None and told_as not in frames:
        raise section.wrong(f"there is no frame '{told_as}': {nearest(told_as, frames)}", "told_as")
    model = section if told_as is None else frames[told_as]
    thing = section.optional("class")
    if thing is not None and thing not in classes:
        raise section.wrong(f"there is no class '{thing}': {nearest(thing, classes)}", "class")
    sections = dict(_named(section, "role"))
    if not sections:
        raise section.wrong(f"the frame '{frame_id}' has no roles")
    roles: dict[str, Role] = {}
    for name in sections:
        _role(name, sections, words, roles, ())
    thing_after = section.optional("class_after")
    if thing_after is not None and (thing is None or thing_after not in roles):
        told = "needs a 'class'" if thing is None else f"names no role: {nearest(thing_after, roles)}"
        raise section.wrong(f"'class_after' {told}", "class_after")
    scope = cast("Scope", section.choice("scope", get_args(Scope)))
    return Frame(
        id=frame_id,
        about=section.text("about"),
        scope=scope,
        roles={name: roles[name] for name in sections},
        thing=thing,
        thing_after=thing_after,
        restates=section.flag("restates"),
        spoken=section.flag("spoken"),
        unless=_cues(section, "unless", words) + (_cues(model, "unless", words) if model is not section else ()),
        told=_phrasings(section, model.texts("told"), scope, roles, words),
        same=_cues(section, "same", words),
        another=_cues(section, "another", words),
    )


def _phrasings(
    section: Section, found: tuple[str, ...], scope: Scope, roles: Mapping[str, Role], words: cues.Words
) -> tuple[str, ...]:
    """The phrasings of a frame that is told by phrases; each tells what is required, and no role twice."""
    if bool(found) != (scope == "phrase"):
        raise section.wrong("phrasings stand under 'told', in a frame whose 'scope' is \"phrase\"", "scope")
    for told in found:
        try:
            names = phrasing(told, words).roles
        except ValueError as error:
            raise section.wrong(str(error), "told") from error
        wanted = {name for name, role in roles.items() if role.required}
        if unknown := [name for name in names if name not in roles]:
            raise section.wrong(f"'{told}' has a slot for no role: {nearest(unknown[0], roles)}", "told")
        if len(set(names)) < len(names) or not wanted <= set(names):
            raise section.wrong(f"'{told}' needs one slot for each of {', '.join(sorted(wanted))}", "told")
    return found


def _role(
    name: str, sections: Mapping[str, Section], words: cues.Words, roles: dict[str, Role], below: tuple[str, ...]
) -> Role:
    """The role of that name, after those that it is told by; all are put among the roles."""
    if name in roles:
        return roles[name]
    section = sections[name]
    section.only(_ROLE_KEYS)
    if name in below:
        raise section.wrong(f"the role '{name}' is told by itself through 'like' or 'others'")

    def other(key: str) -> str | None:
        found = section.optional(key)
        if found is not None and (found not in sections or found == name):
            raise section.wrong(f"'{key}' names no other role: {nearest(found, set(sections) - {name})}", key)
        return found

    like, others = other("like"), other("others")
    told_by = like or others
    base = _role(told_by, sections, words, roles, (*below, name)) if told_by else None
    per = section.texts("per")
    if per and (len(per) != 2 or name in per or not set(per) <= set(sections)):
        raise section.wrong(f"'per' names two other roles: {nearest('', set(sections) - {name})}", "per")
    kinds, own = _type(section, name, base)
    unit = section.optional("unit")
    left, right = _cues(section, "left", words), _cues(section, "right", words)
    cue = section.choice("cue", get_args(CueUse), "needed" if left or right else "none")
    if cue == "needed" and not (left or right):
        raise section.wrong(f"the role '{name}' needs cues, under 'left' or 'right'", "cue")
    many = section.flag("many", default=others is not None)
    if others is not None and not many:
        raise section.wrong("a role with 'others' holds many figures", "many")
    roles[name] = Role(
        name=name,
        kinds=kinds,
        dimension=own,
        like=like,
        unlike=other("unlike"),
        unit=measure(unit).name if unit else None,
        many=many,
        required=section.flag("required"),
        signed=section.flag("signed"),
        cue=cast("CueUse", cue),
        scope=cast("Nearness", section.choice("scope", get_args(Nearness))) if "scope" in section.values else None,
        others=others,
        left=left,
        right=right,
        bridge=_cues(section, "bridge", words),
        precision=_precision(section, own),
        barrier=_cues(section, "barrier", words),
        unless_left=_cues(section, "unless_left", words),
        unless_right=_cues(section, "unless_right", words),
        side=cast("Side", section.choice("side", get_args(Side))) if "side" in section.values else None,
        per=(per[0], per[1]) if per else None,
        each=_each(section),
        mixed=section.flag("mixed"),
        whole=section.flag("whole") or section.flag("exact"),
        exact=section.flag("exact"),
        follows=other("follows"),
        published=section.flag("published"),
        flaw=cast("Flaw", section.choice("flaw", tuple(FLAWS))) if "flaw" in section.values else None,
    )
    return roles[name]


def _type(section: Section, name: str, base: Role | None) -> tuple[frozenset[str], Dimension | None]:
    """The kinds of figures that a role admits and their dimension, from what it says and what its base says."""
    kinds = _kinds(section)
    said = _dimension(section)
    if not kinds and said is None and base is None:
        told = f"the role '{name}' has no type: give it a 'kind', a 'dimension' or a role that it is 'like'"
        raise section.wrong(told)
    if not kinds:
        kinds = base.kinds if base is not None else frozenset(_KINDS_OF.get(said or NO_DIMENSION, ("quantity",)))
    if said == NO_DIMENSION and base is None and "kind" not in section.values:
        told = "plain numbers are of many kinds: name one, such as count or percent, under 'kind'"
        raise section.wrong(told, "dimension")
    of_kinds = {KINDS[kind] for kind in kinds}
    own = said
    if own is None:
        own = base.dimension if base is not None else (next(iter(of_kinds)) if len(of_kinds) == 1 else None)
    for kind in sorted(kinds):
        fixed = KINDS[kind]
        if fixed is not None and own is not None and fixed != own:
            raise section.wrong(f"a {kind} is {spelt(fixed)}, and the role '{name}' is {spelt(own)}", "kind")
    if base is not None and base.dimension is not None and own != base.dimension:
        raise section.wrong(f"'{name}' is {spelt(own or NO_DIMENSION)}, and '{base.name}' is {spelt(base.dimension)}")
    return kinds, own


def _kinds(section: Section) -> frozenset[str]:
    value = section.values.get("kind")
    if value is None:
        return frozenset()
    found = (section.text("kind"),) if isinstance(value, str) else section.texts("kind")
    for kind in found:
        if kind not in KINDS:
            raise section.wrong(f"there is no kind '{kind}': {nearest(kind, KINDS)}", "kind")
    return frozenset(found)


def _dimension(section: Section) -> Dimension | None:
    """The dimension that a role names, itself or by its unit."""
    unit, named = section.optional("unit"), section.optional("dimension")
    by_unit = _known(section, "unit", unit, lambda text: measure(text).dimension) if unit else None
    by_name = _known(section, "dimension", named, dimension) if named else None
    if by_unit is not None and by_name is not None and by_unit != by_name:
        raise section.wrong(f"the unit '{unit}' is {spelt(by_unit)}, not {spelt(by_name)}", "unit")
    return by_unit if by_name is None else by_name


def _known(section: Section, key: str, text: str, find: Callable[[str], Dimension]) -> Dimension:
    try:
        return find(text)
    except ValueError as error:
        told = f"{error}: name a {key} such as {'km/h' if key == 'unit' else '[length] / [time], or a unit of it'}"
        raise section.wrong(told, key) from error


def _each(section: Section) -> str | None:
    """The unit or dimension that figures are told for one of, as figures name it."""
    text = section.optional("each")
    if text is None:
        return None
    try:
        return text if text.startswith("[") and len(dimension(text)) == 1 else measure(text).name
    except ValueError as error:
        raise section.wrong(f"{error}: name a unit such as year, or a dimension such as [time]", "each") from error


def _precision(section: Section, own: Dimension | None) -> float | None:
    """The widest printed reading, in base units; for a date it is told as a time."""
    text = section.optional("precision")
    if text is None:
        return None
    try:
        number = quantity(text)
    except ExpressionError as error:
        raise section.wrong(str(error), "precision") from error
    wanted = TIME if own in (DATE, CLOCK) else own
    if wanted is not None and number.measure.dimension != wanted:
        raise section.wrong(f"'{text}' is {spelt(number.measure.dimension)}, not {spelt(wanted)}", "precision")
    return number.value * number.measure.factor
