"""The doors to the versions of a piece: all of them, two compared, and what editors changed."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles.admin.reading import told
from articles.admin.remarks import remarks_on
from articles.coaching import coached, handed_in
from articles.comparing import Place, places
from articles.models import Article, Version
from articles.permissions import may_edit, may_name_version, may_read_coaching
from articles.sealing import covered_by_draft, fingerprint
from articles.standing import with_reviews

NOW = "now"


class VersionDoors:
    """What an article's admin offers on its versions."""

    def get_urls(self):
        """Put the doors to versions before the others."""
        wrap = self.admin_site.admin_view
        own = [
            path(f"<number:number>/{page}/", wrap(view), name=f"articles_article_{page}")
            for page, view in (
                ("versions", self.versions),
                ("compare", self.compare),
                ("edited", self.edited),
            )
        ]
        return own + super().get_urls()

    def versions(self, request, number):
        """Show every version of the piece, with what may be done with it."""
        article = self._of(request, number)
        return self._page(request, "versions", article, listed(article, request.user))

    def compare(self, request, number):
        """Compare two versions of the piece, or a version with the working copy."""
        article = self._of(request, number)
        asked = (request.GET.get("from", ""), request.GET.get("to", ""))
        whole = request.GET.get("show") == "all"
        return self._page(request, "compare", article, compared(article, *asked, whole=whole))

    def edited(self, request, number):
        """Show an author what editors changed, once the piece is signed."""
        article = self._of(request, number)
        first = request.GET.get("since") == "first"
        return self._page(request, "edited", article, coaching(article, request.user, first=first))

    def _of(self, request, number) -> Article:
        seen = with_reviews(self.get_queryset(request)).select_related("sealed__section", "section")
        return get_object_or_404(seen, pk=number)

    def _page(self, request, page: str, article: Article, context: dict):
        request.current_app = self.admin_site.name
        context |= {
            **self.admin_site.each_context(request),
            "article": article,
            "back": reverse("admin:articles_article_change", args=[article.pk]),
            "opts": self.opts,
        } | context
        return TemplateResponse(request, f"articles/desk/{page}.html", context)


def listed(article: Article, user) -> dict:
    """Return every version of a piece, which of them the working copy equals, who may what."""
    versions = list(article.versions.in_lists().with_signatures())
    now = fingerprint(covered_by_draft(article))
    for version, before in zip(versions, [*versions, None][1:], strict=True):
        version.is_now = version.fingerprint == now
        version.growth = version.characters - before.characters if before else None
    return {
        "title": _("Versions: {title}").format(title=article.title),
        "versions": versions,
        "newest": versions[0] if versions else None,
        "unkept": not versions or not versions[0].is_now,
        "may_restore": may_edit(user, article),
        "may_name": may_name_version(user, article),
    }


def compared(article: Article, one: str, other: str, *, whole: bool = False) -> dict:
    """Return the comparison of two versions, named by number; ``now`` is the working copy."""
    versions = list(article.versions.in_lists())
    old, new = _chosen(versions, one, -1), _chosen(versions, other, None)
    bodies = Version.objects.keyed([each.pk for each in (old, new) if each]).whole().in_bulk()
    sides = [bodies[each.pk] if each else article for each in (old, new)]
    found = places(*(told(side) for side in sides))
    changes = [place for place in found if not place.same]
    return {
        "title": _("Compare: {title}").format(title=article.title),
        "versions": versions,
        "old": old,
        "new": new,
        "rows": rows(found, changes),
        "changes": changes,
        "whole": whole,
        "pictures": pictures_of(*sides),
    }


def rows(found: list[Place], changes: list[Place]) -> list[dict]:
    """Return the places as rows: changed ones numbered, and runs of others with their length."""
    made, number = [], 0
    for place in found:
        if not place.same:
            number += 1
            made.append({"place": place, "number": number})
        elif made and "same" in made[-1]:
            made[-1]["same"].append(place)
        else:
            made.append({"same": [place]})
    for row in made:
        if "same" in row:
            row["characters"] = sum(len(place.new) for place in row["same"])
    return made


def pictures_of(*sides) -> dict:
    """Return the photographs of versions or a working copy, by the digest of their file."""
    return {photo.digest: photo for side in sides for photo in side.photos.all() if photo.digest}


def _chosen(versions: list[Version], number: str, default: int | None) -> Version | None:
    """Return the version of a number; otherwise the oldest, or the working copy as None."""
    for version in versions:
        if str(version.number) == number:
            return version
    wants_default = number != NOW and default is not None and versions
    return versions[default] if wants_default else None


def coaching(article: Article, user, *, first: bool) -> dict:
    """Return what editors changed of a piece, with what reviewers said, as its author reads it."""
    verdict = may_read_coaching(user, article)
    context = {
        "title": _("What the editors changed: {title}").format(title=article.title),
        "refused": "" if verdict else verdict.reason,
    }
    found = coached(article, first=first) if verdict else None
    if found is None:
        return context
    again = handed_in(article, first=True) != handed_in(article)
    return context | {
        "found": found,
        "rows": rows(found.changes, found.changes),
        "first": first,
        "handed_in_again": again,
        "pictures": pictures_of(found.handed_in, found.signed),
        "remarks": [
            remark
            for remark in remarks_on(article, user)
            if remark.is_sent and not remark.comment.inside and not remark.mine
        ],
    }
