"""The shape of what is typed at the desk about the desk itself."""

from django import forms

from newsroom.desk.kinds import Choice, Kind, Rhythm


class NoticeSettingsForm(forms.Form):
    """A row for each kind of notice: shown in the desk or not, and how often it is mailed."""

    def __init__(self, chosen: dict[Kind, Choice], *args, **kwargs):
        """Take what holds now, a choice for each kind that is offered."""
        super().__init__(*args, **kwargs)
        self.kinds = list(chosen)
        for kind, choice in chosen.items():
            self.fields[f"{kind}_in_app"] = forms.BooleanField(
                required=False, initial=choice.in_app, label=kind.label
            )
            self.fields[f"{kind}_rhythm"] = forms.ChoiceField(
                choices=Rhythm.choices, initial=choice.rhythm, label=kind.label
            )

    def rows(self):
        """Return a kind with its two fields, one after the other."""
        return [(kind, self[f"{kind}_in_app"], self[f"{kind}_rhythm"]) for kind in self.kinds]

    def chosen(self) -> dict[Kind, Choice]:
        """Return what was chosen."""
        return {
            kind: Choice(
                self.cleaned_data[f"{kind}_in_app"], Rhythm(self.cleaned_data[f"{kind}_rhythm"])
            )
            for kind in self.kinds
        }
