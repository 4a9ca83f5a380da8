"""Texts and files as documents: paragraphs, headline, date, prose; what cannot be read is one line."""

from __future__ import annotations

import codecs
import datetime
import errno
import io
import os
import pathlib
import re
import sys

import pytest
from growth import QUADRATIC, growth
from hypothesis import example, given
from hypothesis import strategies as st

from checker.model import Document
from checker.readers import Unreadable, read_file, read_text
from checker.readers.files import MOST_BYTES

FIXTURES = pathlib.Path(__file__).parent.parent / "fixtures"
LONG = (
    "The missiles travelled a distance of 1,500 kilometres and stayed in the air for about 7,507 seconds until impact."
)


def said(document: Document) -> list[str]:
    return [document.prose[p.start : p.end] for p in document.paragraphs]


def printed(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs]


# ---------------------------------------------------------------- paragraphs of plain text
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("One.", ["One."]),
        ("  One.  \n", ["One."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n \t\r\nTwo.\r\n", ["One.", "Two."]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("One.\u2029Two.\fThree.", ["One.", "Two.", "Three."]),
        ("A headline\nThe text of it.", ["A headline", "The text of it."]),
        (f"{LONG}\n{LONG}", [LONG, LONG]),
        ("- 12 apples\n- 5 pears", ["- 12 apples", "- 5 pears"]),
        ("apples 5\npears 6", ["apples 5", "pears 6"]),
    ],
)
def test_a_line_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert printed(read_text(text)) == expected


WRAPPED = """\
A short headline stands first
The missiles travelled a distance of 1,500 kilometres and stayed in the
air for 7,507 seconds, the agency said on Sunday. It was the third test.
South Korea confirmed the launch at 4 p.m. on Saturday and said it was
7,000 metres up. The last line is short.
A second paragraph that follows without an empty line is told by
the short line above it.
- an item of a list is never joined to what comes before it in the text
"""


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_joined(line_break: str) -> None:
    found = printed(read_text(WRAPPED.replace("\n", line_break)))
    assert [paragraph.split()[:2] for paragraph in found] == [
        ["A", "short"],
        ["The", "missiles"],
        ["A", "second"],
        ["-", "an"],
    ]
    assert found[1].endswith("The last line is short.")


def test_lines_that_end_with_their_sentence_are_not_taken_for_wrapped() -> None:
    text = (
        "State media had the missile climb to 6,248 kilometers and cover 1,000 meters.\n"
        "Further down, the same report says it hit the sea 1,090 kilometers away."
    )
    assert len(read_text(text).paragraphs) == 2


@given(st.text(st.sampled_from("ab.5A-# \n\r\t\u2028é😀\u202e`*[](<>|"), max_size=60), st.booleans())
@example("[a](b", True)
@example("`` ` ``\n> a\n>b", True)
@example("|a|\n|-|\n|\\||", True)
@example("---\na: 1\n---", True)
def test_any_text_is_read(text: str, markdown: bool) -> None:
    document = read_text(text, markdown=markdown)
    assert document.text == text
    assert len(document.prose) == len(text)
    last = 0
    for span in document.paragraphs:
        assert last <= span.start < span.end <= len(text)
        assert document.prose[span.start : span.end].strip()
        last = span.end
    if document.headline:
        assert document.headline in document.paragraphs


@given(st.text(max_size=200))
def test_plain_prose_is_the_text(text: str) -> None:
    document = read_text(text)
    if "://" not in text and "www." not in text.lower():
        assert document.prose == text


