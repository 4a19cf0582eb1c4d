"""Corrections, withdrawals and what undoes them: each guard broken by going around the verbs."""

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError
from django.utils import timezone

from articles import workflow
from articles.models import (
    Byline,
    Correction,
    CorrectionSignature,
    Reinstatement,
    Round,
    Route,
)
from tests import factories, traces

pytestmark = pytest.mark.django_db


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def sign(correction, signer, position=1, **how):
    """Write a signature as a program that knows no verbs does."""
    round_ = Round.objects.get(position=position)
    how = {"round": round_, "revision": correction.revision, **how}
    return CorrectionSignature.objects.create(correction=correction, signer=signer, **how)


def begun(cast, article=None):
    """Return a correction that has its first signature."""
    return workflow.sign_correction(factories.correction(cast, article), by=cast.editor)


def publish(correction, by):
    update(correction, signed_by=by, signed_at=timezone.now())


def named_in_the_seal(cast):
    """Return a correction of a piece that names an editor where residents read it, only there."""
    article = factories.draft(cast)
    Byline.objects.create(article=article, name="邓 可", position=1)
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    workflow.publish_alone(article, by=cast.chief)
    article.bylines.filter(name="邓 可").delete()
    return factories.correction(cast, article)


def withdrawn(cast):
    return workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实。")


def reinstate_twice_withdrawn(cast):
    article = workflow.reinstate(withdrawn(cast), by=cast.chief, reason="核实。")
    workflow.withdraw(article, by=cast.chief, reason="又失实。")
    update(article, withdrawn_at=None)


def take_back_an_earlier_one(cast):
    article = withdrawn(cast)
    earlier = article.withdrawals.get()
    article.withdrawals.create(reason="补记。", signed_by=cast.chief)
    Reinstatement.objects.create(withdrawal=earlier, reason="核实。", signed_by=cast.chief)


CORRECTIONS = {
    "begins unsigned": lambda cast: Correction.objects.create(
        article=factories.live_alone(cast), wrong="三", right="四", drawn_up_by=cast.editor,
        signed_by=cast.chief, signed_at=timezone.now(), route=Route.objects.get(),
    ),
    "with the route it is to pass": lambda cast: Correction.objects.create(
        article=factories.live_alone(cast), wrong="三", right="四", drawn_up_by=cast.editor
    ),
    "signed correction stays": lambda cast: update(
        factories.signed_correction(cast), right="五", revision=1
    ),
    "one as it was dropped": lambda cast: update(
        workflow.drop_correction(factories.correction(cast), by=cast.chief, note="无误。"),
        dropped_at=None,
    ),
    "its piece, its route and who": lambda cast: update(
        factories.correction(cast), drawn_up_by=cast.chief
    ),
    "keeps its piece, its route": lambda cast: update(
        factories.correction(cast), route=Route.objects.create(name="近路")
    ),
    "not changed under the signature": lambda cast: update(begun(cast), right="五", revision=1),
    "words that somebody has signed": lambda cast: update(factories.correction(cast), right="五"),
    "with the signature of every round": lambda cast: publish(begun(cast), cast.chief),
    "public with the signature": lambda cast: publish(factories.correction(cast), cast.chief),
    "under a correction is never changed": lambda cast: (
        begun(cast),
        update(CorrectionSignature.objects.get(), signer=cast.second_editor),
    ),
    "new words may void it": lambda cast: (
        factories.signed_correction(cast),
        update(CorrectionSignature.objects.last(), voided_at=timezone.now()),
    ),
    "nobody signs a correction they drew up": lambda cast: sign(
        workflow.draw_up_correction(
            factories.live_alone(cast), by=cast.editor, wrong="三", right="四"
        ),
        cast.editor,
    ),
    "or one of a piece they filed": lambda cast: sign(
        factories.correction(cast, factories.live_alone(cast, filed_by=cast.second_editor)),
        cast.second_editor,
    ),
    "one of a piece they filed or are named in": lambda cast: sign(
        named_in_the_seal(cast), cast.second_editor
    ),
    "signed round by round": lambda cast: sign(factories.correction(cast), cast.chief, 3),
    "in the words it has now": lambda cast: sign(
        factories.correction(cast), cast.editor, revision=7
    ),
    "round of a correction is signed by its members": lambda cast: sign(
        factories.correction(cast), cast.chief
    ),
    "its members or by a deputy of one": lambda cast: sign(
        factories.correction(cast), cast.other_writer, on_behalf_of=cast.editor
    ),
    "nobody signs two rounds of one correction": lambda cast: (
        cast.editor.groups.add(Group.objects.get(name="desk head")),
        sign(begun(cast), cast.editor, 2),
    ),
    "the withdrawal in force": take_back_an_earlier_one,
    "what is taken back is": lambda cast: Reinstatement.objects.create(
        withdrawal=workflow.reinstate(withdrawn(cast), by=cast.chief, reason="核实。")
        .withdrawals.create(reason="补记。", signed_by=cast.chief),
        reason="核实。", signed_by=cast.chief,
    ),
    "taken back by a reinstatement only": lambda cast: update(withdrawn(cast), withdrawn_at=None),
    "a withdrawal is taken back by": reinstate_twice_withdrawn,
    "by a reinstatement only": lambda cast: update(withdrawn(cast), withdrawn_at=timezone.now()),
}  # fmt: skip


@pytest.mark.parametrize("sentence", CORRECTIONS)
def test_the_database_refuses(sentence):
    cast = factories.Cast()
    with pytest.raises(DatabaseError, match=sentence):
        traces.committed(CORRECTIONS[sentence], cast)
