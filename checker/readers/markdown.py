"""Markdown as the prose that its reader sees, in the places of its source.

The block and inline structure is markdown-it's (CommonMark, with tables); what it does not tell is where in the source
an inline piece stands. The pieces follow each other as they do in the source, so each is looked for after the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs
from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.token import Token

from checker.model import Span
from checker.readers.text import HIDDEN

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_NO_BREAK = re.compile(r"[^\r\n]")
_SPACE = re.compile(r"[ \t\n]*")
_BRACKETS = re.compile(r"\\.|[\[\]]", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_FRONT_LINE = re.compile(r"(\w+)[ \t]*[:=][ \t]*([\"']?)(.*?)\2[ \t]*\Z")
_DATE_KEYS = ("date", "published", "pubdate", "publishdate", "published_at")

Seen = tuple[int, str]
"""What a reader sees, and where in the source it stands."""


@attrs.frozen
class Markdown:
    """A source's prose, as long as itself; its paragraphs; its title, if it has one; what it gives as its date."""

    prose: str
    paragraphs: tuple[Span, ...]
    headline: Span | None
    date: str | None


@attrs.frozen
class _Line:
    start: int
    text: str


@attrs.frozen
class _Front:
    """The front matter: how many lines it takes, and what of it the reader of the page sees."""

    lines: int = 0
    title: Span | None = None
    date: str | None = None


def read_markdown(text: str) -> Markdown:
    """What a Markdown source says; code, HTML blocks, comments and most of the front matter are no prose of it."""
    source = text.replace("\0", "\ufffd")
    lines = [_Line(found.start(), found.group(1)) for found in _LINE.finditer(source)]
    front = _front_matter(lines)
    # text_join would merge escapes and entities into the text beside them, and their length with it.
    parser = MarkdownIt("commonmark").enable("table").disable("text_join")
    tokens = parser.parse("\n" * front.lines + "\n".join(line.text for line in lines[front.lines :]))

    seen: list[Seen] = []
    spans: list[Span] = []
    headline = front.title
    if front.title:
        spans.append(front.title)
        seen.append((front.title.start, source[front.title.start : front.title.end]))
    for heading, inlines in _blocks(tokens):
        shown = list(_row(inlines, lines) if len(inlines) > 1 else _inline(inlines[0], lines))
        if any(piece.strip() for _, piece in shown):
            spans.append(Span(shown[0][0], shown[-1][0] + len(shown[-1][1])))
            seen.extend(shown)
            if heading == "h1" and len(spans) == 1:
                headline = spans[0]
    return Markdown(_painted(source, seen), tuple(spans), headline, front.date)