@given(
    st.lists(st.sampled_from(["Flew 1,500 km today.", "He is 25 years old, he said.", LONG]), min_size=1, max_size=5)
)
def test_markdown_of_plain_paragraphs_says_what_plain_text_says(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    assert said(read_text(text, markdown=True)) == said(read_text(text)) == paragraphs


def test_an_address_is_no_prose() -> None:
    document = read_text("See https://example.org/2025/01/26?n=5, or www.example.org/7 (5 km).")
    assert said(document) == [f"See {'￼' * 34}, or {'￼' * 17} (5 km)."]


# ---------------------------------------------------------------- headline and date
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Missile flies 1,500 km\n\nIt flew far.", "Missile flies 1,500 km"),
        ("Did it fly 1,500 km?\nIt did.", "Did it fly 1,500 km?"),
        ("SEOUL, January 26, 2025\nMissile flies 1,500 km\nIt flew far.", "Missile flies 1,500 km"),
        ("Missile flies 1,500 km", None),
        ("The missile flew 1,500 km.\n\nIt flew far.", None),
        ("He said:\n\nIt flew far.", None),
        (f"{'word ' * 30}\n\nIt flew far.", None),
        ("1,500\n\n1,600", None),
        ("- 5 km\n- 6 km", None),
    ],
)
def test_headline(text: str, expected: str | None) -> None:
    document = read_text(text)
    found = document.headline
    assert (text[found.start : found.end] if found else None) == expected


BODY = "\n\nThe missiles flew 1,500 km.\n\nThey landed.\n\nOfficials were silent.\n\nMore is known.\n\nThe end."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SEOUL, January 26, 2025", "2025-01-26"),
        ("SEOUL, South Korea, Jan. 26, 2025 (Reuters) — The missiles flew.", "2025-01-26"),
        ("NEW YORK, Sunday, 26 January 2025 - The missiles flew.", "2025-01-26"),
        ("LONDON, 3 March 2024 — The company said", "2024-03-03"),
        ("WASHINGTON (AP), 3rd March 2024: The company said", "2024-03-03"),
        ("Seoul, January 26, 2025", "2025-01-26"),
        ("Published: 26 January 2025", "2025-01-26"),
        ("Published on Sunday 26 January 2025 at 10:15 GMT", "2025-01-26"),
        ("date: 2025-01-26", "2025-01-26"),
        ("By Jane Doe, 26 January 2025", "2025-01-26"),
        ("By Jane van Doe | Sept. 6, 2024", "2024-09-06"),
        ("26 January 2025", "2025-01-26"),
        ("2025-01-26T10:15:00Z", "2025-01-26"),
        ("Sunday, 25 January 2025", None),
        ("SEOUL, February 30, 2025", None),
        ("SEOUL, January 26 — The missiles flew.", None),
        ("SEOUL, January 2025", None),
        ("On January 26, 2025 the missiles flew.", None),
        ("The test of January 26, 2025", None),
        ("It was in Seoul, January 26, 2025 that it flew.", None),
        ("NASA, January 26, 2025 was a Sunday.", None),
        ("Updated: 26/01/2025", None),
    ],
)
@pytest.mark.parametrize("form", ["{line}{body}", "A headline{body}\n\n{line}", "A headline\n{line}{body}"])
def test_dateline(line: str, expected: str | None, form: str) -> None:
    document = read_text(form.format(line=line, body=BODY))
    assert document.published == (datetime.date.fromisoformat(expected) if expected else None)


def test_a_date_in_the_middle_of_the_text_is_no_dateline() -> None:
    assert read_text(f"A headline{BODY}\n\nSEOUL, January 26, 2025{BODY}").published is None


def test_a_chronicle_has_no_dateline() -> None:
    assert read_text("Launches\n\n6 January 2025\n\nOne flew.\n\n14 January 2025\n\nTwo flew.").published is None


def test_what_the_caller_passes_counts_more() -> None:
    date = datetime.date(2020, 2, 2)
    assert read_text("SEOUL, January 26, 2025", published=date).published == date


