"""The shape of what is typed about issues and assignments, and an edition to read."""

from collections import defaultdict

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Section
from issues.models import Assignment, Issue, PageFormat, Placement
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
