"""Folders of rules to a Rulebook: every sound file loaded, every other told in one line."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import attrs

from checker.rulebook.rules import read_rule
from checker.rulebook.schema import Rule, Rulebook, RuleError, Topic
from checker.rulebook.source import Unsound, unsound
from checker.rulebook.topics import read_topic

TOPIC_FILE = "topic.toml"
_PLAIN_NAME = re.compile(r"[\w-]+")


@attrs.frozen
class _Home:
    """A folder that holds rule files, and the id of its topic."""

    folder: pathlib.Path
    id: str


def shipped_rules() -> pathlib.Path:
    """The folder of the rules that come with the checker: beside its modules when installed, else in the checkout."""
    package = pathlib.Path(__file__).resolve().parents[1]
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load(*folders: pathlib.Path) -> Rulebook:
    """The rules of some folders; what is wrong with a file is among the rulebook's errors and stops no other.

    A folder holds topics, `topic/rule.toml` beside `topic/topic.toml`, or is one topic itself. The ids of all but the
    shipped rules begin with the name of their folder. A rule may name the frames of any topic loaded with it.
    """
    errors: list[RuleError] = []
    topics: dict[str, Topic] = {}
    rules: dict[str, Rule] = {}
    homes = [home for folder in folders for home in _homes(folder, errors)]
    sound: list[_Home] = []
    for home in homes:
        try:
            _add_topic(home, topics)
        except Unsound as unsound:
            errors.append(unsound.error)
        else:
            sound.append(home)
    for home in sound:
        for path in _rule_files(home.folder):
            try:
                _add_rule(path, f"{home.id}/{path.stem}", topics.get(home.id), topics, rules)
            except Unsound as unsound:
                errors.append(unsound.error)
    return Rulebook(topics, tuple(rules.values()), tuple(errors))


def _homes(folder: pathlib.Path, errors: list[RuleError]) -> Iterator[_Home]:
    """The folder itself and those in it, as far as they hold rule files."""
    if not folder.is_dir():
        told = "is a file; name the folder that it is in" if folder.exists() else "there is no such folder of rules"
        errors.append(RuleError(folder, 1, told))
        return
    name = folder.resolve().name
    shipped = folder.resolve() == shipped_rules().resolve()
    try:
        found = [_Home(folder, name)] if _rule_files(folder) or (folder / TOPIC_FILE).exists() else []
        for below in sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._"):
            if any(below.glob("*.toml")):
                found.append(_Home(below, below.name if shipped else f"{name}/{below.name}"))
                errors += [
                    RuleError(path, 1, "rules stand in topic/rule.toml and no deeper; move the file up")
                    for path in sorted(below.glob("*/*.toml"))
                ]
    except OSError as error:
        errors.append(RuleError(folder, 1, f"the folder cannot be read: {error.strerror}"))
        return
    if not found:
        errors.append(RuleError(folder, 1, "the folder holds no rules; they are files such as topic/rule.toml"))
    yield from found


def _rule_files(folder: pathlib.Path) -> list[pathlib.Path]:
    """The rule files of a folder, in order."""
    return sorted(path for path in folder.glob("*.toml") if path.name != TOPIC_FILE and not path.name.startswith("."))


def _add_topic(home: _Home, topics: dict[str, Topic]) -> None:
    """Puts the topic of a folder among the topics, if it has one; raises Unsound."""
    path = home.folder / TOPIC_FILE
    if not path.exists():
        return
    if not all(_PLAIN_NAME.fullmatch(part) for part in home.id.split("/")):
        told = f"'{home.id}' cannot name a topic: rename the folder in letters, digits and hyphens"
        raise unsound(path, 1, told)
    if home.id in topics:
        told = f"there is a topic '{home.id}' already, in {topics[home.id].path}: rename the folder"
        raise unsound(path, 1, told)
    topics[home.id] = read_topic(path, home.id)


def _add_rule(
    path: pathlib.Path, rule_id: str, own: Topic | None, topics: dict[str, Topic], rules: dict[str, Rule]
) -> None:
    """Puts the rule of a file among the rules; raises Unsound."""
    if not _PLAIN_NAME.fullmatch(path.stem):
        raise unsound(path, 1, f"'{path.stem}' cannot name a rule: use letters, digits and hyphens")
    if rule_id in rules:
        told = f"there is a rule '{rule_id}' already, in {rules[rule_id].path}: rename the folder"
        raise unsound(path, 1, told)
    rules[rule_id] = read_rule(path, rule_id, own, topics)
