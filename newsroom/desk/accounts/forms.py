"""The shape of what is typed about accounts: an invitation, its acceptance, a leaving."""

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm, UsernameField
from django.utils.translation import gettext_lazy as _

from articles.models import Correspondent
from newsroom.desk.inviting import may_be_sent
from newsroom.desk.leaving import Holdings
from newsroom.desk.models import Invitation
from newsroom.people.models import User
from newsroom.people.permissions import may_administer
from newsroom.people.roles import Role


class InvitationForm(forms.ModelForm):
    """Whom to invite, to what; ``inviter`` says which roles are offered."""

    inviter: User

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Invitation
        fields = ["name", "email", "unit", "roles", "correspondent", "makes_correspondent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "correspondent" not in self.fields:  # shown, not asked
            return
        self.fields["correspondent"].queryset = Correspondent.objects.without_account()
        if not may_administer(self.inviter):
            role = Role.CORRESPONDENT
            self.fields["roles"].choices = [(role.value, role.label)]
            self.initial.setdefault("roles", [role.value])

    def clean(self):
        """Ask at once what the verb will ask."""
        typed = super().clean()
        told = ("roles", "email", "correspondent")
        meant = Invitation(**{name: typed[name] for name in told if name in typed})
        verdict = may_be_sent(self.inviter, meant)
        if not verdict:
            raise forms.ValidationError(verdict.reason)
        return typed


class AcceptanceForm(BaseUserCreationForm):
    """What somebody invited chooses: how they log in, and how their name is written."""

    class Meta:
        model = User
        fields = ["username", "name"]
        field_classes = {"username": UsernameField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = ""
        self.fields["username"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
        }
        self.fields["password2"].help_text = ""


class LeavingForm(forms.Form):
    """Why somebody leaves, and who goes on with each of their pieces."""

    reason = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args, person: User, holdings: Holdings, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.who_write().exclude(pk=person.pk)
        if holdings.unfinished:
            self.fields["keeper"] = forms.ModelChoiceField(
                colleagues, label=_("Who goes on with the pieces"), required=False
            )
        for article in holdings.unfinished:
            self.fields[f"keeper-{article.pk}"] = forms.ModelChoiceField(
                colleagues, label=article.title, required=False, empty_label=_("as above")
            )

    def keeper_of(self, article) -> User | None:
        """Return whom the administrator chose for a piece."""
        typed = self.cleaned_data
        return typed.get(f"keeper-{article.pk}") or typed.get("keeper")

    @property
    def per_piece(self):
        """The choices for single pieces."""
        return [self[name] for name in self.fields if name.startswith("keeper-")]
