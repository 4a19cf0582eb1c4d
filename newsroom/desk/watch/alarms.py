"""An alarm begins with the first check that finds residents ill served, and ends with a good one.

Whoever watches is told when it begins, when something of another kind joins it, and when all is
right again: each once, however many addresses are concerned and however often one looks.
"""

from collections.abc import Iterable

from newsroom.desk import audiences
from newsroom.desk.delivery import tell_once
from newsroom.desk.kinds import Kind
from newsroom.desk.models import Alarm, Check
from newsroom.desk.telling import Telling

OVER = "over"


def follow(check: Check) -> None:
    """Begin, go on with or end the alarm as a check has it."""
    sounding = Alarm.objects.sounding().select_for_update(no_key=True).first()
    alarming = first_of_each_kind(check.findings)
    if alarming and sounding is None:
        begun = Alarm.objects.create(began_at=check.at, findings=alarming)
        _tell(begun, alarming[0]["code"])
    elif alarming:
        _join(sounding, alarming)
    elif sounding is not None and has_seen_enough(check):
        sounding.ended_at = check.at
        sounding.save(update_fields=["ended_at"])
        _tell(sounding, OVER)


def first_of_each_kind(findings: Iterable[dict]) -> list[dict]:
    """Return the first alarming finding of each code."""
    first: dict[str, dict] = {}
    for found in findings:
        if found["state"] == Check.State.ALARM:
            first.setdefault(found["code"], found)
    return list(first.values())


def has_seen_enough(check: Check) -> bool:
    """Say whether a check without alarm got to its end; one that broke off ends no alarm."""
    return check.asked == check.wanted


def _join(alarm: Alarm, findings: list[dict]) -> None:
    known = {found["code"] for found in alarm.findings}
    fresh = [found for found in findings if found["code"] not in known]
    if not fresh:
        return
    alarm.findings = [*alarm.findings, *fresh]
    alarm.save(update_fields=["findings"])
    _tell(alarm, fresh[0]["code"])


def _tell(alarm: Alarm, what: str) -> None:
    def tellings() -> list[Telling]:
        hour = alarm.ended_at if what == OVER else alarm.began_at
        return [
            Telling(person, Kind.ALARM, alarm=alarm, hour=hour) for person in audiences.watchers()
        ]

    tell_once(f"alarm {alarm.pk} {what}", tellings)
