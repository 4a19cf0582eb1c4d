"""What was typed and cannot be saved, beside what is stored."""

import pytest
from django.http import QueryDict

from articles.conflicts import clashes, typed_content, words_typed
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def posted(**fields) -> QueryDict:
    """Return what a browser posts."""
    typed = QueryDict(mutable=True)
    for name, value in fields.items():
        typed[name.replace("__", "-")] = value
    return typed


def test_a_field_the_form_did_not_show_is_as_stored(cast):
    article = factories.draft(cast, source="区融媒中心")
    assert typed_content(posted(headline="新"), article)["source"] == "区融媒中心"


def test_only_what_differs_clashes(cast):
    article = factories.draft(cast, headline="旧", deck="同")
    found = clashes(
        posted(
            headline="新",
            deck="同",
            body=article.body,
            bylines__TOTAL_FORMS="1",
            bylines__0__role="通讯员",
            bylines__0__correspondent=str(cast.correspondent.pk),
        ),
        article,
        None,
        by=cast.writer,
    )
    assert [clash.label for clash in found] == [
        str(Article._meta.get_field("headline").verbose_name)
    ]
    assert found[0].typed == "新"


@pytest.mark.parametrize("number", ["²", "9" * 40, "-1", "x", ""])
def test_nonsense_in_numbers_is_no_error(cast, number):
    typed = posted(bylines__TOTAL_FORMS=number, photos__TOTAL_FORMS="1")
    typed["bylines-0-correspondent"] = number
    assert typed_content(typed, factories.draft(cast))["bylines"] == ""
    typed["bylines-TOTAL_FORMS"] = "1"
    assert typed_content(typed, factories.draft(cast))["bylines"] == ""


def test_words_of_somebody_signed_out_come_back_without_a_look_at_the_database(
    django_assert_num_queries,
):
    typed = posted(headline="标题", body="<p>正文</p>", photos__TOTAL_FORMS="1")
    typed["photos-0-caption"] = "说明"
    with django_assert_num_queries(0):
        values = [value for _label, value in words_typed(typed)]
    assert values == ["标题", "正文", "说明 / — / —"]
    assert not Article.objects.exists()
