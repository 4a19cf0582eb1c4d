"""Verbs of old addresses: lead one on, lead many on at once, switch one off and on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from issues.models import Issue
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand
from newsroom.readers import old_addresses
from newsroom.readers.models import Redirect
from newsroom.readers.old_addresses import UnusableAddressError
from newsroom.readers.permissions import may_keep_addresses
from newsroom.readers.targets import Known, Target, UnknownTargetError, read

# One statement however many there are; what is so already stays untouched, and out of history.
_LEAD_ALL_ON = """
INSERT INTO readers_redirect
       (address, article_id, issue_id, page_number, section_id, path, note,
        off, made_by_id, made_at)
SELECT line.*, false, %s, now()
  FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::smallint[], %s::bigint[], %s::text[],
              %s::text[]) AS line
    ON CONFLICT (address) DO UPDATE
   SET article_id = excluded.article_id, issue_id = excluded.issue_id,
       page_number = excluded.page_number, section_id = excluded.section_id, path = excluded.path,
       note = excluded.note
 WHERE (readers_redirect.article_id, readers_redirect.issue_id, readers_redirect.page_number,
        readers_redirect.section_id, readers_redirect.path, readers_redirect.note)
       IS DISTINCT FROM (excluded.article_id, excluded.issue_id, excluded.page_number,
                         excluded.section_id, excluded.path, excluded.note)
RETURNING (xmax = 0)
"""


@dataclass(frozen=True)
class Line:
    """One old address, where it leads, and a note."""

    address: str
    target: Target
    note: str = ""


@dataclass(frozen=True)
class Done:
    """What came of leading many on."""

    new: int
    changed: int
    same: int


def lead_on(address: str, target: str, *, by: User, note: str = "") -> Redirect:
    """Lead an old address to something of ours, or to something else than before.

    Both as somebody wrote them. Raises RefusalError with a sentence.
    """
    demand(may_keep_addresses(by))
    try:
        known, wanted = old_addresses.read(address), read(target)
        line = Line(known, Known([wanted]).target(wanted), _short(note))
    except (UnusableAddressError, UnknownTargetError) as problem:
        raise RefusalError(str(problem)) from problem
    lead_all_on([line], by=by)
    return Redirect.objects.get(address=known)


def lead_all_on(lines: Iterable[Line], *, by: User) -> Done:
    """Lead many old addresses on, all of them or, where one cannot be, none.

    Addresses are as ``old_addresses.read`` returns them, each once. A second time changes nothing.
    """
    demand(may_keep_addresses(by))
    # In one order, so that two who lead the same addresses on never wait for each other.
    lines = sorted(lines, key=lambda each: each.address)
    columns = list(zip(*((each.address, *each.target, each.note) for each in lines), strict=True))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LEAD_ALL_ON, [by.pk, *(map(list, columns or [()] * 7))])
        fresh = [made for (made,) in cursor.fetchall()]
    return Done(fresh.count(True), fresh.count(False), len(lines) - len(fresh))


def lead_pages_on(edition: str, *, by: User, before: str = "/html/") -> Done:
    """Lead the addresses that pages of an issue have in e-papers on: node_1.htm and so on.

    ``edition`` is its date as somebody wrote it, ``before`` what stands before the date in them, as
    in /tjrb/html/2023-12/08/node_1.htm. Raises RefusalError.
    """
    demand(may_keep_addresses(by))
    issue = _issue(edition)
    day = f"{before.rstrip('/')}/{issue.date:%Y-%m}/{issue.date:%d}"
    leads = {day: None} | {
        f"{day}/node_{page.number}.htm": page.number for page in issue.pages.all()
    }
    try:
        known = {old_addresses.read(address): page for address, page in leads.items()}
    except UnusableAddressError as problem:
        raise RefusalError(str(problem)) from problem
    return lead_all_on(
        [Line(each, Target(issue_id=issue.pk, page_number=page)) for each, page in known.items()],
        by=by,
    )


def _issue(edition: str) -> Issue:
    try:
        wanted = read(edition)
        issue = Known([wanted]).target(wanted).issue_id
    except UnknownTargetError as problem:
        raise RefusalError(str(problem)) from problem
    if issue is None or wanted.page:
        raise RefusalError(_("Give the date of an issue, such as 2023-12-08."))
    return Issue.objects.get(pk=issue)


def switch(redirect: Redirect, *, by: User, off: bool) -> None:
    """Lead nobody on from an old address for now, or again."""
    demand(may_keep_addresses(by))
    Redirect.objects.filter(pk=redirect.pk).exclude(off=off).update(off=off)
    redirect.off = off


def _short(note: str) -> str:
    note = " ".join(note.split())
    if len(note) > 200:
        raise RefusalError(_("A note has at most 200 characters."))
    return note
