"""The desk's doors, tried by a curious correspondent: other addresses, other fields, other keys."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from articles import workflow
from articles.models import Article, Byline, Correspondent, Photo, Tag
from issues.proposals import propose
from newsroom.people.models import Deputy, User
from newsroom.people.roles import Role
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db

# What a correspondent may open; everything else is refused or unknown.
OPEN = {
    "everything", "index", "login", "logout", "password_change", "password_change_done", "jsi18n",
    "articles_article_keep_new", "articles_article_back", "articles_article_word",
    "articles_article_check_new",
    "articles_article_changelist", "articles_article_add", "app_list", "notices",
    "kept_views", "mailbox", "notice_settings", "issues_assignment_changelist",
    "issues_assignment_add", "articles_picture_changelist", "articles_picture_pick",
    "articles_article_upload",
}  # fmt: skip


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def theirs(cast):
    """A piece of somebody else's, with a name and a photograph."""
    other = Correspondent.objects.create(name="方念", user=cast.other_writer, phone="000-0000 0099")
    article = factories.draft(cast, filed_by=cast.other_writer)
    article.bylines.all().delete()
    Byline.objects.create(article=article, correspondent=other)
    factories.with_photo(article)
    return article


def desk_doors() -> dict[str, URLPattern]:
    """Return every named door of the desk."""
    desk = next(entry for entry in get_resolver().url_patterns if entry.namespace == "admin")
    found = {}
    inner = list(desk.url_patterns)
    while inner:
        entry = inner.pop()
        if isinstance(entry, URLPattern):
            found[entry.name] = entry
        else:
            inner += entry.url_patterns
    found.pop(None)
    return found


def key_for(name: str, cast, theirs) -> int:
    """Return the key of a row behind a door, which is not the writer's."""
    if "article_" in name:
        return theirs.pk
    if "editionimport" in name:
        return propose("第01版：要闻\n\n灯会开幕\n本报讯（记者 方念）灯会昨晚开幕。\n",
                       by=cast.issue_editor, date=factories.date(2023, 12, 9)).pk  # fmt: skip
    if "issues_issue" in name:
        return factories.issue(cast).pk
    kept = {
        "section": cast.section, "correspondent": cast.correspondent, "unit": cast.unit,
        "user": cast.editor,
    }  # fmt: skip
    return next((row.pk for word, row in kept.items() if f"_{word}_" in name), 1)


def arguments(name: str, door: URLPattern, cast, theirs) -> dict:
    """Fill in what stands in a door's address."""
    known = {
        "digest": theirs.photos.get().digest, "name": "480.webp", "verb": "sign",
        "app_label": "people", "content_type_id": 1, "url": "nowhere", "key": uuid4(),
        "moment": "now", "page": f"articles/{theirs.pk}/",
    }  # fmt: skip
    return {
        word: known[word] if word in known else key_for(name, cast, theirs)
        for word in door.pattern.converters
    }


@pytest.mark.parametrize("name", sorted(desk_doors()))
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.exhaustive
def test_a_correspondent_opens_what_is_theirs_and_nothing_else(cast, theirs, name, method):
    door = desk_doors()[name]
    if name == "app_list":
        page = reverse("admin:app_list", args=["people"])
    else:
        page = reverse(f"admin:{name}", kwargs=arguments(name, door, cast, theirs))
    answer = getattr(signed_in(cast.writer), method)(page)
    seen = text(answer) if answer.status_code == 200 else ""
    assert factories.SECRET not in seen
    assert "方念" not in seen
    if name not in OPEN:
        assert answer.status_code in (302, 403, 404, 405), answer.status_code
    if answer.status_code == 302:  # Django's own answer to a row that is not there
        assert answer.url.startswith("/admin/")


# Fields that are not in the form


