"""What the list of pieces can be narrowed to: a filter for each question an editor asks of it."""

from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.models import Correspondent, Round, Section
from articles.narrowing import DeskFilter, SelectFilter
from newsroom.people.models import Unit, User

NONE = "none"
# Names a field suggests while somebody types; whoever is not among them is found all the same.
SUGGESTED = 500
STATES = {
    "draft": gettext_lazy("Draft"),
    "returned": gettext_lazy("Returned for changes"),
    "revised": gettext_lazy("Being revised"),
    "in_review": gettext_lazy("In review"),
    "signed_off": gettext_lazy("Signed off"),
    "approved": gettext_lazy("Signed off, no hour yet"),
    "scheduled": gettext_lazy("Scheduled"),
    "held": gettext_lazy("Held"),
    "live": gettext_lazy("Live"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "rejected": gettext_lazy("Rejected"),
    "discarded": gettext_lazy("Discarded"),
}


class StateFilter(SelectFilter):
    title = gettext_lazy("state")
    parameters = ("state",)

    def offered(self):
        """Return every state, stored or not."""
        return STATES.items()

    def wanted(self, queryset):
        """Return the pieces in the state."""
        return queryset.in_state(self.value)


class RoundFilter(SelectFilter):
    title = gettext_lazy("round")
    parameters = ("round",)

    def offered(self):
        """Return the rounds by name: pieces under way may have taken a former route."""
        names = Round.objects.order_by("position", "pk").values_list("name", flat=True)
        return [(name, name) for name in dict.fromkeys(names)]

    def wanted(self, queryset):
        """Return the pieces that wait in the round."""
        return queryset.in_round(self.value)


class HolderFilter(SelectFilter):
    """In whose hands: the draft of its author, the claimed piece of its reviewer."""

    title = gettext_lazy("holder")
    parameters = ("holder",)
    ME = "me"

    def offered(self):
        """Return the asker, nobody, and the people of the newsroom."""
        people = User.objects.of_the_newsroom().exclude(pk=self.user.pk)
        return [
            (self.ME, _("with me")),
            (NONE, _("Claimed by nobody")),
            *((person.pk, _("with {name}").format(name=person)) for person in people),
        ]

    def wanted(self, queryset):
        """Return the pieces in somebody's hands, or those in review in nobody's."""
        if self.value == NONE:
            return queryset.unclaimed()
        return queryset.in_hands_of(self.user.pk if self.value == self.ME else int(self.value))


class SectionFilter(SelectFilter):
    title = gettext_lazy("section")
    parameters = ("section",)

    def offered(self):
        """Return every section, retired ones too, and none."""
        return [*((each.pk, each.name) for each in Section.objects.all()), (NONE, _("No section"))]

    def wanted(self, queryset):
        """Return the working copies filed in the section."""
        return queryset.filed_in(None if self.value == NONE else int(self.value))


class UnitFilter(SelectFilter):
    title = gettext_lazy("unit")
    parameters = ("unit",)

    def offered(self):
        """Return every unit."""
        return Unit.objects.values_list("pk", "name")

    def wanted(self, queryset):
        """Return what somebody of the unit filed or is named in."""
        return queryset.from_unit(int(self.value))


class NameFilter(DeskFilter):
    """By a name under the piece, or a part of it; namesakes are told apart by their unit."""

    title = gettext_lazy("name under it")
    parameters = ("name",)
    control = "text"
    placeholder = gettext_lazy("name or part of it")

    @cached_property
    def suggestions(self) -> list[str]:
        """Names to choose from while typing."""
        return list(Correspondent.objects.names_in_use()[:SUGGESTED])

    @property
    def label(self) -> str:
        """Whose name is looked for."""
        return _("signed {name}").format(name=self.value)

    def narrow(self, queryset):
        """Return the pieces with the name under them."""
        return queryset.under_name(self.value)


class DateFilter(DeskFilter):
    """Between two days, both included: of filing, of the last change, or of going out."""

    title = gettext_lazy("date")
    parameters = ("on", "from", "to")
    control = "dates"
    FIELDS = {
        "filed": (gettext_lazy("filed"), "filed_at"),
        "changed": (gettext_lazy("changed"), "changed_at"),
        "published": (pgettext_lazy("date of", "published"), "release__publish_at"),
    }

    @property
    def options(self) -> list[tuple[str, str]]:
        """Which date is meant."""
        return [(name, str(word)) for name, (word, _field) in self.FIELDS.items()]

    @property
    def value(self) -> str:
        """Which date was chosen; the first, where only days were."""
        return self.used_parameters.get("on") or next(iter(self.FIELDS))

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day, as they were given."""
        return self.used_parameters.get("from", ""), self.used_parameters.get("to", "")

    @property
    def in_use(self) -> bool:
        """Say whether a day was given; the kind of date alone narrows nothing."""
        return any(self.days)

    @property
    def label(self) -> str:
        """The kind of date and the days."""
        word = dict(self.options).get(self.value, self.value)
        first, last = self.days
        if first and last:
            return _("{word} {first} to {last}").format(word=word, first=first, last=last)
        sentence = _("{word} since {first}") if first else _("{word} until {last}")
        return sentence.format(word=word, first=first, last=last)

    def narrow(self, queryset):
        """Return the pieces of these days; none where a day does not exist."""
        try:
            first, last = (_day(day) for day in self.days)
            _word, field = self.FIELDS[self.value]
        except (ValueError, KeyError):
            return queryset.none()
        end = last and last + timedelta(days=1)
        return queryset.dated(field, first and _midnight(first), end and _midnight(end))


def _day(text: str) -> date | None:
    """Return a day, or None for no text. Raise ValueError for what is none."""
    day = parse_date(text) if text else None
    if text and (day is None or not MINYEAR + 1 < day.year < MAXYEAR):
        raise ValueError(text)
    return day


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
