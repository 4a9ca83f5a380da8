"""HTML pages as documents, from files and from a server, and the one line that is said of what cannot be read."""

from __future__ import annotations

import contextlib
import http.server
import pathlib
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner

from checker import Document, check_file, cli
from checker.readers import Unreadable, addresses, read_file

ROOT = pathlib.Path(__file__).parent.parent
FILLER = (
    "<p>The committee met in the town hall and heard what the engineers had to say about the state of the works.</p>"
)
EMPTY = "no text of an article is found in the page: nothing to check"
PAGE = """<!doctype html>
<html lang="en"><head>
<meta charset="{charset}">
<title>New bridge opens | The Gazette</title>
<meta property="og:title" content="New bridge opens">
<meta property="article:published_time" content="2025-01-26T08:00:00Z">
<meta property="article:modified_time" content="2025-02-03T08:00:00Z">
<script>var lengths = ["7 km (9 miles)"];</script><style>p {{ margin: 11px }}</style>
</head><body>
<nav><ul><li><a href="/a">Walks of 12 km</a></li><li><a href="/b">Runs of 13 km</a></li></ul></nav>
<article><h1>New bridge opens</h1>
{body}
<p>The committee met in the town hall and heard what the engineers had to say about the state of the works.</p>
<aside class="advertisement">Buy 3 for 2, 50% off</aside></article>
<footer>Copyright 2019 The Gazette, 100 Mill Road</footer>
</body></html>
"""


def page(body: str, charset: str = "utf-8") -> str:
    return PAGE.format(charset=charset, body=body)


def saved(folder: pathlib.Path, body: str, charset: str = "utf-8", encoding: str = "utf-8") -> pathlib.Path:
    path = folder / "page.html"
    path.write_bytes(page(body, charset).encode(encoding))
    return path


def lines(document: Document) -> list[str]:
    assert [document.text[span.start : span.end] for span in document.paragraphs] == document.text.split("\n\n")
    return document.text.split("\n\n")


# ---------------------------------------------------------------- files
def test_the_article_is_the_text_and_the_page_dates_it(tmp_path: pathlib.Path) -> None:
    path = saved(tmp_path, "<p>It is 4.2 km (3.6 miles)\n   long.</p><p>It opened on Monday, January 26.</p>")
    report = check_file(path)
    document = report.document
    assert lines(document)[:3] == [
        "New bridge opens",
        "It is 4.2 km (3.6 miles) long.",
        "It opened on Monday, January 26.",
    ]
    assert document.headline
    assert document.text[document.headline.start : document.headline.end] == "New bridge opens"
    assert str(document.published) == "2025-01-26"
    assert [figure.text for figure in report.figures] == ["4.2 km", "3.6 miles", "Monday", "January 26"]
    assert [document.text[f.start : f.end] for f in report.figures] == [f.text for f in report.figures]
    assert {check.rule for check in report.findings} == {"measures/wrong-conversion", "calendar/weekday-off-date"}


def test_a_date_that_is_passed_comes_before_the_pages_own(tmp_path: pathlib.Path) -> None:
    path = saved(tmp_path, FILLER)
    done = CliRunner().invoke(cli.app, ["check", str(path), "--published", "2024-05-06", "--format", "json"])
    assert '"published": "2024-05-06"' in done.stdout


def test_lists_and_tables_are_paragraphs(tmp_path: pathlib.Path) -> None:
    body = (
        "<ul><li>Steel: $120 million</li><li>Concrete: <b>$80</b> million</li></ul>"
        "<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2023</td><td>$100 million</td></tr></table>"
    )
    told = lines(read_file(saved(tmp_path, FILLER + body)))
    assert told[2:6] == ["Steel: $120 million", "Concrete: $80 million", "Year | Cost", "2023 | $100 million"]


