"""Folders of rules: what loads, and the one line, on the right line, that each bad file comes to."""

from __future__ import annotations

import os
import pathlib
import re

import pytest

from checker.rulebook import load, shipped_rules
from checker.rulebook.schema import Rulebook
from checker.rulebook.source import key_lines
from checker.units import CLOCK, DATE, NO_DIMENSION, WEEKDAY, dimension

TOPIC = """
title = "Boats"

[words]
sailed = ["sailed", "covered (a distance of)"]

[class.vessel]
names = ["vessel(s)", "ship(s)"]

[class."sailing boat"]
names = ["sailing boat(s)", "yacht(s)"]
of = "vessel"
definition = "moved by wind"

[tag.towed]
cues = ["in tow", "towed"]

[frame.voyage]
about = "one voyage of a vessel"
scope = "sentence"
class = "vessel"
unless = ["would have"]

[frame.voyage.role.distance]
dimension = "[length]"
required = true
left = ["<sailed>"]

[frame.voyage.role.duration]
dimension = "[time]"
left = ["for", "in"]

[frame.voyage.role.speed]
dimension = "knot"

[frame.voyage.role.arrival]
dimension = "date"
precision = "1 day"

[frame.voyage.role.crew]
kind = "count"
cue = "helpful"
right = ["sailors|hands"]

[frame.voyage.role.other_crew]
others = "crew"

[frame.cost]
about = "what it cost before and after"
scope = "clause"

[frame.cost.role.old]
kind = ["money", "count"]
left = ["from"]

[frame.cost.role.new]
like = "old"
left = ["to"]
"""

RULE = '''
title   = "Faster than a sailing boat"
why     = """
Hulls that stay in the water
are held back by their own bow wave."""
source  = "Froude, 1868"
level   = "warning"
frame   = "voyage"
class   = "sailing boat"
unless  = ["towed"]
given   = "distance >= 1 km"
require = "distance / duration <= pace[high]"
message = "{distance} in {duration} is {distance / duration:km/h}, more than the {pace[high]:knot} of a {class}"

[table.pace]
"sailing boat" = { low = "1 knot", high = "40 knot", source = "record tables" }
vessel         = { low = "0.5 knot", high = "60 knot", source = "record tables" }

[[example]]
values  = { distance = "100 km", duration = "10 hours" }
class   = "sailing boat"
verdict = "consistent"

[[example]]
text      = "The yacht sailed 1,000 km in 2 hours."
published = 2025-01-26
verdict   = "broken"
'''


def folder(path: pathlib.Path, topic: str | None = TOPIC, **rules: str) -> pathlib.Path:
    path.mkdir(parents=True, exist_ok=True)
    if topic is not None:
        (path / "topic.toml").write_text(topic, encoding="utf-8")
    for name, text in rules.items():
        (path / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return path


def loaded(path: pathlib.Path, topic: str | None = TOPIC, **rules: str) -> Rulebook:
    folder(path / "mine" / "boats", topic, **rules)
    return load(path / "mine")


# ---------------------------------------------------------------------- what loads
def test_the_shipped_rules_are_sound():
    book = load(shipped_rules())
    assert [str(error) for error in book.errors] == []
    assert len(book.rules) >= 12
    assert all(rule.id == f"{rule.path.parent.name}/{rule.path.stem}" for rule in book.rules)


def test_a_rule_is_all_that_its_file_says(tmp_path):
    book = loaded(tmp_path, too_fast=RULE)
    assert book.errors == ()
    rule = book.rule("mine/boats/too-fast")
    assert (rule.title, rule.level, rule.source) == ("Faster than a sailing boat", "warning", "Froude, 1868")
    assert rule.why.startswith("Hulls that stay")
    assert (rule.thing, rule.unless, rule.when) == ("sailing boat", ("towed",), ())
    assert rule.frame.id == "mine/boats.voyage"
    assert rule.require.text == "distance / duration <= pace[high]"
    assert rule.given is not None
    assert rule.names() == {"distance", "duration"}
    assert rule.path == tmp_path / "mine" / "boats" / "too-fast.toml"


def test_a_table_is_in_base_units_and_keeps_its_print(tmp_path):
    table = loaded(tmp_path, too_fast=RULE).rules[0].tables["pace"]
    assert table.dimension == dimension("[speed]")
    row = table.rows["sailing boat"]
    assert row.cells["high"] == pytest.approx(20.58, abs=0.01)
    assert (row.printed["high"], row.source) == ("40 knot", "record tables")


def test_examples_know_their_line_and_date(tmp_path):
    first, second = loaded(tmp_path, too_fast=RULE).rules[0].examples
    lines = RULE.splitlines()
    assert lines[first.line - 1] == lines[second.line - 1] == "[[example]]"
    assert (first.verdict, first.thing, first.text) == ("consistent", "sailing boat", None)
    assert first.values == {"distance": "100 km", "duration": "10 hours"}
    assert (second.verdict, second.published, second.values) == ("broken", "2025-01-26", None)


def test_a_topic_is_all_that_its_file_says(tmp_path):
    topic = loaded(tmp_path, too_fast=RULE).topics["mine/boats"]
    assert topic.title == "Boats"
    assert topic.ancestry("sailing boat") == ("sailing boat", "vessel")
    assert topic.ancestry("raft") == ("raft",)
    assert topic.tags["towed"].scope == "paragraph"
    assert topic.words["sailed"] == ("sailed", "covered (a distance of)")
    frame = topic.frames["voyage"]
    assert (frame.scope, frame.thing, frame.unless, frame.restates) == ("sentence", "vessel", ("would have",), False)
    assert topic.frames["cost"].thing is None


def test_roles_take_what_they_leave_unsaid_from_what_they_say(tmp_path):
    topic = loaded(tmp_path, too_fast=RULE).topics["mine/boats"]
    roles = {**topic.frames["voyage"].roles, **topic.frames["cost"].roles}
    types = {name: (set(role.kinds), role.dimension) for name, role in roles.items()}
    assert types == {
        "distance": ({"quantity"}, dimension("[length]")),
        "duration": ({"duration", "quantity"}, dimension("[time]")),
        "speed": ({"quantity"}, dimension("[speed]")),
        "arrival": ({"date", "event"}, DATE),
        "crew": ({"count"}, NO_DIMENSION),
        "other_crew": ({"count"}, NO_DIMENSION),
        "old": ({"money", "count"}, None),
        "new": ({"money", "count"}, None),
    }
    assert {name: role.cue for name, role in roles.items()} == {
        "distance": "needed",
        "duration": "needed",
        "speed": "none",
        "arrival": "none",
        "crew": "helpful",
        "other_crew": "none",
        "old": "needed",
        "new": "needed",
    }
    assert roles["other_crew"].many
    assert not roles["crew"].many
    assert roles["arrival"].precision == 86_400.0


@pytest.mark.parametrize(
    ("said", "kinds", "own"),
    [
        ('kind = "percent"', {"percent"}, NO_DIMENSION),
        ('kind = ["percent", "multiple"]', {"percent", "multiple"}, NO_DIMENSION),
        ('kind = "money"', {"money"}, None),
        ('kind = "quantity"', {"quantity"}, None),
        ('kind = ["quantity", "count"]', {"quantity", "count"}, None),
        ('kind = "age"', {"age"}, dimension("[time]")),
        ('kind = "time"', {"time"}, CLOCK),
        ('kind = "weekday"', {"weekday"}, WEEKDAY),
        ('dimension = "weekday"', {"weekday"}, WEEKDAY),
        ('dimension = "clock"', {"time"}, CLOCK),
        ('unit = "mach"', {"quantity"}, dimension("mach")),
        ('dimension = "[time]"\nkind = "age"', {"age"}, dimension("[time]")),
        ('dimension = "none"\nkind = "count"', {"count"}, NO_DIMENSION),
    ],
)
def test_a_type_may_be_told_by_kind_dimension_or_unit(tmp_path, said, kinds, own):
    topic = f'{TOPIC}\n[frame.other]\nabout = "x"\nscope = "figure"\n[frame.other.role.it]\n{said}\n'
    book = loaded(tmp_path, topic, too_fast=RULE)
    assert book.errors == ()
    role = book.topics["mine/boats"].frames["other"].roles["it"]
    assert (role.kinds, role.dimension) == (kinds, own)


def test_a_unit_is_known_by_one_name(tmp_path):
    topic = f'{TOPIC}\n[frame.other]\nabout = "x"\nscope = "figure"\n[frame.other.role.it]\nunit = "km/h"\n'
    role = loaded(tmp_path, topic, too_fast=RULE).topics["mine/boats"].frames["other"].roles["it"]
    assert role.unit == "kilometer / hour"


# ---------------------------------------------------------------------- folders
def test_ids_begin_with_the_folder_but_for_the_shipped_rules(tmp_path):
    book = load(shipped_rules(), folder(tmp_path / "mine" / "boats", too_fast=RULE).parent)
    assert {"mine/boats/too-fast", "physics/faster-than-light"} <= {rule.id for rule in book.rules}
    assert {"mine/boats", "physics"} <= set(book.topics)


def test_a_folder_may_be_one_topic_itself(tmp_path):
    book = load(folder(tmp_path / "boats", too_fast=RULE))
    assert [rule.id for rule in book.rules] == ["boats/too-fast"]
    assert book.errors == ()


def test_a_folder_may_be_a_topic_and_hold_topics(tmp_path):
    folder(tmp_path / "mine", too_fast=RULE)
    folder(tmp_path / "mine" / "more", too_fast=RULE)
    assert [rule.id for rule in load(tmp_path / "mine").rules] == ["mine/too-fast", "mine/more/too-fast"]


LIGHT = """
title = "Faster than sound"
why = "House style"
source = "The desk"
level = "note"
frame = "physics.motion"
require = "speed <= 340 m/s"
message = "{speed} is faster than sound"
[[example]]
text = "It flew at 300 m/s."
verdict = "consistent"
[[example]]
text = "It flew at 400 m/s."
verdict = "broken"
"""


def test_a_rule_may_use_the_frames_of_a_shipped_topic(tmp_path):
    book = load(shipped_rules(), folder(tmp_path / "desk", None, sound=LIGHT))
    rule = book.rule("desk/sound")
    assert rule.frame.id == "physics.motion"
    assert rule.topic is book.topics["physics"]
    assert book.errors == ()


def test_a_rule_may_use_the_frames_of_a_topic_beside_its_own(tmp_path):
    folder(tmp_path / "mine" / "zebras", TOPIC)
    folder(tmp_path / "mine" / "antelopes", 'title = "None"', too_fast=RULE.replace('"voyage"', '"zebras.voyage"'))
    book = load(tmp_path / "mine")
    assert book.errors == ()
    assert book.rule("mine/antelopes/too-fast").frame.id == "mine/zebras.voyage"


def test_what_is_no_rule_is_left_alone(tmp_path):
    home = folder(tmp_path / "boats", too_fast=RULE)
    (home / "README.md").write_text("about boats")
    (home / ".hidden.toml").write_text("[[[")
    (home / ".git").mkdir()
    (home / ".git" / "x.toml").write_text("[[[")
    book = load(home)
    assert len(book.rules) == 1
    assert book.errors == ()


def test_windows_line_ends_and_a_byte_order_mark_are_nothing_special(tmp_path):
    home = folder(tmp_path / "boats")
    (home / "too-fast.toml").write_bytes(b"\xef\xbb\xbf" + RULE.replace("\n", "\r\n").encode())
    book = load(home)
    assert book.errors == ()
    assert RULE.splitlines()[book.rules[0].examples[0].line - 1] == "[[example]]"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path / "nowhere", "there is no such folder of rules"),
        (lambda path: path / "a-file.toml", "is a file; name the folder that it is in"),
        (lambda path: path / "empty", "the folder holds no rules"),
    ],
)
def test_a_folder_without_rules_is_told(tmp_path, make, told):
    (tmp_path / "a-file.toml").write_text(RULE)
    (tmp_path / "empty").mkdir()
    (error,) = load(make(tmp_path)).errors
    assert error.message.startswith(told)


