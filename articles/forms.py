"""The shape of what is typed in the desk: the piece itself, and what a verb wants to know."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from articles.attaching import LARGEST_FILE, UnusableFileError, examine
from articles.checklist import CHECKS
from articles.kinds import Kind
from articles.markup import LONGEST_TEXT
from articles.models import Article, Attachment, Byline
from articles.prose import EXTENSIONS, BodyWidget
from newsroom.people.models import User
from newsroom.people.roles import SIGNERS

USUAL_ROLES = ("通讯员", "记者", "本报记者", "文/图", "摄", "供图", "编辑")


class ArticleForm(forms.ModelForm):
    """A piece as its writers and editors fill it in.

    ``read_revision`` is the revision somebody began to type from; the door compares it.
    """

    # A page or a topic, as its door says; a form of news offers the kinds of news alone.
    lasting = ""
    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = ProseEditorFormField(
        label=_("text"),
        required=False,
        max_length=LONGEST_TEXT,
        config={"extensions": EXTENSIONS},
        preset="configurable",
        widget=BodyWidget,
    )

    class Meta:
        model = Article
        fields = ()
        widgets = {
            "kicker": forms.TextInput(attrs={"class": "f-kicker", "data-count": ""}),
            "headline": forms.TextInput(attrs={"class": "f-head", "data-count": "15-23"}),
            "deck": forms.TextInput(attrs={"class": "f-deck", "data-count": ""}),
            "summary": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["read_revision"] = self.instance.revision
        self.is_stale = False
        if self.lasting and self.instance.pk is None:
            self.instance.kind = self.lasting
        if "kind" in self.fields:
            self.fields["kind"].choices = Kind.choices
        if "slug" in self.fields:
            self.fields["slug"].required = True
            self.fields["slug"].disabled = self.instance.address_stays
            self.fields["headline"].help_text = ""
            self.fields["headline"].widget.attrs["data-count"] = ""

    @property
    def began_from(self) -> int | None:
        """The revision the typist read, as the form brought it back."""
        return self.cleaned_data.get("read_revision")

    @property
    def is_given_back(self) -> bool:
        """Say whether it is filled with unsaved typing, to be looked at and then saved."""
        return bool(self.data.get("_taken"))

    def clean_slug(self):
        """Refuse a name that leads to another piece already."""
        slug = self.cleaned_data["slug"]
        there = Article.objects.of_kind(self.instance.kind).named(slug)
        if there.besides([self.instance.pk or 0]).exists():
            raise forms.ValidationError(_("Another one stands at this address."))
        return slug

    def clean(self):
        """Refuse to overwrite what somebody else has saved meanwhile."""
        cleaned = super().clean()
        if self.instance.pk and self.began_from != self.instance.revision:
            self.is_stale = True
            raise forms.ValidationError(_("Somebody else has saved this piece meanwhile."))
        if self.is_given_back:
            raise forms.ValidationError(_("This is shown and not saved."), code="given_back")
        return cleaned


class BylineForm(forms.ModelForm):
    """One name under a piece."""

    class Meta:
        model = Byline
        fields = ("role", "correspondent", "name", "credit", "position")
        widgets = {
            "role": forms.TextInput(attrs={"list": "usual-roles"}),
            "position": forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"}),
        }

    def has_changed(self):
        """Count a new row once it names somebody, also whom the desk has filled in."""
        if self.instance.pk is None and self.is_bound:
            return bool(self["correspondent"].data or self["name"].data)
        return super().has_changed()


class AttachmentForm(forms.ModelForm):
    """A file offered with the piece: the file itself when it is new, its name, its place."""

    upload = forms.FileField(
        label=_("file"),
        required=False,
        help_text=format_lazy(
            _("PDF, .docx, .xlsx or .pptx, up to {limit} MB."), limit=LARGEST_FILE // 1024**2
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.pptx"}),
    )

    class Meta:
        model = Attachment
        fields = ("title", "position")
        widgets = {"position": forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"})}

    def clean_upload(self):
        """Check the file, so that a refusal stands at the field; the door keeps it."""
        upload = self.cleaned_data.get("upload")
        self.checked = None
        if upload:
            try:
                self.checked = examine(upload.read())
            except UnusableFileError as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload

    def clean(self):
        """Ask for the file where only a name was typed."""
        cleaned = super().clean()
        if not (self.instance.digest or cleaned.get("upload") or "upload" in self.errors):
            self.add_error("upload", _("Choose the file."))
        return cleaned

    def save(self, commit=True):
        """Put what was found out about the file on the row."""
        if checked := getattr(self, "checked", None):
            self.instance.digest, self.instance.kind = checked.digest, checked.kind
            self.instance.size = checked.size
        return super().save(commit)


# What verbs want to know. Each is prefixed with its verb's name.


class NoteForm(forms.Form):
    """A note to the author, and the usual reasons."""

    REASONS = [
        ("facts", _("Facts to check")),
        ("headline", _("Headline not right")),
        ("photos", _("Pictures or their rights")),
        ("wording", _("Wording rough")),
        ("other", _("Something else")),
    ]

    reason = forms.ChoiceField(
        label=_("Why"), choices=REASONS, widget=forms.RadioSelect, initial="facts"
    )
    note = forms.CharField(
        label=_("Note to the author"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class RejectForm(forms.Form):
    """Why a piece is declined."""

    note = forms.CharField(
        label=_("Why, for the author"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ColleagueField(forms.ModelChoiceField):
    """People who may take a piece on, each with whom they act for."""

    hands = ()

    def offer(self, hands) -> None:
        """Offer these people, as ``standing.Hand``."""
        self.hands = {hand.person.pk: hand for hand in hands}
        self.queryset = User.objects.filter(pk__in=self.hands)

    def label_from_instance(self, person):
        """Return the name, and for whom a deputy acts."""
        principal = self.hands[person.pk].on_behalf_of
        acting = _("{name} (for {principal})").format(name=person, principal=principal)
        return acting if principal else str(person)


class HandOverForm(forms.Form):
    """Who gets the piece, and what to tell them."""

    to = ColleagueField(
        label=_("To whom"),
        queryset=User.objects.none(),
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("This colleague cannot take it now."),
        },
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


class ChangeNoteForm(forms.Form):
    """What a revision changes, said to residents; asked only where they can read the piece."""

    change_note = forms.CharField(
        label=_("Change note, for residents"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence under the piece: what is different now. Its hour is added."),
    )


class SeenForm(forms.Form):
    """The revision that was read."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SignForm(SeenForm, ChangeNoteForm):
    """The revision that was read, and what to tell residents of it."""


