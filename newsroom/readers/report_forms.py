"""The shape of what is typed about an error: by a reader, and by the editor who settles it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.anchoring import spot_of
from articles.correction_forms import CorrectionForm
from articles.markup import paragraphs
from newsroom.people.models import User
from newsroom.readers.models import ErrorReport
from newsroom.readers.models.reports import LONGEST_CONTACT, LONGEST_WORDS
from newsroom.readers.permissions import may_see_reports
from newsroom.readers.plain import plain
from newsroom.readers.workflow import Said

Place = ErrorReport.Place
FIRST_WORDS = 36  # characters by which a paragraph is known in the list
REST = (Place.PICTURE, Place.NAME, Place.WHOLE)


class PlainField(forms.CharField):
    """A text of a stranger."""

    def to_python(self, value):
        """Return the text without what nobody types."""
        return plain(super().to_python(value))


class ReportForm(forms.Form):
    """Where the error is, what is wrong, what would be right, how to reach whoever says so."""

    place = forms.ChoiceField(
        label=pgettext_lazy("reader", "Where is the mistake?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose where the mistake is."),
            "invalid_choice": gettext_lazy("Choose where the mistake is."),
        },
    )
    wrong = PlainField(
        label=pgettext_lazy("reader", "What is wrong?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Copy the wrong words, or say what does not agree."),
        error_messages={"required": gettext_lazy("Write what is wrong. A few words will do.")},
    )
    right = PlainField(
        label=pgettext_lazy("reader", "What would be right?"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("If you know. You may leave it empty."),
    )
    contact = PlainField(
        label=pgettext_lazy("reader", "E-mail or telephone"),
        max_length=LONGEST_CONTACT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy(
            "You may leave it empty. For questions and the answer only; erased 90 days later."
        ),
    )
    # Shown to no reader. What fills in every field fills in this one, too.
    homepage = forms.CharField(
        label=pgettext_lazy("reader", "Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, texts: list[str], *args, **kwargs):
        """Take the paragraphs of the version that the reader reads."""
        super().__init__(*args, **kwargs)
        self.texts = texts
        self.fields["place"].choices = place_choices(texts)

    def clean_contact(self):
        """Take an address that can be written to, or whatever can be called."""
        contact = self.cleaned_data["contact"]
        if "@" in contact:
            validate_email(contact)
        elif contact and sum(map(str.isdecimal, contact)) < 5:
            raise ValidationError(_("This is neither an e-mail address nor a telephone number."))
        return contact

    def clean_homepage(self):
        """Refuse what no reader fills in."""
        if self.cleaned_data["homepage"]:
            raise ValidationError(_("Empty this field, then send again: it is there for machines."))
        return ""

    def said(self) -> Said:
        """Return what the reader says."""
        typed = self.cleaned_data
        place, paragraph, quote = place_of(typed["place"], self.texts)
        words = {name: typed[name] for name in ("wrong", "right", "contact")}
        return Said(place, paragraph, quote, **words)


def place_choices(texts: list[str]) -> list[tuple[str, str]]:
    """Return the places of a piece: its headline, its paragraphs by their first words, the rest."""
    numbered = [
        (f"p{at}", _("Paragraph {number}: {words}").format(number=at + 1, words=first_words(text)))
        for at, text in enumerate(texts)
    ]
    rest = [(place.value, place.label) for place in REST]
    return [(Place.TITLE.value, Place.TITLE.label), *numbered, *rest]


def place_of(chosen: str, texts: list[str]) -> tuple[str, int | None, str]:
    """Return the place that was chosen, the number of its paragraph and that paragraph."""
    if chosen[:1] == "p" and chosen[1:].isdecimal():
        number = int(chosen[1:])
        return Place.PARAGRAPH, number, texts[number]
    return chosen, None, ""


def chosen_place(report: ErrorReport) -> str:
    """Return the choice that names the place of a report."""
    return f"p{report.paragraph}" if report.place == Place.PARAGRAPH else report.place


def moved_place(chosen: str, before: list[str], now: list[str]) -> str:
    """Return the choice for the same place in a text that has been changed meanwhile."""
    if chosen[:1] != "p" or not chosen[1:].isdecimal() or int(chosen[1:]) >= len(before):
        return chosen
    number = int(chosen[1:])
    spot = spot_of(before[number], number, now)
    return Place.WHOLE if spot.is_gone else f"p{spot.number}"


def place_with(words: str, texts: list[str]) -> str:
    """Return the choice for the first paragraph in which some words stand, or nothing."""
    sought = "".join(words.split())
    found = (at for at, text in enumerate(texts) if sought and sought in "".join(text.split()))
    return next((f"p{at}" for at in found), "")


def first_words(text: str) -> str:
    """Return how a paragraph begins."""
    return text if len(text) <= FIRST_WORDS else f"{text[:FIRST_WORDS]}……"


def texts_of(version) -> list[str]:
    """Return the paragraphs of a version as readers count them."""
    return paragraphs(version.body)


# For editors


class AnswerForm(forms.Form):
    """What the reader is told."""

    words = forms.CharField(
        label=gettext_lazy("Answer to the reader"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NoteForm(forms.Form):
    """A reason that stays in the newsroom."""

    note = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("To whom"), queryset=User.objects.none(), empty_label=None
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(self, *args, report: ErrorReport, **kwargs):
        """Offer every editor but the one who has it."""
        super().__init__(*args, **kwargs)
        people = User.objects.of_the_newsroom().exclude(pk=report.taken_by_id)
        able = [person.pk for person in people if may_see_reports(person)]
        self.fields["to"].queryset = people.filter(pk__in=able)


class MergeForm(forms.Form):
    """The report that tells the same error."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Same error as"), queryset=ErrorReport.objects.none(), empty_label=None
    )

    def __init__(self, *args, report: ErrorReport, **kwargs):
        """Offer the open reports of the same piece, those of the same place first."""
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = ErrorReport.objects.beside(report)


class DrawUpForm(CorrectionForm):
    """The words of a correction, and whether it says who has found the error."""

    thanks = forms.BooleanField(
        label=gettext_lazy("Say that a reader pointed it out"), required=False
    )

    def clean(self):
        """Put the word about the reader before the note."""
        typed = super().clean()
        if typed.pop("thanks", False):
            typed["note"] = "读者来信指出。" + typed.get("note", "")
        return typed