def test_two_folders_of_one_name_are_told_apart_or_told(tmp_path):
    book = load(folder(tmp_path / "a" / "boats", too_fast=RULE), folder(tmp_path / "b" / "boats", too_fast=RULE))
    assert len(book.rules) == 1
    (error,) = book.errors
    assert "there is a topic 'boats' already" in error.message
    assert error.path == tmp_path / "b" / "boats" / "topic.toml"


def test_one_rule_named_twice_is_told(tmp_path):
    desks = [folder(tmp_path / name / "desk", None, sound=LIGHT) for name in "ab"]
    book = load(shipped_rules(), *desks)
    (error,) = book.errors
    assert f"there is a rule 'desk/sound' already, in {desks[0] / 'sound.toml'}" in error.message


def test_a_rule_too_deep_is_told(tmp_path):
    folder(tmp_path / "mine" / "boats" / "deeper", None, too_fast=RULE)
    folder(tmp_path / "mine" / "boats", too_fast=RULE)
    book = load(tmp_path / "mine")
    assert len(book.rules) == 1
    (error,) = book.errors
    assert "no deeper" in error.message


# ---------------------------------------------------------------------- bad files
def test_one_bad_rule_never_stops_the_others(tmp_path):
    book = loaded(tmp_path, a_bad="title = ", b_good=RULE, c_bad=RULE.replace("source", "sauce"), d_good=RULE)
    assert [rule.id for rule in book.rules] == ["mine/boats/b-good", "mine/boats/d-good"]
    assert [error.path.stem for error in book.errors] == ["a-bad", "c-bad"]


