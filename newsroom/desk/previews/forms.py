"""The shape of what is typed about previews: whom something is lent to, and what they say of it."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.desk.models import PreviewAnswer, PreviewLink
from newsroom.desk.previews.coverage import Piece
from newsroom.desk.previews.lending import LONGEST_WORDS, Said

SPANS = [
    (24, _("a day")),
    (48, _("two days")),
    (72, _("three days")),
    (7 * 24, _("a week")),
    (14 * 24, _("two weeks")),
]


class LendForm(forms.ModelForm):
    """Whom it is for, what they are to look at, and for how long."""

    span = forms.TypedChoiceField(label=_("works for"), choices=SPANS, coerce=int, initial=48)

    class Meta:
        model = PreviewLink
        fields = ["recipient", "organisation", "purpose", "email"]

    def lent(self) -> dict:
        """Return what the verb wants to know."""
        chosen = dict(self.cleaned_data)
        return {**chosen, "span": timedelta(hours=chosen["span"])}


class AnswerForm(forms.Form):
    """What the recipient says of each piece, and the code that shows it is them."""

    code = forms.CharField(
        label=_("Code of eight digits"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=_("The newsroom has given it to you. It works once."),
    )

    def __init__(self, pieces: list[Piece], *args, **kwargs):
        """Take the pieces that may be answered; ``seen`` is which words of each were read."""
        super().__init__(*args, **kwargs)
        self.pieces = pieces
        for piece in pieces:
            key = piece.article.pk
            self.fields[f"verdict-{key}"] = forms.ChoiceField(
                label=piece.article.title,
                choices=PreviewAnswer.Verdict.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"words-{key}"] = forms.CharField(
                label=_("Remark"),
                widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_WORDS}),
                required=False,
            )
            self.fields[f"seen-{key}"] = forms.CharField(
                widget=forms.HiddenInput,
                required=False,
                max_length=64,
                initial=piece.fingerprint,
            )

    @property
    def rows(self) -> list[dict]:
        """The pieces, each with its fields."""
        return [
            {
                "piece": piece,
                "verdict": self[f"verdict-{piece.article.pk}"],
                "words": self[f"words-{piece.article.pk}"],
                "seen": self[f"seen-{piece.article.pk}"],
            }
            for piece in self.pieces
        ]

    def said(self) -> list[Said]:
        """Return what was said; words without a choice are a remark."""
        found = []
        for piece in self.pieces:
            key, typed = piece.article.pk, self.cleaned_data
            words = typed[f"words-{key}"]
            verdict = typed[f"verdict-{key}"] or (PreviewAnswer.Verdict.REMARK if words else "")
            if verdict:
                found.append(Said(piece.article, verdict, words, typed[f"seen-{key}"]))
        return found
