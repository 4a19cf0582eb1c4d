"""Bringing an edition in: its pieces become drafts, placed in an issue in planning.

Repeatable: the same text changes nothing, a changed text updates what nobody has touched since.
All or nothing, in one transaction; two imports of the same issue come one after the other.
"""

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass, field

import pghistory
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles import workflow as writing
from articles.kinds import Kind
from articles.models import Article, Byline, Gap, Photo, Section
from issues import numbering, permissions, workflow
from issues.drafting import (
    bylines_of,
    fields_of,
    gaps_of,
    people_of,
    photos_of,
    section_for,
    title_of,
)
from issues.matching import EarlierImports, beginning_of
from issues.models import EditionImport, ImportedPiece, Issue, IssueAct, Page, Placement
from issues.naming import Directory, NearMatch
from issues.reading.pieces import Edition, Piece
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError, Verdict, demand, first_objection

# The first half of an advisory lock; the second is the day. Any constant no other lock uses.
_IMPORTING = 20_231_208


@dataclass
class Report:
    """What an import did, in numbers, and what a person should look at."""

    issue: Issue
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: int = 0
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    near_matches: list[NearMatch] = field(default_factory=list)
    correspondents_created: list[str] = field(default_factory=list)

    @property
    def matched(self) -> int:
        """Pieces recognised from an earlier import."""
        return self.updated + self.unchanged + self.left_alone

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.updated)

    def sentence(self) -> str:
        """Return the numbers as a sentence."""
        if not self.changed and not self.left_alone:
            return _(
                "{issue}: nothing changed; all {count} pieces stand as imported before."
            ).format(issue=self.issue.address, count=self.unchanged)
        parts = [
            ngettext("{count} draft made", "{count} drafts made", self.created),
            ngettext("{count} updated", "{count} updated", self.updated),
            ngettext("{count} unchanged", "{count} unchanged", self.unchanged),
            ngettext("{count} left as edited", "{count} left as edited", self.left_alone),
            ngettext("{count} not imported", "{count} not imported", len(self.left_out)),
        ]
        counts = (
            self.created, self.updated, self.unchanged, self.left_alone, len(self.left_out)
        )  # fmt: skip
        told = [part.format(count=n) for part, n in zip(parts, counts, strict=True) if n]
        return _("{issue}: {numbers}.").format(
            issue=self.issue.address, numbers=pgettext("list", ", ").join(told)
        )

    def as_dict(self) -> dict:
        """Return the report as it is kept with its import."""
        return {
            "sentence": self.sentence(),
            "issue": self.issue.address,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "left_alone": self.left_alone,
            "left_out": self.left_out,
            "warnings": self.warnings,
            "near_matches": [asdict(match) for match in self.near_matches],
            "correspondents_created": self.correspondents_created,
        }


def import_edition(
    edition: Edition,
    *,
    by: User,
    date: datetime.date,
    sequence: int = 1,
    number: int | None = None,
    text: str = "",
    file_name: str = "",
    create_correspondents: bool = False,
    names: dict[str, int] | None = None,
    left_out: tuple[Piece, ...] = (),
    record: EditionImport | None = None,
) -> Report:
    """Bring an edition into the issue of a date, which is planned if there is none.

    ``names`` holds a person's decisions: printed name → key of a correspondent, 0 for none.
    ``left_out`` are pieces a person set aside. ``record`` is the stored upload a person has been
    through; without one the text is taken as read. Raises RefusalError: no right to plan, issue
    closed or live, running number taken.
    """
    demand(permissions.may_plan(by))
    demand(first_objection((not edition.pieces, _("No piece was found in this text."))))
    with transaction.atomic(), pghistory.context(user=by.pk, verb="import_edition"):
        _one_at_a_time(date, sequence)
        issue = _issue_for(edition, by=by, date=date, sequence=sequence, number=number)
        record = record or EditionImport(
            date=date,
            sequence=sequence,
            number=number,
            file_name=file_name[-200:],
            text=text,
            digest=digest_of(text, edition),
            proposal={"edition": edition.to_dict()},
            uploaded_by=by,
        )
        run = _Run(issue, record, by, Directory(names), create_correspondents)
        run.report.left_out = [title_of(piece) for piece in left_out]
        return run.take(edition)


