"""What the database demands of pieces that nobody has signed here, whoever writes to it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from articles.models import ArchiveBatch, ArchivedPiece, Correction, Version
from articles.permissions.restoring import RESTORERS, may_restore_archive
from articles.sealing import seal, snapshot
from newsroom.people.roles import Role
from tests import factories, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def batch(by, **fields):
    facts = {"digest": "a" * 64, "site": "https://old.example.cn", "label": "issue-2003-12-08"}
    return ArchiveBatch.objects.create(by=by, **facts | fields)


def restored(cast, article=None, number=7, **fields):
    """Seal the latest text of a piece on the ground of an archive, without any verb."""
    article = article or factories.draft(cast)
    version = snapshot(article, by=cast.chief, reason=Version.Reason.IMPORTED)
    facts = {"site": "https://old.example.cn", "number": number, "fingerprint": "f" * 64}
    row = ArchivedPiece.objects.create(
        batch=fields.get("batch") or batch(cast.chief), version=version, **facts
    )
    seal(version, basis=Version.Basis.ARCHIVE, note="存档")
    return row


def sealed_without_an_archive(cast):
    version = snapshot(factories.draft(cast), by=cast.chief, reason=Version.Reason.IMPORTED)
    seal(version, basis="archive", note="存档")


def sealed_anew(cast):
    article = factories.live_alone(cast)
    article.body = "<p>另一段话。</p>"
    article.save()
    restored(cast, article)


def claimed_by_a_batch(cast):
    sealed = factories.approved(cast).sealed
    ArchivedPiece.objects.create(
        batch=batch(cast.chief), version=sealed, site="https://old.example.cn", number=7
    )


# What the database says → what it says it to.
ARCHIVES = {
    "restored by a chief editor or an administrator": lambda cast: batch(cast.editor),
    "sealed by an archive that somebody has restored": sealed_without_an_archive,
    "brings pieces in and changes none that are here": sealed_anew,
    "sealed on the ground of its archive": claimed_by_a_batch,
    "was signed there, on a piece that came with it": lambda cast: correction(
        cast, restored(cast), article=factories.live_alone(cast)
    ),
}


@pytest.mark.parametrize("sentence", ARCHIVES)
def test_the_database_refuses(cast, sentence):
    refused(sentence, ARCHIVES[sentence], cast)


def refused(sentence, act, *arguments):
    with pytest.raises(DatabaseError, match=sentence):
        traces.committed(act, *arguments)


@pytest.mark.parametrize("who", ["writer", "editor", "desk_head", "issue_editor"])
def test_an_archive_is_restored_by_a_chief_editor_or_an_administrator(cast, who):
    refused("restored by a chief editor", batch, getattr(cast, who))
    assert not may_restore_archive(getattr(cast, who))


def test_the_guard_and_the_permission_name_the_same_roles(cast):
    assert set(RESTORERS) == {Role.CHIEF_EDITOR, Role.ADMINISTRATOR}
    root = factories.person("江源", username="root", is_superuser=True)
    for person in (cast.chief, cast.administrator, root):
        assert may_restore_archive(person)
        batch(person)


def test_who_has_left_restores_nothing(cast):
    cast.chief.is_active = False
    cast.chief.save()
    refused("restored by a chief editor", batch, cast.chief)


def test_with_its_archive_it_stands(cast):
    traces.committed(restored, cast)
    assert ArchivedPiece.objects.get().version.basis == "archive"


def test_a_piece_of_a_site_is_restored_once(cast):
    traces.committed(restored, cast)
    refused("piece_is_restored_once", restored, cast)


def test_what_was_restored_is_never_rewritten(cast):
    row = restored(cast)
    traces.speak_now()
    refused("neither changed nor deleted",
            lambda: ArchivedPiece.objects.filter(pk=row.pk).update(number=8))  # fmt: skip
    refused("neither changed nor deleted",
            lambda: ArchiveBatch.objects.filter(pk=row.batch_id).update(site="x"))  # fmt: skip


def correction(cast, row, **fields):
    facts = {
        "article": row.version.article, "wrong": "三层", "right": "四层", "batch": row.batch,
        "drawn_up_by": cast.chief, "signed_at": timezone.now() - timedelta(days=900),
    }  # fmt: skip
    return Correction.objects.create(**facts | fields)


def test_a_correction_comes_with_its_piece(cast):
    row = restored(cast)
    assert correction(cast, row).signed_by is None


@pytest.mark.parametrize(
    "fields",
    [
        lambda cast: {"article": factories.live_alone(cast)},
        lambda cast: {"signed_at": timezone.now() + timedelta(days=1)},
        lambda cast: {"signed_at": None},
        lambda cast: {"signed_by": cast.editor},
    ],
    ids=["of another piece", "signed tomorrow", "unsigned", "signed by somebody here"],
)
def test_no_other_correction_comes_by_an_archive(cast, fields):
    row = restored(cast)
    refused("signed there", lambda: correction(cast, row, **fields(cast)))


def test_without_an_archive_a_correction_begins_unsigned_as_ever(cast):
    row = restored(cast)
    refused("begins unsigned", lambda: correction(cast, row, batch=None))
