"""Whether the pages of ours that texts link to will answer residents when an issue is out."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, ResolverMatch, resolve

from articles.models import Article, Correspondent, Section
from issues.dryrun.links import DESK, GONE, MISSING, NOT_YET, path_of
from issues.models import Issue
from newsroom.people.models import SiteSettings


def own_hosts() -> frozenset[str]:
    """Return the names of our own site."""
    names = (urlsplit(settings.SITE_URL).hostname, SiteSettings.current().site_domain.lower())
    return frozenset(name for name in names if name)


class Answers:
    """What some links lead to, asked for together: a statement for each kind of page at most."""

    def __init__(self, targets: Iterable[str], hosts: frozenset[str], at: datetime):
        """Take the links of texts; ``at`` is the instant from which on a page is out now."""
        self._now = at
        paths = {target: path_of(target, hosts) for target in targets}
        self._led = {target: _led_to(path) for target, path in paths.items() if path is not None}
        numbers = self._named("articles:article", "number")
        self._articles = {
            article.pk: article
            for article in Article.objects.filter(pk__in=numbers).select_related("release")
        } if numbers else {}  # fmt: skip
        self._issues = self._dated(self._named("issues:issue", "edition"))
        slugs, people = (
            self._named("articles:section", "slug"),
            self._named("articles:correspondent", "number"),
        )
        self._known = {
            "articles:section": _existing(Section, "slug", slugs),
            "articles:correspondent": _existing(Correspondent, "pk", people),
        }

    def why_not(self, target: str, issue: Issue, own: set[int]) -> str:
        """Return why a link does not answer when an issue is out; empty where it does.

        ``own`` are the keys of the pieces of the issue, which go out with it.
        """
        led = self._led.get(target)
        if led is None or isinstance(led, str):
            return led or ""
        hour = issue.release.publish_at or issue.planned_time or self._now
        if led.view_name in ("articles:article", "articles:attachment"):
            return self._why_no_piece(led.kwargs["number"], hour, own)
        if led.view_name in ("issues:issue", "issues:page"):
            return self._why_no_issue(led.kwargs, hour, issue)
        known = self._known.get(led.view_name)
        named = led.kwargs.get("slug", led.kwargs.get("number"))
        return MISSING if known is not None and named not in known else ""

    def _why_no_piece(self, number: int, hour: datetime, own: set[int]) -> str:
        article = self._articles.get(number)
        if article is None:
            return MISSING
        if article.withdrawn_at is not None:
            return GONE
        return "" if number in own or article.is_live(max(hour, self._now)) else NOT_YET

    def _why_no_issue(self, named: dict, hour: datetime, own: Issue) -> str:
        found = self._issues.get(str(named["edition"]))
        if found is None:
            return MISSING
        if "number" in named and named["number"] not in {page.number for page in found.pages.all()}:
            return MISSING
        out = found.pk == own.pk or found.is_live(max(hour, self._now))
        return "" if out else NOT_YET

    def _named(self, view: str, key: str) -> set:
        """Return what the links to one kind of page, or to what hangs on it, name."""
        beside = {"articles:article": "articles:attachment", "issues:issue": "issues:page"}
        views = (view, beside.get(view))
        found = [led for led in self._led.values() if not isinstance(led, str)]
        return {led.kwargs[key] for led in found if led.view_name in views}

    def _dated(self, editions: set) -> dict[str, Issue]:
        if not editions:
            return {}
        asked = reduce(or_, (Q(date=each.day, sequence=each.sequence) for each in editions))
        found = Issue.objects.filter(asked).select_related("release").prefetch_related("pages")
        return {issue.address: issue for issue in found}


def _existing(model, name: str, values: set) -> set:
    if not values:
        return set()
    return set(model.objects.filter(**{f"{name}__in": values}).values_list(name, flat=True))


def _led_to(path: str) -> ResolverMatch | str:
    """Return the page at a path of ours, or why a resident finds none."""
    if path.strip("/").split("/")[0] == settings.ADMIN_PATH:
        return DESK
    try:
        return resolve(path)
    except Resolver404:
        return MISSING
