"""What a check has found, as sentences in the reader's language, from what is kept of it."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from issues.wording import day_and_hour
from newsroom.desk.models import Alarm, Check
from newsroom.desk.watch.comparing import host_of

SENTENCES = {
    # What residents get
    "no_site": gettext_lazy("The site cannot be asked: {reason}"),
    "unreachable": gettext_lazy("{site} cannot be reached ({reason})."),
    "certificate": gettext_lazy("The certificate of {site} is not valid ({reason})."),
    "certificate_ends": gettext_lazy("The certificate of {site} ends on {day}."),
    "timeout": gettext_lazy("{what} did not answer within {seconds} seconds."),
    "garbled": gettext_lazy("{what} answered something that is no answer ({reason})."),
    "early": gettext_lazy("{what} is not live yet and can be read already: {path}"),
    "missing": gettext_lazy("{what} is live, and residents do not find it (answer {status})."),
    "incomplete": gettext_lazy("{what} does not show everything that is live."),
    "empty": gettext_lazy("{what} comes without a picture in it."),
    "old_copy": gettext_lazy("A cache still hands out an old copy of {what} ({age} seconds old)."),
    "still_there": gettext_lazy("{what} has been withdrawn and can still be read."),
    "still_listed": gettext_lazy("{what} still lists what has been withdrawn."),
    "broken": gettext_lazy("{what} answers with a fault of the server (answer {status})."),
    "elsewhere": gettext_lazy("{what} leads elsewhere: {location}"),
    "wrong": gettext_lazy("{what} answers {status} instead of {wanted}."),
    "slow": gettext_lazy("{what} took {seconds} seconds to come."),
    "unfinished": gettext_lazy(
        "Only {asked} of {wanted} addresses could be asked within a minute; the site is slow."
    ),
    # What may keep an issue from going out
    "risk_held": gettext_lazy("{what} is to go live {hour} and is held."),
    "risk_unsigned": gettext_lazy(
        "{what} is to go live {hour}; not signed off: {pieces}, the first “{title}”."
    ),
    "risk_newer": gettext_lazy(
        "{what} is to go live {hour}; with a newer version not signed: {pieces}, "
        "the first “{title}”."
    ),
    "risk_open": gettext_lazy("{what} is planned for {hour} and is not closed yet."),
    "risk_no_hour": gettext_lazy("{what} is planned for {hour} and has not been given an hour."),
    "missed": gettext_lazy("{what} was to go live {hour} and has not been scheduled."),
    # What stands still in the house
    "asleep": gettext_lazy(
        "No worker runs (last seen: {hour}). Notices, letters and checks wait; what is scheduled "
        "goes live all the same."
    ),
    "stuck": gettext_lazy("{tasks} tasks have been waiting for more than ten minutes."),
    "clock": gettext_lazy(
        "The clock of this machine is {seconds} seconds off the database's. What goes live "
        "follows the database's; set this one right."
    ),
}
# What to do about it, where a sentence does not say it.
ADVICE = {
    "unreachable": gettext_lazy("Ask whoever keeps the servers to look at the proxy and the web."),
    "certificate": gettext_lazy("Browsers warn every reader: have the certificate renewed now."),
    "certificate_ends": gettext_lazy("Have it renewed before."),
    "early": gettext_lazy("Hold the release if it is not too late, and tell the administrator."),
    "old_copy": gettext_lazy("Have the proxy's cache, or the delivery network's, emptied."),
    "still_there": gettext_lazy("Have the proxy's cache, or the delivery network's, emptied."),
    "elsewhere": gettext_lazy("SITE_URL or the proxy names another address than readers use."),
    "asleep": gettext_lazy("Start “manage.py worker”."),
}
NAMES = {
    "front": gettext_lazy("The front page"),
    "archive": gettext_lazy("The archive"),
    "issue": gettext_lazy("{issue}"),
    "page": gettext_lazy("Page {page} of {issue}"),
    "piece": gettext_lazy("“{title}”"),
    "gone": gettext_lazy("“{title}”"),
    "photo": gettext_lazy("A photo of “{title}”"),
}
GROUPS = {
    "front": gettext_lazy("front page"),
    "archive": gettext_lazy("archive"),
    "issue": gettext_lazy("issue"),
    "page": gettext_lazy("pages"),
    "piece": gettext_lazy("pieces"),
    "photo": gettext_lazy("photos"),
    "gone": gettext_lazy("withdrawn"),
    "early": gettext_lazy("not live yet"),
}


def sentence_of(finding: dict) -> str:
    """Return a finding as a sentence."""
    pattern = SENTENCES.get(finding["code"], gettext_lazy("{what}: {code}"))
    facts = finding["facts"]
    hour = facts.get("hour")
    filled = _Facts(facts)
    filled.update(
        code=finding["code"],
        path=finding["path"],
        site=facts.get("site") or host_of(settings.SITE_URL),
        what=what_of(facts),
        hour=_hour(hour) if hour else _("never"),
    )
    return str(pattern).format_map(filled)


class _Facts(dict):
    """What a row tells; of what a former release did not write nothing is known."""

    def __missing__(self, name: str) -> str:
        return "?"


def advice_of(finding: dict) -> str:
    """Return what to do about a finding, if there is something to say."""
    return str(ADVICE.get(finding["code"], ""))


def what_of(facts: dict) -> str:
    """Return what a finding is about, as the head of a sentence."""
    issue = _issue(facts) if "number" in facts else ""
    kind = facts.get("kind", "issue")
    if kind == "early":
        kind = "photo" if facts.get("photo") else "piece" if "title" in facts else "issue"
    names = {"title": facts.get("title", ""), "page": facts.get("page"), "issue": issue}
    return str(NAMES[kind]).format(**names)


def _issue(facts: dict) -> str:
    if facts.get("number"):
        return _("No. {number}").format(number=facts["number"])
    # Translators: a date format of Django's: month and day.
    day = date_format(date.fromisoformat(facts["day"][:10]), _("j M"))
    return _("the issue of {day}").format(day=day)


def _hour(text: str) -> str:
    return day_and_hour(datetime.fromisoformat(text), timezone.now())


def verdict_of(check: Check) -> str:
    """Return what a check comes to, in one sentence."""
    if check.state == Check.State.OK:
        return ngettext(
            "Residents get what should be live: {n} address asked.",
            "Residents get what should be live: {n} addresses asked.",
            check.asked,
        ).format(n=check.asked)
    return ngettext(
        "{n} thing is not as it should be, of {asked} addresses asked.",
        "{n} things are not as they should be, of {asked} addresses asked.",
        len(check.findings),
    ).format(n=len(check.findings), asked=check.asked)


def groups_of(check: Check) -> list[tuple[str, int]]:
    """Return how many addresses of each kind a check asked."""
    return [
        (str(name), check.counts[kind]) for kind, name in GROUPS.items() if check.counts.get(kind)
    ]


def found_in(alarm: Alarm, occasion: str) -> str:
    """Return what an alarm was sounded for: on this occasion, or first."""
    code = occasion.rpartition(" ")[2]
    of_code = [found for found in alarm.findings if found["code"] == code]
    return sentence_of((of_code or alarm.findings)[0]).rstrip(".。")
