"""Typing that the demo's correspondent has left unsaved, as their browser would have sent it."""

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Article, Autosave
from articles.typed import Content
from articles.workflow import keeping
from articles.workflow.keeping import Typing
from newsroom.people.models import User

ADDED = "<p>报名电话和地点由街道另行公布，十五日截止。</p>"


def leave_typing(article: Article, by: User) -> None:
    """Leave a sentence unsaved in the first draft there is; in a second one nothing."""
    if Autosave.objects.of(by).exists():
        return
    content = _shown(article, by) | {"body": [article.body + ADDED]}
    keeping.keep(Typing("demo", 1, content, article.revision), article, by=by)


def _shown(article: Article, by: User) -> Content:
    """Return what the form of a piece would post if nothing was typed into it."""
    desk, request = admin.site.get_model_admin(Article), HttpRequest()
    request.user = by
    form = desk.get_form(request, article, change=True)(instance=article)
    formsets, _inlines = desk._create_formsets(request, article, change=True)
    parts = [form, *(each.management_form for each in formsets)]
    parts += [row for each in formsets for row in each.forms]
    return {
        field.html_name: _posted(field.value())
        for part in parts
        for field in part
        if not field.field.widget.needs_multipart_form
    }


def _posted(value) -> list[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [str("" if each is None else each) for each in values]