def test_a_bad_topic_is_one_line_and_its_rules_wait(tmp_path):
    folder(tmp_path / "mine" / "good", too_fast=RULE)
    book = loaded(tmp_path, TOPIC.replace("scope", "skope", 1), a=RULE, b=RULE)
    assert [rule.id for rule in book.rules] == ["mine/good/too-fast"]
    assert [str(error).removeprefix(str(tmp_path)) for error in book.errors] == [
        "/mine/boats/topic.toml:20: unknown key 'skope' in [frame.voyage]: did you mean 'scope'?"
    ]


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (b"title = 'a'\nwhy = \xff", 2, "not UTF-8 text"),
        (b"\x00\x01\x02", 1, "this is no TOML"),
        (b"title = 'a'\n[[", 2, "this is no TOML"),
        (b"title = 'a'\ntitle = 'b'", 2, "this is no TOML: cannot overwrite a value"),
        (b"title = 'a'\nwhy = 'b\n", 2, "this is no TOML"),
        (b"", 1, "the key 'frame' is missing"),
        (b"x = " + b"[" * 100_000, 1, "this is no TOML"),
        (b"#" * 1_000_001, 1, "larger than 1,000,000 bytes"),
    ],
    ids=["encoding", "binary", "syntax", "twice", "open", "empty", "deep", "large"],
)
def test_a_file_that_is_no_toml_is_told(tmp_path, content, line, told):
    home = folder(tmp_path / "boats")
    (home / "bad.toml").write_bytes(content)
    (error,) = load(home).errors
    assert told in error.message
    assert error.line == line
    assert "\n" not in str(error)


def test_what_is_no_readable_file_is_told(tmp_path):
    home = folder(tmp_path / "boats", good=RULE)
    (home / "folder.toml").mkdir()
    (home / "gone.toml").symlink_to(tmp_path / "nowhere")
    os.mkfifo(home / "pipe.toml")
    book = load(home)
    assert len(book.rules) == 1
    assert [(e.path.name, e.message) for e in book.errors] == [
        ("folder.toml", "this is no file"),
        ("gone.toml", "the file cannot be read: No such file or directory"),
        ("pipe.toml", "this is no file"),
    ]


