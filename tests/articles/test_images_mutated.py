"""A thousand wounded pictures: each is taken or refused in a sentence, soon, in bounded memory.

Decoders are written in C: what they do to a process can only be seen on a process. So the files
are taken in one of their own, whose memory is limited and whose death would be noticed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import django
import pytest
from django.urls import reverse

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

from articles.images import UnusablePictureError, develop, negative, rendered
from articles.models import Picture
from articles.photo_notes import proposals
from tests import factories
from tests.articles.desk_pages import signed_in
from tests.articles.mutants import mutants
from tests.articles.test_admin_intake import BEGIN, JSON
from tests.memory import peak

PROJECT = Path(__file__).resolve().parents[2]
# Beyond what the process needs with all its modules loaded: the largest picture that is taken
# costs up to about 450 MB (docs/photographs.md), so nothing wounded may cost more.
MOST_MEMORY = 600  # MB
LONGEST = 10.0  # seconds for one file, on a busy machine


def take_all(count: int) -> dict:
    """Take every mutant as an upload is taken, and return what came of it."""
    files = list(mutants(count))
    before = peak()
    taken, refused, slowest = 0, {}, 0.0
    for name, data in files:
        begun = perf_counter()
        print(name, file=sys.stderr, flush=True)  # noqa: T201 - the last one, should it kill us
        try:
            developed = develop(data)
            proposals(data)
            rendered(negative(data), f"{developed.widths[0]}.avif")
            taken += 1
        except UnusablePictureError as refusal:
            refused[str(refusal)] = refused.get(str(refusal), 0) + 1
        slowest = max(slowest, perf_counter() - begun)
    return {"taken": taken, "refused": refused, "slowest": slowest, "grew": peak() - before}


@pytest.mark.parametrize("count", [24, pytest.param(1000, marks=pytest.mark.rehearsal)])
def test_a_wounded_picture_is_taken_or_refused_soon_and_in_bounded_memory(count):
    found = subprocess.run(
        [sys.executable, "-m", "tests.articles.test_images_mutated", str(count)],
        cwd=PROJECT, capture_output=True, text=True, timeout=count * LONGEST,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-3000:]
    told = json.loads(found.stdout)
    assert told["taken"] + sum(told["refused"].values()) == count
    assert told["taken"] > count / 10  # some wounds heal
    assert told["refused"]
    assert told["slowest"] < LONGEST
    assert told["grew"] < MOST_MEMORY


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("count", [16, pytest.param(1000, marks=pytest.mark.rehearsal)])
def test_whoever_sends_a_wounded_picture_is_answered_with_it_or_with_a_sentence(count):
    """By the door photographs come in by; an error of ours would be raised here."""
    cast = factories.Cast()
    taken, refused = 0, 0
    client = signed_in(cast.writer)
    for name, data in mutants(count, seed=1949):
        sent = {"person": cast.writer.pk, "size": len(data), "mark": name, "article": None}
        told = client.post(reverse(BEGIN), sent, content_type="application/json", headers=JSON)
        if data:
            place = f"{told.json()['address']}?at=0"
            told = client.put(place, data, "application/octet-stream", headers=JSON)
            assert told.status_code == 200, name
            assert bool(told.json()["photo"]) != bool(told.json()["why_not"]), name
            taken += bool(told.json()["photo"])
            refused += bool(told.json()["why_not"])
        else:
            assert told.status_code == 403
            refused += 1
    assert taken + refused == count
    assert taken
    assert {picture.ready != [] for picture in Picture.objects.all()} == {True}


if __name__ == "__main__":
    print(json.dumps(take_all(int(sys.argv[1])), ensure_ascii=False))  # noqa: T201
