"""Many pieces onto a page of an issue at once: what articles know nothing of, for their list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles.bulk import BulkVerb
from articles.models import Article
from issues import workflow
from issues.models import Page
from issues.wording import name_of
from newsroom.people.models import User


class PageField(forms.ModelChoiceField):
    """The pages of the issues in planning, the next issue first."""

    def label_from_instance(self, page):
        """Return the issue and the page."""
        return f"{name_of(page.issue)} · {page}"


class PlaceForm(forms.Form):
    page = PageField(
        label=_("page"),
        queryset=Page.objects.none(),
        error_messages={"required": _("Choose a page.")},
        empty_label=_("choose"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = Page.objects.being_laid_out()


def _place(article: Article, user: User, data: dict) -> None:
    page = data["page"]
    workflow.place(page.issue, by=user, article=article, page=page.number)


PLACE = BulkVerb(
    "place",
    _("Place in an issue…"),
    _place,
    ngettext_lazy("Placed {n} piece", "Placed {n} pieces"),
    _("not placed"),
    PlaceForm,
)
