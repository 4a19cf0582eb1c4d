"""The checklist beside the form: of what is saved, and of what is being typed; nothing is kept."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from articles import permissions
from articles.checklist import Attached, Picture, Words, checked
from articles.kinds import ANY_KIND, Kind
from articles.markup import LONGEST_TEXT, sanitise
from articles.models import Article, ChecklistRule, Upload
from articles.readiness import SavedWords, next_step
from articles.typed import number_of, rows_of
from newsroom.people.permissions import works_in_newsroom

WRITTEN = ("headline", "summary", "source", "unit_head")
PLACES = (*WRITTEN, "body", "section")


class CheckDoors:
    """Two doors that answer what a form holds at the moment: of a piece, and of a new one."""

    def get_urls(self):
        """Put the doors of the checklist before the others."""
        wrap = self.admin_site.admin_view
        return [
            path("add/check/", wrap(self.check_new), name="articles_article_check_new"),
            path("<int:number>/check/", wrap(self.check_piece), name="articles_article_check"),
            *super().get_urls(),
        ]

    def check_piece(self, request, number):
        """Answer the checklist of what stands in the form of a piece, to whoever may see it."""
        article = get_object_or_404(self.get_queryset(request), pk=number)
        return require_POST(self._check)(request, article)

    def check_new(self, request):
        """Answer the checklist of what stands in the form of a piece that is not saved yet."""
        verdict = permissions.may_file(request.user)
        if not verdict:
            raise PermissionDenied(verdict.reason)
        return require_POST(self._check)(request, None)

    def _check(self, request, article):
        context = self.checklist(request, article)
        return TemplateResponse(request, "articles/desk/_checks.html", context)

    def checklist(self, request, article: Article | None) -> dict:
        """Return what the checklist shows: of what was posted, otherwise of what is saved."""
        if request.method == "POST":
            words = typed_words(request.POST, article, request.user)
        else:
            begun = self.get_changeform_initial_data(request)
            words = SavedWords(article) if article else _begun(begun, request.user)
        fieldsets = self.get_fieldsets(request, article)
        offered = {name for _title, options in fieldsets for name in options["fields"]}
        return {
            **_checked(words, article),
            "out_of_reach": {f"id_{name}" for name in PLACES if name not in offered},
            "check_at": reverse("admin:articles_article_check", args=[article.pk])
            if article
            else reverse("admin:articles_article_check_new"),
        }


def checklist_to_read(article: Article) -> dict:
    """Return what the checklist shows to whoever reads a piece under review."""
    if article.status != Article.Status.IN_REVIEW:
        return {}
    return _checked(SavedWords(article), article)


def _checked(words, article: Article | None) -> dict:
    chosen = ChecklistRule.objects.chosen()
    return {"checklist": checked(words, chosen, before=next_step(article))}


def _blank(user) -> Words:
    return Words(from_outside=not works_in_newsroom(user))


def _begun(initial: dict, user) -> Words:
    """Return the words a new form opens with: of a template, and its writer's own name."""
    own = getattr(user, "correspondent", None)
    return replace(
        _blank(user),
        kind=initial.get("kind", Kind.NEWS),
        headline=initial.get("headline", ""),
        body=initial.get("body", ""),
        has_section=bool(initial.get("section")),
        names=(own.name,) if own else (),
    )


def typed_words(posted, article: Article | None, user) -> Words:
    """Return the words of a form; what it has no field for is taken from the piece as saved."""
    saved = SavedWords(article) if article else _blank(user)
    kind = posted.get("kind", saved.kind)
    section = posted.get("section")
    body = posted.get("body")
    return Words(
        kind=kind if kind in dict(ANY_KIND) else saved.kind,
        body=saved.body if body is None else sanitise(body[:LONGEST_TEXT]),
        has_section=saved.has_section if section is None else bool(section.strip()),
        from_outside=saved.from_outside,
        names=tuple(_names(posted)),
        pictures=tuple(_pictures(posted, saved.pictures, user)),
        attachments=tuple(_attachments(posted)),
        gaps=saved.gaps,
        **{name: posted.get(name, getattr(saved, name)) for name in WRITTEN},
    )


def _rows(posted, prefix: str):
    """Yield the rows of a formset that stay, each as its number and a way to ask for a field."""
    for row, start in rows_of(posted, prefix):
        if not posted.get(f"{start}DELETE"):
            yield row, lambda name, start=start: posted.get(f"{start}{name}", "")


def _names(posted):
    """Yield what names somebody, as typed or as the key of a correspondent."""
    for _row, typed in _rows(posted, "bylines"):
        if named := typed("name").strip() or typed("correspondent"):
            yield named


def _attachments(posted):
    """Yield the attached files of a form: saved ones, and new ones whose file has been chosen."""
    for row, typed in _rows(posted, "attachments"):
        if typed("id") or typed("upload") or typed("title"):
            yield Attached(typed("title"), row)


def _pictures(posted, saved, user):
    """Yield the photographs of a form: saved ones, and new ones whose file has been chosen."""
    known = {str(picture.number): picture for picture in saved}
    keys = [typed("taken") for _row, typed in _rows(posted, "photos")]
    brought = Upload.objects.of(user).taken().named_by(keys)
    for row, typed in _rows(posted, "photos"):
        former = known.get(typed("id"))
        words = {name: typed(name) for name in ("caption", "credit", "alternative_text")}
        sent = bool(typed("upload") or typed("taken"))
        if former or sent or any(words.values()):
            yield Picture(
                **words,
                is_there=sent or bool(former and former.is_there),
                number=former.number if former else number_of(typed("number")) or None,
                row=row,
                digest=getattr(brought.get(typed("taken"), former), "digest", ""),
                **_minors(typed, former),
            )


def _minors(typed, former) -> dict[str, bool]:
    """Return whether minors are shown and somebody agreed, as typed or as is known already."""
    if typed("facts_read"):
        consent = typed("consent").strip() or (former and former.has_consent)
        return {"shows_minors": bool(typed("shows_minors")), "has_consent": bool(consent)}
    known = former or Picture()
    return {"shows_minors": known.shows_minors, "has_consent": known.has_consent}
