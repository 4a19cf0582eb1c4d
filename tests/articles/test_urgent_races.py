"""Two people at once in an emergency, and on what is live: one is served, nothing is done twice."""

import pytest

from articles import workflow
from articles.models import Article, OwedSignature, Release, Signature, Version
from tests import factories
from tests.test_concurrency import at_once, fresh, one_is_served, several_times

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    cast = factories.Cast()
    cast.second_chief = factories.person("副总", "chief editor", username="chief2")
    return cast


def publish(article, by):
    return lambda: workflow.publish_at_once(fresh(article), by=by, reason="水库泄洪。")


@several_times
def test_two_chiefs_publish_one_piece_at_once(cast):
    article, releases = factories.submitted(cast), Release.objects.count()
    said = at_once(publish(article, cast.chief), publish(article, cast.second_chief))
    assert one_is_served(said)
    assert Signature.objects.filter(version__article=article).count() == 1
    assert OwedSignature.objects.filter(article=article).count() == 2
    assert Release.objects.count() == releases + 1


@several_times
def test_published_at_once_while_an_editor_signs(cast):
    article = factories.submitted(cast)
    said = at_once(
        publish(article, cast.chief),
        lambda: workflow.sign(fresh(article), by=cast.editor),
    )
    assert None in said
    assert fresh(article).status == Article.Status.APPROVED
    rounds = 3 - Signature.objects.filter(version__article=article).count()
    assert OwedSignature.objects.filter(article=article).count() == rounds


@several_times
def test_a_debt_is_signed_and_refused_at_one_moment(cast):
    article = factories.out_at_once(cast)
    owed = article.owed_signatures.order_by("round__position").first()
    said = at_once(
        lambda: workflow.sign_late(fresh(article), by=cast.editor, owed=owed.pk),
        lambda: workflow.refuse_late(
            fresh(article), by=cast.second_editor, owed=owed.pk, reason="失实"
        ),
    )
    assert one_is_served(said)
    owed.refresh_from_db()
    assert (owed.signature is None) != (owed.refused_at is None)


@several_times
def test_somebody_types_on_while_a_minor_change_is_signed(cast):
    article = factories.mended(cast)
    stale = fresh(article)
    stale.headline = "换了题目"
    said = at_once(
        lambda: workflow.sign_minor(fresh(article), by=cast.chief, seen=article.revision),
        lambda: workflow.save(stale, by=cast.writer, write=stale.save),
    )
    assert one_is_served(said)
    newest = Version.objects.sealed().filter(article=article).latest("number")
    assert newest.headline != "换了题目"
