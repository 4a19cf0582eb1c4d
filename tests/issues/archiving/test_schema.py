"""What an archive tells is taken only where an archive of ours could tell it."""

import copy
import io
import json
from contextlib import suppress

import pytest

from issues.archiving import VERSION
from issues.archiving.schema import read
from issues.archiving.unpacking import Container, UnreadableArchiveError
from tests import factories
from tests.issues.archiving import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    return scenes.an_archive()


def reading(archive: bytes):
    return read(Container(io.BytesIO(archive)))


def refused(archive: bytes, sentence: str = r"\S") -> None:
    with pytest.raises(UnreadableArchiveError, match=sentence):
        reading(archive)


def test_an_archive_of_ours_is_taken(archive):
    assert [piece["state"] for piece in reading(archive)["pieces"]] == [
        "public", "public", "withdrawn", "public",
    ]  # fmt: skip


def test_a_newer_format_says_what_to_do(archive):
    refused(scenes.retold(archive, lambda data: data.update(version=VERSION + 1)), "更新")


def test_another_json_file_is_none(archive):
    refused(scenes.rebuilt(archive, **{"issue.json": b'{"format": "x"}'}), "format")
    refused(scenes.rebuilt(archive, **{"issue.json": None}))


def test_what_was_not_out_is_not_restored():
    cast = factories.Cast()
    refused(scenes.archived(factories.closed_issue(cast, factories.approved(cast))), "发布")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe", b"[]", b"null", b"NaN", b'{"format": NaN}', b"[" * 100_000,
        b'{"a": 1, "a": 2}', b"9" * 5000, b'{"format":"newsroom issue archive","version":1}',
    ],
)  # fmt: skip
def test_broken_json_is_refused_in_a_sentence(archive, content):
    refused(scenes.rebuilt(archive, **{"issue.json": content}))


def places(value, path=()):
    """Yield the way to every value in the data."""
    if isinstance(value, dict):
        for name in value:
            yield from places(value[name], (*path, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*path, number))
    yield path


def put(data, path, value):
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


ODD = [None, -1, 2**70, 1.5, True, [], {}, "x" * 250_000, "a\0b", "\ud800", "2999-13-41", [[[]]]]


def test_odd_values_anywhere_are_taken_or_refused_and_never_break(archive):
    data = scenes.told(archive)
    tried = 0
    for number, path in enumerate(sorted(places(data), key=str)):
        if not path:
            continue
        changed = copy.deepcopy(data)
        put(changed, path, ODD[number % len(ODD)])
        content = json.dumps(changed).encode("utf-8", "surrogatepass")
        with suppress(UnreadableArchiveError):
            reading(scenes.rebuilt(archive, **{"issue.json": content}))
        tried += 1
    assert tried > 200


CONTRADICTIONS = {
    "two pieces in one place": lambda d: d["pieces"][1].update(page=1, position=0),
    "a page that is not there": lambda d: d["pieces"][0].update(page=9),
    "two pages of one number": lambda d: d["pages"].append(dict(d["pages"][0])),
    "two leads on a page": lambda d: d["pieces"][1].update(weight="lead"),
    "one piece twice": lambda d: d["pieces"][1].update(number=d["pieces"][0]["number"]),
    "signed as another": lambda d: d["pieces"][1].update(signed=d["pieces"][0]["signed"]),
    "no number": lambda d: d["issue"].update(number=None),
    "combined of one": lambda d: d["issue"].update(kind="combined"),
    "a section that is not there": lambda d: d["pieces"][0]["covers"].update(section=999),
    "no piece": lambda d: d.update(pieces=d["pieces"][2:3]),
    "something nobody knows": lambda d: d["issue"].update(extra=1),
    "a video elsewhere": lambda d: d["pieces"][0]["covers"]["photos"][0].append("javascript:x"),
    "another site": lambda d: d["site"].update(address="file:///etc/passwd"),
    "a photo less": lambda d: d["pieces"][0]["photos"].pop(),
    "a photo's number twice": lambda d: d["pieces"][0]["photos"][1].update(
        number=d["pieces"][0]["photos"][0]["number"]
    ),
    "a name that is none": lambda d: d["pieces"][0]["covers"]["bylines"][0].__setitem__(1, ""),
    "no text at all": lambda d: d["pieces"][3]["covers"].update(headline="", body=""),
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_data_that_contradicts_itself_is_refused(archive, what):
    refused(scenes.retold(archive, CONTRADICTIONS[what]))


def test_a_text_that_is_not_under_its_fingerprint_is_refused(archive):
    def change(data):
        data["pieces"][0]["covers"]["body"] += "<p>添的话。</p>"

    refused(scenes.retold(archive, change, resign=False), "签字时")


def test_a_photo_that_is_not_in_the_file_is_missed(archive):
    name = next(n for n in scenes.opened(archive).namelist() if n.endswith(".webp"))
    refused(scenes.rebuilt(archive, **{name: None}), name)
