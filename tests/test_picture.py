"""Pictures of an article's flights: what they hold, that they are the same each time, and what is said without one."""

from __future__ import annotations

import pathlib
import sys
import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from checker import check_file, cli, load_rules
from checker.picture import draw, flights

ARTICLE = """Three launches in a week

SEOUL, 26 November 2022

North Korea said the Hwasong-17 flew 999.2 km in 4,135 seconds and rose to a maximum altitude of 6,040.9 km.

The intercontinental ballistic missile flew 1,090 km in 4,052 seconds and rose to a maximum altitude of 6,248.5 km.

The strategic cruise missiles flew 1,500 km in 7,507 seconds, state media said.
"""


def figcheck(*arguments: object) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(cli.app, ["check", *map(str, arguments)])


@pytest.fixture
def article(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "week.txt"


def words(path: pathlib.Path) -> str:
    """The text of a picture, line by line: it is text, not outlines of letters."""
    tree = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own
    return "\n".join("".join(e.itertext()).strip() for e in tree.iter("{http://www.w3.org/2000/svg}text"))


def test_a_picture_is_labelled_in_words(article: pathlib.Path) -> None:
    done = figcheck(article, "--plot", "out.svg")
    assert done.exit_code == 1
    told = words(article.with_name("out.svg"))
    for line in (
        "Three launches in a week",
        "Range and time aloft",
        "Range and apogee",
        "range, km",
        "time aloft, minutes",
        "apogee, km",
        "Hwasong-17 (North Korea):",
        "free flight at the apogee told: no thrust can shorten it",
        "path of least energy",
        "averages of its class, intercontinental ballistic missile: 150 m/s to 7.9 km/s",
        "averages of its class, strategic cruise missile: 120 m/s to 3.1 km/s",
        "within reach of its class, intercontinental ballistic missile: up to 20,100 km far",
    ):
        assert line in told
    assert told.count("flagged") == 2  # the one flight, in both charts


def test_a_picture_is_the_same_each_time(article: pathlib.Path) -> None:
    report = check_file(article)
    for name in ("a.svg", "b.svg", "a.png", "b.png"):
        assert draw(report, load_rules(), article.with_name(name))
    for kind in ("svg", "png"):
        first, second = (article.with_name(f"{name}.{kind}").read_bytes() for name in "ab")
        assert first == second


def test_nothing_in_a_picture_is_coloured(article: pathlib.Path) -> None:
    import matplotlib.image

    draw(check_file(article), load_rules(), article.with_name("a.png"))
    pixels = matplotlib.image.imread(article.with_name("a.png"))
    assert (abs(pixels[..., 0] - pixels[..., 1]) < 0.01).all()
    assert (abs(pixels[..., 0] - pixels[..., 2]) < 0.01).all()


def test_labels_do_not_lie_on_one_another(article: pathlib.Path) -> None:
    lines = [
        f"The intercontinental ballistic missile flew {1000 + i} km and rose to a maximum altitude of {6000 + i} km."
        for i in range(9)
    ]
    article.write_text("\n\n".join(lines), encoding="utf-8")
    report = check_file(article)
    assert len(flights(report, load_rules())) == 9
    assert draw(report, load_rules(), article.with_name("a.svg"))
    tree = ET.parse(article.with_name("a.svg"))  # noqa: S314 - our own
    starts = [
        float(e.get("transform", "").removeprefix("translate(").split(")")[0].split()[1])
        for e in tree.iter("{http://www.w3.org/2000/svg}text")
        if "".join(e.itertext()).startswith("missile: 1,0") or "".join(e.itertext()).startswith("missile: 100")
    ]
    steps = [b - a for a, b in zip(sorted(starts), sorted(starts)[1:], strict=False)]
    assert len(steps) == 8
    assert min(steps) > 20


def test_a_text_without_flights_says_so_and_writes_nothing(article: pathlib.Path) -> None:
    article.write_text("The pool is 50 m (164 ft) long.")
    done = figcheck(article, "--plot", "out.svg")
    assert done.exit_code == 0
    assert done.stderr.count("\n") == 1
    assert "there is nothing to draw" in done.stderr
    assert not article.with_name("out.svg").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("week.txt", "week.txt", "--plot", "out.svg"), "draws one article"),
        (("-", "--plot", "out.svg"), "draws one article"),
        (("week.txt", "--plot", "out.doc"), "ends in .svg or .png"),
        (("week.txt", "--plot", "none/out.svg"), "cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(article: pathlib.Path, arguments: tuple[str, ...], told: str) -> None:
    done = figcheck(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert article.is_file()


def test_a_missing_library_is_named(article: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = figcheck(article, "--plot", "out.svg")
    assert done.exit_code == 2
    assert "--plot needs matplotlib, which is not installed: pip install 'figcheck[plot]'" in done.stderr
