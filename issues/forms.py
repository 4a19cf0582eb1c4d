"""The shape of what is typed about issues and assignments, and an edition to read."""

from collections import defaultdict

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.kinds import Credit as Deed
from articles.kinds import Kind
from articles.models import Article, Section
from issues.models import Assignment, Issue, Page, PageFormat, Placement
from issues.reading import UnreadableEditionError, decode
from issues.reading.decoding import MAX_BYTES
from issues.tray import Order, Wish
from newsroom.people.models import Unit, User
from newsroom.people.roles import Role

# Whose work it is to write.
WRITERS = (Role.CORRESPONDENT, Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR, Role.ISSUE_EDITOR)


class MomentField(forms.SplitDateTimeField):
    """A day and an hour, as two native inputs."""

    def __init__(self, **kwargs):
        super().__init__(
            widget=forms.SplitDateTimeWidget(
                date_attrs={"type": "date", "aria-label": _("day")},
                time_attrs={"type": "time", "aria-label": _("hour")},
                date_format="%Y-%m-%d",
                time_format="%H:%M",
            ),
            **kwargs,
        )


class IssueForm(forms.ModelForm):
    """A new issue and the names of its pages."""

    planned_time = MomentField(label=_("planned for"), required=False)
    pages = forms.CharField(
        label=_("pages"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One name a line, in the order of the pages."),
    )

    class Meta:
        model = Issue
        fields = ("date", "sequence", "title")
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "sequence": forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
        }

    def clean_pages(self) -> list[tuple[int, str]]:
        """Return the pages as numbers and names."""
        room = Page._meta.get_field("name").max_length
        names = [line.strip() for line in self.cleaned_data["pages"].splitlines()]
        names = [name for name in names if name]
        if any(len(name) > room for name in names):
            raise forms.ValidationError(_("A page's name has at most 30 characters."))
        return list(enumerate(names, start=1))


class ReplanForm(forms.ModelForm):
    """What may change about an issue in planning."""

    planned_time = MomentField(label=_("planned for"), required=False)

    class Meta:
        model = Issue
        fields = ("title",)


class ScheduleForm(forms.Form):
    """The hour an issue goes live; without one, now."""

    at = MomentField(
        label=_("goes live at"), required=False, help_text=_("Leave both empty to go live now.")
    )


class BackdateForm(forms.Form):
    """The hour at which an old edition was published elsewhere, and where that was."""

    at = MomentField(label=_("was published at"))
    because = forms.CharField(
        label=_("where and how"),
        max_length=200,
        required=False,
        help_text=_("Stays on record for good; residents are told that it was entered later."),
    )


class HoldForm(forms.Form):
    """Why an issue is held."""

    because = forms.CharField(label=_("reason"), max_length=200, required=False)


class PlaceForm(forms.Form):
    """Where a piece is to stand."""

    article = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.IntegerField(label=_("page"), min_value=1, max_value=999)
    weight = forms.ChoiceField(
        label=_("weight"), choices=Placement.Weight, initial=Placement.Weight.NORMAL, required=False
    )
    position = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    before = forms.IntegerField(widget=forms.HiddenInput, required=False)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PieceForm(forms.Form):
    """A piece of the issue."""

    article = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class UndoForm(forms.Form):
    """A move to take back."""

    move = forms.IntegerField(widget=forms.HiddenInput)


