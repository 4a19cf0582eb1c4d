"""The shape of what is typed about a piece beside it: comments, answers, names of versions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SayForm(forms.Form):
    """What somebody has to say of the whole piece or of one paragraph, and who reads it."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    paragraph = forms.TypedChoiceField(
        label=_("About"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label=_("What you want to say"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "data-mentions": ""}),
        help_text=_("@ and a name tells a colleague."),
    )
    readers = forms.ChoiceField(label=_("Who reads it"), required=False, widget=forms.RadioSelect)


class CommentChoice(forms.Form):
    """Which comment."""

    comment = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(CommentChoice):
    """What somebody answers to a comment."""

    note = forms.CharField(
        label=pgettext_lazy("a comment", "Answer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-mentions": ""}),
    )


class VersionChoice(forms.Form):
    """Which version, and the revision that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class VersionNameForm(forms.Form):
    """Which version, and what it is called."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), required=False, max_length=40)


class KeepVersionForm(forms.Form):
    """What the present text is called as a version."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), required=False, max_length=40)
