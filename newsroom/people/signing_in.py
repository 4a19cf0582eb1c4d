"""The forms of signing in: user name and password, and the code of a second factor."""

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.people.access import AccountEvent
from newsroom.people.adapters import record


class SignInForm(LoginForm):
    """User name or e-mail address, and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("User name or e-mail"), _("Password")
        login.widget = forms.TextInput(
            attrs={
                "autocomplete": "username webauthn",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        login.widget.is_required = True
        password.help_text = ""
        password.widget.attrs.pop("placeholder", None)
        self.fields["remember"].label = _("This is my own device: stay logged in")

    def add_prefix(self, field_name):
        """Name the field as browsers and password keepers know it."""
        return "username" if field_name == "login" else super().add_prefix(field_name)


class CodeForm(AuthenticateForm):
    """Six digits of an authenticator app, or a recovery code."""

    def _emit_authentication_failed(self, authenticator):
        record(context.request, AccountEvent.Kind.CODE_FAILED, self.user)