class TrayForm(forms.Form):
    """What to show of the tray."""

    order = forms.ChoiceField(choices=Order, required=False)
    words = forms.CharField(max_length=60, required=False)
    sheet = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    @property
    def wish(self) -> Wish:
        """What was asked for; what is not understood is left at what is usual."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Wish(**given)


class TakeInForm(forms.Form):
    """A piece that was left out."""

    article = forms.IntegerField(widget=forms.HiddenInput)


class LeaveOutForm(TakeInForm):
    """Why a piece is left out of a closed issue."""

    because = forms.CharField(label=_("reason"), max_length=200, required=False)


class ErratumForm(forms.Form):
    """A correction to be printed."""

    correction = forms.IntegerField(widget=forms.HiddenInput)


class SkipErratumForm(ErratumForm):
    """Why a correction is not printed."""

    because = forms.CharField(label=_("reason"), max_length=200, required=False)


class PageForm(forms.Form):
    """A page by its number, with its name."""

    number = forms.IntegerField(label=_("page number"), min_value=1, max_value=999)
    name = forms.CharField(label=_("page name"), max_length=30, required=False)
    format = forms.ModelChoiceField(
        PageFormat.objects, label=_("format"), required=False, empty_label=_("none yet")
    )


class FormatForm(forms.Form):
    """One format for all pages."""

    format = forms.ModelChoiceField(PageFormat.objects, label=_("format"), empty_label=_("choose"))


class PageNumberForm(forms.Form):
    """A page by its number."""

    number = forms.IntegerField(widget=forms.HiddenInput)


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


class IssueChoice(forms.ModelChoiceField):
    """An issue in planning, or none."""

    def __init__(self, **kwargs):
        kwargs = {
            "label": _("for the issue"),
            "required": False,
            "empty_label": _("not decided"),
        } | kwargs
        super().__init__(Issue.objects.planned(), **kwargs)


class PageChoice(forms.IntegerField):
    """A page of the issue, or none."""

    def __init__(self, **kwargs):
        kwargs = {"label": _("for page"), "required": False} | kwargs
        super().__init__(min_value=1, max_value=999, **kwargs)


class WantedForm(forms.ModelForm):
    """What is wanted, or offered: topic, length, kind, section, what it should tell."""

    class Meta:
        model = Assignment
        fields = ("topic", "brief", "kind", "length", "section")
        widgets = {
            "brief": forms.Textarea(attrs={"rows": 4}),
            "length": forms.NumberInput(attrs={"min": 1, "max": 9999, "inputmode": "numeric"}),
        }

    def __init__(self, *args, **kwargs):
        """Offer the sections that are in use."""
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = Section.objects.in_use()


class OfferForm(WantedForm):
    """A topic that somebody offers to write."""

    due_at = MomentField(label=_("can be delivered by"))
    field_order = ("topic", "due_at", "brief", "section", "kind", "length")

    def __init__(self, *args, **kwargs):
        """Ask for what is known, not for what is wanted."""
        super().__init__(*args, **kwargs)
        self.fields["brief"].label = _("what happens, and why it matters")
        self.fields["brief"].help_text = ""


class AssignForm(WantedForm):
    """A piece asked of one person or one unit."""

    who = forms.ChoiceField(label=_("asked of"))
    due_at = MomentField(label=_("wanted by"))
    issue = IssueChoice()
    page = PageChoice()
    field_order = (
        "topic", "who", "due_at", "issue", "page", "brief", "section", "kind", "length",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        """Offer the units, and everybody who writes by their unit."""
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("choose")), *_who_writes()]

    def clean(self) -> dict:
        """Say whom it is asked of."""
        data = super().clean()
        kind, _dash, key = data.pop("who", "").partition("-")
        data["person"] = User.objects.filter(pk=key).first() if kind == "person" else None
        data["unit"] = Unit.objects.filter(pk=key).first() if kind == "unit" else None
        return data


def _who_writes() -> list:
    """Return units, and the people of each, as the choices of a grouped select."""
    units = [(f"unit-{unit.pk}", str(unit)) for unit in Unit.objects.exclude(users=None)]
    people = User.objects.filter(is_active=True, groups__name__in=WRITERS).distinct()
    by_unit = defaultdict(list)
    for person in people.select_related("unit").order_by("name", "pk"):
        by_unit[str(person.unit or _("no unit"))].append((f"person-{person.pk}", str(person)))
    return [(_("A whole unit"), units), *sorted(by_unit.items())]


class RewordForm(WantedForm):
    """What may change about an assignment besides its deadline."""

    issue = IssueChoice()
    page = PageChoice()
    field_order = ("topic", "issue", "page", "brief", "section", "kind", "length")

    class Meta(WantedForm.Meta):
        fields = (*WantedForm.Meta.fields, "issue", "page")

    def __init__(self, *args, **kwargs):
        """Keep the issue it is for among the choices, closed or not."""
        super().__init__(*args, **kwargs)
        own = Issue.objects.filter(pk=self.instance.issue_id)
        self.fields["issue"].queryset = Issue.objects.planned() | own.order_by("date", "sequence")


class AnswerForm(forms.Form):
    """Which of one's own pieces answers an assignment."""

    article = forms.ModelChoiceField(Article.objects.none(), label=_("my piece"))

    def __init__(self, *args, writer: User, **kwargs):
        """Offer what is on its way and answers nothing yet, the latest first."""
        super().__init__(*args, **kwargs)
        self.fields["article"].queryset = Assignment.objects.answerable_by(writer)


class AcceptForm(forms.Form):
    """By when an offered topic is wanted, and for where."""

    due_at = MomentField(label=_("wanted by"))
    issue = IssueChoice()
    page = PageChoice()


class DeadlineForm(forms.Form):
    """Another deadline."""

    due_at = MomentField(label=_("wanted by"))


class WhyForm(forms.Form):
    """Why, for whom it concerns."""

    note = forms.CharField(label=_("reason"), max_length=200, required=False)
