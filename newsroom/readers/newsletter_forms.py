"""The shape of what a reader types to get the newsletter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.readers import stamps

PURPOSE = "newsletter"


class SignUpForm(forms.Form):
    """An address, a stamp, and a field that only scripts fill in."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("This is no e-mail address. One looks like name@example.cn."),
        },
    )
    website = forms.CharField(required=False, max_length=200)
    stamp = forms.CharField(required=False, max_length=stamps.LONGEST_TEXT)

    @property
    def was_filled_in_by_a_script(self) -> bool:
        """Whether something stands in the field that nobody sees."""
        return bool(self.data.get("website"))

    def clean(self):
        """Ask for the button once more where the form came back too fast, or is too old."""
        cleaned = super().clean()
        stamp = stamps.read(PURPOSE, self.data.get("stamp", ""))
        good = stamp is not None and not stamp.is_early and not stamp.is_late
        if not good and not self.errors:
            raise forms.ValidationError(_("Please press the button once more."), code="stamp")
        return cleaned
