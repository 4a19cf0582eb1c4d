"""What ``manage.py watch`` answers: lines for people, an object for machines."""

import json

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom.desk.models import Check
from newsroom.desk.watch import looking, standing, wording
from newsroom.desk.watch.asking import plain

MARKS = {"ok": "✓", "warn": "!", "alarm": "✗"}


def report() -> dict:
    """Look once and return the whole of it, plain data. The check is kept like any other."""
    check = looking.look(Check.Occasion.COMMAND)
    watched = standing.Standing(check.at, check)
    with override(settings.LANGUAGE_CODE):
        return {
            "state": watched.worst,
            "at": timezone.localtime(check.at).isoformat(timespec="seconds"),
            "site": settings.SITE_URL,
            "took_ms": check.took,
            "asked": check.asked,
            "wanted": check.wanted,
            "verdict": wording.verdict_of(check),
            "findings": [
                {
                    "code": found["code"],
                    "state": found["state"],
                    "path": found["path"],
                    "sentence": wording.sentence_of(found),
                }
                for found in watched.findings
            ],
        }


def without_a_database(error: Exception) -> dict:
    """Return the report of a look that was not possible."""
    with override(settings.LANGUAGE_CODE):
        sentence = _("The database does not answer: {reason}").format(reason=plain(error))
    found = {"code": "no_database", "state": "alarm", "path": "", "sentence": sentence}
    return {
        "state": "alarm",
        "at": timezone.localtime().isoformat(timespec="seconds"),
        "site": settings.SITE_URL,
        "took_ms": 0,
        "asked": 0,
        "wanted": 0,
        "verdict": sentence,
        "findings": [found],
    }


def as_json(told: dict) -> str:
    """Return a report as one line of JSON."""
    return json.dumps(told, ensure_ascii=False)


def as_lines(told: dict) -> str:
    """Return a report as lines: the verdict, then each finding."""
    seconds = told["took_ms"] / 1000
    head = f"{MARKS[told['state']]} {told['at']} {told['site']} {told['verdict']} ({seconds:.1f} s)"
    lines = [f"  {MARKS[found['state']]} {found['sentence']}" for found in told["findings"]]
    return "\n".join([head, *lines])