def test_fields_that_are_not_in_the_form_are_not_written(cast, theirs):
    article = factories.draft(cast)
    sealed = factories.approved(cast)
    sent = {
        "status": "approved", "sealed": sealed.sealed_id, "release": 1, "filed_by": cast.editor.pk,
        "revision": 99, "round": 1, "claimed_by": cast.writer.pk, "withdrawn_at": "2020-01-01",
        "column_label": "要闻", "dateline": "本报讯", "source": "别家",
        "tags": [Tag.objects.create(name="x").pk],
        "id": theirs.pk, "pk": theirs.pk,
    }  # fmt: skip
    count = Article.objects.count()
    signed_in(cast.writer).post(address(article), form_of(article, headline="新题") | sent)
    article.refresh_from_db()
    assert (article.headline, article.status, article.revision) == ("新题", "draft", 1)
    assert (article.sealed, article.release, article.claimed_by) == (None, None, None)
    assert article.filed_by == cast.writer
    assert (article.column_label, article.dateline, article.source) == ("", "", "")
    assert not article.tags.exists()
    assert Article.objects.count() == count


def test_a_new_piece_is_filed_by_who_files_it(cast):
    blank = form_of(Article(), headline="题", filed_by=cast.editor.pk, status="approved")
    signed_in(cast.writer).post(reverse("admin:articles_article_add"), blank)
    article = Article.objects.get(headline="题")
    assert (article.filed_by, article.status) == (cast.writer, "draft")


@pytest.mark.parametrize("rows", ["bylines", "photos"])
@pytest.mark.parametrize("begun", [0, 1])
def test_rows_of_another_piece_cannot_be_taken_or_changed(cast, theirs, rows, begun):
    model = {"bylines": Byline, "photos": Photo}[rows]
    row, words = model.objects.get(article=theirs), {"bylines": "name", "photos": "caption"}[rows]
    before = model.objects.filter(pk=row.pk).values().get()
    article = factories.draft(cast)
    sent = form_of(article) | {
        f"{rows}-TOTAL_FORMS": 1, f"{rows}-INITIAL_FORMS": begun, f"{rows}-0-id": row.pk,
        f"{rows}-0-article": theirs.pk, f"{rows}-0-{words}": "改了", f"{rows}-0-position": 1,
        f"{rows}-0-credit": "text" if rows == "bylines" else "改了", f"{rows}-0-digest": "f" * 64,
        f"{rows}-0-DELETE": "on" if begun else "",
    }  # fmt: skip
    signed_in(cast.writer).post(address(article), sent)
    assert model.objects.filter(pk=row.pk).values().get() == before
    assert not article.photos.exclude(digest="").exists()


def test_a_correspondent_names_no_colleague_by_number(cast, theirs):
    colleague = theirs.bylines.get().correspondent
    article = factories.draft(cast)
    sent = form_of(article) | {"bylines-0-correspondent": colleague.pk}
    answer = signed_in(cast.writer).post(address(article), sent)
    assert colleague.name not in text(answer)
    assert not article.bylines.filter(correspondent=colleague).exists()


@pytest.mark.parametrize("state", ["stale", "in review"])
def test_what_could_not_be_saved_tells_no_colleagues_name(cast, theirs, state):
    colleague = theirs.bylines.get().correspondent
    article = factories.draft(cast)
    sent = form_of(article, headline="新题", read_revision=7)
    if state == "in review":
        workflow.submit(article, by=cast.writer)
    sent["bylines-0-correspondent"] = colleague.pk
    answer = signed_in(cast.writer).post(address(article), sent)
    assert answer.status_code == 409
    assert colleague.name not in text(answer)


def test_an_author_does_not_read_why_the_newsroom_withdrew_a_piece(cast):
    article = factories.live_alone(cast)
    workflow.withdraw(article, by=cast.chief, reason="内部缘由不外传", public_note="本报撤下。")
    for page in ("change", "read"):
        seen = text(signed_in(cast.writer).get(address(article, page)))
        assert "内部缘由不外传" not in seen
        assert "本报撤下。" in seen
        assert "内部缘由不外传" in text(signed_in(cast.editor).get(address(article, page)))


# Questions put to lists