# ---------------------------------------------------------------- Markdown
MARKDOWN = """\
---
title: "A 5 km title"
date: 2025-01-26T10:00:00+09:00
tags: [7, 8]
---

# Head *line* 5

Setext 6 head
=============

> quoted **1,500** km and
> a [link *a*](http://x/5 "t 6) km"), `code 7`, ![alt [5]](u9) <b>x</b> <http://a.b/5>
lazy

1. item one
   goes on
2. item [two][ref] and `` tick ` 3 ``[^1]
   - nested 4 km &amp; \\*

| a | b | |
|---|--:|---|
| 5 km | `x` 3 \\| mi | 7 |

[ref]: http://x/8

<!-- comment 5 km -->

<div>
block 9 km
</div>

    indented 5 km

~~~
fenced 5 km
~~~

Last <!-- 6 --> line\\
2 * 3 km.
"""


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_markdown_says_what_its_reader_sees(line_break: str) -> None:
    source = MARKDOWN.replace("\n", line_break)
    document = read_text(source, markdown=True)
    assert [" ".join(paragraph.replace("￼", "?").split()) for paragraph in said(document)] == [
        "A 5 km title",
        "Head line 5",
        "Setext 6 head",
        "quoted 1,500 km and a link a , ????????, ?????????????? x ?????????????? lazy",
        "item one goes on",
        "item two and ??????????????",
        "nested 4 km & *",
        "a | b",
        "5 km | ??? 3 | mi | 7",
        "Last line 2 * 3 km.",
    ]
    assert document.published == datetime.date(2025, 1, 26)
    assert document.headline == document.paragraphs[0]
    outside = document.prose
    for span in reversed(document.paragraphs):
        outside = outside[: span.start] + outside[span.end :]
    assert not outside.strip()


def test_markdown_prose_stands_where_its_source_does() -> None:
    document = read_text(MARKDOWN, markdown=True)
    for position, (shown, source) in enumerate(zip(document.prose, MARKDOWN, strict=True)):
        assert shown in (source, " ", "￼") or (shown, source) == ("&", ";"), position


@pytest.mark.parametrize("title", ["# Head 5\n\nText.", "Head 5\n===\n\nText.", "Head 5\n\nText."])
def test_markdown_headline(title: str) -> None:
    document = read_text(title, markdown=True)
    assert document.headline
    assert title[document.headline.start : document.headline.end].startswith("Head 5")


@pytest.mark.parametrize("text", ["---\n\nText 5.\n\n---\n", "---\ntitle: x\n\nText 5.\n", "+++\nText 5.\n+++\n"])
def test_what_is_no_front_matter_is_read(text: str) -> None:
    assert any("Text 5." in paragraph for paragraph in said(read_text(text, markdown=True)))


def test_toml_front_matter() -> None:
    document = read_text("+++\ntitle = 'T'\ndate = 2024-03-03\n+++\nText.", markdown=True)
    assert said(document) == ["T", "Text."]
    assert document.published == datetime.date(2024, 3, 3)


