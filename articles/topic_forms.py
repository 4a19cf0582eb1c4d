"""The shape of what is sent to arrange a topic or the foot of the site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article, TopicCourse

STEPS = [("first", "first"), ("up", "up"), ("down", "down"), ("last", "last")]


class PieceForm(forms.Form):
    """Which piece."""

    piece = forms.ModelChoiceField(
        Article.objects.all(),
        error_messages={
            "required": _("Choose a piece."),
            "invalid_choice": _("There is no such piece."),
        },
    )

    def told(self, verb: str) -> dict:
        """Return what a verb wants to know: the piece to be gathered, or the key of one that is."""
        data = dict(self.cleaned_data)
        if verb != "gather":
            data["piece"] = data["piece"].pk
        return data


class GatherForm(PieceForm):
    """Which piece, and under which heading."""

    heading = forms.CharField(required=False, max_length=120)


class ArrangeForm(PieceForm):
    """Which piece, and whither."""

    step = forms.ChoiceField(choices=STEPS)


class FootForm(forms.Form):
    """Whither."""

    step = forms.ChoiceField(choices=STEPS)

    def told(self, verb: str) -> dict:
        """Return what the verb wants to know."""
        return self.cleaned_data


class OrderForm(forms.Form):
    """In which order a topic shows its pieces."""

    order = forms.ChoiceField(choices=TopicCourse.Order)

    def told(self, verb: str) -> dict:
        """Return what the verb wants to know."""
        return self.cleaned_data
