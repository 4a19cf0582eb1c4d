"""What is kept of pictures is made good, looked through, and thrown away where nothing names it."""

import io
import os
import random
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image

from articles import darkroom, renditions, stocktaking, workflow
from articles.models import Photo, Picture, Upload
from articles.workflow.developing import LostPictureError, finish_picture, take_picture
from newsroom.desk import tasks
from tests import factories, finishing, worker

LONG_AGO = timezone.now() - timedelta(days=60)


@pytest.fixture
def cast(db):
    return factories.Cast()


@pytest.fixture
def picture(cast):
    return take_picture(jpeg(), by=cast.writer)


def jpeg(width=1000, height=400, shade=90):
    file = io.BytesIO()
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.paste((shade, 120, 150), (0, 0, width // 2, height // 2))
    picture.save(file, "JPEG")
    return file.getvalue()


def content(picture):
    return {
        name: Path(default_storage.path(darkroom.path(picture.digest, name))).read_bytes()
        for name in darkroom.names(picture.digest)
    }


def lose(picture, *names):
    for name in names:
        darkroom.throw_away(darkroom.path(picture.digest, name))


def age():
    """Let every file in storage be two days old."""
    for file in Path(default_storage.location).rglob("*"):
        os.utime(file, (time.time() - 2 * 86_400,) * 2)


def told(*arguments, stderr=None):
    out = io.StringIO()
    try:
        call_command("renditions", *arguments, stdout=out, stderr=stderr or io.StringIO())
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


class TestFinishing:
    """The worker makes what intake has left."""

    def test_the_worker_makes_every_file_and_notes_it(self, picture):
        assert picture.missing
        assert "make_renditions" in worker.work()
        picture.refresh_from_db()
        assert picture.missing == []
        for name, data in content(picture).items():
            width, kind = renditions.parts(name)
            made = Image.open(io.BytesIO(data))
            assert (made.width, made.height) == (width, round(width * 0.4))
            assert made.format == {"jpg": "JPEG"}.get(kind, kind.upper())
        assert sorted(content(picture)) == sorted(renditions.names(1000))

    def test_a_second_time_nothing_is_made_and_nothing_changes(self, picture):
        assert finish_picture(picture)
        before = content(picture)
        assert finish_picture(picture) == []
        assert content(picture) == before

    def test_the_same_file_brought_again_is_not_queued_again(self, picture, cast):
        worker.work()
        take_picture(jpeg(), by=cast.editor)
        assert worker.work() == []

    def test_what_was_lost_is_made_again_as_it_was(self, picture):
        finish_picture(picture)
        before = content(picture)
        lose(picture, "480.avif", "960.jpg", "1000.webp")
        assert sorted(finish_picture(picture)) == ["1000.webp", "480.avif", "960.jpg"]
        assert content(picture) == before

    def test_without_its_original_a_picture_is_made_of_its_master(self, picture):
        darkroom.throw_away(darkroom.original_path(picture.original_digest))
        finish_picture(picture)
        assert picture.missing == []

    def test_of_a_picture_from_before_its_pixels_tell_colour_and_number(self, picture):
        known = picture.colour, picture.fingerprint
        Picture.objects.update(colour="", fingerprint=None, original_digest="", original_format="",
                               original_size=0)  # fmt: skip
        picture.refresh_from_db()
        finish_picture(picture)
        picture.refresh_from_db()
        assert picture.colour == known[0]
        assert stocktaking.faults(picture) == []

    def test_a_lost_picture_is_said_to_be_lost(self, picture):
        darkroom.throw_away(darkroom.original_path(picture.original_digest))
        lose(picture, *darkroom.names(picture.digest))
        with pytest.raises(LostPictureError, match=picture.digest):
            finish_picture(picture)

    def test_a_master_that_was_tampered_with_is_not_multiplied(self, picture):
        darkroom.throw_away(darkroom.original_path(picture.original_digest))
        other = take_picture(jpeg(shade=200), by=picture.uploaded_by)
        forged = content(other)["1000.webp"]
        darkroom.make_anew(darkroom.path(picture.digest, "1000.webp"), forged)
        with pytest.raises(LostPictureError):
            finish_picture(picture)

    def test_a_full_disk_stops_it_and_the_rest_follows(self, picture, monkeypatch, settings):
        stored = []

        def full(place, data):
            if len(stored) == 2:
                raise OSError(28, "No space left on device")
            stored.append(place)
            default_storage.save(place, io.BytesIO(data))

        with monkeypatch.context() as patched:
            patched.setattr(darkroom, "write_whole", full)
            with pytest.raises(OSError, match="No space"):
                finish_picture(picture)
        picture.refresh_from_db()
        assert set(picture.ready) == set(content(picture))
        assert finish_picture(picture)
        assert picture.missing == []

    def test_what_is_unfinished_is_found_in_one_statement(self, cast, django_assert_num_queries):
        for width in (300, 480, 481, 960, 961, 1600, 1601, 2400):
            wanted = renditions.names(width)
            factories.picture(width=width, ready=wanted, colour="ink")
            factories.picture(width=width, ready=wanted[1:], colour="ink")
        with django_assert_num_queries(1):
            found = set(Picture.objects.unfinished())
        assert found == {each for each in Picture.objects.all() if each.missing}
        assert len(found) == 8


class TestTheCommand:
    """``manage.py renditions``."""

    def test_it_makes_what_is_missing_and_adopts_what_has_no_row(self, picture, cast):
        factories.with_photo(factories.draft(cast), digest=picture.digest)
        lone = factories.with_photo(factories.draft(cast))
        said = told("--missing")
        picture.refresh_from_db()
        assert picture.missing == []
        assert lone.digest in said
        assert "2 pictures, 1 faults, 0 orphans." in said
        assert "Not everything is in order." in said

    def test_all_are_made_anew_but_the_master(self, picture):
        finish_picture(picture)
        before = content(picture)
        for name in before:
            if name != "1000.webp":
                darkroom.make_anew(darkroom.path(picture.digest, name), b"of an older quality")
        assert told("--all").endswith("1 pictures, 0 faults, 0 orphans.\n")
        assert content(picture) == before

    def test_checking_tells_what_is_wrong_and_changes_nothing(self, picture):
        finish_picture(picture)
        lose(picture, "480.avif")
        darkroom.make_anew(darkroom.path(picture.digest, "1000.webp"), b"another picture")
        darkroom.make_anew(darkroom.original_path(picture.original_digest), b"another file")
        before = content(picture)
        said = told("--check")
        for fault in (
            "480.avif is missing", "480.avif is on record and not there",
            "1000.webp is not what was signed", "its original is damaged",
        ):  # fmt: skip
            assert f"{picture.digest}: {fault}" in said
        darkroom.throw_away(darkroom.original_path(picture.original_digest))
        assert "its original is missing" in told("--check")
        assert content(picture) == before

    def test_what_is_in_order_is_said_to_be(self, picture):
        finish_picture(picture)
        assert told("--check") == "1 pictures, 0 faults, 0 orphans.\n"

    def test_it_draws_how_far_it_has_come_where_somebody_looks(self, picture):
        screen = io.StringIO()
        screen.isatty = lambda: True
        told("--missing", stderr=screen)
        assert screen.getvalue() == "\r" + "█" * 30 + " 1/1\n"

    def test_something_must_be_asked_of_it(self):
        with pytest.raises(CommandError):
            call_command("renditions", "--remove-orphans")


class TestOrphans:
    """What nothing names is found, and removed only where it is asked for."""

    def test_files_that_no_picture_names_are_found_once_they_are_old(self, picture, settings):
        finish_picture(picture)
        folder = f"photos/{picture.digest[:2]}/{picture.digest}"
        strays = [
            f"{folder}/333.webp", f"{folder}/tmp1234.part", "photos/ff/" + "f" * 64 + "/480.webp",
            "originals/ff/" + "f" * 64, f"originals/{picture.digest[:2]}/tmp99.part",
        ]  # fmt: skip
        for stray in strays:
            default_storage.save(stray, io.BytesIO(b"stray"))
        assert stocktaking.orphans().files == []
        age()
        assert sorted(stocktaking.orphans().files) == sorted(strays)
        assert "nothing names this file" in told("--check")
        assert all(default_storage.exists(stray) for stray in strays)
        before = content(picture)
        assert "They are removed." in told("--check", "--remove-orphans")
        assert not any(default_storage.exists(stray) for stray in strays)
        assert {name: before[name] for name in picture.ready} == content(picture)
        assert darkroom.has_original(picture.original_digest)
        assert told("--check").startswith("1 pictures, 0 faults, 0 orphans.")

    def test_a_picture_that_no_piece_has_shown_goes_after_a_month(self, picture):
        assert stocktaking.orphans().pictures == []
        Picture.objects.update(uploaded_at=LONG_AGO)
        assert stocktaking.orphans().pictures == [picture]
        assert f"{picture.digest}: no piece has ever shown" in told("--check")
        told("--check", "--remove-orphans")
        assert not Picture.objects.exists()
        assert darkroom.names(picture.digest) == []
        assert not darkroom.has_original(picture.original_digest)

    @pytest.mark.parametrize("use", ["draft", "version", "history"])
    def test_what_a_piece_shows_or_has_shown_stays(self, picture, cast, use):
        Picture.objects.update(uploaded_at=LONG_AGO)
        piece = factories.draft(cast)
        photo = factories.with_photo(piece, digest=picture.digest)
        if use == "version":
            workflow.submit(piece, by=piece.filed_by)
        if use != "draft":
            Photo.objects.filter(pk=photo.pk).delete()
        finish_picture(picture)
        age()
        assert not stocktaking.orphans()
        stocktaking.remove(stocktaking.Orphans(
            [darkroom.path(picture.digest, name) for name in picture.ready], [picture]
        ))  # fmt: skip
        assert Picture.objects.get() == picture
        assert stocktaking.faults(picture) == []
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.all().delete()

    def test_what_waits_for_a_form_to_be_saved_stays(self, picture, cast):
        Picture.objects.update(uploaded_at=LONG_AGO)
        waiting = Upload.objects.create(
            person=cast.writer, size=1, received=1, number=10**9, digest=picture.digest
        )
        assert stocktaking.orphans().pictures == []
        waiting.delete()
        assert stocktaking.orphans().pictures == [picture]

    def test_files_of_a_use_without_a_row_stay(self, cast):
        digest = factories.with_photo(factories.draft(cast)).digest
        default_storage.save(darkroom.path(digest, "480.webp"), io.BytesIO(b"signed once"))
        age()
        assert stocktaking.orphans().files == []

    def test_an_original_that_two_pictures_were_made_of_goes_with_the_last(self, picture):
        Picture.objects.update(uploaded_at=LONG_AGO)
        factories.picture(
            original_digest=picture.original_digest, original_size=1, original_format="JPEG"
        )
        told("--check", "--remove-orphans")
        assert darkroom.has_original(picture.original_digest)


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_is_just_being_taken_is_not_removed():
    """Whoever removes waits for whoever takes, and then finds that it is wanted."""
    cast = factories.Cast()
    data = jpeg()
    first = take_picture(data, by=cast.writer)
    places = [darkroom.path(first.digest, name) for name in first.ready]
    Picture.objects.all().delete()
    removed = threading.Event()

    def remove():
        try:
            stocktaking.remove(stocktaking.Orphans(places))
        finally:
            removed.set()
            connection.close()

    with transaction.atomic():
        taken = take_picture(data, by=cast.writer)
        threading.Thread(target=remove).start()
        assert not removed.wait(0.5)
    assert removed.wait(10)
    assert set(darkroom.names(taken.digest)) >= set(taken.ready)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(1, marks=pytest.mark.exhaustive),
        pytest.param(10, marks=pytest.mark.rehearsal),
    ],
)
def test_killed_at_any_point_no_broken_file_is_left_and_the_next_goes_on(kills, settings):
    cast = factories.Cast()
    picture = take_picture(jpeg(2400, 1800), by=cast.writer)
    wanted = renditions.names(2400)
    for _kill in range(kills):
        process = finishing.start(connection.settings_dict["NAME"], settings.MEDIA_ROOT)
        time.sleep(random.uniform(0, 1.2))
        process.kill()
        process.communicate()
        picture.refresh_from_db()
        there = content(picture)
        assert set(picture.ready) <= set(there)
        for name in set(there).intersection(wanted):
            Image.open(io.BytesIO(there[name])).load()
        if kills > 1 and not picture.missing:
            lose(picture, *wanted[: random.randrange(len(wanted))])
            Picture.objects.update(ready=darkroom.names(picture.digest))
    finish_picture(picture)
    picture.refresh_from_db()
    assert stocktaking.faults(picture) == []
    age()
    left = [place for place in stocktaking.orphans().files if not place.endswith(".part")]
    assert left == []


@pytest.mark.django_db
def test_every_hour_what_was_left_undone_is_made(picture, cast):
    worker.forget()
    lost = factories.picture()
    tasks.make_missing_renditions.func(timestamp=0)
    picture.refresh_from_db()
    assert picture.missing == []
    assert lost.missing != []