# ---------------------------------------------------------------- files
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("5 km – é".encode(), "5 km – é"),
        (codecs.BOM_UTF8 + "5 km – é".encode(), "5 km – é"),
        ("5 km – é".encode("utf-16"), "5 km – é"),
        (codecs.BOM_UTF16_BE + "5 km – é".encode("utf-16-be"), "5 km – é"),
        ("5 km – é".encode("utf-32"), "5 km – é"),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
        (b"5 km <html> is no page", "5 km <html> is no page"),
    ],
)
def test_a_file_is_decoded(tmp_path: pathlib.Path, data: bytes, expected: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    document = read_file(path)
    assert document.text == expected
    assert document.name == str(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty: nothing to check"),
        (codecs.BOM_UTF8, "the file is empty: nothing to check"),
        (b"a" * 120 + b"\xe9t\xe9", "not UTF-8 text (byte 0xE9 at offset 120); save it as UTF-8"),
        (codecs.BOM_UTF16_LE + b"a", "not UTF-16 text (byte 0x61 at offset 2); save it as UTF-8"),
        (b"%PDF-1.7\n\xe2\xe3", "a PDF document, which is not read; save its text to a file and check that"),
        (
            b"PK\x03\x04..[Content_Types].xml..word/document.xml",
            "a Word document (DOCX), which is not read; save its text to a file and check that",
        ),
        (b"PK\x03\x04...", "a ZIP archive, which is not read; save its text to a file and check that"),
        (b"\x89PNG\r\n\x1a\n\0", "a PNG image, which is not read; save its text to a file and check that"),
        (b"<!DOCTYPE html>\n<p>5 km", "an HTML page; save it under a name that ends in .html and check that"),
        (b"abc\0\1\2", "binary data, not text (a NUL byte at offset 3)"),
        (
            "5 km".encode("utf-16-le"),
            "binary data, not text (a NUL byte at offset 1); if it is UTF-16, save it as UTF-8",
        ),
    ],
)
def test_what_is_no_text_is_one_line(tmp_path: pathlib.Path, data: bytes, message: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_file(path)
    assert caught.value.message == message
    where = f"{path}:1" if "UTF-8 text" in message else f"{path}"
    assert str(caught.value) == f"{where}: {message}"


def test_the_line_of_a_bad_byte(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"one\ntwo\nthr\xe9e\n")
    with pytest.raises(Unreadable) as caught:
        read_file(path)
    assert (caught.value.path, caught.value.line) == (str(path), 3)


def test_what_cannot_be_opened_is_one_line(tmp_path: pathlib.Path) -> None:
    for path, message in (
        (str(tmp_path), "a directory; name the files in it"),
        (str(tmp_path / "none.txt"), "there is no such file"),
        ("a\0b", "cannot be read: embedded null byte"),
        ("", "an empty name; name a file, or - for standard input"),
    ):
        with pytest.raises(Unreadable) as caught:
            read_file(path)
        assert caught.value.message == message


def test_no_permission(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The superuser, as whom tests may run, is refused nothing.
    monkeypatch.setattr(pathlib.Path, "open", refuse)
    with pytest.raises(Unreadable) as caught:
        read_file(tmp_path / "x.txt")
    assert caught.value.message == "no permission to read it"


@pytest.mark.parametrize("stream", [None, io.BytesIO()])
def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch, stream: io.BytesIO | None) -> None:
    if stream:
        stream.close()
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(Unreadable, match=r"^<stdin>: standard input is closed$"):
        read_file("-")


def test_standard_input_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.RawIOBase):
        def readinto(self, *_: object) -> int:
            raise OSError(errno.EIO, "Input/output error")

        def readable(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Broken())))
    with pytest.raises(Unreadable, match=r"^<stdin>: cannot be read: Input/output error$"):
        read_file("-")


def test_a_text_that_is_too_long_is_not_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.txt"
    path.touch()
    os.truncate(path, 50_000_000)
    with pytest.raises(Unreadable) as caught:
        read_file(path)
    assert caught.value.message == "50 MB; texts over 32 MB are not read whole: split it"
    os.truncate(path, MOST_BYTES + 1)
    with pytest.raises(Unreadable) as caught:
        read_file(path)
    assert caught.value.message == "32.1 MB; texts over 32 MB are not read whole: split it"


def test_a_pipe_is_read() -> None:
    read, write = os.pipe()
    os.write(write, b"5 km")
    os.close(write)
    assert read_file(f"/dev/fd/{read}").text == "5 km"
    os.close(read)


def test_markdown_is_known_by_its_name(tmp_path: pathlib.Path) -> None:
    for name, markdown in (("x.md", True), ("x.MARKDOWN", True), ("x.txt", False), ("md", False)):
        path = tmp_path / name
        path.write_text("**5** km\n")
        assert (read_file(path).prose == "  5   km\n") is markdown


@pytest.mark.parametrize("path", sorted([*FIXTURES.glob("articles/*.txt"), *FIXTURES.glob("articles/*.md")]), ids=str)
def test_fixture_articles_have_a_date_a_headline_and_paragraphs(path: pathlib.Path) -> None:
    document = read_file(path)
    assert document.published or not re.search(r"\b20\d\d\b", document.text[:300])  # a dateline may lack its year
    assert document.headline
    assert len(document.paragraphs) > 5


HOSTILE = (
    "\n",
    "a\n",
    "word ",
    "1",
    "`",
    "``` ",
    "[",
    "](",
    "![",
    "[a](",
    "*a_ ",
    "<",
    "> ",
    "| ",
    "a|b\n",
    "http://",
    "&",
)


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("markdown", [False, True])
def test_hostile_texts_take_linear_time(piece: str, markdown: bool) -> None:
    assert growth(lambda n: read_text(piece * (n // len(piece)), markdown=markdown), 4_000) < QUADRATIC
