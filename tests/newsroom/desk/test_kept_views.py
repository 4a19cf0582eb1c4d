"""Saved views are somebody's own: kept, renamed, moved and dropped by nobody else."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from newsroom.desk import keeping
from newsroom.desk.models import SavedView
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")
KEPT = reverse("admin:kept_views")


@pytest.fixture
def cast():
    return factories.Cast()


def keep(user, query: str, name="学校来稿"):
    return signed_in(user).post(
        reverse("admin:keep_view"), {"name": name, "query": query}, follow=True
    )


def change(user, view, verb: str, **more):
    door = reverse("admin:change_view", args=[view.pk, verb])
    return signed_in(user).post(door, more, follow=True)


def test_a_list_is_kept_as_a_tab_that_is_current_where_it_is_shown(cast):
    factories.submitted(cast, headline="早市")
    answer = keep(cast.editor, "state=in_review&q=早市")
    assert "已存为“学校来稿”。" in text(answer)
    assert 'aria-current="page">我存的：学校来稿' in text(answer)
    elsewhere = text(signed_in(cast.editor).get(LIST))
    assert "我存的：学校来稿" in elsewhere
    assert 'aria-current="page">我存的' not in elsewhere


def test_only_what_the_list_offers_is_kept_in_one_order(cast):
    keep(cast.editor, "state=live&q=a%00b&p=3&body__regex=x&all=&evil=1&round=&o=-1")
    assert SavedView.objects.get().query == "o=-1&q=ab&state=live"


def test_authors_keep_what_is_offered_to_them(cast):
    keep(cast.writer, "state=draft&unit=1&holder=me")
    assert SavedView.objects.get().query == "state=draft"


def test_a_view_whose_filters_are_no_longer_offered_still_opens(cast):
    keep(cast.editor, "state=draft&holder=me")
    cast.editor.groups.set(cast.writer.groups.all())
    page = text(signed_in(cast.editor).get(LIST))
    assert 'href="?state=draft"' in page
    assert "holder=me" not in page


def test_nobody_sees_or_changes_anothers_view(cast):
    keep(cast.editor, "state=draft")
    view = SavedView.objects.get()
    for other in (cast.chief, cast.administrator, cast.writer):
        assert "学校来稿" not in text(signed_in(other).get(LIST))
        assert "学校来稿" not in text(signed_in(other).get(KEPT))
        for verb in ("rename", "first", "drop"):
            assert change(other, view, verb, name="改了").status_code == 404
    for verb in (keeping.move_first, keeping.drop):
        verb(view, by=cast.chief)
    keeping.rename(view, by=cast.chief, name="改了")
    assert SavedView.objects.values_list("name", flat=True).get() == "学校来稿"


def test_a_view_is_renamed_moved_and_dropped_by_its_owner(cast):
    for name in ("甲", "乙"):
        keep(cast.editor, f"q={name}{name}", name=name)
    first, second = SavedView.objects.of(cast.editor)
    change(cast.editor, second, "first")
    assert list(SavedView.objects.of(cast.editor)) == [second, first]
    assert "已经有同名的视图。" in text(change(cast.editor, first, "rename", name="乙"))
    change(cast.editor, first, "rename", name="  丙 ")
    change(cast.editor, second, "drop")
    assert [view.name for view in SavedView.objects.of(cast.editor)] == ["丙"]
    assert change(cast.editor, second, "drop").status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "\0", "字" * 21])
def test_a_name_is_wanted_and_short(cast, name):
    answer = keep(cast.editor, "state=draft", name=name)
    assert answer.status_code == 200
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("query", ["", "p=2", "q=" + "字" * 700])
def test_what_cannot_be_kept_is_said(cast, query):
    answer = keep(cast.editor, query)
    [message] = answer.context["messages"]
    assert message.level_tag == "error"
    assert not SavedView.objects.exists()


def test_the_same_name_keeps_the_newer_list_and_two_clicks_make_one_view(cast):
    keep(cast.editor, "state=draft")
    keep(cast.editor, "state=live")
    keep(cast.editor, "state=live")
    assert [view.query for view in SavedView.objects.all()] == ["state=live"]


def test_there_is_an_end_to_views(cast):
    for number in range(keeping.MOST):
        keeping.keep(by=cast.editor, name=str(number), query="q=a")
    with pytest.raises(RefusalError, match="20"):
        keeping.keep(by=cast.editor, name="一个太多", query="q=a")
    keeping.keep(by=cast.chief, name="别人的", query="q=a")


def test_views_are_changed_by_a_post_only_and_by_known_verbs(cast):
    keep(cast.editor, "state=draft")
    view = SavedView.objects.get()
    door = reverse("admin:change_view", args=[view.pk, "drop"])
    assert signed_in(cast.editor).get(door).status_code == 405
    assert signed_in(cast.editor).get(reverse("admin:keep_view")).status_code == 405
    assert change(cast.editor, view, "burn").status_code == 404
    assert SavedView.objects.exists()


@pytest.mark.parametrize("missing", [{"name": ""}, {"query": ""}])
def test_the_database_keeps_no_view_without_name_or_query(cast, missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(**{"owner": cast.editor, "name": "甲", "query": "q=a"} | missing)


def test_the_page_of_views_says_how_to_get_one(cast):
    assert "还没有存过视图" in text(signed_in(cast.editor).get(KEPT))