BAD_RULES = [
    # a key of the rule, its replacement line, the words of the error
    ("title", "", "the key 'title' is missing"),
    ("title", 'title = ""', "'title' is empty"),
    ("title", "title = 5", "'title' is a text in quotes, not a number"),
    ("source", "", "the key 'source' is missing"),
    ("source", 'sources = "x"', "unknown key 'sources': did you mean 'source'?"),
    ("level", 'level = "fatal"', "'level' is one of error, warning, note, not 'fatal'"),
    ("level", "", "the key 'level' is missing: it is one of error, warning, note"),
    ("frame", 'frame = "voyages"', "has no frame 'voyages': did you mean 'voyage'?"),
    ("frame", 'frame = "planes.voyage"', "there is no topic 'planes'"),
    ("class", 'class = "yacht"', "has no class 'yacht'"),
    ("unless", 'unless = ["tow"]', "has no tag 'tow': did you mean 'towed'?"),
    ("unless", 'unless = "towed"', "'unless' is a list of texts in quotes"),
    ("unless", "unless = []", "'unless' is an empty list"),
    ("given", 'given = "distance >= 1 s"', "given: 'distance' cannot be compared with '1 s': [length] against [time]"),
    ("given", 'given = "distance"', "given: this is [length], not a relation"),
    ("require", 'require = "distance <= duration"', "require: 'distance' cannot be compared with 'duration'"),
    ("require", 'require = "distanse / duration <= pace[high]"', "'distanse' is no role of the frame: did you mean"),
    ("require", 'require = "distance / duration <= pace[top]"', "has no 'top': known: high, low"),
    (
        "require",
        'require = "distance / duration <= peace[high]"',
        "no table 'peace': did you mean 'pace'?",
    ),
    ("require", 'require = "distance / duration <= cap(distance)"', "there is no function 'cap'"),
    ("require", 'require = "distance / (duration <= pace[high]"', "require: expected ')' before the end"),
    ("require", 'require = "distance / duration <= 5 km/h"', "the table 'pace' stands in neither require nor given"),
    ("require", 'require = "pace[low] <= pace[high]"', "message: 'duration' is not among the figures"),
    ("message", 'message = "{distance"', "message: '{' at column 1 has no partner"),
    ("message", 'message = "distance}"', "message: '}' at column 9 has no partner"),
    ("message", 'message = "{}"', "message: '{}' is empty"),
    ("message", 'message = "{distance:}"', "message: '{distance:}' is empty"),
    ("message", 'message = "{dist}"', "in '{dist}': 'dist' is no role of the frame"),
    ("message", 'message = "{distance +}"', "in '{distance +}': expected a number"),
    ("message", 'message = "{distance < 5 km}"', "'{distance < 5 km}' is true or false, and nothing to print"),
    (
        "message",
        'message = "{distance:knot}"',
        "cannot be told in 'knot': [length] against [length] / [time]",
    ),
    ("message", 'message = "{distance:kmm}"', "'kmm' is neither a unit nor a role"),
    ("message", 'message = "{speed}"', "message: 'speed' is not among the figures that the rule relates"),
    ("message", 'message = "{distance:arrival}"', "cannot be told in 'arrival': [length] against a date"),
    (
        '"sailing boat"',
        '"sailing bote" = { high = "5 knot", source = "x" }',
        "no class 'sailing bote': did you mean",
    ),
    (
        '"sailing boat"',
        '"sailing boat" = { low = "9 knot", high = "5 knot", source = "x" }',
        "from 9 knot down to 5",
    ),
    (
        '"sailing boat"',
        '"sailing boat" = { low = "9 knot", source = "x" }',
        "'sailing boat' of table 'pace' has no",
    ),
    (
        '"sailing boat"',
        '"sailing boat" = { high = "5 knot" }',
        "'source' is missing in [table.pace.sailing boat]",
    ),
    ('"sailing boat"', '"sailing boat" = { high = "5 km", source = "x" }', "and the cells before it [length]"),
    ('"sailing boat"', '"sailing boat" = { high = "5 knt", source = "x" }', "'knt' is not a unit"),
    ('"sailing boat"', '"sailing boat" = { high = "fast", source = "x" }', "'fast' is not a number with a unit"),
    (
        '"sailing boat"',
        '"sailing boat" = { high = true, source = "x" }',
        "is a text in quotes, not true or false",
    ),
    ('"sailing boat"', '"sailing boat" = { source = "x" }', "the row 'sailing boat' has no bounds"),
    ('"sailing boat"', '"sailing boat" = "5 knot"', "'sailing boat' is a table, not a text"),
    (
        "values ",
        'values = { distanse = "5 km" }',
        "no role of 'mine/boats.voyage': did you mean 'distance'?",
    ),
    ("values ", 'values = { distance = ["5 km"] }', "'distance' holds one figure, not a list"),
    ("values ", "values = { crew = 5 }", "'crew' is written as it would be printed, in quotes: \"5\""),
    ("values ", "values = {}", "the example's 'values' are empty"),
    ("values ", "", "an example has either a 'text' or 'values'"),
    ("values ", 'text = "a"\nvalues = { distance = "5 km" }', "an example has either a 'text' or 'values'"),
    ('class   = "sailing boat"\nverdict', 'class = "yacht"\nverdict = "consistent"', "has no class 'yacht'"),
    ("verdict = ", 'verdict = "fine"', "'verdict' is one of broken, strained, consistent, unchecked, not 'fine'"),
    ("verdict = ", "", "the key 'verdict' is missing in [example]"),
    ("published", 'published = "yesterday"', "'published' is a date such as 2025-01-26, not 'yesterday'"),
    ("published", 'class = "vessel"', "'class' goes with 'values'; a text tells its own"),
    ("published", "datum = 2025-01-26", "unknown key 'datum' in [example]: known: class"),
]


