"""The shape of a photograph in a piece: its file, its printed words, the facts of its shot.

The words belong to this use of the picture, the facts to the picture itself, wherever it stands.
"""

import json
from copy import deepcopy
from functools import cached_property

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms import InOrder
from articles.library_forms import FactsForm
from articles.models import Photo, Picture, Upload, VersionPhoto
from articles.permissions import handles_all, may_read_consent
from articles.typed import rows_of
from articles.video_links import LONGEST as LONGEST_LINK
from articles.workflow import uploading
from newsroom.people.verdicts import RefusalError

TELLING = ("taken", "caption", "alternative_text", "credit", "photographer", "video_url")
FACTS = FactsForm.Meta.fields
# Formats by name: of these an iPhone makes a JPEG of what it keeps as HEIC.
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/gif"
USUAL_RIGHTS = (
    "本报拍摄",
    "通讯员供图，授权本报使用",
    "单位供图，授权本报使用",
    "资料图片",
    "新华社供图",
)


def credited(name: str) -> str:
    """Return who took a photograph as newspapers print it."""
    return f"{name} 摄"


def as_text(value) -> str:
    """Return a fact as the form's page keeps it: a date in ISO form, a tick as 1."""
    if value in (None, "", False):
        return ""
    return "1" if value is True else value if isinstance(value, str) else value.isoformat()


def facts_of(picture: Picture | None, *names: str) -> dict[str, str]:
    """Return the facts of a picture as texts, by their names."""
    return {name: as_text(getattr(picture, name, "")) for name in names or FACTS}


def _share_of(label) -> forms.FloatField:
    slider = forms.NumberInput(attrs={"type": "range", "step": "0.01"})
    return forms.FloatField(
        label=label, min_value=0, max_value=1, required=False, initial=0.5, widget=slider
    )