def _front_matter(lines: Sequence[_Line]) -> _Front:
    closing = _FENCES.get(lines[0].text.rstrip())
    if closing is None or len(lines) < 2 or not _FRONT_LINE.match(lines[1].text):
        return _Front()
    end = next((i for i, line in enumerate(lines) if i and line.text.rstrip() in closing), None)
    if end is None:
        return _Front()
    found = {}
    for line in lines[1:end]:
        if (entry := _FRONT_LINE.match(line.text)) and entry[3].strip():
            start, stop = entry.span(3)
            found[entry[1].lower()] = (Span(line.start + start, line.start + stop), entry[3])
    title = found["title"][0] if "title" in found else None
    date = next((found[key][1] for key in _DATE_KEYS if key in found), None)
    return _Front(end + 1, title, date)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The inline tokens of each block with its tag; those of a table row together."""
    row: list[Token] | None = None
    for before, token in zip([Token("", "", 0), *tokens], tokens, strict=False):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            if row:
                yield "tr", row
            row = None
        elif token.type == "inline" and token.content.strip():
            if row is None:
                yield before.tag, [token]
            else:
                row.append(token)


def _inline(token: Token, lines: Sequence[_Line]) -> Iterator[Seen]:
    """What is seen of a paragraph or heading."""
    first, last = token.map or (0, 0)
    places: list[int] = []
    at = first
    for content in token.content.split("\n"):
        while at < last and content not in lines[at].text:
            at += 1
        if at == last:
            return
        start = lines[at].start + lines[at].text.index(content)
        places.extend(range(start, start + len(content) + 1))
        at += 1
    yield from _in_places(token, places)


def _row(cells: Sequence[Token], lines: Sequence[_Line]) -> Iterator[Seen]:
    """What is seen of a table row, with the bars between its cells."""
    line = lines[(cells[0].map or (0, 0))[0]]
    at = 0
    for i, cell in enumerate(cells):
        escaped = "".join(r"\\?\|" if character == "|" else re.escape(character) for character in cell.content)
        found = re.compile(escaped).search(line.text, at)
        if found is None:
            return
        if i:
            yield line.start + line.text.index("|", at, found.start() + 1), "|"
        skipped = re.compile(r"\\(?=\|)")
        at = found.end()
        places = [
            line.start + found.start() + k for k in range(len(found.group()) + 1) if not skipped.match(found.group(), k)
        ]
        yield from _in_places(cell, places)


def _in_places(token: Token, places: Sequence[int]) -> Iterator[Seen]:
    """What is seen of an inline token, given where each character of its content stands, and its end."""
    for start, end, shown in _pieces(token):
        if shown and places[end] - places[start] == end - start:
            # An escape or entity shows less than it takes; what it shows goes with what follows.
            yield places[end] - len(shown), shown
            continue
        for place, character in zip(places[start:end], token.content[start:end], strict=True):
            if character != "\n":
                yield place, character if shown else HIDDEN


def _pieces(token: Token) -> Iterator[tuple[int, int, str | None]]:
    """Start and end in a block's content of all that a reader sees of it, and what that is: None for no prose."""
    content, at, autolink = token.content, 0, False
    for child in token.children or ():
        if autolink:
            autolink = child.type != "link_close"
            continue
        form = _source_form(child)
        start = content.find(form, at)
        if start < 0:
            return
        at = start + len(form)
        if child.type == "link_open" and child.info == "auto":
            autolink = True
            at = content.index(">", at) + 1
            yield start, at, None
        elif child.type in ("text", "text_special"):
            yield start, at, _FOOTNOTE.sub(_as_blank, child.content)
        elif child.type == "code_inline":
            closing = re.compile(f"(?<!`){child.markup}(?!`)").search(content, at)
            at = closing.end() if closing else at
            yield start, at, None
        elif child.type == "image":
            at = _after_link(content, _after_label(content, at))
            yield start, at, None
        elif child.type == "link_close":
            at = _after_link(content, at)


def _source_form(child: Token) -> str:
    """How an inline token begins in the source."""
    match child.type:
        case "text" | "html_inline":
            return child.content
        case "link_open":
            return "<" if child.info == "auto" else "["
        case "link_close":
            return "]"
        case "image":
            return "!["
        case "softbreak" | "hardbreak":
            return "\n"
        case _:
            return child.markup


def _after_label(content: str, at: int) -> int:
    """Past the bracket that closes a label."""
    depth = 1
    for found in _BRACKETS.finditer(content, at):
        depth += {"[": 1, "]": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    return at


def _after_link(content: str, at: int) -> int:
    """Past what follows a link's label: a destination with or without a title, a reference, or nothing."""
    if content.startswith("[", at):
        closing = content.find("]", at)
        return closing + 1 if closing >= 0 else at
    if not content.startswith("(", at):
        return at
    end = len(content)
    place = _past_space(content, at + 1)
    destination = parseLinkDestination(content, place, end)
    if destination.ok:
        place = _past_space(content, destination.pos)
    title = parseLinkTitle(content, place, end)
    if title.ok:
        place = _past_space(content, title.pos)
    return place + 1 if content.startswith(")", place) else at


def _past_space(content: str, at: int) -> int:
    found = _SPACE.match(content, at)
    return found.end() if found else at


def _as_blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _painted(source: str, seen: Sequence[Seen]) -> str:
    """What is seen in its places, and blanks in all others but line breaks."""
    parts: list[str] = []
    at = 0
    for start, shown in seen:
        parts += (_NO_BREAK.sub(" ", source[at:start]), shown)
        at = start + len(shown)
    parts.append(_NO_BREAK.sub(" ", source[at:]))
    return "".join(parts)
