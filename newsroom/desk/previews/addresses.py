"""What stands in the address of a preview: which instant, and what is supposed besides."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.urls import register_converter
from django.utils import timezone

NOW = "now"


class Moment(NamedTuple):
    """An instant, or now; an issue that somebody insists on; whether unsigned pieces show."""

    at: datetime | None = None
    issue: int | None = None
    unsigned: bool = False

    def __str__(self):
        return MomentConverter().to_url(self)


class MomentConverter:
    """``2026-11-27T06:00,issue-12,unsigned``: the hour as the newsroom's clocks show it."""

    regex = (
        r"(?:now|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)"
        r"(?:,issue-[1-9][0-9]{0,17})?(?:,unsigned)?"
    )

    def to_python(self, value: str) -> Moment:
        """Return the moment named; raise ValueError for one no calendar has."""
        hour, *more = value.split(",")
        issue = next((int(each[6:]) for each in more if each.startswith("issue-")), None)
        return Moment(None if hour == NOW else aware(hour), issue, "unsigned" in more)

    def to_url(self, value: Moment | str) -> str:
        """Return how a moment stands in an address."""
        if isinstance(value, str):
            return value
        if not isinstance(value, Moment):
            raise ValueError("an address of a preview begins with a moment")
        parts = [NOW if value.at is None else written(value.at)]
        parts += [f"issue-{value.issue}"] if value.issue else []
        parts += ["unsigned"] if value.unsigned else []
        return ",".join(parts)


def aware(text: str) -> datetime:
    """Return an hour of the newsroom's as an instant. Raises ValueError."""
    moment = timezone.make_aware(datetime.fromisoformat(text))
    if not 1900 <= moment.year <= 2999:
        raise ValueError(f"There is no preview of {text}.")
    return moment


def written(moment: datetime) -> str:
    """Return an instant as an hour of the newsroom's, with seconds where it has some.

    A part of a second counts as a whole one: what goes out in it is out then.
    """
    here = timezone.localtime(moment)
    if here.microsecond:
        here = here.replace(microsecond=0) + timedelta(seconds=1)
    return f"{here:%Y-%m-%dT%H:%M:%S}" if here.second else f"{here:%Y-%m-%dT%H:%M}"


register_converter(MomentConverter, "moment")
