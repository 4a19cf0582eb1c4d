"""The shape of what is chosen of the dry run: what each check does, as far as there is a choice."""

from django import forms

from issues.dryrun.table import CHECKS


class RulesForm(forms.Form):
    """A choice for each check; those that always stop an issue offer none and stand elsewhere."""

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        for check in CHECKS.values():
            if check.fixed:
                continue
            self.fields[check.code] = forms.ChoiceField(
                label=check.label,
                choices=[(level.value, level.label) for level in check.choices],
                initial=check.level(chosen),
                widget=forms.RadioSelect,
            )
