"""What a text, a file or standard input says, as a document: its prose, paragraphs, headline and date."""

from __future__ import annotations

import datetime
import os
import pathlib

from checker.model import Document
from checker.readers import text as plain
from checker.readers.dateline import date_of_publication, full_date
from checker.readers.files import Unreadable, load

__all__ = ["Unreadable", "read_file", "read_text"]

_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def read_text(
    text: str, *, name: str = "text", published: datetime.date | None = None, markdown: bool = False
) -> Document:
    """The document of a text; a date of publication that the text itself gives counts when none is passed."""
    prose, spans, headline, dated = text, plain.paragraphs(text), None, None
    if markdown:
        # Here, because only Markdown needs the parser, and it takes longer to import than all the rest of the readers.
        from checker.readers.markdown import read_markdown

        source = read_markdown(text)
        prose, spans, headline = source.prose, source.paragraphs, source.headline
        dated = full_date(source.date) or full_date(source.date[:10]) if source.date else None
    prose = plain.without_addresses(prose)
    dateline, line = date_of_publication(prose, spans)
    headline = headline or plain.headline(prose, [span for span in spans if span != line])
    return Document(text, name, published or dated or dateline, headline, spans, prose)


def read_file(path: str | os.PathLike[str], *, published: datetime.date | None = None) -> Document:
    """The document of a file, or of standard input for "-"; raises Unreadable.

    A name that ends in .md or .markdown is read as Markdown, any other as plain text.
    """
    name, text = load(path)
    markdown = pathlib.PurePath(name).suffix.lower() in _MARKDOWN_SUFFIXES
    return read_text(text, name=name, published=published, markdown=markdown)