class PhotoForm(forms.ModelForm):
    """One photograph: its file when it is new, its words, its place, and what is known of it.

    A file that a script has brought, or the door has taken, comes as the key of its upload.
    """

    upload = forms.FileField(
        label=gettext_lazy("picture file"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, WebP, AVIF or GIF, up to 40 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    focal_x = _share_of(gettext_lazy("focus, left to right"))
    focal_y = _share_of(gettext_lazy("focus, top to bottom"))
    taken = forms.UUIDField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    facts_read = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    class Meta:
        model = Photo
        fields = (
            "caption", "alternative_text", "photographer", "credit", "video_url",
            "focal_x", "focal_y", "position",
        )  # fmt: skip
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "alternative_text": forms.Textarea(attrs={"rows": 2}),
            "video_url": forms.TextInput(attrs={"inputmode": "url", "maxlength": LONGEST_LINK}),
            "position": forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
        }

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.brought: Upload | None = None
        self.picture: Picture | None = None
        self.fields.update({name: deepcopy(FactsForm.base_fields[name]) for name in FACTS})

    def has_changed(self):
        """Count a new row once it has a file or a word; a focus in the middle says nothing."""
        if self.instance.pk is None and self.is_bound:
            return bool(self.files.get(self.add_prefix("upload"))) or any(
                self.data.get(self.add_prefix(name), "").strip() for name in TELLING
            )
        return super().has_changed()

    def know(self, brought: Upload | None, picture: Picture | None, is_settled: bool) -> None:
        """Take what is known of its file: the upload it names, and the picture it shows.

        Where residents see it already its facts are settled for who is no editor.
        """
        self.brought, self.picture, self.is_settled = brought, picture, is_settled
        hidden = FACTS if is_settled else ()
        if picture is not None and not may_read_consent(self.user, picture):
            hidden = {*hidden, "consent"}
        for name in hidden:
            del self.fields[name]
        if picture is not None:
            self.initial.update({name: getattr(picture, name) for name in FACTS})

    @property
    def shown(self) -> Photo:
        """What its row shows: the picture it was given last."""
        if self.brought is None or self.picture is None:
            return self.instance
        return Photo.of(self.picture, alternative_text=self["alternative_text"].value() or "")

    @property
    def photo_number(self) -> int | str:
        """The number by which the text names it, also before it is saved."""
        return self.instance.pk or (self.brought.number if self.brought else "")

    # The file

    def clean_upload(self):
        """Take a file that came with the form, so that a refusal stands at the field."""
        sent = self.cleaned_data.get("upload")
        if sent:
            try:
                article = self.instance.article if self.instance.article_id else None
                self.brought = uploading.take_at_once(
                    sent.read(), article, by=self.user, name=sent.name
                )
            except RefusalError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
            self.picture = Picture.objects.get(digest=self.brought.digest)
        return sent

    def clean_focal_x(self):
        """Leave the point where it is unless it was moved."""
        return self._focus("focal_x")

    def clean_focal_y(self):
        """Leave the point where it is unless it was moved."""
        return self._focus("focal_y")

    def _focus(self, name: str) -> float:
        typed = self.cleaned_data.get(name)
        return getattr(self.instance, name) if typed is None else typed

    def clean_photographer(self):
        """Leave who took it where a form does not say; an old page knows no such field."""
        if self.add_prefix("photographer") not in self.data:
            return self.instance.photographer
        return self.cleaned_data["photographer"]

    def clean(self):
        """Ask for the file again where it is gone, propose the credit, guard the facts."""
        cleaned = super().clean()
        if cleaned.get("taken") and self.brought is None:
            self.add_error("upload", _("This photo is not here any more. Choose it once more."))
        photographer = cleaned.get("photographer")
        if photographer and not cleaned.get("credit") and "credit" not in self.errors:
            cleaned["credit"] = credited(photographer.name)
        self._guard_facts(cleaned)
        return cleaned

    def save(self, commit=True):
        """Put the picture on the row, under the number its upload has kept for it."""
        if self.brought and self.picture:
            self.instance.digest = self.picture.digest
            self.instance.width, self.instance.height = self.picture.width, self.picture.height
            self.instance.widths = self.picture.widths
            if self.instance.pk is None:
                self.instance.pk = self._free_number()
        return super().save(commit)

    def _free_number(self) -> int | None:
        """Return the number kept for it, unless a photograph of another piece has it by now."""
        others = Photo.objects.filter(pk=self.brought.number).exclude(
            article=self.instance.article_id
        )
        return None if others.exists() else self.brought.number

    # The facts

    @cached_property
    def _read(self) -> dict[str, str] | None:
        """The facts as the page showed them when typing began; None for a page without."""
        try:
            told = json.loads(self.data.get(self.add_prefix("facts_read")) or "null")
        except (ValueError, RecursionError):
            return None
        return {name: str(told.get(name, "")) for name in FACTS} if isinstance(told, dict) else None

    @property
    def facts_told(self) -> str:
        """The facts the page shows, for it to bring back, so that only what changed is written."""
        now = facts_of(self.picture, *(name for name in FACTS if name in self.fields))
        if self.is_bound and self._read is not None:
            now |= {name: self._read[name] for name in now if name not in self.errors}
        return json.dumps(now, ensure_ascii=False)

    def facts_changed(self) -> dict:
        """Return the facts somebody has changed, as they are stored."""
        if self._read is None or self.picture is None:
            return {}
        return {
            name: self.cleaned_data[name]
            for name in FACTS
            if name in self.fields
            and name in self.cleaned_data
            and as_text(self.cleaned_data[name]) != self._read[name]
        }

    def _guard_facts(self, cleaned: dict) -> None:
        """Refuse to overwrite a fact that somebody else has stated meanwhile."""
        for name, value in self.facts_changed().items():
            now = as_text(getattr(self.picture, name))
            if now not in (self._read[name], as_text(value)):
                said = _("Somebody else wrote “{value}” here meanwhile. Save again to use yours.")
                self.add_error(name, said.format(value=now))


class PhotoRows(InOrder):
    """The photographs of a piece; what is known of all their files takes two statements."""

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        self._people: list | None = None
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index):
        """Tell each row who types."""
        return {**super().get_form_kwargs(index), "user": self.user}

    def add_fields(self, form, index):
        """Tell each row what is known of its file."""
        super().add_fields(form, index)
        brought = self._uploads.get(self.data.get(f"{form.prefix}-taken"))
        digest = brought.digest if brought else form.instance.digest
        form.know(brought, self._pictures.get(digest), digest in self._settled)
        self._share_people(form.fields["photographer"])

    def _share_people(self, field: forms.ModelChoiceField) -> None:
        """Ask once for whom a plain list offers; a list that asks while one types offers nobody."""
        if isinstance(field.widget, AutocompleteSelect):
            return
        if self._people is None:
            self._people = list(field.choices)
        field.widget.choices = self._people

    @cached_property
    def _uploads(self) -> dict[str, Upload]:
        rows = rows_of(self.data, self.prefix) if self.is_bound and self.user else []
        keys = [self.data.get(f"{start}taken", "") for _at, start in rows]
        return Upload.objects.of(self.user).taken().named_by(keys)

    @cached_property
    def _settled(self) -> set[str]:
        """The pictures, by digest, whose facts only editors change: those residents see."""
        if self.user is None or handles_all(self.user) or not self._pictures:
            return set()
        return VersionPhoto.objects.live().digests_among(self._pictures)

    @cached_property
    def _pictures(self) -> dict[str, Picture]:
        digests = {each.digest for each in self._uploads.values()}
        digests |= {photo.digest for photo in self.get_queryset()} - {""}
        return Picture.objects.by_digest(digests) if digests else {}
