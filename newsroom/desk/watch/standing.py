"""Where the watch stands: the latest check, what it found, whether it is still awake."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from newsroom.desk.models import Alarm, Check
from newsroom.desk.watch import risks, wording
from newsroom.desk.watch.comparing import Finding
from newsroom.people import clock

# Three rounds were left out: nobody looks any more.
DROWSY = timedelta(minutes=15)
OK, ALARM, ASLEEP = "ok", "alarm", "asleep"


@dataclass(frozen=True)
class Standing:
    """What is known at an instant. ``state`` is for the public: ok, alarm or asleep."""

    at: datetime
    check: Check | None

    @property
    def is_asleep(self) -> bool:
        """Say whether nobody has looked for a while."""
        return self.check is None or self.check.at < self.at - DROWSY

    @property
    def state(self) -> str:
        """Return what residents get, as of the latest check; slow is still ok."""
        if self.is_asleep:
            return ASLEEP
        return ALARM if self.check.state == Check.State.ALARM else OK

    @cached_property
    def alarm(self) -> Alarm | None:
        """The alarm that sounds."""
        return Alarm.objects.sounding().first()

    @cached_property
    def risks(self) -> list[Finding]:
        """What may keep an issue from going out at its hour."""
        return [found for risk in risks.at_risk(self.at) for found in risk.findings()]

    @cached_property
    def house(self) -> list[Finding]:
        """What stands still in the house."""
        return risks.of_the_house(self.at)

    @property
    def findings(self) -> list[dict]:
        """Everything that is not as it should be, what residents get first."""
        of_check = self.check.findings if self.check else []
        return [*of_check, *(each.kept() for each in [*self.risks, *self.house])]

    @property
    def worst(self) -> str:
        """Return the worst of everything, by the words of a check's state."""
        states = {found["state"] for found in self.findings}
        if Check.State.ALARM in states:
            return Check.State.ALARM
        return Check.State.WARN if states or self.is_asleep else Check.State.OK

    def lines(self) -> list[str]:
        """Return the findings as sentences."""
        return [wording.sentence_of(found) for found in self.findings]


def present() -> Standing:
    """Return where the watch stands now; one statement, the rest when it is asked for."""
    return Standing(clock.now(), Check.objects.latest_first().first())