def digest_of(text: str, edition: Edition) -> str:
    """Return what tells one upload from another: the text's hash, or the edition's without one."""
    content = text or json.dumps(edition.to_dict(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _one_at_a_time(date: datetime.date, sequence: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [_IMPORTING, date.toordinal() * 100 + sequence]
        )


def _issue_for(edition: Edition, *, by: User, date: datetime.date, sequence: int, number) -> Issue:
    """Return the issue in planning of a date, with the edition's pages; plan it if need be."""
    pages = {piece.page: "" for piece in edition.pieces}
    room = Page._meta.get_field("name").max_length
    pages |= {head.number: head.name[:room] for head in edition.pages}
    issue = (
        Issue.objects.dated(date, sequence)
        .select_for_update(no_key=True, of=("self",))
        .select_related("release")
        .first()
    )
    if issue is None:
        return workflow.plan(
            by=by, date=date, sequence=sequence, number=number, pages=sorted(pages.items())
        )
    demand(may_import_into(by, issue, number))
    if number and not issue.number:
        numbering.wait_for_turn()
        issue.number = number
        issue.save(update_fields=["number"])
    missing = pages.keys() - set(issue.pages.values_list("number", flat=True))
    Page.objects.bulk_create(
        Page(issue=issue, number=page, name=pages[page]) for page in sorted(missing)
    )
    return issue


def may_import_into(by: User, issue: Issue, number: int | None = None) -> Verdict:
    """Only an issue in planning takes an import, and only a running number that is free."""
    held = Issue.objects.holding(number or 0, issue.combines).exclude(pk=issue.pk)
    taken = held if number else Issue.objects.none()
    return first_objection(
        (
            issue.is_live(clock.now()),
            _("The issue of {day} is live; it changes only by correction and withdrawal.").format(
                day=issue.address
            ),
        ),
        (
            bool(number and issue.number and number != issue.number),
            _("The issue has running number {number}.").format(number=issue.numbers),
        ),
        (
            taken.exists(),
            _("Running number {number} has been given already.").format(number=number),
        ),
    ) and permissions.may_lay_out(by, issue)


class _Run:
    """One import: the pieces of an edition against what earlier imports left in the issue."""

    def __init__(self, issue, record, by, directory, create_correspondents):
        self.issue, self.record, self.by = issue, record, by
        self.directory, self.create = directory, create_correspondents
        self.report = Report(issue)
        self.before = EarlierImports(issue)
        self.written: dict[int, tuple[str, int]] = {}
        self.sections = list(Section.objects.in_use().order_by("position", "pk"))
        self.page_names = dict(issue.pages.values_list("number", "name"))
        self.led = set(
            Placement.objects.of_issue(issue)
            .filter(weight=Placement.Weight.LEAD)
            .values_list("page__number", flat=True)
        )

    def take(self, edition: Edition) -> Report:
        """Bring every piece in, and keep the record of it."""
        self.report.warnings += [warning.message for warning in edition.warnings]
        self._look_at_names(edition)
        if self.before.has_taken(self.record):
            self.report.unchanged = len(edition.pieces)
            return self._confirm(keep=self.record.pk is not None)
        pieces = self._each_once(edition.pieces)
        matches = self.before.match(pieces)
        self.record.issue = self.issue
        self.record.save()
        for piece, article in zip(pieces, matches, strict=True):
            self._take_piece(piece, article)
        return self._confirm(keep=True)

    def _look_at_names(self, edition: Edition) -> None:
        names = {name: None for piece in edition.pieces for _role, name, _did in people_of(piece)}
        for name in names:
            self.report.near_matches += self.directory.near(name)

    def _each_once(self, pieces) -> list[Piece]:
        """Leave out what the edition prints a second time, and say so."""
        once = {}
        for piece in pieces:
            if piece.fingerprint in once:
                self.report.warnings.append(
                    _("“{title}” is printed twice; it was imported once.").format(
                        title=title_of(piece)
                    )
                )
            once.setdefault(piece.fingerprint, piece)
        return list(once.values())

    def _take_piece(self, piece: Piece, article: Article | None) -> None:
        if article is None:
            article = Article()
            self._write(article, piece)
            self._place(article, piece)
            self.report.created += 1
        elif self.before.current(article) == piece.fingerprint:
            self.report.unchanged += 1
        elif self.before.is_untouched(article):
            self._write(article, piece)
            self.report.updated += 1
        else:
            self.report.left_alone += 1
            self.report.warnings.append(
                _("“{title}” has been edited since it was imported; it was left as it is.").format(
                    title=article
                )
            )

    def _write(self, article: Article, piece: Piece) -> None:
        """Fill a draft with a piece, through the verb that saves."""

        def write():
            for name, value in fields_of(piece).items():
                setattr(article, name, value)
            page_name = self.page_names.get(piece.page, "")
            article.section = article.section or section_for(piece, page_name, self.sections)
            article.save()
            self._write_parts(article, piece)

        writing.save(article, by=self.by, write=write)
        article.refresh_from_db(fields=["revision"])
        self.written[article.pk] = (piece.fingerprint, article.revision)
        ImportedPiece.objects.get_or_create(
            issue=self.issue,
            fingerprint=piece.fingerprint,
            defaults={
                "edition_import": self.record,
                "article": article,
                "beginning": beginning_of(piece),
            },
        )

    def _write_parts(self, article: Article, piece: Piece) -> None:
        gaps = gaps_of(piece)
        if article.revision:
            article.bylines.all().delete()
            article.photos.all().delete()
            found = {(gap.code, gap.quote) for gap in gaps}
            for old in article.gaps.filter(cleared_at=None):
                if (old.code, old.quote) not in found:
                    writing.clear_gap(article, by=self.by, gap=old.pk)
            there = set(article.gaps.values_list("code", "quote"))
            gaps = [gap for gap in gaps if (gap.code, gap.quote) not in there]
        for model, rows in (
            (Byline, bylines_of(piece, self.directory, create=self.create)),
            (Photo, photos_of(piece)),
            (Gap, gaps),
        ):
            for row in rows:
                row.article = article
            model.objects.bulk_create(rows)

    def _place(self, article: Article, piece: Piece) -> None:
        weight = Placement.Weight.NORMAL
        if piece.kind == Kind.BRIEF:
            weight = Placement.Weight.BRIEF
        elif piece.page not in self.led:
            weight = Placement.Weight.LEAD
            self.led.add(piece.page)
        workflow.place(self.issue, by=self.by, article=article, page=piece.page, weight=weight)

    def _confirm(self, *, keep: bool) -> Report:
        self.report.correspondents_created = self.directory.created
        if keep:
            self.record.issue, self.record.confirmed_at = self.issue, clock.now()
            self.record.proposal |= {"written": self.written, "report": self.report.as_dict()}
            self.record.save()
        if self.report.changed:
            IssueAct.objects.create(
                issue=self.issue, verb="import", by=self.by, note=self.report.sentence()
            )
        return self.report


def importer() -> tuple[User, bool]:
    """Return who imports from the command line, and whether the account was made just now.

    The first issue editor, else the first chief editor; where there is neither, an account
    "importer" in the issue editors' group, which has no password and no entry to the desk.
    """
    for role in (Role.ISSUE_EDITOR, Role.CHIEF_EDITOR):
        person = User.objects.holding(role).order_by("pk").first()
        if person:
            return person, False
    account, made = User.objects.get_or_create(
        username="importer", defaults={"name": _("Importer"), "is_staff": False}
    )
    if made:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    account.groups.add(Group.objects.get(name=Role.ISSUE_EDITOR))
    return account, made


__all__ = ["RefusalError", "Report", "digest_of", "import_edition", "importer", "may_import_into"]
