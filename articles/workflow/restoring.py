"""The verb that brings a piece back from an archive, sealed on the ground of that archive."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from articles.markup import photo_ids, sanitise, with_photo_numbers, without_breaks
from articles.models import (
    Act,
    ArchiveBatch,
    ArchivedPiece,
    Article,
    Attachment,
    Byline,
    Correction,
    Photo,
    Release,
    Section,
    Version,
)
from articles.permissions.restoring import may_restore_archive
from articles.sealing import seal, snapshot
from articles.workflow.moving import acting, move
from newsroom.people.models import User
from newsroom.people.verdicts import demand


@dataclass(frozen=True)
class Restored:
    """A piece as its archive has it, with its section, names, pictures and files found here.

    ``words`` are the fields a signature covers; photos in ``words["body"]`` go by the numbers they
    had, which are the keys of ``photos``. ``breaks`` is the headline as it was laid out.
    """

    words: dict
    breaks: str
    section: Section | None
    bylines: list[dict]
    photos: dict[int, dict]
    attachments: list[dict]
    sealed_at: datetime
    site: str
    number: int
    fingerprint: str
    record: dict
    corrections: list[dict]


def restore_piece(
    piece: Restored, *, by: User, batch: ArchiveBatch, number: int | None = None
) -> Article:
    """Make a piece of what an archive has, signed off and without an hour.

    ``number`` is the one it is to have, where that is free. Raises RefusalError.
    """
    demand(may_restore_archive(by))
    with acting(by, "restore_piece"):
        article = _written(piece, by=by, number=number)
        version = snapshot(article, by=by, reason=Version.Reason.IMPORTED)
        ArchivedPiece.objects.create(
            batch=batch,
            version=version,
            site=piece.site,
            number=piece.number,
            fingerprint=piece.fingerprint,
            record=piece.record,
        )
        ground = _("{label}, archived at {site}").format(label=batch.label, site=batch.site)
        seal(version, basis=Version.Basis.ARCHIVE, note=ground, at=piece.sealed_at)
        move(article, "restore_piece", sealed=version)
        # Nobody is told, as they are of other acts: what happened, happened when it was published.
        Act.objects.create(
            article=article, verb="restore_piece", by=by, version=version, note=ground
        )
        for words in piece.corrections:
            Correction.objects.create(article=article, drawn_up_by=by, batch=batch, **words)
    return article


def restore_hour(article: Article, *, by: User, at: datetime, because: str) -> None:
    """Give a restored piece that had gone out by itself the hour it had. Raises RefusalError."""
    demand(may_restore_archive(by))
    with acting(by, "restore_hour"):
        article.release = Release.objects.create(
            alone=True, publish_at=at, backdated_because=because
        )
        article.save(update_fields=["release"])


def _written(piece: Restored, *, by: User, number: int | None) -> Article:
    """Return the working copy, with what belongs to it."""
    same = without_breaks(piece.breaks) == piece.words["headline"]
    headline = piece.breaks if same else piece.words["headline"]
    # Cleaned here, too, as its photos are renamed before it is stored.
    words = {**piece.words, "headline": headline, "body": sanitise(piece.words["body"])}
    article = Article(pk=number, filed_by=by, section=piece.section, revision=1, **words)
    article.save(force_insert=True)
    if number is not None:
        _count_on_from(number)
    standing = set(photo_ids(article.body))
    numbers = {
        former: Photo.objects.create(article=article, position=position, **fields).pk
        for position, (former, fields) in enumerate(piece.photos.items())
    }
    if standing:
        article.body = with_photo_numbers(article.body, numbers)
        article.save(update_fields=["body"])
    Byline.objects.bulk_create(
        Byline(article=article, position=position, **fields)
        for position, fields in enumerate(piece.bylines)
    )
    Attachment.objects.bulk_create(
        Attachment(article=article, position=position, **fields)
        for position, fields in enumerate(piece.attachments)
    )
    return article


def _count_on_from(number: int) -> None:
    """Let no later piece be given a number that a restored one has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(s, %s) FROM pg_get_serial_sequence('articles_article', 'id') s"
            " WHERE %s >= (SELECT last_value FROM articles_article_id_seq)",
            [number, number],
        )
