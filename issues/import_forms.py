"""The shape of what is typed about a raw edition: the file itself, and the mends of a proposal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.kinds import Credit as Deed
from articles.kinds import Kind
from issues.reading import UnreadableEditionError, decode
from issues.reading.decoding import MAX_BYTES


class UploadForm(forms.Form):
    """A raw edition: a file or pasted text, and the issue it is of."""

    file = forms.FileField(
        label=_("text file"),
        required=False,
        help_text=_("Plain text in UTF-8, UTF-16 or GB18030, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    pasted = forms.CharField(
        label=_("or paste the text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    date = forms.DateField(
        label=_("date of the issue"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    sequence = forms.IntegerField(
        label=_("sequence on that date"), min_value=1, max_value=99, initial=1
    )
    number = forms.IntegerField(
        label=_("running number"), min_value=1, max_value=999_999, required=False
    )

    def clean(self):
        """Decode the file, or take the pasted text; refuse both at once and neither."""
        data = super().clean()
        upload, pasted = data.get("file"), data.get("pasted", "")
        if "file" in self.errors:
            return data
        if bool(upload) == bool(pasted.strip()):
            raise forms.ValidationError(_("Choose a file or paste the text, one of the two."))
        try:
            data["text"] = decode(upload.read(MAX_BYTES + 1) if upload else pasted.encode())
        except UnreadableEditionError as problem:
            self.add_error("file" if upload else "pasted", str(problem))
        data["file_name"] = upload.name if upload else ""
        return data


class SeenForm(forms.Form):
    """The revision of a proposal that somebody was looking at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ConfirmForm(SeenForm):
    """What to do with names nobody here is called."""

    create_correspondents = forms.BooleanField(
        label=_("make correspondents of unknown names"), required=False
    )


class MendForm(SeenForm):
    """A mend of a piece, counted from 0."""

    at = forms.IntegerField(min_value=0)


class ChoiceForm(MendForm):
    """Another reading of the titles."""

    choice = forms.IntegerField(min_value=0)


class MoveForm(MendForm):
    """A title part and where it goes, written origin-target: one button says both."""

    way = forms.RegexField(r"^[a-z_]+-[a-z_]+$")

    def clean(self):
        """Take the two apart."""
        data = super().clean()
        if "way" in data:
            data["origin"], data["target"] = data.pop("way").split("-")
        return data


class WordsForm(MendForm):
    """Titles by hand."""

    column_label = forms.CharField(label=_("column label"), max_length=60, required=False)
    kicker = forms.CharField(label=_("kicker"), max_length=120, required=False)
    headline = forms.CharField(label=_("headline"), max_length=120, required=False)
    deck = forms.CharField(label=_("deck"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=Kind)
    page = forms.IntegerField(label=_("page"), min_value=1, max_value=999)


class SplitForm(MendForm):
    """The paragraph before which a piece is cut."""

    paragraph = forms.IntegerField(min_value=1)


class PersonForm(MendForm):
    """A name, a role, a deed; ``was`` is the name as it stood."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)
    role = forms.CharField(label=_("role"), max_length=30, required=False)
    name = forms.CharField(label=_("printed name"), max_length=40, required=False)
    did = forms.ChoiceField(label=_("did"), choices=Deed)


class DecideForm(MendForm):
    """Whom a printed name means, written pk:name: one button says both."""

    meaning = forms.RegexField(r"^-?\d{1,18}:.+$")

    def clean(self):
        """Take the two apart."""
        data = super().clean()
        if "meaning" in data:
            key, name = data.pop("meaning").split(":", 1)
            data["name"], data["correspondent"] = name, int(key)
        return data


MEND_FORMS = {
    "choose": ChoiceForm,
    "move": MoveForm,
    "words": WordsForm,
    "split": SplitForm,
    "merge": MendForm,
    "person": PersonForm,
    "decide": DecideForm,
    "leave_out": MendForm,
    "take_in": MendForm,
}
