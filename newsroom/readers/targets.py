"""Where an old address may lead: what somebody wrote, and what of ours it names.

Many are looked up at once, so that a file of a hundred thousand costs a few statements.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles.models import Article, Section
from issues.addresses import Edition
from issues.models import Issue, Page

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_EDITION = re.compile(r"([1-9]\d{3}-\d\d-\d\d)(?:-([2-9]|[1-9]\d))?(?:/([1-9]\d{0,2}))?/?")
_ARTICLE = re.compile(r"/articles/([1-9][0-9]{0,17})/?")
_DATED = re.compile(r"/issues/(?=\d{4}-)")
_PATH = re.compile(r"/(?:[0-9a-z][0-9a-z/_-]*/)?")


class UnknownTargetError(ValueError):
    """Nothing of ours is meant; the message is a sentence."""


class Wanted(NamedTuple):
    """What was written, taken apart: one of the four, as in a redirect."""

    article: int | None = None
    issue: Edition | None = None
    page: int | None = None
    section: str = ""
    path: str = ""

    @property
    def address(self) -> str:
        """The address of ours that is meant, whether or not anything stands there."""
        if self.article:
            return f"/articles/{self.article}/"
        if self.issue:
            return f"/issues/{self.issue}/" + (f"{self.page}/" if self.page else "")
        return f"/sections/{self.section}/" if self.section else self.path


class Target(NamedTuple):
    """What of ours an address leads to: the fields of a redirect."""

    article_id: int | None = None
    issue_id: int | None = None
    page_number: int | None = None
    section_id: int | None = None
    path: str = ""


def read(text: str) -> Wanted:
    """Return what somebody means: an address of ours, an issue's date, an article's number.

    ``2023-12-08/2`` is page 2 of that day's issue. Raises UnknownTargetError.
    """
    text = text.strip()
    if settings.SITE_URL and text.startswith(f"{settings.SITE_URL}/"):
        text = text.removeprefix(settings.SITE_URL)
    if _NUMBER.fullmatch(text):
        return Wanted(article=int(text))
    if found := _ARTICLE.fullmatch(text):
        return Wanted(article=int(found[1]))
    if found := _EDITION.fullmatch(_DATED.sub("", text)):
        return _edition(found)
    return _page_of_ours(text)


def _edition(found: re.Match) -> Wanted:
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        raise UnknownTargetError(_("There is no such day: {day}.").format(day=found[1])) from None
    return Wanted(issue=Edition(day, int(found[2] or 1)), page=int(found[3]) if found[3] else None)


@lru_cache(maxsize=1024)
def _page_of_ours(text: str) -> Wanted:
    path = unquote(text) if text.endswith("/") else f"{unquote(text)}/"
    try:
        match = resolve(path) if text and _PATH.fullmatch(path) else None
    except Resolver404:
        match = None
    if match is None or not hasattr(match.func, "as_of"):
        raise UnknownTargetError(
            _("This leads to no page of this site: {text}").format(text=text[:80] or "–")
        )
    if match.view_name == "articles:section":
        return Wanted(section=match.kwargs["slug"])
    return Wanted(path=path)


class Known:
    """What of ours is there, of all that some lines want: three statements at most."""

    def __init__(self, wanted: Iterable[Wanted]):
        """Look everything up at once."""
        wanted = set(wanted)
        articles = [each.article for each in wanted if each.article]
        self.articles = set(Article.objects.with_keys(articles).values_list("pk", flat=True))
        self.issues = self._issues({each.issue for each in wanted if each.issue})
        pages = Page.objects.of_issues(list(self.issues.values())) if self.issues else ()
        self.pages = {(page.issue_id, page.number) for page in pages}
        slugs = [each.section for each in wanted if each.section]
        found = Section.objects.filter(slug__in=slugs) if slugs else ()
        self.sections = {each.slug: each.pk for each in found}

    def _issues(self, editions: set[Edition]) -> dict[Edition, int]:
        if not editions:
            return {}
        days = {edition.day for edition in editions}
        found = Issue.objects.not_cancelled().filter(date__in=days)
        return {
            Edition(day, sequence): pk
            for day, sequence, pk in found.values_list("date", "sequence", "pk")
        }

    def target(self, wanted: Wanted) -> Target:
        """Return what a redirect is to hold; raises UnknownTargetError where it is not there."""
        if wanted.article:
            if wanted.article not in self.articles:
                raise UnknownTargetError(
                    _("There is no piece of number {number}.").format(number=wanted.article)
                )
            return Target(article_id=wanted.article)
        if wanted.issue:
            return self._issue(wanted)
        if wanted.section:
            if wanted.section not in self.sections:
                raise UnknownTargetError(
                    _("There is no section at the address {slug}.").format(slug=wanted.section)
                )
            return Target(section_id=self.sections[wanted.section])
        return Target(path=wanted.path)

    def _issue(self, wanted: Wanted) -> Target:
        issue = self.issues.get(wanted.issue)
        if issue is None:
            raise UnknownTargetError(_("There is no issue {issue}.").format(issue=wanted.issue))
        if wanted.page and (issue, wanted.page) not in self.pages:
            raise UnknownTargetError(
                _("Issue {issue} has no page {page}.").format(issue=wanted.issue, page=wanted.page)
            )
        return Target(issue_id=issue, page_number=wanted.page)
