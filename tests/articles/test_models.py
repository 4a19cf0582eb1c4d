"""The constraints of what the newsroom writes, each broken by going around the verbs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles import workflow
from articles.models import (
    ArchiveBatch,
    ArchivedPiece,
    Article,
    Byline,
    Comment,
    Correction,
    Correspondent,
    Gap,
    Mention,
    OwedSignature,
    Photo,
    Reinstatement,
    Release,
    Review,
    Round,
    Route,
    Section,
    Signature,
    Tag,
    TakenBackSignature,
    Version,
    VersionName,
    VersionPhoto,
    Withdrawal,
)
from tests import factories, traces
from tests.articles.test_lasting_guards import SHELVES
from tests.articles.writing_breakers import WRITING

pytestmark = pytest.mark.django_db


def article(**fields):
    """Return a breaker that changes a draft behind everybody's back."""
    return lambda cast: Article.objects.filter(pk=factories.draft(cast).pk).update(**fields)


def photo(**fields):
    return lambda cast: Photo.objects.create(article=factories.draft(cast), **fields)


def claimed_without_a_time(cast):
    piece = factories.submitted(cast)
    Article.objects.filter(pk=piece.pk).update(claimed_by=cast.editor)


def claimed_draft(cast):
    article(claimed_by=cast.editor, claimed_at=timezone.now())(cast)


def approved_unsealed(cast):
    piece = factories.submitted(cast)
    Article.objects.filter(pk=piece.pk).update(status="approved", round=None)


def review_twice(cast):
    piece = factories.submitted(cast)
    Review.objects.create(article=piece, route=Route.objects.get(), submitted=piece.latest_version)


def unguarded(breaker):
    """Return a breaker that acts where a trigger would have spoken before the constraint."""

    def broken(cast):
        pieces = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        with traces.without_guards():
            breaker(cast, pieces)

    return broken


def sign_again(cast, piece, **how):
    first = Signature.objects.get()
    Signature.objects.create(
        review=first.review, version=first.version, **{"round": first.round, **how}
    )


def seal_without(**fields):
    def broken(cast):
        piece = factories.submitted(cast)
        Version.objects.filter(article=piece).update(**fields)

    return broken


def version_number_twice(cast):
    version = factories.submitted(cast).latest_version
    version.pk = None
    version.save(force_insert=True)


def self_signed_correction(cast):
    piece = factories.live_alone(cast)
    with traces.without_guards():
        Correction.objects.create(
            article=piece, wrong="三", right="四", drawn_up_by=cast.chief,
            signed_by=cast.chief, signed_at=timezone.now(),
        )  # fmt: skip


def nameless_correction(cast):
    piece = factories.live_alone(cast)
    with traces.without_guards():
        Correction.objects.create(
            article=piece, wrong="三", right="四", drawn_up_by=cast.editor, signed_at=timezone.now()
        )


def correction_changed(**fields):
    def change(cast):
        made = factories.correction(cast)
        with traces.without_guards():
            Correction.objects.filter(pk=made.pk).update(**fields)

    return change


def signed_again(cast, **how):
    made = workflow.sign_correction(factories.correction(cast), by=cast.editor)
    first = made.signatures.get()
    how = {"round": first.round, "revision": 0, **how}
    with traces.without_guards():
        made.signatures.create(**how)


def new_round(position, **fields):
    group = Round.objects.first().group
    fields = {"name": "重审", "seal": "重", **fields}
    return Round.objects.create(route=Route.objects.get(), position=position, group=group, **fields)


def debt(cast):
    factories.out_at_once(cast)
    return OwedSignature.objects.order_by("pk").first()


def owing_twice(cast):
    first = debt(cast)
    with traces.without_guards():
        first.pk = None
        first.save(force_insert=True)


def debt_with(**fields):
    def broken(cast):
        first = debt(cast)
        given = {name: value(cast) if callable(value) else value for name, value in fields.items()}
        with traces.without_guards():
            OwedSignature.objects.filter(pk=first.pk).update(**given)

    return broken


def comment(**fields):
    """Return what makes a comment, on a submitted piece, that breaks a constraint."""

    def made(cast):
        piece = factories.submitted(cast)
        Comment.objects.create(
            article=piece,
            version=piece.latest_version,
            round=piece.round,
            by=cast.editor,
            **{"note": "补时间", **fields},
        )

    return made


def sent_comment_taken_back(cast):
    piece = factories.submitted(cast)
    workflow.note_down(piece, by=cast.editor, note="补时间")
    workflow.comment(piece, by=cast.editor)
    Comment.objects.update(dropped_at=timezone.now())


def said(cast):
    piece = factories.submitted(cast)
    workflow.say(piece, by=cast.editor, note="谁去过现场？")
    return Comment.objects.latest("pk")


def answer_on_a_paragraph(cast):
    begun = said(cast)
    begun.answers_id, begun.pk, begun.paragraph, begun.quote = begun.pk, None, 0, "字"
    begun.save()


