"""What is kept of pictures, compared with what should be: made good, told, or thrown away."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from articles import darkroom, renditions
from articles.models import Photo, Picture, VersionPhoto
from articles.workflow.developing import DARKROOM_LOCK, LostPictureError, finish_picture

# Younger ones may belong to what is being written just now.
FILES_ORPHANED_AFTER = timedelta(days=1)
PICTURES_ORPHANED_AFTER = timedelta(days=30)
_BAR = 30  # characters

logger = logging.getLogger(__name__)


@dataclass
class Orphans:
    """What nothing names: files without a picture, pictures that no piece has ever shown."""

    files: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def __bool__(self):
        """Say whether there are any."""
        return bool(self.files or self.pictures)


@dataclass
class Stock:
    """What was found: how many pictures, what is wrong with them, what nothing names."""

    pictures: int
    faults: list[str]
    orphans: Orphans

    def told(self) -> str:
        """Return it for an operator, a line each."""
        files, pictures = self.orphans.files, self.orphans.pictures
        return "\n".join(
            [
                *self.faults,
                *(f"{place}: nothing names this file" for place in files),
                *(f"{each.digest}: no piece has ever shown this picture" for each in pictures),
                f"{self.pictures} pictures, {len(self.faults)} faults, "
                f"{len(files) + len(pictures)} orphans.",
            ]
        )


def made_good(screen=None, *, anew: bool = False) -> Stock:
    """Make what any picture lacks, or all ``anew``; say what cannot be."""
    adopt_uses()
    return _each(lambda picture: filter(None, [make_good(picture, anew=anew)]), screen)


def checked(screen=None) -> Stock:
    """Look through all that is stored and change nothing."""
    return _each(faults, screen)


def _each(look, screen) -> Stock:
    """Look at every picture, and draw on a ``screen`` how far that has come."""
    found: list[str] = []
    pictures = Picture.objects.order_by("pk")
    total = pictures.count()
    for number, picture in enumerate(pictures.iterator(), start=1):
        found += look(picture)
        if screen:
            done = _BAR * number // total
            bar = "█" * done + "·" * (_BAR - done)
            screen.write(f"\r{bar} {number}/{total}", ending="\n" * (number == total))
            screen.flush()
    return Stock(total, found, orphans())


def adopt_uses() -> int:
    """Give every picture that stands on a piece its row, and return how many had none."""
    new = {}
    for use in (VersionPhoto.objects.all(), Photo.objects.exclude(digest="")):
        for digest, width, height in use.values_list("digest", "width", "height").distinct():
            new[digest] = Picture(digest=digest, width=width, height=height)
    for digest in Picture.objects.filter(digest__in=new).values_list("digest", flat=True):
        del new[digest]
    Picture.objects.bulk_create(new.values(), ignore_conflicts=True)
    return len(new)


def make_good(picture: Picture, *, anew: bool = False) -> str:
    """Make what a picture lacks, or all ``anew``; return why that cannot be, or nothing.

    May be stopped at any point and started again.
    """
    try:
        finish_picture(picture, anew=anew)
    except LostPictureError as lost:
        logger.warning("%s", lost)
        return str(lost)
    return ""


def faults(picture: Picture) -> list[str]:
    """Say what is wrong with the files of a picture, reading its master and its original."""
    there = darkroom.names(picture.digest)
    found = [f"{name} is missing" for name in renditions.missing(picture.width, there)]
    found += [f"{name} is on record and not there" for name in picture.ready if name not in there]
    master = renditions.master_name(picture.width)
    if master in there and _digest(darkroom.open(picture.digest, master)) != picture.digest:
        found.append(f"{master} is not what was signed")
    if original := picture.original_digest:
        if not darkroom.has_original(original):
            found.append("its original is missing")
        elif _digest(darkroom.open_original(original)) != original:
            found.append("its original is damaged")
    return [f"{picture.digest}: {each}" for each in found]


def _digest(file) -> str:
    with file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def orphans() -> Orphans:
    """Return what nothing names and is old enough not to be on its way."""
    now = timezone.now()
    widths = dict(Picture.objects.values_list("digest", "width"))
    originals = set(Picture.objects.values_list("original_digest", flat=True))
    used = set(_past_and_present().values_list("digest", flat=True))
    files = [
        place
        for digest, place in darkroom.everything()
        if not (
            digest in originals
            if _is_original(place)
            else _belongs(place, widths.get(digest), digest in used)
        )
        and darkroom.is_older(place, now - FILES_ORPHANED_AFTER)
    ]
    unused = Picture.objects.unused().filter(uploaded_at__lt=now - PICTURES_ORPHANED_AFTER)
    return Orphans(files, list(unused))


def _past_and_present():
    """Return every use of a picture there is or has been."""
    history = Photo.pgh_event_model.objects.values("digest")
    return history.union(Photo.objects.values("digest"), VersionPhoto.objects.values("digest"))


def _is_original(place: str) -> bool:
    return place.startswith("originals/")


def _belongs(place: str, width: int | None, is_used: bool) -> bool:
    """Say whether a file is one of a picture's; of one without a row, all that are there are."""
    return is_used if width is None else place.rpartition("/")[2] in renditions.names(width)


def remove(found: Orphans) -> None:
    """Throw orphans away: each after another look, while nobody takes a picture in."""
    for picture in found.pictures:
        with _darkroom_alone():
            if Picture.objects.unused().filter(pk=picture.pk).exists():
                _remove(picture)
    for place in found.files:
        with _darkroom_alone():
            if _is_orphan(place):
                darkroom.throw_away(place)


def _is_orphan(place: str) -> bool:
    digest = place.split("/")[2]
    if _is_original(place):
        return not Picture.objects.filter(original_digest=digest).exists()
    picture = Picture.objects.filter(digest=digest).first()
    uses = (Photo.pgh_event_model, Photo, VersionPhoto)
    is_used = any(use.objects.filter(digest=digest).exists() for use in uses)
    return not _belongs(place, picture and picture.width, is_used)


def _remove(picture: Picture) -> None:
    """Take the row first: where a piece shows the picture after all, the database refuses."""
    original = picture.original_digest
    picture.delete()
    for name in darkroom.names(picture.digest):
        darkroom.throw_away(darkroom.path(picture.digest, name))
    if original and not Picture.objects.filter(original_digest=original).exists():
        darkroom.throw_away(darkroom.original_path(original))


@contextmanager
def _darkroom_alone() -> Iterator[None]:
    """Wait until nobody takes a picture in, and hold them off until what follows stands."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DARKROOM_LOCK])
        yield
