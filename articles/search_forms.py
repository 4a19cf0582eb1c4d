"""The shape of what a resident asks the search for, read from an address and written into one."""

import datetime
from urllib.parse import urlencode

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import wishes
from articles.finding import MOST_PAGES, Ask

FIRST_YEAR, LAST_YEAR = 1900, 2199


class When(TextChoices):
    """How old what is found may be."""

    ANY = "", pgettext_lazy("reader", "Any time")
    MONTH = "month", pgettext_lazy("reader", "Last month")
    YEAR = "year", pgettext_lazy("reader", "Last year")
    OLDER = "older", pgettext_lazy("reader", "Older")


class Order(TextChoices):
    """In which order it is shown."""

    BEST = "", pgettext_lazy("reader", "By relevance")
    NEWEST = "newest", pgettext_lazy("reader", "By date")


class DayField(forms.DateField):
    """A day written as 2023-12-08."""

    def __init__(self):
        """Say what is wrong in a sentence."""
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": gettext_lazy("A day is written like 2023-12-08.")},
        )

    def validate(self, value):
        """Refuse years no newspaper has."""
        super().validate(value)
        if value and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise forms.ValidationError(_("No issue can be of that year."))


class WordsField(forms.CharField):
    """What is looked for; a null character, which nobody types and no text has, is left out."""

    def to_python(self, value):
        """Return the words."""
        return super().to_python((value or "").replace("\x00", ""))


class SearchForm(forms.Form):
    """What stands in the address of a search; all of it may be missing."""

    q = WordsField(required=False)
    by = forms.CharField(
        required=False,
        max_length=40,
        error_messages={"max_length": gettext_lazy("A name has 40 characters at most.")},
    )
    section = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such section.")},
    )
    when = forms.ChoiceField(
        required=False,
        choices=When,
        error_messages={"invalid_choice": gettext_lazy("There is no such period.")},
    )
    order = forms.ChoiceField(
        required=False,
        choices=Order,
        error_messages={"invalid_choice": gettext_lazy("There is no such order.")},
    )
    page = forms.RegexField(
        "^[1-9][0-9]?$",
        required=False,
        error_messages={"invalid": gettext_lazy("There is no such page of results.")},
    )

    def __init__(self, data, sections: list[dict]):
        """Take the address's query, and the sections that have something to read."""
        super().__init__(data)
        self.fields["from"], self.fields["to"] = DayField(), DayField()
        self.fields["section"].choices = [(each["slug"], each["name"]) for each in sections]

    def clean(self):
        """Refuse days in the wrong order and pages nobody reads."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            self.add_error("to", _("The last day lies before the first."))
        if int(self.cleaned_data.get("page") or 1) > MOST_PAGES:
            self.add_error("page", _("There is no such page of results."))
        return self.cleaned_data

    @property
    def wish(self) -> wishes.Wish:
        """The words, read."""
        return wishes.read(self.words)

    @property
    def words(self) -> str:
        """The words as they were typed, as many as are read."""
        typed = (self["q"].data or "").replace("\x00", "").strip()
        return typed[: wishes.LONGEST_QUERY]

    def ask(self, at: datetime.datetime, keys: dict[str, int]) -> Ask:
        """Return what is asked for at an instant; ``keys`` are those of sections by address."""
        given = self.cleaned_data
        first, last = given["from"], given["to"]
        return Ask(
            wish=self.wish,
            by=given["by"].strip(),
            sections=tuple(keys[slug] for slug in given["section"]),
            when=given["when"],
            since=_midnight(first) if first else None,
            until=_midnight(last + datetime.timedelta(days=1)) if last else None,
            newest=given["order"] == Order.NEWEST,
            page=int(given["page"] or 1),
            at=at,
        )

    def query(self, **changes) -> str:
        """Return the query of the same search with some changes; the page is the first."""
        given = {
            name: value for name, value in self.cleaned_data.items() if value and name != "page"
        }
        given |= {"q": self.words, **changes}
        ordered = {name: given[name] for name in self.fields if given.get(name)}
        return urlencode(ordered, doseq=True)


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