def mentioned_twice(cast):
    begun = said(cast)
    Mention.objects.bulk_create([Mention(comment=begun, person=cast.chief)] * 2)


def version_of(piece, **fields):
    made = piece.latest_version
    made.pk, made.number = None, made.number + 1
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def name_of(version, name):
    return VersionName.objects.create(
        version=version, article=version.article, name=name, named_by=version.made_by
    )


def same_name_twice(cast):
    piece = factories.submitted(cast)
    name_of(piece.latest_version, "初稿")
    other = version_of(piece)
    other.save()
    name_of(other, "初稿")


def restored(cast, **fields):
    facts = {"digest": "a" * 64, "site": "https://old.example.cn", "label": "issue-2003-12-08"}
    return ArchiveBatch.objects.create(by=cast.chief, **facts | fields)


def take_back(cast, person, **fields):
    piece = factories.approved(cast)
    return TakenBackSignature.objects.create(
        article=piece,
        signature=Signature.objects.under(piece.sealed_id).last(),
        by=person,
        **fields,
    )


# constraint → what breaks it
BREAKERS = {
    "comment_says_something": comment(note=""),
    "comment_on_a_paragraph_quotes_it": comment(paragraph=1),
    "done_comment_names_who_did_it": comment(resolved_at=timezone.now()),
    "only_a_sent_comment_is_done": lambda cast: comment(
        resolved_at=timezone.now(), resolved_by=cast.editor
    )(cast),
    "sent_remark_of_a_round_is_not_taken_back": sent_comment_taken_back,
    "comment_is_noted_in_a_round_or_said_at_once": comment(inside=True),
    "answer_stands_and_is_done_with_what_it_answers": answer_on_a_paragraph,
    "comment_mentions_a_person_once": mentioned_twice,
    "restored_version_says_which": lambda cast: Version.objects.bulk_create(
        [version_of(factories.submitted(cast), reason="restored")]
    ),
    "name_of_a_version_is_unique_in_its_piece": same_name_twice,
    "version_is_called_something": lambda cast: name_of(
        factories.submitted(cast).latest_version, ""
    ),
    "tag_is_unique_in_its_kind": lambda cast: Tag.objects.bulk_create(
        [Tag(name="石桥", kind="place"), Tag(name="石桥", kind="place")]
    ),
    "correspondent_has_a_name": lambda cast: Correspondent.objects.create(name=""),
    "restored_archive_is_named_by_a_digest": lambda cast: restored(cast, digest="x"),
    "restored_archive_says_where_it_is_from": lambda cast: restored(cast, site=""),
    "piece_is_restored_once": lambda cast: ArchivedPiece.objects.bulk_create(
        [ArchivedPiece(batch=restored(cast), site="https://old.example.cn", number=1)] * 2
    ),
    "what_a_change_holds_is_held": lambda cast: Release.objects.create(held_by_change=True),
    "what_is_left_out_does_not_go_out_with_it": lambda cast: Article.objects.filter(
        pk=(piece := factories.scheduled_alone(cast)).pk
    ).update(left_out_of=piece.release),
    "only_what_is_left_out_stays_out": lambda cast: Article.objects.filter(
        pk=factories.draft(cast).pk
    ).update(stays_out=True),
    "signature_is_taken_back_for_a_reason": lambda cast: take_back(cast, cast.chief, reason=""),
    "held_release_says_why": lambda cast: Release.objects.create(held=True),
    "one_route_is_in_force": lambda cast: Route.objects.create(name="二审", is_in_force=True),
    "round_has_its_name": lambda cast: new_round(4, name="初审"),
    "round_has_its_seal": lambda cast: new_round(4, seal="初"),
    "retired_route_is_not_in_force": lambda cast: Route.objects.update(retired_at=timezone.now()),
    "round_has_its_place": lambda cast: new_round(1),
    "route_has_one_to_five_rounds": lambda cast: new_round(6),
    "piece_is_in_one_review_at_a_time": review_twice,
    "ended_review_has_an_outcome": lambda cast: Review.objects.filter(
        article=factories.submitted(cast)
    ).update(ended_at=timezone.now()),
    "round_is_signed_once": unguarded(
        lambda cast, piece: sign_again(cast, piece, signer=cast.second_editor)
    ),
    "nobody_signs_two_rounds_of_one_piece": unguarded(
        lambda cast, piece: sign_again(cast, piece, signer=cast.editor, round=piece.round)
    ),
    "nobody_signs_on_their_own_behalf": unguarded(
        lambda cast, piece: sign_again(
            cast, piece, signer=cast.desk_head, on_behalf_of=cast.desk_head, round=piece.round
        )
    ),
    "version_has_its_number": version_number_twice,
    "sealed_version_has_its_ground": seal_without(sealed_at=timezone.now()),
    "ground_other_than_rounds_is_written_down": seal_without(
        sealed_at=timezone.now(), basis="emergency"
    ),
    "article_in_review_stands_in_a_round": article(status="in_review", due_at=timezone.now()),
    "piece_is_due_exactly_while_in_review": article(due_at=timezone.now()),
    "a_section_gives_a_round_1_to_200_hours": lambda cast: Section.objects.create(
        name="教育", slug="jiaoyu", review_hours=0
    ),
    "approved_article_is_sealed": approved_unsealed,
    "only_a_sealed_article_has_a_release": lambda cast: article(
        release=Release.objects.create()
    )(cast),
    "only_a_sealed_article_is_withdrawn": article(withdrawn_at=timezone.now()),
    "claim_has_a_name_and_a_time": claimed_without_a_time,
    "only_a_piece_in_review_is_claimed": claimed_draft,
    "byline_names_somebody": lambda cast: Byline.objects.create(article=factories.draft(cast)),
    "focal_point_lies_in_the_picture": photo(focal_x=1.5),
    "photo_with_a_file_has_a_size": photo(digest="f" * 64),
    "video_of_a_photo_is_on_a_secure_page": photo(video_url="http://video.example.cn/1"),
    "video_of_a_photo_of_a_version_is_on_a_secure_page": lambda cast: VersionPhoto.objects.create(
        version=factories.submitted(cast).latest_version, identity=1, digest="a" * 64, width=1,
        height=1, widths=[], position=9, video_url="javascript:alert(1)",
    ),
    "picture_is_named_by_a_digest": lambda cast: factories.picture(digest="A" * 64),
    "picture_has_a_size": lambda cast: factories.picture(height=0),
    "original_of_a_picture_is_known_whole": lambda cast: factories.picture(
        original_digest="a" * 64, original_size=900
    ),
    "attachment_has_a_file": lambda cast: factories.with_attachment(factories.draft(cast), size=0),
    "cleared_gap_names_who_cleared_it": lambda cast: Gap.objects.create(
        article=factories.draft(cast), code="loss", message="缺字", cleared_at=timezone.now()
    ),
    "signed_correction_names_its_signer": nameless_correction,
    "correction_is_signed_by_another": self_signed_correction,
    "round_owes_one_signature_a_review": owing_twice,
    "refused_signature_says_who_when_and_why": debt_with(refused_at=timezone.now()),
    "owed_signature_is_given_or_refused": debt_with(
        signature=lambda cast: Signature.objects.first(), refused_at=timezone.now(),
        refused_by=lambda cast: cast.editor, refusal="失实",
    ),
    "signature_is_owed_within_a_day": debt_with(due_at=timezone.now() + timedelta(hours=25)),
    "unsigned_correction_has_its_route": correction_changed(route=None),
    "correction_is_public_or_put_away_never_both": lambda cast: correction_changed(
        signed_at=timezone.now(), signed_by=cast.chief, dropped_at=timezone.now()
    )(cast),
    "returned_correction_says_what_to_change": correction_changed(returned_at=timezone.now()),
    "round_of_a_correction_is_signed_once": lambda cast: signed_again(
        cast, signer=cast.second_editor
    ),
    "nobody_signs_two_rounds_of_one_correction": lambda cast: signed_again(
        cast, signer=cast.editor, round=Round.objects.get(position=2)
    ),
    "nobody_signs_a_correction_on_their_own_behalf": lambda cast: signed_again(
        cast, signer=cast.desk_head, on_behalf_of=cast.desk_head
    ),
    "reinstatement_says_why": lambda cast: Reinstatement.objects.create(
        withdrawal=workflow.withdraw(
            factories.live_alone(cast), by=cast.chief, reason="误"
        ).withdrawals.get(),
        reason="", signed_by=cast.chief,
    ),
    "withdrawal_says_why": lambda cast: Withdrawal.objects.create(
        article=factories.live_alone(cast), reason="", signed_by=cast.chief
    ),
}  # fmt: skip


