"""Verbs of pictures: take one in, and make the files that belong to it."""

import pghistory
from django.db import connection, transaction

from articles import darkroom, permissions
from articles.images import Developed, UnusablePictureError, develop
from articles.models import Picture
from articles.photo_notes import proposals
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand

# Shared by all who take pictures; whoever removes orphans has it alone.
DARKROOM_LOCK = 0x70686F746F  # "photo"


def take_picture(data: bytes, *, by: User) -> Picture:
    """Take a file in as a picture: the row it has, or had before, and its first files.

    What can be shown at once is stored; the rest is made by the worker. The file itself is kept,
    privately. Raises RefusalError, and OSError when storage is full.
    """
    demand(permissions.may_take_pictures(by))
    try:
        developed = develop(data)
    except UnusablePictureError as refusal:
        raise RefusalError(str(refusal)) from refusal
    return keep_picture(developed, data, by=by)


def keep_picture(developed: Developed, data: bytes, *, by: User) -> Picture:
    """Keep what ``develop`` made of a file, as ``take_picture`` does. Raises RefusalError."""
    demand(permissions.may_take_pictures(by))
    # No verb is named: within another verb, what it still does would be recorded as done by this.
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk):
        _share_the_darkroom()
        original = darkroom.keep_original(data)
        darkroom.keep(developed)
        said = proposals(data)
        Picture.objects.bulk_create(
            [
                Picture(
                    digest=developed.digest,
                    width=developed.width,
                    height=developed.height,
                    original_digest=original,
                    original_format=developed.source,
                    original_size=len(data),
                    colour=developed.colour,
                    fingerprint=developed.fingerprint,
                    ready=sorted(developed.files),
                    taken_on=said.get("date"),
                    place=said.get("place", ""),
                    noted=said,
                    uploaded_by=by,
                )
            ],
            ignore_conflicts=True,  # somebody has taken it before: it stays as they described it
        )
        return Picture.objects.get(digest=developed.digest)


def _share_the_darkroom() -> None:
    """Hold off whoever removes orphans until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [DARKROOM_LOCK])