@pytest.mark.parametrize(("key", "instead", "told"), BAD_RULES, ids=[f"{k[:8]}-{t[:24]}" for k, _, t in BAD_RULES])
def test_what_is_wrong_with_a_rule_is_one_line(tmp_path, key, instead, told):
    found = re.search(rf"^{re.escape(key)}.*$", RULE, re.MULTILINE)
    assert found is not None
    text = RULE[: found.start()] + instead + RULE[found.end() :]
    book = loaded(tmp_path, too_fast=text)
    assert book.rules == ()
    (error,) = book.errors
    assert told in error.message
    assert "\n" not in str(error)
    assert error.path.name == "too-fast.toml"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("level   =", "levle =", 7),
        ("require =", "require = 5 #", 12),
        ('high = "60 knot"', 'high = "60 knots per"', 17),
        ("[table.pace]", "[tabel.pace]", 15),
        ("verdict   = ", "verdict = 5 #", 27),
        ('verdict   = "broken"', 'verdict   = "consistent"', 24),
        ("published = ", "published = 5 #", 26),
        ('class   = "sailing boat"\nverdict', 'class = "raft"\nverdict', 21),
    ],
)
def test_an_error_names_the_line_of_the_key(tmp_path, old, new, line):
    assert RULE.count(old) == 1
    (error,) = loaded(tmp_path, too_fast=RULE.replace(old, new)).errors
    assert error.line == line, error


@pytest.mark.parametrize("name", ['"a\\nb"', '"a\\u202eb\\u0000"', f'"{"a" * 10_000}"', f'"{"a " * 10_000}"'])
def test_an_error_is_one_short_line_whatever_the_file_holds(tmp_path, name):
    text = RULE.replace('class   = "sailing boat"\nunless', f"class = {name}\nunless")
    (error,) = loaded(tmp_path, too_fast=text).errors
    assert error.message.isprintable()
    assert len(error.message) <= 400
    assert error.line == 9


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ((), 'with verdict = "broken"'),
        ((0,), 'with verdict = "broken"'),
        ((1,), 'with verdict = "consistent"'),
    ],
)
def test_examples_of_both_signs_are_needed(tmp_path, kept, told):
    head, *examples = re.split(r"(?=^\[\[example\]\])", RULE, flags=re.MULTILINE)
    (error,) = loaded(tmp_path, too_fast=head + "".join(examples[i] for i in kept)).errors
    assert error.message == f"examples of both signs are needed: add an [[example]] {told}"