LISTS = [
    "articles_article", "articles_section", "articles_tag", "articles_correspondent",
    "articles_route", "issues_issue", "issues_editionimport", "people_user", "people_unit",
    "people_deputy",
]  # fmt: skip
QUESTIONS = [
    "q=%00", "status__exact=%00", "kind__exact=%00", "unit__kind__exact=%00", "role=%00",
    "queue=%00", "headline__regex=(", "body__regex=(a%2B)%2B%24", "filed_at__year=99999",
    "date__year=99999", "date__year=0", "date__year=9999&date__month=12", "date__year=x",
    "date__year=2026&date__month=2&date__day=31", "filed_by__password__startswith=p",
    "password__startswith=p", "bylines__correspondent__phone__startswith=0", "id__in=1,a",
    "section__id__exact=%00", "o=%00", "p=%00", "_to_field=password", "claimed_at__isnull=x",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_list_answers_any_question_with_a_page(cast, question):
    root = factories.person("江源", Role.ADMINISTRATOR, username="root", is_superuser=True)
    for client in (signed_in(cast.writer), signed_in(root)):
        for name in LISTS:
            answer = client.get(reverse(f"admin:{name}_changelist") + f"?{question}")
            assert answer.status_code in (200, 302, 400, 403)


@pytest.mark.parametrize("asked", ["body__regex=.", "body__icontains=a", "revision__gt=0"])
def test_a_list_is_narrowed_by_its_own_filters_only(cast, asked):
    page = reverse("admin:articles_article_changelist")
    assert signed_in(cast.writer).get(f"{page}?{asked}").status_code == 400


def test_choosers_of_names_bear_any_word(cast):
    chooser = reverse("admin:autocomplete")
    asked = "?app_label=articles&model_name=byline&field_name=correspondent&term=%00"
    assert signed_in(cast.editor).get(chooser + asked).status_code == 200
    assert signed_in(cast.writer).get(chooser + asked).status_code == 403


# Signatures


def test_no_post_makes_anybody_sign_what_is_theirs_or_sign_twice(cast):
    own = factories.draft(cast, filed_by=cast.editor)
    workflow.submit(own, by=cast.editor)
    both = factories.person("双职", Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR, username="all")
    root = factories.person("江源", Role.ADMINISTRATOR, username="root", is_superuser=True)
    waiting = factories.submitted(cast)
    sent = {"sign-seen": waiting.revision, "on_behalf_of": cast.editor.pk, "signer": cast.editor.pk,
            "by": cast.editor.pk, "round": 3, "sign-round": 3}  # fmt: skip
    refused = [(cast.editor, own), (cast.writer, waiting), (cast.administrator, waiting),
               (root, waiting), (cast.chief, waiting), (cast.issue_editor, waiting)]  # fmt: skip
    for person, article in refused:
        signed_in(person).post(address(article, "do", verb="sign"), sent)
        assert not article.review.signatures.exists()
    for _time in range(3):
        signed_in(both).post(address(waiting, "do", verb="sign"), {})
    assert [each.signer for each in waiting.review.signatures.all()] == [both]


def test_a_deputy_signs_neither_their_own_nor_what_the_person_they_act_for_wrote(cast):
    today = factories.timezone.localdate()
    Deputy.objects.create(
        principal=cast.editor, deputy=cast.other_writer, starts_on=today, ends_on=today
    )
    theirs = factories.draft(cast, filed_by=cast.editor)
    workflow.submit(theirs, by=cast.editor)
    own = factories.draft(cast, filed_by=cast.other_writer)
    workflow.submit(own, by=cast.other_writer)
    for article in (theirs, own):
        signed_in(cast.other_writer).post(address(article, "do", verb="sign"), {})
        assert not article.review.signatures.exists()


def test_an_administrator_makes_nobody_a_superuser(cast):
    page = reverse("admin:people_user_change", args=[cast.administrator.pk])
    sent = {"username": "admin", "name": "江牧", "language": "zh-hans", "is_active": "on",
            "is_superuser": "on", "user_permissions": ["1"]}  # fmt: skip
    signed_in(cast.administrator).post(page, sent)
    assert not User.objects.filter(is_superuser=True).exists()
    root = factories.person("江源", Role.ADMINISTRATOR, username="root", is_superuser=True)
    for door in ("people_user_change", "auth_user_password_change"):
        page = reverse(f"admin:{door}", args=[root.pk])
        sent = {"password1": "Neu-2026-neu", "password2": "Neu-2026-neu"}
        signed_in(cast.administrator).post(page, sent)
    root.refresh_from_db()
    assert root.check_password(factories.PASSWORD)


def test_nobody_is_led_astray_when_signing_in(cast):
    for elsewhere in ("//evil.example", "https:evil.example", "/\\evil.example", "javascript:x"):
        answer = Client().post(
            reverse("admin:login"),
            {"username": "writer", "password": factories.PASSWORD, "next": elsewhere},
        )
        assert answer.url == reverse("admin:index")
