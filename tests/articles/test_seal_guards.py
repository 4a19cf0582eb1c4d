"""Seals whose ground is not there, tried behind the verbs' backs; ``test_triggers`` runs them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, OwedSignature, Review, Round, Signature, Version
from articles.sealing import seal, snapshot
from articles.workflow.moving import acting, move
from tests import factories, traces

pytestmark = pytest.mark.django_db


def at_last_round(cast, piece, signer=None):
    """Bring a piece to its last round and let somebody sign its newest version there."""
    version = snapshot(piece, by=cast.writer, reason=Version.Reason.MENDED)
    last = Round.objects.get(position=3)
    review = piece.review or Review.objects.create(
        article=piece, route=last.route, submitted=version
    )
    move(piece, "submit", round=last)
    if signer:
        Signature.objects.create(review=review, round=last, version=version, signer=signer)
    return piece, review, version


def sealed_as(basis, piece, review, version):
    """Seal a version on a ground, and let the piece stand as signed off."""
    seal(version, basis=basis, note="水情紧急")
    review.ended_at, review.outcome = timezone.now(), "approved"
    review.save()
    move(piece, "sign_off", sealed=version)


def emergency_without_a_signature(cast):
    sealed_as("emergency", *at_last_round(cast, factories.draft(cast)))


def emergency_that_owes_nothing(cast):
    sealed_as("emergency", *at_last_round(cast, factories.draft(cast), cast.chief))


def emergency_over_a_signer_named_since(cast):
    piece, review, _version = at_last_round(cast, factories.draft(cast), cast.chief)
    Byline.objects.create(article=piece, name=cast.chief.name, position=1)
    sealed_as("emergency", piece, review, snapshot(piece, by=cast.writer, reason="mended"))


def minor_unsigned(cast):
    sealed_as("minor", *at_last_round(cast, factories.mended(cast)))


def minor_with(**words):
    def broken(cast):
        sealed_as("minor", *at_last_round(cast, factories.mended(cast, **words), cast.chief))

    return broken


def minor_with_a_photo(cast):
    piece = factories.mended(cast)
    factories.with_photo(piece)
    sealed_as("minor", *at_last_round(cast, piece, cast.chief))


def minor_with_a_video(cast):
    piece = factories.draft(cast)
    factories.with_photo(piece)
    workflow.submit(piece, by=cast.writer)
    factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    workflow.revise(workflow.publish_alone(piece, by=cast.chief), by=cast.writer)
    piece.photos.update(video_url="https://video.example.cn/v/1")
    sealed_as("minor", *at_last_round(cast, piece, cast.chief))


def minor_with_a_file(cast):
    piece = factories.mended(cast)
    factories.with_attachment(piece)
    sealed_as("minor", *at_last_round(cast, piece, cast.chief))


def minor_with_a_name(cast):
    piece = factories.mended(cast)
    Byline.objects.create(article=piece, name="孟小满", position=1)
    sealed_as("minor", *at_last_round(cast, piece, cast.chief))


def minor_by_who_typed_it(cast):
    piece = factories.mended(cast)
    piece.body = "<p>换了几个字。</p>"
    workflow.save(piece, by=cast.chief, write=piece.save)
    sealed_as("minor", *at_last_round(cast, piece, cast.chief))


def minor_by_who_typed_it_outside_the_verb(cast):
    piece = factories.mended(cast)
    with acting(cast.chief, "some program"):
        Article.objects.filter(pk=piece.pk).update(summary="另一句摘要。")
    piece.refresh_from_db()
    sealed_as("minor", *at_last_round(cast, piece, cast.chief))


def debt(cast):
    return factories.out_at_once(cast).owed_signatures.order_by("round__position").first()


def owing(version, review, position=1, **more):
    """Write a debt of a version into the table."""
    since = version.sealed_at or timezone.now()
    OwedSignature.objects.create(
        article=version.article, review=review, round=Round.objects.get(position=position),
        version=version, owed_since=since, due_at=since + timedelta(hours=1), **more,
    )  # fmt: skip


def debt_of_a_full_review(cast):
    piece = factories.approved(cast)
    owing(piece.sealed, Review.objects.get())


def debt_added_later(cast):
    piece = factories.out_at_once(cast)
    owing(piece.sealed, Review.objects.get())


def answer(**fields):
    def broken(cast):
        first = debt(cast)
        given = {name: value(cast) if callable(value) else value for name, value in fields.items()}
        OwedSignature.objects.filter(pk=first.pk).update(**given)

    return broken


def answered_twice(cast):
    first = debt(cast)
    workflow.refuse_late(first.article, by=cast.editor, owed=first.pk, reason="失实")
    OwedSignature.objects.filter(pk=first.pk).update(refused_by=None, refused_at=None, refusal="")


def unsigned_again(cast):
    first = debt(cast)
    workflow.sign_late(first.article, by=cast.editor, owed=first.pk)
    OwedSignature.objects.filter(pk=first.pk).update(signature=None)


def late_signature_in_a_round_that_owes_none(cast):
    piece = factories.out_at_once(cast, factories.signed_by(
        cast, factories.submitted(cast), cast.editor
    ))  # fmt: skip
    Signature.objects.create(
        review=Review.objects.get(), round=Round.objects.get(position=1), version=piece.sealed,
        signer=cast.second_editor,
    )  # fmt: skip


def late_signature_after_a_refusal(cast):
    first = debt(cast)
    workflow.refuse_late(first.article, by=cast.editor, owed=first.pk, reason="失实")
    Signature.objects.create(
        review=first.review, round=first.round, version=first.version, signer=cast.second_editor
    )


# guard → what breaks it, each said by another part of its sentence
SEALS = {
    "an emergency has the signature": emergency_without_a_signature,
    "and owes those of the others": emergency_that_owes_nothing,
    "of the last round, by another, and owes": emergency_over_a_signer_named_since,
    "a minor change has the signature of the last": minor_unsigned,
    "a minor change touches the text alone": minor_with(headline="换了题目"),
    "minor change touches the text alone": minor_with(dateline="本报讯"),
    "touches the text alone, no title": minor_with_a_photo,
    "the text alone, no title, name": minor_with_a_name,
    "text alone, no title, name, picture": minor_with_a_file,
    "alone, no title, name, picture": minor_with_a_video,
    "who typed a minor change": minor_by_who_typed_it,
    "typed a minor change does not sign": minor_by_who_typed_it_outside_the_verb,
    "owed by a round that an emergency": debt_of_a_full_review,
    "a round that an emergency passed over": debt_added_later,
    "what is owed stays as it is": answer(due_at=timezone.now()),
    "stays as it is until it is signed or": answered_twice,
    "signed or refused, and then for good": unsigned_again,
    "settled by a signature of its own round": answer(
        signature=lambda cast: Signature.objects.first()
    ),
    "an owed signature is refused by who": answer(
        refused_by=lambda cast: cast.desk_head, refused_at=timezone.now(), refusal="失实"
    ),
    "or in one that owes it": late_signature_in_a_round_that_owes_none,
    "piece is in, or in one that owes it": late_signature_after_a_refusal,
    "An owed signature is never deleted": lambda cast: debt(cast).delete(),
}


def test_what_the_verbs_do_passes_the_guards():
    cast = factories.Cast()
    first = debt(cast)
    workflow.sign_late(first.article, by=cast.editor, owed=first.pk)
    workflow.sign_minor(factories.mended(cast), by=cast.chief)
    traces.speak_now()
    assert set(Version.objects.sealed().values_list("basis", flat=True)) == {
        "rounds", "minor", "emergency",
    }  # fmt: skip