BAD_TOPICS = [
    ('title = "Boats"', "", "the key 'title' is missing"),
    ("[words]", "[word]", "unknown key 'word': did you mean 'words'?"),
    ('sailed = ["sailed",', "sailed = 5 #", "'sailed' is a list of texts in quotes"),
    ('sailed = ["sailed",', 'sailed = ["<gone>",', "an entry of a word class cannot name a word class"),
    ('names = ["vessel(s)", "ship(s)"]', "", "the class 'vessel' has no 'names' that texts give it"),
    ('of = "vessel"', 'of = "ship"', "there is no class 'ship'"),
    ('of = "vessel"', 'of = "sailing boat"', "the class 'sailing boat' is a kind of itself"),
    ("[words]", '[make.boat]\nsource = "a"\nnames = ["Optimist"]\n[words]', "there is no class 'boat'"),
    ("[words]", '[make.vessel]\nnames = ["Optimist"]\n[words]', "the key 'source' is missing"),
    ("[words]", '[make.vessel]\nsource = "a"\nnames = ["A | "]\n[words]', "'A | ' has a name that is empty"),
    ("[words]", '[make.vessel]\nsource = "a"\nnames = ["A", "A | B"]\n[words]', "'A' is listed as a vessel too"),
    ('cues = ["in tow", "towed"]', "", "the tag 'towed' has no 'cues' that tell it"),
    ('cues = ["in tow", "towed"]', 'cues = ["in | tow"]', "'|' stands between two words, without spaces"),
    ('cues = ["in tow", "towed"]', 'cues = ["a"]\nscope = "page"', "'scope' is one of sentence, paragraph"),
    ("[frame.voyage]\nabout", "[frame.Voyage]\nabout", "'Voyage' is no plain name: name a frame in small letters"),
    ("[frame.cost.role.old]", "[frame.cost.role.or]", "'or' is a word of the rule language"),
    ('about = "one voyage of a vessel"', "", "the key 'about' is missing in [frame.voyage]"),
    ('scope = "clause"', "", "the key 'scope' is missing in [frame.cost]: it is one of figure"),
    ('about = "one voyage of a vessel"', 'about = "a"\ntold_as = "trip"', "there is no frame 'trip'"),
    ('scope = "clause"', 'scope = "phrase"', "phrasings stand under 'told', in a frame whose 'scope' is"),
    ('scope = "clause"', 'scope = "clause"\ntold = ["{old} to {new}"]', "phrasings stand under 'told', in a frame"),
    ('scope = "clause"', 'scope = "phrase"\ntold = ["{old} to {nev}"]', "'{old} to {nev}' has a slot for no role"),
    ('scope = "clause"', 'scope = "phrase"\ntold = ["{old} to {old}"]', "'{old} to {old}' needs one slot for each of"),
    ('scope = "clause"', 'scope = "phrase"\ntold = ["to {old}"]', "'to {old}' needs two slots or more"),
    ('scope = "clause"', 'scope = "phrase"\ntold = ["{old} <to> {new}"]', "there is no word class 'to' under [words]"),
    ('dimension = "knot"', 'dimension = "knot"\nper = ["distance"]', "'per' names two other roles"),
    (
        'dimension = "knot"',
        'dimension = "knot"\neach = "[pace]"',
        "'[pace]' is not a dimension that pint knows",
    ),
    ('dimension = "knot"', 'dimension = "knot"\neach = "yearr"', "'yearr' is not a unit that pint knows: name a unit"),
    ('class = "vessel"', 'class = "raft"', "there is no class 'raft'"),
    ('class = "vessel"', 'class_after = "crew"', "'class_after' needs a 'class'"),
    ('class = "vessel"', 'class = "vessel"\nclass_after = "crow"', "'class_after' names no role: did you mean 'crew'?"),
    ('unless = ["would have"]', 'unless = ["<had>"]', "there is no word class 'had' under [words]"),
    ('left = ["<sailed>"]', 'left = ["<sailt>"]', "there is no word class 'sailt' under [words]"),
    ('dimension = "knot"', 'dimension = "knott"', "'knott' is not a unit that pint knows: name a dimension such as"),
    ('dimension = "knot"', 'dimension = "[pace]"', "'[pace]' is not a dimension that pint knows"),
    ('dimension = "knot"', "", "the role 'speed' has no type"),
    ('dimension = "knot"', 'dimension = "none"', "plain numbers are of many kinds"),
    ('dimension = "knot"', 'dimension = "knot"\nkind = "count"', "a count is a plain number, and the role 'speed' is"),
    ('dimension = "knot"', 'dimension = "knot"\nunit = "km"', "the unit 'km' is [length], not [length] / [time]"),
    ('dimension = "knot"', 'unit = "kmm"', "'kmm' is not a unit that pint knows: name a unit such as km/h"),
    ('dimension = "knot"', 'dimension = "knot"\ncue = "needed"', "the role 'speed' needs cues"),
    ('dimension = "knot"', 'dimension = "knot"\ncue = "maybe"', "'cue' is one of needed, helpful, none, not 'maybe'"),
    ('dimension = "knot"', 'dimension = "knot"\nrequired = "yes"', "'required' is true or false, not a text"),
    ('dimension = "knot"', 'dimension = "knot"\nscope = "page"', "'scope' is one of joined, touching"),
    ('dimension = "knot"', 'dimension = "knot"\nlike = "spede"', "'like' names no other role"),
    ('dimension = "knot"', 'dimension = "knot"\nlike = "distance"', "'speed' is [length] / [time], and 'distance' is"),
    ('dimension = "knot"', 'like = "speed"', "'like' names no other role"),
    ('precision = "1 day"', 'precision = "1 km"', "'1 km' is [length], not [time]"),
    ('precision = "1 day"', 'precision = "a day"', "'a day' is not a number with a unit"),
    ('kind = "count"', 'kind = "counts"', "there is no kind 'counts': did you mean 'count'?"),
    ('others = "crew"', 'others = "crew"\nmany = false', "a role with 'others' holds many figures"),
    ('others = "crew"', 'others = "crew"\nlike = "other_crew"', "'like' names no other role"),
    ('like = "old"\n', 'like = "old"\nnoise = 1\n', "unknown key 'noise' in [frame.cost.role.new]"),
    ('kind = ["money", "count"]', 'like = "new"', "is told by itself through 'like' or 'others'"),
]


