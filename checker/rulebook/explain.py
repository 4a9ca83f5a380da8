"""A rule as a page worth reading, made from nothing but its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from checker.rulebook.schema import Example, Role, Rule, Table
from checker.rulebook.types import role_type, spelt
from checker.wording import listed

_MOST_CUES = 6
_KINDS_WITH_UNITS = frozenset({"quantity", "duration"})
_OPTIONAL = re.compile(r"(?<!\S)\((?=\S)[^()]*(?<=\S)\)")
_OTHERS = re.compile(r"(?<=[^\s|])\|[^\s]+")
_WORDS = re.compile(r"<(\w+)>")
_LEVELS = {
    "error": "an error: logic, arithmetic or physics rules it out",
    "warning": "a warning: it is outside what the world is known to hold",
    "note": "a note: worth a second look, and no more",
}
_VERDICTS = {
    "broken": "flagged",
    "strained": "right only if rounded",
    "consistent": "passes",
    "unchecked": "left alone",
}


def explain(rule: Rule, said: Mapping[str, str] | None = None) -> str:
    """The rule's page in Markdown: what it checks and when, why, on whose word, with examples, and how to ignore it.

    `said` is what the rule says of the texts of its examples, where that is known.
    """
    return "\n\n".join(section for section in _sections(rule, said or {}) if section) + "\n"


def _sections(rule: Rule, said: Mapping[str, str]) -> Iterator[str]:
    yield f"# {rule.title}"
    yield f"`{rule.id}` is {_LEVELS[rule.level]}."
    yield _flowing(rule.why)
    yield f"## What it checks\n\n    {rule.require.text}"
    yield "\n".join(_conditions(rule))
    yield "\n".join(f"- {_role(rule, rule.frame.roles[name])}" for name in rule.frame.roles if name in rule.names())
    if rule.frame.told:
        yield f"told in words such as {_few(rule, rule.frame.told)}"
    for table in rule.tables.values():
        yield "\n".join(_table(table))
    yield f"## On whose word\n\n{_flowing(rule.source)}"
    yield "## Examples"
    yield "\n\n".join(_example(example, said) for example in rule.examples)
    yield f"## To leave it out\n\n    figcheck check FILE --ignore '{rule.id}'"


def _conditions(rule: Rule) -> Iterator[str]:
    yield f"in what a text says of {rule.frame.about} (the frame `{rule.frame.id}`)"
    if rule.thing:
        yield f"- when the text names a {rule.thing}, or a kind of it"
    if rule.given:
        yield f"- only where `{rule.given.text}` is sure"
    if rule.when:
        yield f"- only near {listed([_tag(rule, name) for name in rule.when], 'or')}"
    if rule.unless:
        yield f"- but not near {listed([_tag(rule, name) for name in rule.unless], 'or')}"
    yield "\nfrom the figures"


def _tag(rule: Rule, name: str) -> str:
    return f"words of `{name}` ({_few(rule, rule.topic.tags[name].cues)})"


def _role(rule: Rule, role: Role) -> str:
    dimension = role_type(rule.frame, role).dimension
    physical = f", {spelt(dimension)}" if dimension and any(part in _KINDS_WITH_UNITS for part in role.kinds) else ""
    told = f"`{role.name}`: {listed([_plain(kind) for kind in sorted(role.kinds)], 'or')}{physical}"
    if role.others:
        return f"{told}; gathered from every other {_plain(role.others)} that the text gives"
    cues = [*(f"{cue} …" for cue in role.left), *(f"… {cue}" for cue in role.right)]
    return f"{told}; told by {_few(rule, cues)}" if cues else told


def _few(rule: Rule, cues: Sequence[str]) -> str:
    plain = list(dict.fromkeys(_plainest(cue, rule.topic.words) for cue in cues))
    shown = ", ".join(f"`{cue}`" for cue in plain[:_MOST_CUES])
    return f"{shown} and {len(plain) - _MOST_CUES} more" if len(plain) > _MOST_CUES else shown


def _plainest(cue: str, words: Mapping[str, Sequence[str]]) -> str:
    """The plainest text that a cue stands for: no word that may be left out, and the first of several."""
    text = cue
    while (shorter := _OPTIONAL.sub(" ", text)) != text:
        text = shorter
    text = _OTHERS.sub("", text)
    text = _WORDS.sub(lambda name: words.get(name[1], (name[0],))[0], text).replace("~", "…")
    return re.sub(r"\s+(?=[,;:.)])|(?<=\()\s+(?=\S.*\))", "", " ".join(_OTHERS.sub("", text).split()))


def _table(table: Table) -> Iterator[str]:
    columns = list(dict.fromkeys(column for row in table.rows.values() for column in row.printed))
    yield f"## {_plain(table.name).capitalize()}\n"
    yield f"| class | {' | '.join(columns)} | source |"
    yield f"|---|{'---:|' * len(columns)}---|"
    for thing, row in table.rows.items():
        cells = " | ".join(row.printed.get(column, "") for column in columns)
        yield f"| {thing} | {cells} | {_flowing(row.source).replace('|', '/')} |"


def _example(example: Example, said: Mapping[str, str]) -> str:
    if example.text is not None:
        shown = "\n".join(f"> {line}" for line in example.text.strip().splitlines())
    else:
        values = (example.values or {}).items()
        values_told = [
            f"{_plain(name)} {given if isinstance(given, str) else ' + '.join(given)}" for name, given in values
        ]
        shown = f"> {', '.join(values_told)}" + (f" ({example.thing})" if example.thing else "")
    told = said.get(example.text or "")
    says = f"\n\nIt says: {told}" if told else ""
    return f"{_VERDICTS[example.verdict].capitalize()} ({example.verdict}):\n\n{shown}{says}"


def _flowing(text: str) -> str:
    """A text that was broken into lines, as paragraphs."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text.strip())


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