def constraints():
    return [c.name for model in traces.our_models("articles") for c in model._meta.constraints]


BREAKERS |= WRITING


def test_every_constraint_is_tried():
    assert sorted(BREAKERS | SHELVES) == sorted(constraints())


@pytest.mark.parametrize("name", BREAKERS)
def test_the_database_refuses(name):
    cast = factories.Cast()
    with pytest.raises(IntegrityError, match=name):
        traces.committed(BREAKERS[name], cast)


class TestTitles:
    """What a piece is called."""

    def test_by_its_headline_without_the_marks_of_its_lines(self):
        assert Article(headline="老厂房里|开出图书馆").title == "老厂房里开出图书馆"

    def test_by_how_it_begins_where_it_has_none(self):
        assert Article(body="<p>南湖湿地迎来越冬候鸟。</p>").title.startswith("南湖湿地")

    def test_residents_see_the_sealed_headline_with_the_marks_of_the_working_copy(self):
        cast = factories.Cast()
        piece = factories.live_alone(cast, headline="老厂房里开出图书馆")
        workflow.revise(piece, by=cast.editor)
        piece.headline = "老厂房里|开出图书馆"
        assert piece.public_headline == "老厂房里|开出图书馆"
        piece.headline = "另拟的|题目"
        assert piece.public_headline == "老厂房里开出图书馆"
