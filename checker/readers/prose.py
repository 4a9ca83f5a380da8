"""A text as a document: its prose, paragraphs, headline and date of publication."""

from __future__ import annotations

import datetime

from checker.model import Document
from checker.readers import text as plain
from checker.readers.dateline import date_of_publication, full_date


def read_text(
    text: str, *, name: str = "text", published: datetime.date | None = None, markdown: bool = False
) -> Document:
    """The document of a text; a date of publication that the text itself gives counts when none is passed."""
    prose, headline, dated = plain.without_comments(text), None, None
    spans = plain.paragraphs(prose)
    if markdown:
        # Here, because only Markdown needs the parser, and it takes longer to import than all the rest of the readers.
        from checker.readers.markdown import read_markdown

        source = read_markdown(text)
        prose, spans, headline = source.prose, source.paragraphs, source.headline
        dated = full_date(source.date) or full_date(source.date[:10]) if source.date else None
    prose = plain.without_addresses(prose)
    dateline, line = date_of_publication(prose, spans)
    if headline is None and len(spans) > 1:
        headline = plain.headline(prose, [span for span in spans if span != line])
    return Document(text, name, published or dated or dateline, headline, spans, prose)
