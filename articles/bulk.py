"""One verb for many pieces: done to each by itself, with every refusal by its name.

Rooms above articles bring theirs through ``DeskSite.bulk_verbs``. Rules live in the verbs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles import workflow
from articles.models import Article, Section, Tag
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError

# More would keep somebody waiting at a blank page, and be read by nobody before.
MOST_AT_ONCE = 100
# A second click within this time repeats nothing and is no mistake.
DOUBLE_CLICK = timedelta(seconds=10)


class HandOverForm(forms.Form):
    """Who gets the pieces. Each is refused by itself where they may not sign its round."""

    to = forms.ModelChoiceField(
        label=_("To whom"),
        queryset=User.objects.none(),
        empty_label=_("choose"),
        error_messages={"required": _("Choose a colleague.")},
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.of_the_newsroom()


class SectionForm(forms.Form):
    section = forms.ModelChoiceField(
        label=_("section"), queryset=Section.objects.in_use(), empty_label=_("choose")
    )


class TagForm(forms.Form):
    tag = forms.ModelChoiceField(
        label=_("tag"), queryset=Tag.objects.all(), empty_label=_("choose")
    )


@dataclass(frozen=True)
class BulkVerb:
    """A verb as the bar under the list offers it.

    ``done`` says how many pieces it was done to, ``undone`` what was not done to others.
    ``confirms`` asks once more even where the form asks nothing.
    """

    name: str
    label: str
    do: Callable[[Article, User, dict], object]
    done: str
    undone: str
    form: type[forms.Form] = forms.Form
    confirms: bool = False
    tone: str = ""

    @property
    def asks(self) -> bool:
        """Say whether a page comes between the button and the deed."""
        return self.confirms or bool(self.form.base_fields)


def _plainly(verb: Callable) -> Callable:
    """Turn a verb of the workflow into a ``do``: the form's fields are its arguments."""

    def doing(article: Article, user: User, data: dict):
        return verb(article, by=user, **data)

    return doing


VERBS = (
    BulkVerb("claim", _("Claim"), _plainly(workflow.claim),
             ngettext_lazy("Claimed {n} piece", "Claimed {n} pieces"), _("not claimed"),
             tone="default"),
    BulkVerb("let_go", _("Let go"), _plainly(workflow.let_go),
             ngettext_lazy("Let {n} piece go", "Let {n} pieces go"), _("not let go")),
    BulkVerb("hand_over", _("Hand over…"), _plainly(workflow.hand_over),
             ngettext_lazy("Handed {n} piece over", "Handed {n} pieces over"),
             _("not handed over"), HandOverForm),
    BulkVerb("submit", _("Submit"), _plainly(workflow.submit),
             ngettext_lazy("Submitted {n} piece", "Submitted {n} pieces"), _("not submitted")),
    BulkVerb("file_in", _("Section…"), _plainly(workflow.file_in),
             ngettext_lazy("Filed {n} piece", "Filed {n} pieces"), _("not filed"), SectionForm),
    BulkVerb("add_tag", _("Tag…"), _plainly(workflow.add_tag),
             ngettext_lazy("Tagged {n} piece", "Tagged {n} pieces"), _("not tagged"), TagForm),
    BulkVerb("discard", _("Discard…"), _plainly(workflow.discard),
             ngettext_lazy("Discarded {n} piece", "Discarded {n} pieces"), _("not discarded"),
             confirms=True, tone="danger"),
)  # fmt: skip


@dataclass
class Outcome:
    """What became of many pieces: those it was done to, and the others by the reason why not."""

    done: list[Article] = field(default_factory=list)
    refused: dict[str, list[Article]] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How many pieces it was not done to."""
        return sum(map(len, self.refused.values()))


def run(verb: BulkVerb, articles: Iterable[Article], *, by: User, data: dict) -> Outcome:
    """Do a verb to each piece in a transaction of its own; a refusal stops none of the others."""
    outcome = Outcome()
    for article in articles:
        try:
            verb.do(article, by, data)
        except RefusalError as refusal:
            if not done_just_now(article, by, verb.name):
                outcome.refused.setdefault(str(refusal), []).append(article)
                continue
        outcome.done.append(article)
    return outcome


def done_just_now(article: Article, user: User, name: str) -> bool:
    """Say whether the last act on the piece was this very one: a click that came twice."""
    last = article.acts.order_by("-pk").first()
    return (
        last is not None
        and last.by_id == user.pk
        and last.verb == name.rstrip("_")
        and timezone.now() - last.at < DOUBLE_CLICK
    )