class EmergencyForm(SignForm):
    """Why a piece cannot wait for its rounds."""

    reason = forms.CharField(
        label=_("Why it cannot wait"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the record; the newsroom reads it."),
    )
    field_order = ("seen", "reason", "change_note")


class DebtChoice(forms.Form):
    """Which owed signature."""

    owed = forms.IntegerField(widget=forms.HiddenInput)


class RefusalForm(forms.Form):
    """Why a late signature is refused."""

    reason = forms.CharField(
        label=_("What is wrong"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PublishForm(forms.Form):
    """At once, or at an hour to come."""

    at = forms.DateTimeField(
        label=_("Goes out at"),
        required=False,
        help_text=_("Empty: at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class RescheduleForm(forms.Form):
    """Another hour for a piece that goes out by itself; ``seen`` is the one that was shown."""

    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=_("Goes out at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class HoldForm(forms.Form):
    """Why it is held."""

    because = forms.CharField(label=_("Why"), required=False, max_length=200)


class TakeBackForm(forms.Form):
    """Why somebody takes their signature back."""

    reason = forms.CharField(
        label=_("Why you take it back"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The authors and the other signers read it."),
    )


class WithdrawForm(forms.Form):
    """The reason for the record and the line for residents."""

    reason = forms.CharField(
        label=_("Reason, for the record"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the newsroom reads it."),
    )
    public_note = forms.CharField(
        label=_("Public note"),
        required=False,
        max_length=200,
        help_text=_("Stands at the piece's address. May be empty."),
    )


class ReinstateForm(forms.Form):
    """Why a withdrawn piece comes back, and the line for residents."""

    reason = forms.CharField(
        label=_("Reason, for the record"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the newsroom reads it."),
    )
    public_note = forms.CharField(
        label=_("Public note"),
        required=False,
        max_length=200,
        help_text=_("Stands dated under the piece. Empty: the page says nothing of it."),
    )


class RefusedDebt(RefusalForm, DebtChoice):
    """Which owed signature is refused, and why."""


class LockForm(forms.Form):
    """For how many minutes."""

    minutes = forms.IntegerField(widget=forms.HiddenInput)


class BreakLockForm(forms.Form):
    """Why a colleague's lock is broken."""

    reason = forms.CharField(
        label=_("Why, for its holder"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GapChoice(forms.Form):
    """Which place the import found damaged."""

    gap = forms.IntegerField(widget=forms.HiddenInput)


class RouteForm(forms.Form):
    """The name of a route, and which one was in force when somebody began to change it."""

    name = forms.CharField(label=_("Name of the route"), max_length=40)
    instead_of = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RoundForm(forms.Form):
    """A round: name, seal, and the role that signs it. A row without the first two is no round."""

    name = forms.CharField(label=_("Name"), required=False, max_length=12)
    seal = forms.CharField(label=_("Seal, one character"), required=False, max_length=1)
    role = forms.ChoiceField(
        label=_("Signed by"), choices=[(role.value, role.label) for role in SIGNERS]
    )


RouteRows = forms.formset_factory(RoundForm, extra=5, max_num=5, absolute_max=5, validate_max=True)


class LevelsForm(forms.Form):
    """What each check of a piece does: a choice for each, none below what the house demands."""

    def __init__(self, *args, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        for check in CHECKS.values():
            self.fields[check.key] = forms.ChoiceField(
                label=check.label,
                choices=[(level.value, level.label) for level in check.choices],
                initial=check.level(chosen),
                widget=forms.RadioSelect,
            )


class InOrder(forms.BaseInlineFormSet):
    """Rows whose order is the numbers typed, and after them the order they stand in."""

    def add_fields(self, form, index):
        """Let a new row leave its number empty: it goes to the end."""
        super().add_fields(form, index)
        form.fields["position"].required = False
        if form.instance.pk:
            form.initial["position"] = (index or 0) + 1
        else:
            form.initial["position"] = form.fields["position"].initial = None

    def save(self, commit=True):
        """Number the rows from 0 in their order, then save what changed by that too."""
        kept = [form for form in self.forms if self._stays(form)]
        kept.sort(key=self._typed_place)
        moved = []
        for place, form in enumerate(kept):
            if form.instance.position != place or form.instance.pk is None:
                form.instance.position = place
                moved.append(form.instance)
        saved = super().save(commit)
        for row in moved:
            row.save(update_fields=["position"])
        return saved

    def _stays(self, form) -> bool:
        gone = self.can_delete and self._should_delete_form(form)
        return not gone and (form.instance.pk is not None or form.has_changed())

    def _typed_place(self, form) -> tuple[int, int]:
        typed = form.cleaned_data.get("position")
        return (len(self.forms) + 1 if typed is None else typed, self.forms.index(form))
