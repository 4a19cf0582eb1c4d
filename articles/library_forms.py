"""The shape of what is typed in the library: the facts of a picture, the piece it goes into."""

from django import forms

from articles.models import Picture


class FactsForm(forms.ModelForm):
    """What is known of a shot, wherever it stands; ``read`` says what somebody began from."""

    read = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    class Meta:
        model = Picture
        fields = ("taken_on", "place", "rights", "shows_minors", "consent")
        widgets = {
            "taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "rights": forms.TextInput(attrs={"list": "usual-rights"}),
            "consent": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["read"] = self.instance.facts_mark

    def typed(self) -> dict:
        """Return the facts as they were typed."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PieceForm(forms.Form):
    """Which piece a picture goes into."""

    piece = forms.IntegerField(min_value=1, max_value=2**63 - 1)
