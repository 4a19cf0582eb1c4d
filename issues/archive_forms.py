"""The shape of an archive that is brought to the desk."""

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _


class ArchiveForm(forms.Form):
    """An archive of an issue, as a file."""

    file = forms.FileField(
        label=_("archive of an issue"),
        help_text=_(
            "A .zip file, as “Take the archive” gives it. Larger than 200 MB: import_issue."
        ),
        validators=[FileExtensionValidator(["zip"], _("Choose a .zip file."))],
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )
