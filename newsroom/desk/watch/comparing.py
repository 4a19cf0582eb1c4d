"""What came back against what was expected: one finding for one address, or none."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from articles.public_pages import FRESH
from newsroom.desk.models import Check
from newsroom.desk.watch.asking import PATIENCE, Answer
from newsroom.desk.watch.expecting import Expectation, bare

SLOW = 3.0  # seconds
# For so long after a change a cache may show what was before it.
ALLOWED = timedelta(seconds=FRESH + 5)
CERTIFICATE_LEFT = timedelta(days=14)
State = Check.State


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be. ``facts`` fill its sentence, see ``wording``."""

    code: str
    state: str
    path: str = ""
    facts: dict = field(default_factory=dict)

    def kept(self) -> dict:
        """Return it as it is kept in a row."""
        return asdict(self)


# What has to do with the way to the site, not with a single page.
OF_THE_WAY = ("unreachable", "certificate")


def difference(expected: Expectation, answer: Answer, at: datetime) -> Finding | None:
    """Return what is amiss with an answer that came at an instant, or None."""
    facts = {"kind": expected.kind, **expected.about}
    if answer.problem:
        more = {"reason": answer.reason, "seconds": round(answer.seconds or PATIENCE, 1)}
        more |= {"site": answer.site}
        return Finding(answer.problem, State.ALARM, expected.path, facts | more)
    code, more = _code(expected, answer)
    if code and _may_be_old(expected, answer, at):
        return None
    if code:
        return Finding(code, State.ALARM, expected.path, facts | more)
    if answer.seconds > SLOW:
        more = {"seconds": round(answer.seconds, 1)}
        return Finding("slow", State.WARN, expected.path, facts | more)
    return None


def _may_be_old(expected: Expectation, answer: Answer, at: datetime) -> bool:
    """Say whether it is a copy that a cache may still keep; one of what is early never is."""
    lately = expected.since is not None and at - expected.since < ALLOWED
    young = answer.kept and answer.age <= ALLOWED.total_seconds()
    return lately and young and expected.kind != "early"


def _code(expected: Expectation, answer: Answer) -> tuple[str, dict]:
    status = {"status": answer.status, "wanted": expected.status}
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        return "elsewhere", status | {"location": answer.location}
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "broken", status
    if answer.status != expected.status:
        return _of_status(expected, answer), status | {"age": answer.age}
    if expected.status != HTTPStatus.OK:
        return "", {}
    return _of_text(expected, answer)


def _of_status(expected: Expectation, answer: Answer) -> str:
    if expected.kind == "early":
        return "early"
    there = answer.status == HTTPStatus.OK
    if expected.kind == "gone" and there:
        return "old_copy" if answer.kept else "still_there"
    if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE) and expected.kind != "gone":
        return "old_copy" if answer.kept else "missing"
    return "wrong"


def _of_text(expected: Expectation, answer: Answer) -> tuple[str, dict]:
    """Return what a page lacks, or has too much of."""
    if expected.kind == "photo":
        good = answer.size > 0 and answer.content_type.startswith("image/")
        return ("", {}) if good else ("empty", {})
    lacking = _lacking(expected.marks, answer.text)
    lacking += _lacking(expected.words, bare(answer.text)) if expected.words else 0
    left = sum(mark in answer.text for mark in expected.absent)
    if not lacking and not left:
        return "", {}
    code = "old_copy" if answer.kept else "incomplete" if lacking else "still_listed"
    return code, {"lacking": lacking, "left": left, "age": answer.age}


def _lacking(marks: Iterable[str], text: str) -> int:
    return sum(mark not in text for mark in marks)


def of_the_certificate(answer: Answer, at: datetime) -> list[Finding]:
    """Return a finding where the site's certificate ends soon."""
    until = answer.trusted_until
    if until is None or until - at > CERTIFICATE_LEFT:
        return []
    facts = {"day": f"{until:%Y-%m-%d}", "site": answer.site}
    return [Finding("certificate_ends", State.WARN, "", facts)]


def host_of(url: str) -> str:
    """Return the host of an address, for a sentence."""
    return urlsplit(url).netloc


def worst(findings: Iterable[Finding]) -> str:
    """Return the state that some findings come to."""
    states = {each.state for each in findings}
    return State.ALARM if State.ALARM in states else State.WARN if states else State.OK
