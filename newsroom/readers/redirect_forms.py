"""The shape of what is typed about old addresses: one of them, a table, the pages of an issue."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.readers.old_addresses import LONGEST


class RedirectForm(forms.Form):
    """An old address, and where it leads."""

    address = forms.CharField(
        label=_("old address"),
        max_length=2 * LONGEST,
        help_text=_("For instance /html/2023-12/08/content_123.htm?div=-1; capitals don't count."),
    )
    target = forms.CharField(
        label=_("leads to"),
        max_length=300,
        help_text=_(
            "An address of ours such as /articles/123/, an article's number, an issue's date"
            " 2023-12-08, or 2023-12-08/2 for a page of it."
        ),
    )
    note = forms.CharField(label=_("note"), max_length=200, required=False)


class TableForm(forms.Form):
    """A table of old addresses."""

    file = forms.FileField(
        label=_("CSV or Excel file"),
        help_text=_(
            "One row for each address: the old one, where it leads, a note if you like. Up to"
            " 100,000 rows, 20 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )


class ColumnsForm(forms.Form):
    """Which columns of a table hold what."""

    has_heading = forms.BooleanField(label=_("the first row is a heading"), required=False)
    old_column = forms.TypedChoiceField(label=_("column of old addresses"), coerce=int)
    target_column = forms.TypedChoiceField(label=_("column of where they lead"), coerce=int)
    note_column = forms.TypedChoiceField(
        label=_("column of notes"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args, heading: list[str], **kwargs):
        """Offer the columns by what stands at their head."""
        super().__init__(*args, **kwargs)
        columns = [(n, f"{chr(65 + n)}\u3000{cell[:20]}") for n, cell in enumerate(heading[:26])]
        for name in ("old_column", "target_column"):
            self.fields[name].choices = columns
        self.fields["note_column"].choices = [("", "–"), *columns]


class PagesForm(forms.Form):
    """The pages of an issue as e-papers number them."""

    edition = forms.CharField(
        label=_("issue"), max_length=20, help_text=_("Its date, such as 2023-12-08.")
    )
    before = forms.CharField(
        label=_("what stands before the date"),
        max_length=100,
        initial="/html/",
        help_text=_("As in /html/2023-12/08/node_1.htm."),
    )
