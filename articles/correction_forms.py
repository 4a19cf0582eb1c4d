"""The shape of what is typed about a correction: its words, and what its verbs want to know."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CorrectionForm(forms.Form):
    """The wrong words and the right ones, and where the wrong ones were printed."""

    wrong = forms.CharField(label=_("Wrong"), required=False, max_length=300)
    right = forms.CharField(label=_("Right"), required=False, max_length=300)
    printed_where = forms.CharField(
        label=_("Printed in"),
        required=False,
        max_length=120,
        help_text=_("Issue and page. Empty: it stood on the website only."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class ReturnCorrectionForm(forms.Form):
    """What to change in a correction."""

    note = forms.CharField(
        label=_("What should be changed"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DropCorrectionForm(forms.Form):
    """Why a correction is not needed."""

    note = forms.CharField(
        label=_("Why it is not needed"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
