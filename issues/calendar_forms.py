"""The shape of what is typed about a new issue, its plan, and the publication calendar."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from issues.forms import MomentField
from issues.models import (
    FIRST_DAY,
    LAST_DAY,
    MOST_COMBINED,
    Issue,
    Page,
    PageFormat,
    PageTemplate,
    Schedule,
    SpecialDay,
    TemplatePage,
)


def _day_input(**attrs) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class _PlanForm(forms.ModelForm):
    """What a planner says of an issue: kind, numbers, hour and deadlines."""

    planned_time = MomentField(label=_("planned for"), required=False)
    copy_due_at = MomentField(label=_("copy deadline"), required=False)
    closes_by = MomentField(label=_("closing deadline"), required=False)

    unnumbered = forms.BooleanField(
        label=_("goes without a running number"),
        required=False,
        help_text=_("Only an extra issue (号外) may."),
    )

    def __init__(self, *args, **kwargs):
        """Ask of an ordinary issue nothing that it need not say."""
        super().__init__(*args, **kwargs)
        for name in ("kind", "combines"):
            self.fields[name].required = False
        self.fields["kind"].label = _("kind of issue")
        self.fields["combines"].widget.attrs |= {"min": 1, "max": MOST_COMBINED}
        self.initial.setdefault("unnumbered", not self.instance.numbered)

    def clean(self) -> dict:
        """Let only a combined issue take several numbers: the field stands for every kind."""
        data = super().clean()
        data["kind"] = data.get("kind") or self.instance.kind
        if data["kind"] != Issue.Kind.COMBINED or data.get("combines") is None:
            data["combines"] = 1
        data["numbered"] = not data.pop("unnumbered", False)
        return data


class IssueForm(_PlanForm):
    """A new issue: its day and kind, and its pages by a template or by their names."""

    template = forms.ModelChoiceField(
        PageTemplate.objects.none(),
        label=_("page template"),
        required=False,
        empty_label=_("none: the names typed below"),
    )
    pages = forms.CharField(
        label=_("or the names of its pages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One name a line, in the order of the pages."),
    )

    class Meta:
        model = Issue
        fields = (
            "date", "sequence", "kind", "combines", "title",
            "planned_time", "copy_due_at", "closes_by",
        )  # fmt: skip
        widgets = {
            "date": _day_input(),
            "sequence": forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
        }

    def __init__(self, *args, **kwargs):
        """Offer the templates that are in use."""
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = PageTemplate.objects.offered()

    @property
    def groups(self) -> list[tuple]:
        """Its fields as the page groups them: under a heading, in rows."""
        rows = [
            (_("Which issue"), (("date", "kind"), ("title",))),
            (_("pages"), (("template",), ("pages",))),
            (_("Hours"), (("planned_time",), ("copy_due_at",), ("closes_by",))),
            (_("Numbers"), (("combines", "sequence"), ("unnumbered",))),
        ]
        return [(heading, [[self[name] for name in row] for row in some]) for heading, some in rows]

    def clean_pages(self) -> list[tuple[int, str]]:
        """Return the pages as numbers and names."""
        room = Page._meta.get_field("name").max_length
        names = [line.strip() for line in self.cleaned_data["pages"].splitlines()]
        names = [name for name in names if name]
        if any(len(name) > room for name in names):
            raise forms.ValidationError(_("A page's name has at most 30 characters."))
        return list(enumerate(names, start=1))

    def clean(self) -> dict:
        """Take the pages from the template, or as they are typed; one of the two."""
        data = super().clean()
        template, typed = data.pop("template", None), data.get("pages")
        if template and typed:
            self.add_error("pages", _("Choose a template or type the pages, one of the two."))
        elif template:
            data["pages"] = template.as_pages
        elif not typed and "pages" not in self.errors:
            self.add_error("pages", _("Choose a template, or name the pages."))
        return data


class ReplanForm(_PlanForm):
    """What may change about an issue in planning."""

    field_order = (
        "title", "planned_time", "copy_due_at", "closes_by", "kind", "combines", "unnumbered",
    )  # fmt: skip

    class Meta:
        model = Issue
        fields = (
            "title", "kind", "combines", "planned_time", "copy_due_at", "closes_by",
        )  # fmt: skip


class CancelForm(forms.Form):
    """Why an issue is called off."""

    because = forms.CharField(label=_("reason"), max_length=200, required=False)


class TemplateNameForm(forms.Form):
    """What a template is to be called."""

    name = forms.CharField(label=_("name of the template"), max_length=40, required=False)


class BeginForm(forms.Form):
    """The day and the kind for which a new issue is filled in."""

    date = forms.DateField(
        label=_("date"),
        required=False,
        widget=_day_input(),
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )
    kind = forms.ChoiceField(label=_("kind of issue"), choices=Issue.Kind, required=False)


class RuleForm(forms.ModelForm):
    """A rule of the publication calendar."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("comes out on"),
        coerce=int,
        choices=[(day + 1, name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one weekday.")},
    )

    class Meta:
        model = Schedule
        fields = (
            "weekdays", "starts_on", "ends_on", "template", "goes_out_at", "copy_days_before",
            "copy_at", "closing_days_before", "closing_at", "on_holiday", "on_make_up_days",
        )  # fmt: skip
        widgets = {
            **{name: _day_input() for name in ("starts_on", "ends_on")},
            **{
                name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
                for name in ("goes_out_at", "copy_at", "closing_at")
            },
        }

    def __init__(self, *args, **kwargs):
        """Offer the templates in use, and the one it has; who only looks is offered nothing."""
        super().__init__(*args, **kwargs)
        if "template" not in self.fields:
            return
        own = PageTemplate.objects.filter(pk=self.instance.template_id)
        self.fields["template"].queryset = PageTemplate.objects.offered() | own.order_by("name")


class TemplatePageForm(forms.ModelForm):
    """A page of a template."""

    format = forms.ModelChoiceField(
        PageFormat.objects.all(), label=_("page format"), required=False, empty_label=_("none")
    )

    class Meta:
        model = TemplatePage
        fields = ("number", "name", "format")

    def __init__(self, *args, **kwargs):
        """Call each field by name: in a row of a table no label stands beside it."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


class _TakeOut(forms.CheckboxInput):
    """A box that says what it does, where the head of the table is not shown."""

    def render(self, name, value, attrs=None, renderer=None):
        """Put the box into its label."""
        box = super().render(name, value, attrs, renderer)
        return format_html('<label class="check">{}{}</label>', box, _("take out"))


class TemplatePages(forms.BaseInlineFormSet):
    """The pages of a template; each can be taken out."""

    deletion_widget = _TakeOut


class DayForm(forms.ModelForm):
    """Whether there is an issue on a day, and why."""

    class Meta:
        model = SpecialDay
        fields = ("day", "appears", "reason")
        widgets = {"day": _day_input()}

    def _get_validation_exclusions(self) -> set:
        """Let a day be decided again: the verb changes the row it has."""
        return super()._get_validation_exclusions() | {"day"}
