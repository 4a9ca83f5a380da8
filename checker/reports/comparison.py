"""A comparison for people: each shared event with its figures side by side, who reported them, and what differs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rich.console import Console

from checker.events import Comparison, Event, Told
from checker.reports.passage import Places
from checker.reports.visible import visible


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print the events that articles share, and how many they do not."""
    for line in comparison_lines(comparison):
        console.print(visible(line), no_wrap=True, crop=False, overflow="ignore", highlight=False)


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """The lines of a comparison."""
    for event in comparison.events:
        yield from _event(event)
        yield ""
    events, differences = len(comparison.events), sum(len(event.differences) for event in comparison.events)
    shared = "no event that two of them share" if not events else f"{_counted(events, 'shared event')}"
    yield f"{len(comparison.articles)} articles: {shared}, {_counted(differences, 'difference')} beyond rounding"
    if comparison.alone:
        yield f"{_counted(comparison.alone, 'event')} that only one of them tells of"


def _event(event: Event) -> Iterator[str]:
    yield f"{event.thing}{_on(event)}: {', '.join(event.articles)}"
    wide = max(len(t.figure.text) for t in event.told)
    for role in event.roles:
        for i, told in enumerate(event.of(role)):
            name = role.replace("_", " ") if i == 0 else ""
            yield f"  {name:<12} {told.figure.text:<{wide}}  {_where(told)}"
    for difference in event.differences:
        one, other = difference.one, difference.other
        role = one.role.replace("_", " ")
        yield f"  ! {role} differs: {one.figure.text} ({one.who}) and {other.figure.text} ({other.who})"
    for role in event.unclear:
        yield f"  {role.replace('_', ' ')} is not compared: one source tells two that cannot be one"


def _where(told: Told) -> str:
    line = Places(told.document).line(told.figure.start)
    return f"{told.voice or 'the article'}, {told.document.name}:{line}"


def _on(event: Event) -> str:
    if event.days is None:
        return ""
    first, last = (datetime.date.fromordinal(day) for day in event.days)
    told = f"{first.day} {first:%B %Y}"
    return f", {told}" if first == last else f", {told} to {last.day} {last:%B %Y}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