def test_a_title_that_the_text_does_not_begin_with_is_put_before_it(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "page.htm"
    path.write_text(page(FILLER).replace("<h1>New bridge opens</h1>", ""))
    document = read_file(path)
    assert lines(document)[0] == "New bridge opens"
    assert document.headline == document.paragraphs[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("about 10<sup>6</sup> times", "about 10⁶ times"),
        ("5 × 10<sup>−3</sup> of it", "5 × 10⁻³ of it"),
        ("an area of 25 km<sup>2</sup>.", "an area of 25 km²."),
        ("1,500<sup>2</sup> of them", "1,500 of them"),
        ("1,510<sup>6</sup> of them", "1,510 of them"),
        ("1,500 workers<sup>3</sup> came", "1,500 workers came"),
        ('1,500<sup><a href="#n">[4]</a></sup> of them', "1,500 of them"),
        ("on the 5<sup>th</sup> day", "on the 5th day"),
        ("of CO<sub>2</sub> a year", "of CO2 a year"),
        ("some <del>5 km</del> 6 km away", "some 6 km away"),
        ("some <s>5 km</s><b>6 km</b> away", "some 6 km away"),
        ("5&nbsp;000 people, &frac12; of them at &minus;5&deg;C", "5 000 people, ½ of them at −5°C"),
    ],
)
def test_what_is_raised_or_struck_out_makes_no_other_number(tmp_path: pathlib.Path, written: str, read: str) -> None:
    told = lines(read_file(saved(tmp_path, f"<p>The engineers spoke of it: {written}</p>")))
    assert told[1] == f"The engineers spoke of it: {read}"


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("Shift_JIS", "cp932"), ("", "utf-16")],
)
def test_the_encoding_that_the_page_declares_is_respected(tmp_path: pathlib.Path, charset: str, encoding: str) -> None:
    words = {"cp1252": "“£5 million – €6 million”", "cp1251": "Мост длиной 5 км", "cp932": "橋の長さは5 km"}
    told = words.get(encoding, "“£5 million”, Мост, 橋")
    assert lines(read_file(saved(tmp_path, f"<p>{told}</p>", charset, encoding)))[1] == told


