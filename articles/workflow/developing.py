"""Verbs of pictures: take one in, and make the files that belong to it."""

import hashlib
from contextlib import suppress

import pghistory
from django.db import connection, transaction
from django.utils.translation import gettext as _
from PIL import Image

from articles import darkroom, likeness, permissions, renditions
from articles.images import (
    Developed,
    UnusablePictureError,
    colour,
    develop,
    master,
    negative,
    rendered,
)
from articles.models import Picture
from articles.permissions.restoring import may_restore_archive
from articles.photo_notes import proposals
from newsroom.people.models import User
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand

# Shared by all who take pictures; whoever removes orphans has it alone.
DARKROOM_LOCK = 0x70686F746F  # "photo"


class LostPictureError(Exception):
    """No file is left of which the others could be made; the message names the picture."""


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


def take_master(data: bytes, *, by: User) -> Picture:
    """Take the master of a picture in from an archive, as it is; raises as ``take_picture``."""
    demand(may_restore_archive(by))
    try:
        developed = master(data)
    except UnusablePictureError as refusal:
        raise RefusalError(str(refusal)) from refusal
    return _keep(developed, None, by=by)


def keep_picture(developed: Developed, data: bytes, *, by: User) -> Picture:
    """Keep what ``develop`` made of a file, as ``take_picture`` does. Raises RefusalError."""
    demand(permissions.may_take_pictures(by))
    return _keep(developed, data, by=by)


def _keep(developed: Developed, data: bytes | None, *, by: User) -> Picture:
    """Keep the files and the row of a picture; without ``data`` it came from an archive."""
    # No verb is named: within another verb, what it still does would be recorded as done by this.
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk):
        _share_the_darkroom()
        darkroom.keep(developed)
        said = proposals(data) if data else {}
        sent = {
            "original_digest": darkroom.keep_original(data),
            "original_format": developed.source,
            "original_size": len(data),
        } if data else {}  # fmt: skip
        Picture.objects.bulk_create(
            [
                Picture(
                    digest=developed.digest,
                    width=developed.width,
                    height=developed.height,
                    **sent,
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
        picture = Picture.objects.get(digest=developed.digest)
        if picture.missing:
            # One after the other, so that many at once need no more memory than one.
            later("make_renditions", after="renditions", picture=picture.pk)
        return picture


def finish_picture(picture: Picture, *, anew: bool = False) -> list[str]:
    """Make the files that a picture lacks, or all of them ``anew``, and return their names.

    Storage is asked, not the record, so that this may be stopped at any point and started again:
    each file is there whole or not, and is on record once it is there. Raises LostPictureError,
    and OSError when storage is full.
    """
    wanted, master = renditions.names(picture.width), renditions.master_name(picture.width)
    there = set(darkroom.names(picture.digest)).intersection(wanted)
    # The master is never made anew: its digest is what the picture is called.
    lacking = [name for name in wanted if name not in there or (anew and name != master)]
    if lacking or anew or not picture.colour:
        pixels = _pixels(picture, has_master=master in there)
        for name in sorted(lacking, key=lambda name: name != master):
            _develop_into(picture, name, pixels, called=picture.digest if name == master else None)
            there.add(name)
            _note(picture, ready=sorted(there))
        if not picture.colour or anew:
            told = {"colour": colour(pixels), "fingerprint": likeness.fingerprint(pixels)}
            _note(picture, **told)
    _note(picture, ready=sorted(there))
    return lacking


def _pixels(picture: Picture, *, has_master: bool) -> Image.Image:
    """Return the pixels to make files of.

    They are those of the original, where it still tells the same, or else those of the master,
    which have been packed once already.
    """
    if original := picture.original_digest:
        with suppress(FileNotFoundError, UnusablePictureError):
            with darkroom.open_original(original) as file:
                pixels = negative(file.read())
            if pixels.size == (picture.width, picture.height):
                return pixels
    if has_master:
        with darkroom.open(picture.digest, renditions.master_name(picture.width)) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() == picture.digest:
            return negative(data)
    lost = _("Picture {digest} is lost: no file of it can be read. Restore it from a backup.")
    raise LostPictureError(lost.format(digest=picture.digest))


def _develop_into(picture: Picture, name: str, pixels: Image.Image, *, called: str | None) -> None:
    """Make one file; where it must have a digest, only if it comes out as it was."""
    content = rendered(pixels, name)
    if called and hashlib.sha256(content).hexdigest() != called:
        lost = _("The master of picture {digest} is lost. Restore it from a backup.")
        raise LostPictureError(lost.format(digest=called))
    darkroom.make_anew(darkroom.path(picture.digest, name), content)


def _note(picture: Picture, **known) -> None:
    """Put on record what is new, whoever else works at the same picture."""
    new = {name: value for name, value in known.items() if getattr(picture, name) != value}
    if new:
        vars(picture).update(new)
        Picture.objects.filter(pk=picture.pk).update(**new)


def _share_the_darkroom() -> None:
    """Hold off whoever removes orphans until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [DARKROOM_LOCK])
