"""Who reports what a sentence tells, of those whom a topic knows by name."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources

from checker.model import Span
from checker.rulebook import cues
from checker.rulebook.schema import Topic

_WORDS = tomllib.loads(resources.files(__package__).joinpath("sentences.toml").read_text(encoding="utf-8"))
_SAID = {"said": tuple(_WORDS["said"])}
EARLIER = frozenset(_WORDS["earlier"])
"""Words by which a sentence tells of a time before the one that its article is about."""
_FORMS = (
    "<voice> ~ <said>",
    "<said> (by) (the) <voice>",
    "according to (the) ~ <voice>",
    "<voice> 's|’s ~ estimate|estimates|data|figures|account",
)


@functools.lru_cache(maxsize=64)
def _voices(topic: Topic) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (voice, cues.compile_anywhere(_FORMS, {**topic.words, **_SAID, "voice": names}))
        for voice, names in topic.voices.items()
    )


def voice(topic: Topic, text: str, span: Span) -> str | None:
    """The one voice that speaks in a span of the text; None where none of the topic's does, or several do."""
    found = [name for name, pattern in _voices(topic) if pattern.search(text, span.start, span.end)]
    return found[0] if len(found) == 1 else None