def test_an_encoding_may_stand_in_the_first_line_of_xhtml(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "page.xhtml"
    source = page("<p>It cost £5 million, they say.</p>").replace('<meta charset="utf-8">', "")
    path.write_bytes(f'<?xml version="1.0" encoding="iso-8859-1"?>\n{source}'.encode("latin-1"))
    assert lines(read_file(path))[1] == "It cost £5 million, they say."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html></html>", EMPTY),
        (b"<html><script>var x = '5 km (9 miles)'</script></html>", EMPTY),
        (b"<nav><a href=x>5 km (9 miles)</a></nav>", EMPTY),
        (b" ", EMPTY),
        (b"", "the file is empty: nothing to check"),
        (b"<p>5\xa0km</p>", "not UTF-8 text (byte 0xA0 at offset 4); save it as UTF-8"),
        (b"<meta charset=utf-8><p>\xa35m", "not UTF-8 text (byte 0xA3 at offset 23); save it as UTF-8"),
        (b"<meta charset=klingon><p>5 km", "the page is said to be in 'klingon', a character set that is not known"),
        (b"<meta charset=base64><p>5 km", "the page is said to be in 'base64', a character set that is not known"),
        (b"%PDF-1.4", "a PDF document, which is not read; save its text to a file and check that"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_read_is_one_line(tmp_path: pathlib.Path, data: bytes, message: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read_file(path)
    assert caught.value.message == message


@pytest.mark.parametrize("missing", ["trafilatura", "lxml"])
def test_a_missing_extra_explains_itself(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    path = saved(tmp_path, FILLER)
    for name in [name for name in sys.modules if name.split(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    done = CliRunner().invoke(cli.app, ["check", str(path)])
    assert done.exit_code == 2
    assert done.stderr == f"{path}: HTML needs {missing}, which is not installed: pip install 'figcheck[html]'\n"


def test_trafilatura_says_nothing_of_its_own(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><p></html>")
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


# ---------------------------------------------------------------- addresses
class Pages(http.server.BaseHTTPRequestHandler):
    """A small site; its paths say what goes wrong."""

    def do_GET(self) -> None:
        assert self.headers["User-Agent"] == "figcheck"
        name = self.path.partition("?")[0]
        if name == "/away":
            return self.answer(302, "", b"", Location="/page")
        if name == "/file":
            return self.answer(302, "", b"", Location="file:///etc/hostname")
        if name == "/circle":
            return self.answer(302, "", b"", Location="/circle")
        if name == "/short":
            return self.answer(200, "text/plain", b"5 km", length=9)
        if name == "/late":
            return self.slow()
        known: dict[str, tuple[str, bytes]] = {
            "/page": ("text/html; charset=windows-1252", page("<p>It is £5 million and 7 km².</p>").encode("cp1252")),
            "/unnamed": ("", page("<p>It is 7 km away from here.</p>").encode()),
            "/text": ("text/plain; charset=latin-1", b"It is 50 m (154 ft), or \xa35."),
            "/caf%C3%A9": ("text/plain", b"It is 50 m (154 ft)."),
            "/markdown": ("text/markdown; charset=UTF-8", b"It is **50** m."),
            "/json": ("application/json", b'{"length": "5 km"}'),
            "/pdf": ("application/pdf", b"%PDF-1.7"),
            "/large": ("text/plain", b"x" * 3000),
        }
        if name not in known:
            return self.answer(404, "text/plain", b"nothing")
        return self.answer(200, *known[name])

    def answer(self, code: int, kind: str, data: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(code)
        if kind:
            self.send_header("Content-Type", kind)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(length or len(data)))
        self.end_headers()
        self.wfile.write(data)

    def slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"5")
                threading.Event().wait(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        patch.setenv("no_proxy", "*")
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_of_the_web_is_read(site: str) -> None:
    for name in ("/page", "/away", "/page?x=1#part"):
        document = read_file(site + name)
        assert document.name == site + name
        assert lines(document)[:2] == ["New bridge opens", "It is £5 million and 7 km²."]
        assert str(document.published) == "2025-01-26"
    assert lines(read_file(site + "/unnamed"))[1] == "It is 7 km away from here."


def test_a_text_of_the_web_is_read(site: str) -> None:
    assert read_file(site + "/text").text == "It is 50 m (154 ft), or £5."
    assert read_file(site + "/café").text == "It is 50 m (154 ft)."
    assert read_file(site + "/markdown").prose == "It is   50   m."
    done = CliRunner().invoke(cli.app, ["check", site + "/text"])
    assert done.exit_code == 1
    assert f"--> {site}/text:1:7  measures/wrong-conversion" in done.stdout


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/none", "the server answers 404 Not Found"),
        ("/json", "the server calls it application/json, which is not read"),
        ("/pdf", "a PDF document, which is not read; save its text to a file and check that"),
        ("/short", "the answer breaks off: IncompleteRead(4 bytes read, 5 more expected)"),
        ("/late", "no whole answer within 0.5 seconds"),
        ("/large", "more than 0 MB, which is not read whole"),
    ],
)
def test_an_address_that_cannot_be_read_is_one_line(
    site: str, monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    fetch: Callable[[str, float], addresses.Answer] = addresses.fetch
    monkeypatch.setattr(addresses, "fetch", lambda asked: fetch(asked, 0.5))
    monkeypatch.setattr(addresses, "MOST_BYTES", 2000)
    done = CliRunner().invoke(cli.app, ["check", site + name])
    assert (done.exit_code, done.stderr) == (2, f"{site}{name}: {message}\n")


@pytest.mark.parametrize("name", ["/file", "/circle"])
def test_redirections_lead_to_pages_or_nowhere(site: str, name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_file(site + name)
    assert "the server answers 302" in caught.value.message
    assert "\n" not in caught.value.message


def test_a_server_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(Unreadable) as caught:
            read_file(address)
    assert str(caught.value) == f"{address}: cannot be reached: Connection refused"


@pytest.mark.parametrize("address", ["http://[", "http://a b/", "https://x:port/", "http://" + "ä" * 80])
def test_what_is_no_address_is_one_line(address: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_file(address)
    assert caught.value.message.startswith("no web address: ")