@pytest.mark.parametrize(("old", "new", "told"), BAD_TOPICS, ids=[told[:32] for _, _, told in BAD_TOPICS])
def test_what_is_wrong_with_a_topic_is_one_line(tmp_path, old, new, told):
    assert TOPIC.count(old) == 1
    book = loaded(tmp_path, TOPIC.replace(old, new), too_fast=RULE)
    assert book.rules == ()
    (error,) = book.errors
    assert told in error.message
    assert error.path.name == "topic.toml"
    changed = TOPIC[: TOPIC.index(old)].count("\n") + 1
    assert "\n" not in str(error)
    assert error.line <= changed + 2


@pytest.mark.parametrize("name", ["with space", "dotted.name", "ünïcode!"])
def test_a_name_that_cannot_be_an_id_is_told(tmp_path, name):
    home = folder(tmp_path / "boats")
    (home / f"{name}.toml").write_text(RULE)
    (error,) = load(home).errors
    assert "cannot name a rule" in error.message
    (error,) = load(folder(tmp_path / name, too_fast=RULE)).errors
    assert "cannot name a topic" in error.message


def test_a_rule_without_a_topic_names_the_frames_topic(tmp_path):
    (error,) = load(folder(tmp_path / "desk", None, too_fast=RULE)).errors
    assert error.message == "there is no topic.toml here, so name the frame's topic too: 'topic.voyage'"
    assert error.line == 8


# ---------------------------------------------------------------------- the lines of keys
def test_every_key_has_its_line():
    text = '''\
# a comment with = and [brackets]
title = "a # b"
why = """
[not.a.table]
not = "a key"
"""
other = \'\'\'
[nor.this]
\'\'\'
list = [
  "a", # ]
  { b = 1 },
]
a . "b.c" = 1

[one.'two three']  # [four]
five = { six = [1, 2], seven = "]" }
[[many]]
x = 1
  [many.sub]
  y = 2
[[many]]
x = "\\"" # "
x2 = 2
'''
    assert key_lines(text) == {
        ("title",): 2,
        ("why",): 3,
        ("other",): 7,
        ("list",): 10,
        ("a",): 14,
        ("a", "b.c"): 14,
        ("one",): 16,
        ("one", "two three"): 16,
        ("one", "two three", "five"): 17,
        ("many",): 18,
        ("many", 0): 18,
        ("many", 0, "x"): 19,
        ("many", 0, "sub"): 20,
        ("many", 0, "sub", "y"): 21,
        ("many", 1): 22,
        ("many", 1, "x"): 23,
        ("many", 1, "x2"): 24,
    }
