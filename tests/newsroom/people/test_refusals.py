"""What the database refuses reaches people as a sentence in their language."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from articles import workflow
from articles.models import Article, Byline, Tag
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db


def refused(act) -> str:
    with pytest.raises(RefusalError) as refusal, as_refusals(), transaction.atomic():
        act()
    assert isinstance(refusal.value.__cause__, Exception)
    return str(refusal.value)


def break_a_guard():
    Article.objects.create(filed_by=factories.Cast().writer, status="discarded")


def break_a_constraint_with_words_of_its_own():
    Tag.objects.bulk_create([Tag(name="石桥", kind="place"), Tag(name="石桥", kind="place")])


def break_a_constraint_without():
    article = factories.submitted(factories.Cast())
    Article.objects.filter(pk=article.pk).update(round=None)


def write_too_much():
    Tag.objects.create(name="长" * 999)


@pytest.mark.parametrize(
    ("act", "chinese", "english"),
    [
        (break_a_guard, "稿件从草稿开始。", "An article begins as a draft."),
        (
            break_a_constraint_with_words_of_its_own,
            "已有同类同名的标签。",
            "There is such a tag already.",
        ),
        (
            break_a_constraint_without,
            "刚才有了变化，请重新看过再操作。",
            "It has changed meanwhile. Look again, then decide.",
        ),
        (write_too_much, "有一处文字太长，放不下。", "A text is longer than there is room for."),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_a_sentence(act, chinese, english, language):
    with translation.override(language):
        assert refused(act) == (chinese if language == "zh-hans" else english)


def test_nothing_that_was_begun_stays():
    before = traces.everything()

    def half():
        Tag.objects.create(name="石桥", kind="place")
        write_too_much()

    refused(half)
    assert traces.everything() == before


def test_other_faults_are_not_dressed_up():
    with pytest.raises(ZeroDivisionError), as_refusals():
        _ = 1 / 0


def test_without_it_the_database_speaks_for_itself():
    with pytest.raises(IntegrityError), transaction.atomic():
        break_a_guard()


def test_a_save_that_breaks_a_constraint_is_refused():
    cast = factories.Cast()
    article = factories.draft(cast)
    with pytest.raises(RefusalError, match="通讯员"):
        workflow.save(article, by=cast.writer, write=lambda: Byline.objects.create(article=article))


def test_every_sentence_of_the_guards_is_translated():
    """They are told to people, too, where two of them meet."""
    untranslated = []
    with translation.override("zh-hans"):
        for said in traces.sentences("people", "articles", "issues"):
            if said[0].islower() and translation.gettext(said) == said:
                untranslated.append(said)
    assert untranslated == []
    assert connection.vendor == "postgresql"
