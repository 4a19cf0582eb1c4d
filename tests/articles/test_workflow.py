"""The verbs of an article."""

import pytest

from articles import workflow
from articles.models import Act, Article, Signature, Version
from newsroom.people.models import SiteSettings
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_a_piece_goes_through_three_rounds_and_is_sealed(cast):
    article = factories.approved(cast)
    assert article.status == Article.Status.APPROVED
    assert article.sealed.basis == Version.Basis.ROUNDS
    assert [s.signer for s in Signature.objects.order_by("pk")] == [
        cast.editor,
        cast.desk_head,
        cast.chief,
    ]
    verbs = Act.objects.filter(article=article).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["submit", "sign", "sign", "sign"]


def test_it_is_live_only_once_it_is_released(cast):
    article = factories.approved(cast)
    assert not Article.objects.live().exists()
    workflow.publish_alone(article, by=cast.chief)
    assert Article.objects.live().get() == article


def test_nobody_signs_what_they_filed(cast):
    article = factories.draft(cast, filed_by=cast.editor)
    workflow.submit(article, by=cast.editor)
    with pytest.raises(RefusalError):
        workflow.sign(article, by=cast.editor)


def test_a_substantial_mend_makes_earlier_rounds_sign_again(cast):
    article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
    workflow.claim(article, by=cast.desk_head)

    def rewrite():
        article.body = "<p>" + "全部重写了一遍的文字。" * 10 + "</p>"
        article.save()

    workflow.save(article, by=cast.desk_head, write=rewrite)
    workflow.sign(article, by=cast.desk_head)
    assert article.round.position == 1
    workflow.sign(article, by=cast.editor)
    assert article.round.position == 3
    workflow.sign(article, by=cast.chief)
    assert article.status == Article.Status.APPROVED


def test_a_small_mend_leaves_earlier_signatures_standing(cast):
    SiteSettings.objects.update(substantial_mend=30)
    article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
    workflow.claim(article, by=cast.desk_head)

    def mend():
        article.body = article.body.replace("亮起", "亮起了")
        article.save()

    workflow.save(article, by=cast.desk_head, write=mend)
    workflow.sign(article, by=cast.desk_head)
    assert article.round.position == 3


def test_an_issue_goes_live_by_time_alone(cast):
    made = factories.live_issue(cast)
    assert made.number == 1
    assert Article.objects.live().count() == 1
