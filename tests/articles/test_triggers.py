"""What the database refuses whoever asks: each guard broken by going around the verbs."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection
from django.utils import timezone

from articles import workflow
from articles.models import (
    Article,
    Byline,
    Comment,
    Correction,
    Correspondent,
    Release,
    Review,
    Round,
    Route,
    Signature,
    TakenBackSignature,
    Version,
    VersionAttachment,
    VersionByline,
    VersionName,
    VersionPhoto,
)
from articles.sealing import snapshot
from newsroom.people.models import Deputy
from tests import factories, traces
from tests.articles.test_archive_guards import ARCHIVES
from tests.articles.test_correction_guards import CORRECTIONS
from tests.articles.test_lasting_guards import LASTING
from tests.articles.test_seal_guards import SEALS

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def update(row, **fields):
    """Change a row as a program that knows no verbs does."""
    type(row).objects.filter(pk=row.pk).update(**fields)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def sign(piece, signer, **how):
    how = {"round": piece.round, "version": piece.latest_version, "review": piece.review, **how}
    return Signature.objects.create(signer=signer, **how)


def sealed_again(cast):
    """Return a piece with two sealed versions."""
    piece = workflow.revise(factories.approved(cast), by=cast.editor)
    update(piece, deck="加一行副题")
    workflow.submit(piece, by=cast.writer)
    return factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)


def named(cast, **fields):
    """Return a submitted piece with a further name under it."""
    piece = factories.draft(cast)
    Byline.objects.create(article=piece, position=1, **fields)
    return workflow.submit(piece, by=cast.writer)


# guard → what breaks it: (what it says, how)
def release(cast):
    return factories.live_alone(cast).release


def take_back(cast, piece, person):
    return TakenBackSignature.objects.create(
        article=piece,
        signature=Signature.objects.under(piece.sealed_id).last(),
        by=person,
        reason="数字要再核。",
    )


RELEASES = {
    "taken back by who gave it": lambda cast: take_back(
        cast, factories.approved(cast), cast.editor
    ),
    "moved nor held; correct or": lambda cast: take_back(
        cast, factories.live_alone(cast), cast.chief
    ),
    "neither moved nor held": lambda cast: update(release(cast), publish_at=timezone.now() + HOUR),
    "moved nor held;": lambda cast: update(release(cast), publish_at=None),
    "nor held; correct": lambda cast: update(release(cast), held=True, held_because="缓"),
    "nothing goes out in the past": lambda cast: Release.objects.create(
        publish_at=timezone.now() - HOUR
    ),
    "goes out in the past": lambda cast: update(
        factories.scheduled_alone(cast).release, publish_at=timezone.now() - HOUR
    ),
    "said before it is set, and kept": lambda cast: update(
        Release.objects.create(publish_at=timezone.now() - HOUR, backdated_because="见报后补录"),
        backdated_because="",
    ),
    "for one piece or for an issue": lambda cast: update(
        factories.scheduled_alone(cast).release, alone=False
    ),
}


def swap_release(cast):
    update(factories.live_alone(cast), release=Release.objects.create())


def join_what_is_out(cast):
    release = factories.live_issue(cast).release
    update(factories.approved(cast), release=release)


def second_piece_of_a_release(cast):
    update(factories.approved(cast), release=factories.scheduled_alone(cast).release)


def lose_the_review(cast):
    piece = factories.submitted(cast)
    update(piece, status="draft", round=None, due_at=None)


def round_of_another_route(cast):
    piece = factories.submitted(cast)
    other = Route.objects.create(name="一审")
    alone = Round.objects.create(
        route=other, position=1, name="审", seal="审", group=piece.round.group
    )
    update(piece, round=alone)


ARTICLES = {
    "Invalid transition": lambda cast: update(factories.draft(cast), status="rejected"),
    "begins as a draft": lambda cast: Article.objects.create(
        filed_by=cast.writer, status="discarded"
    ),
    "a sealed version of its own, or": lambda cast: update(
        factories.approved(cast), sealed=factories.approved(cast).sealed
    ),
    "in a sealed version": lambda cast: update(
        piece := factories.submitted(cast), sealed=piece.latest_version
    ),
    "a seal is not taken back": lambda cast: update(
        workflow.revise(factories.approved(cast), by=cast.editor), sealed=None
    ),
    "the last version signed": lambda cast: update(
        piece := sealed_again(cast), sealed=piece.versions.get(number=1)
    ),
    "who filed a piece stays": lambda cast: update(factories.draft(cast), filed_by=cast.editor),
    "what has gone out is neither": swap_release,
    "nothing joins what has gone out": join_what_is_out,
    "a release of its own is for one": second_piece_of_a_release,
    "exactly while a review": lose_the_review,
    "a review of it is under way": round_of_another_route,
}


def version(cast):
    return factories.submitted(cast).latest_version


def seal_unsigned(cast):
    update(version(cast), sealed_at=timezone.now(), basis="rounds")


def seal_half_signed(cast):
    piece = factories.signed_by(cast, factories.submitted(cast), cast.editor, cast.desk_head)
    update(piece.latest_version, sealed_at=timezone.now(), basis="rounds")


def seal_what_the_last_signer_did_not_see(cast):
    piece = workflow.revise(factories.approved(cast), by=cast.editor)
    update(piece, body="<p>换过的话。</p>")
    changed = snapshot(Article.objects.get(pk=piece.pk), by=cast.chief, reason="named")
    update(changed, sealed_at=timezone.now(), basis="rounds")


def seal_over_a_signer_named_since(cast):
    piece = factories.signed_by(cast, factories.submitted(cast), cast.editor, cast.desk_head)
    Byline.objects.create(article=piece, name=cast.editor.name, position=1)
    changed = snapshot(Article.objects.get(pk=piece.pk), by=cast.chief, reason="mended")
    sign(piece, cast.chief, version=changed)
    update(changed, sealed_at=timezone.now(), basis="rounds")


def first_seal_as_a_minor_change(cast):
    update(version(cast), sealed_at=timezone.now(), basis="minor")


VERSIONS = {
    "a version is never changed": lambda cast: update(version(cast), headline="换题"),
    "never changed; make another": lambda cast: update(factories.approved(cast).sealed, html="换"),
    "a seal is never changed": lambda cast: update(
        factories.approved(cast).sealed, sealed_at=timezone.now()
    ),
    "a seal is never": lambda cast: update(
        factories.approved(cast).sealed, basis="archive", basis_note="往期"
    ),
    "the signature of every round": seal_unsigned,
    "signature of every round": seal_half_signed,
    "has the signature of every": seal_what_the_last_signer_did_not_see,
    "of every round, by others": seal_over_a_signer_named_since,
    "a minor change is one to a piece": first_seal_as_a_minor_change,
    "is never changed; make another": lambda cast: VersionByline.objects.create(
        version=factories.approved(cast).sealed, name="添名", credit="text", position=9
    ),
    "version is never changed; make": lambda cast: VersionPhoto.objects.create(
        version=factories.signed_by(cast, factories.submitted(cast), cast.editor).latest_version,
        identity=1, digest="a" * 64, width=1, height=1, widths=[], position=9,
    ),
    "version is never changed; make another": lambda cast: VersionAttachment.objects.create(
        version=factories.signed_by(cast, factories.submitted(cast), cast.editor).latest_version,
        digest="a" * 64, kind="pdf", size=1, position=9,
    ),
    "a picture stays the same file": lambda cast: update(factories.picture(), width=961),
    "a picture that a piece shows or has shown": lambda cast: picture_in_use(cast).delete(),
    "A version is never deleted": lambda cast: sql(
        "DELETE FROM articles_version WHERE id = %s", version(cast).pk
    ),
}  # fmt: skip


def picture_in_use(cast):
    """One that a draft has shown once."""
    photo = factories.with_photo(factories.draft(cast))
    photo.delete()
    return factories.picture(digest=photo.digest)


def signed(cast):
    return factories.signed_by(cast, factories.submitted(cast), cast.editor)


def signed_for(cast, principal, piece):
    deputy = factories.person("代签", username="deputy")
    day = timezone.localdate()
    Deputy.objects.create(principal=principal, deputy=deputy, starts_on=day, ends_on=day)
    sign(piece, deputy, on_behalf_of=principal)


def sign_for_who_has_signed(cast):
    cast.editor.groups.add(Group.objects.get(name="desk head"))
    signed_for(cast, cast.editor, signed(cast))


SIGNATURES = {
    "nobody signs a piece they filed": lambda cast: sign(
        workflow.submit(factories.draft(cast, filed_by=cast.editor), by=cast.editor), cast.editor
    ),
    "they filed or are named in": lambda cast: sign(
        named(cast, correspondent=Correspondent.objects.create(name="笔名", user=cast.editor)),
        cast.editor,
    ),
    "filed or are named in": lambda cast: sign(named(cast, name="沈 予　安"), cast.editor),
    "or are named in": lambda cast: signed_for(
        cast, cast.editor, named(cast, name=cast.editor.name)
    ),
    "stands in the round its piece is in": lambda cast: sign(
        factories.submitted(cast), cast.chief, round=Round.objects.get(position=3)
    ),
    "in the round its piece": lambda cast: sign(
        factories.submitted(cast), cast.editor, version=version(cast)
    ),
    "the round its piece is in": lambda cast: sign(
        factories.approved(cast), cast.editor, review=Review.objects.get(),
        round=Round.objects.get(position=1),
    ),
    "by its members or by a deputy": lambda cast: sign(factories.submitted(cast), cast.chief),
    "its members or by a deputy": lambda cast: sign(
        factories.submitted(cast), factories.person("超级", username="root", is_superuser=True)
    ),
    "or by a deputy of one": lambda cast: sign(
        factories.submitted(cast), cast.other_writer, on_behalf_of=cast.editor
    ),
    "nobody signs two rounds": lambda cast: (
        cast.editor.groups.add(Group.objects.get(name="desk head")),
        sign(signed(cast), cast.editor),
    ),
    "signs two rounds of one piece": sign_for_who_has_signed,
    "a signature is never changed": lambda cast: (
        signed(cast),
        update(Signature.objects.get(), signer=cast.second_editor),
    ),
    "never changed; a later change": lambda cast: (
        factories.approved(cast),
        update(Signature.objects.last(), voided_at=timezone.now()),
    ),
    "signature is never deleted": lambda cast: (
        signed(cast),
        sql("DELETE FROM articles_signature"),
    ),
}  # fmt: skip


def move_a_round_out_of_its_route(cast):
    factories.submitted(cast)
    update(Round.objects.last(), route=Route.objects.create(name="别路"))


REVIEWS = {
    "keeps its rounds; make a new": lambda cast: (
        factories.submitted(cast),
        update(Round.objects.last(), group=Group.objects.get(name="editor")),
    ),
    "a route that pieces have taken": lambda cast: (
        factories.submitted(cast),
        Round.objects.create(
            route=Route.objects.get(), position=4, name="四", seal="四", group=Group.objects.first()
        ),
    ),
    "pieces have taken keeps its rounds": move_a_round_out_of_its_route,
    "the route it started with": lambda cast: update(
        factories.submitted(cast).review, route=Route.objects.create(name="近路")
    ),
    "that has ended stays as it ended": lambda cast: (
        factories.approved(cast),
        update(Review.objects.get(), ended_at=None, outcome=""),
    ),
}


def comment(cast, **fields):
    """Return a comment on a submitted piece, by the editor, not sent yet."""
    piece = factories.submitted(cast)
    made = {"version": piece.latest_version, "round": piece.round, "by": cast.editor, **fields}
    return Comment.objects.create(article=piece, note="补时间", **made)


def sent_comment(cast):
    made = comment(cast)
    workflow.comment(made.article, by=cast.editor)
    return Comment.objects.get(pk=made.pk)


COMMENTS = {
    "stays as it was written": lambda cast: update(comment(cast), note="改了口"),
    "written and sent": lambda cast: update(sent_comment(cast), act=None),
    "a round is signed by editors": lambda cast: Round.objects.create(
        route=Route.objects.create(name="新路"),
        position=1,
        name="众审",
        seal="众",
        group=Group.objects.get(name="correspondent"),
    ),
    "a comment stays": lambda cast: (
        made := comment(cast, dropped_at=timezone.now()),
        update(made, dropped_at=None),
    ),
    "an act of its writer": lambda cast: update(
        made := comment(cast), act=made.article.acts.get(verb="submit")
    ),
    "of its writer on its piece": lambda cast: update(comment(cast), act=sent_comment(cast).act),
    "on a version of its piece": lambda cast: comment(
        cast, version=factories.submitted(cast).latest_version
    ),
    "an answer stands under": lambda cast: (
        begun := sent_comment(cast),
        workflow.say(begun.article, by=cast.chief, note="另一句"),
        Comment.objects.create(
            article=begun.article,
            by=cast.chief,
            note="答",
            inside=True,
            answers=begun,
            act=begun.article.acts.get(verb="talk"),
        ),
    ),
    "sent, for the same readers": lambda cast: (
        begun := sent_comment(cast),
        workflow.say(begun.article, by=cast.chief, note="另一句"),
        Comment.objects.create(
            article=begun.article,
            by=cast.chief,
            note="答",
            answers=comment(cast),
            act=begun.article.acts.get(verb="talk"),
        ),
    ),
    "the name of a version stays": lambda cast: (
        piece := factories.submitted(cast),
        workflow.name_version(piece, by=cast.writer, number=1, name="初稿"),
        VersionName.objects.update(version=factories.submitted(cast).latest_version),
    ),
}
GUARDS = COMMENTS | RELEASES | ARTICLES | VERSIONS | SIGNATURES | REVIEWS | SEALS


@pytest.mark.parametrize("sentence", GUARDS)
def test_the_database_refuses(sentence):
    cast = factories.Cast()
    with pytest.raises(DatabaseError, match=sentence):
        traces.committed(GUARDS[sentence], cast)


def test_every_sentence_is_tried():
    standing = {said for said in traces.sentences("articles") if said[0].islower()}
    tried = GUARDS | CORRECTIONS | ARCHIVES | LASTING
    assert [said for said in standing if not any(key in said for key in tried)] == []


def test_what_the_verbs_do_passes_the_guards():
    cast = factories.Cast()
    signed_one = factories.signed_correction(cast)
    sealed_again(cast)
    traces.speak_now()
    assert Correction.objects.public().get() == signed_one
    assert Version.objects.sealed().count() == 3
