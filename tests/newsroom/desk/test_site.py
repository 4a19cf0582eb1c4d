"""The desk as a whole: what everybody finds, what nobody finds."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from issues.models import Issue
from newsroom.people.models import SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db
ROLES = [
    "correspondent",
    "editor",
    "desk head",
    "chief editor",
    "issue editor",
    "administrator",
]


@pytest.fixture
def cast():
    return factories.Cast()


def signed_in(user) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def names(patterns=None):
    """Return the name of every address below the desk."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or ""


def test_there_is_no_door_to_deletion():
    assert not [name for name in names() if name.endswith("_delete")]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_may_delete_anything(cast, rf, role):
    request = rf.get("/")
    for user in (cast.by_role[role], factories.person("超管" + role, is_superuser=True)):
        request.user = user
        for registered in admin.site._registry.values():
            assert not registered.has_delete_permission(request), registered
            assert "delete_selected" not in registered.get_actions(request)


@pytest.mark.parametrize("role", [*ROLES, "superuser"])
def test_every_list_and_every_form_to_add_opens_or_is_refused(cast, role):
    user = cast.by_role.get(role) or factories.person("超管", is_superuser=True)
    factories.live_issue(cast)
    browser = signed_in(user)
    for model in admin.site._registry:
        options = model._meta
        for page in ("changelist", "add"):
            try:
                url = reverse(f"admin:{options.app_label}_{options.model_name}_{page}")
            except NoReverseMatch:  # a register to which nobody adds a row
                assert page == "add"
                continue
            assert browser.get(url).status_code in (200, 302, 403), url


@pytest.mark.parametrize("role", ROLES)
def test_everything_links_only_to_what_opens(cast, role):
    browser = signed_in(cast.by_role[role])
    response = browser.get(reverse("admin:everything"))
    for app in response.context["app_list"]:
        for model in app["models"]:
            for url in filter(None, (model["admin_url"], model["add_url"])):
                assert browser.get(url).status_code in (200, 302), url


def test_sign_in_page_names_the_paper_and_lets_the_right_password_in(cast):
    SiteSettings.objects.filter(pk=1).update(paper_name="试报")
    browser = Client()
    page = browser.get(reverse("admin:login"), follow=True)
    assert "试报" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    wrong = browser.post(reverse("admin:login"), {"username": "editor", "password": "x"})
    assert 'role="alert"' in wrong.content.decode()
    right = {"username": "editor", "password": factories.PASSWORD, "next": reverse("admin:index")}
    assert browser.post(reverse("admin:login"), right).url == reverse("admin:index")


def test_a_form_from_before_signing_in_anew_keeps_what_was_typed(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.by_role["correspondent"])
    add = reverse("admin:articles_article_add")
    page = browser.post(add, {"headline": "井台修好了", "csrfmiddlewaretoken": "former"})
    assert page.status_code == 403
    assert "井台修好了" in page.content.decode()
    assert "CSRF" not in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_a_stale_sign_in_page_says_what_to_do(cast):
    page = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"password": "secret"})
    assert page.status_code == 403
    assert "secret" not in page.content.decode()
    assert "登录过期了，这一步没有做成。" in page.content.decode()


@pytest.mark.parametrize("page", ["index", "everything", "password_change", "login"])
def test_desk_pages_are_kept_out_of_every_cache(cast, page):
    caching = signed_in(cast.editor).get(reverse(f"admin:{page}")).headers["Cache-Control"]
    assert "no-store" in caching
    assert "private" in caching


def test_the_desk_speaks_its_users_language(cast):
    browser = signed_in(cast.editor)
    assert "等我处理" in browser.get(reverse("admin:index")).content.decode()
    cast.editor.language = "en"
    cast.editor.save(update_fields=["language"])
    assert "wait for me" in browser.get(reverse("admin:index")).content.decode()


def test_no_page_carries_script_or_style_of_its_own(cast):
    article = factories.submitted(cast)
    browser = signed_in(cast.editor)
    addresses = [reverse("admin:index"), reverse("admin:articles_article_changelist")]
    addresses.append(reverse("admin:articles_article_read", args=[article.pk]))
    for url in addresses:
        page = browser.get(url).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page


def test_the_issue_of_the_workbench_leads_to_its_page(cast):
    factories.issue(cast)
    browser = signed_in(cast.issue_editor)
    page = browser.get(reverse("admin:index")).content.decode()
    url = reverse("admin:issues_issue_change", args=[Issue.objects.get().pk])
    assert url in page
    assert browser.get(url).status_code == 200


def test_words_posted_after_being_signed_out_are_shown_and_not_lost(cast):
    article = factories.draft(cast)
    url = reverse("admin:articles_article_change", args=[article.pk])
    response = Client().post(url, {"headline": "写了很久的标题", "body": "<p>写了很久的正文。</p>"})
    assert response.status_code == 403
    assert "写了很久的标题" in response.content.decode()
    assert "写了很久的正文。" in response.content.decode()
    article.refresh_from_db()
    assert article.headline != "写了很久的标题"


def test_a_refused_page_says_so_in_a_sentence(cast):
    response = signed_in(cast.editor).get(reverse("admin:people_user_add"))
    assert response.status_code == 403
    assert "你的角色不能打开这一页" in response.content.decode()


def test_an_unknown_page_of_the_desk_says_so_in_a_sentence(cast):
    response = signed_in(cast.writer).get(reverse("admin:index") + "nothing/")
    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()
