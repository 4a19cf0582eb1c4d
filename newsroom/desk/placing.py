"""Many pieces onto a page of an issue at once: what articles know nothing of, for their list."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from articles.bulk import BulkVerb
from articles.models import Article
from issues import workflow
from issues.models import Page, Placement
from issues.wording import name_of
from newsroom.people.models import User


def places_of(articles) -> dict[int, str]:
    """Return where pieces stand in issues, by their keys, the latest issue first."""
    found = {}
    for placement in Placement.objects.of_articles(articles):
        page, issue = placement.page, placement.page.issue
        # Translators: a date format of Django's: month and day.
        called = issue.numbers or date_format(issue.date, _("j M"))
        told = _("{issue}, p. {page}").format(issue=called, page=page.number)
        found.setdefault(placement.article_id, []).append(told)
    return {key: "、".join(places) for key, places in found.items()}


class PageField(forms.ModelChoiceField):
    """The pages of the issues in planning, the next issue first."""

    def label_from_instance(self, page):
        """Return the issue and the page."""
        return f"{name_of(page.issue)} · {page}"


class PlaceForm(forms.Form):
    page = PageField(
        label=gettext_lazy("page"),
        queryset=Page.objects.none(),
        error_messages={"required": gettext_lazy("Choose a page.")},
        empty_label=gettext_lazy("choose"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = Page.objects.being_laid_out()


def _place(article: Article, user: User, data: dict) -> None:
    page = data["page"]
    workflow.place(page.issue, by=user, article=article, page=page.number)


PLACE = BulkVerb(
    "place",
    gettext_lazy("Place in an issue…"),
    _place,
    ngettext_lazy("Placed {n} piece", "Placed {n} pieces"),
    gettext_lazy("not placed"),
    PlaceForm,
)
