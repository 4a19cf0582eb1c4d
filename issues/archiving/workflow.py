"""The verb that restores an issue from its archive: all of it in one transaction, or nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import pghistory
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import cabinet
from articles.attaching import UnusableFileError, examine
from articles.models import (
    ArchiveBatch,
    ArchivedPiece,
    Article,
    Correspondent,
    Picture,
    Release,
    Section,
)
from articles.permissions.restoring import may_restore_archive
from articles.workflow.developing import take_master
from articles.workflow.restoring import Restored, restore_hour, restore_piece
from issues.archiving.exporting import label
from issues.archiving.gathering import WITHDRAWN
from issues.archiving.looking import (
    GONE,
    NEW,
    SAME,
    Line,
    Look,
    look_at,
    person_for,
    section_for,
    unit_for,
)
from issues.archiving.packing import PIECE
from issues.archiving.schema import origin, read
from issues.archiving.unpacking import Container, UnreadableArchiveError
from issues.models import Issue, IssueAct, Page, PageFormat, Placement, RestoredIssue
from issues.statuses import TRANSITIONS
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection

# Serialises what is restored; any constant that no other lock uses.
_RESTORING = 20_170_048
Say = Callable[[str], None]


def _silently(_words: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Opened:
    """An archive that has been read and checked whole: its files, its data, its digest."""

    container: Container
    record: dict
    digest: str

    @property
    def label(self) -> str:
        """What it is called."""
        return label(self.record["told"])


@dataclass(frozen=True)
class Restoration:
    """What came of restoring an archive."""

    look: Look
    issue: Issue
    batch: ArchiveBatch | None

    def sentence(self) -> str:
        """Return what was done, in a sentence."""
        if self.batch is None:
            return _("All of issue {address} is here already. Nothing was changed.").format(
                address=self.issue.address
            )
        new = self.look.count(NEW)
        said = ngettext(
            "Issue {address} is restored: {n} piece.",
            "Issue {address} is restored: {n} pieces.",
            new,
        )
        return said.format(address=self.issue.address, n=new)


def open_archive(file: BinaryIO, *, say: Say = _silently) -> Opened:
    """Read an archive and check all of it, before anything is believed. Raises RefusalError."""
    try:
        container = Container(file)
        container.verify(lambda done, of: _counted(say, done, of))
        record = read(container)
    except UnreadableArchiveError as refusal:
        raise RefusalError(str(refusal)) from None
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
    return Opened(container, record, digest.hexdigest())


def _counted(say: Say, done: int, of: int) -> None:
    if done % 50 == 0 or done == of:
        say(_("Checked {n} of {of} files").format(n=done, of=of))


def look_into(file: BinaryIO, *, by: User, say: Say = _silently) -> Look:
    """Say what restoring an archive would do; nothing is written. Raises RefusalError."""
    demand(may_restore_archive(by))
    return look_at(open_archive(file, say=say).record)


def restore_issue(file: BinaryIO, *, by: User, say: Say = _silently) -> Restoration:
    """Restore the issue in an archive, live as it was; what is here already stays as it is.

    Raises RefusalError, and OSError when storage is full. Restoring twice changes nothing.
    """
    demand(may_restore_archive(by))
    opened = open_archive(file, say=say)
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="restore_issue"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_RESTORING])
        look = look_at(opened.record)
        demand(first_objection(*((True, each) for each in look.objections[:1])))
        if look.changes_nothing:
            return Restoration(look, look.issue, None)
        return _Restoring(opened, look, by=by, say=say).run()


class _Restoring:
    """Puts an issue together from an archive, within the transaction of its verb."""

    def __init__(self, opened: Opened, look: Look, *, by: User, say: Say):
        self.opened, self.look, self.by, self.say = opened, look, by, say
        self.record, self.told = opened.record, opened.record["issue"]
        site = self.record["site"]
        self.batch = ArchiveBatch.objects.create(
            by=by,
            digest=opened.digest,
            site=site["address"],
            paper=site["paper"],
            label=opened.label,
        )
        self.because = _("{label}, archived at {site}").format(
            label=opened.label, site=site["address"]
        )
        self.taken: dict[str, Picture] = {}
        self.sections = {key: self._section(t) for key, t in self.record["sections"].items()}
        self.people = {key: self._person(t) for key, t in self.record["correspondents"].items()}

    def run(self) -> Restoration:
        """Bring pieces, issue and pages in, then let it be live since its hour."""
        articles = {line.number: self._article(line, n) for n, line in self._coming()}
        issue = self._issue()
        pages = self._pages(issue)
        for line in self.look.lines:
            if line.told["state"] != WITHDRAWN:
                Placement.objects.create(
                    page=pages[line.told["page"]],
                    article=articles.get(line.number) or line.article,
                    position=line.told["position"],
                    weight=line.told["weight"],
                )
            elif line.state == GONE:
                self._tombstone(line.told)
        self._close(issue, articles)
        RestoredIssue.objects.create(
            issue=issue, batch=self.batch, closed_at=self.told["closed_at"]
        )
        # Nobody is told: it went live when it did.
        IssueAct.objects.create(issue=issue, verb="restore_issue", by=self.by, note=self.because)
        return Restoration(self.look, issue, self.batch)

    def _coming(self):
        return enumerate((line for line in self.look.lines if line.state == NEW), start=1)

    # What pieces refer to

    def _section(self, told: dict) -> Section:
        return section_for(told) or Section.objects.create(**told)

    def _person(self, told: dict) -> Correspondent:
        found = person_for(told)
        if found is None:
            unit = unit_for(told["unit"]) if told["unit"] else None
            found = Correspondent.objects.create(name=told["name"], unit=unit)
        return found

    # Pieces

    def _article(self, line: Line, number: int) -> Article:
        """Bring a piece in, its photographs and files before it."""
        self.say(
            _("Piece {n} of {of}: {title}").format(
                n=number, of=self.look.count(NEW), title=line.title
            )
        )
        article = restore_piece(
            self._restored(line),
            by=self.by,
            batch=self.batch,
            number=line.number if line.keeps_number else None,
        )
        hour = line.told["published_at"]
        if hour is not None and hour <= self.told["published_at"]:
            restore_hour(article, by=self.by, at=hour, because=self.because)
        return article

    def _restored(self, line: Line) -> Restored:
        piece = line.told
        raw = next(each for each in self.record["told"]["pieces"] if each["number"] == line.number
                   and each["state"] != WITHDRAWN)  # fmt: skip
        covers = piece["covers"]
        site, number = origin(piece)
        lists = ("section", "bylines", "photos", "attachments")
        return Restored(
            words={name: value for name, value in covers.items() if name not in lists},
            breaks=piece["breaks"],
            section=self.sections.get(covers["section"]),
            bylines=[self._byline(*each) for each in covers["bylines"]],
            photos=self._photos(piece),
            attachments=self._attachments(piece),
            sealed_at=piece["signed"]["sealed_at"],
            site=site,
            number=number,
            fingerprint=piece["signed"]["fingerprint"],
            record={
                "number": piece["number"],
                **{name: raw[name] for name in ("signed", "notes", "corrections", "put_up_again")},
            },
            corrections=[
                {
                    "signed_at": each["at"],
                    **{name: each[name] for name in ("wrong", "right", "note", "printed_where")},
                }
                for each in piece["corrections"]
            ],
        )

    def _byline(self, key: int | None, name: str, role: str, credit: str) -> dict:
        person = self.people.get(key)
        # Somebody else's name is a pen name, which is printed as it is.
        printed = person is not None and person.name == "".join(name.split())
        return {
            "correspondent": person if printed else None, "name": name, "role": role,
            "credit": credit,
        }  # fmt: skip

    def _photos(self, piece: dict) -> dict[int, dict]:
        """Take the pictures of a piece in, each decoded before it is believed to be one."""
        found = {}
        for photo, words in zip(piece["photos"], piece["covers"]["photos"], strict=True):
            _digest, caption, credit, alternative_text, *video = words
            picture = self._picture(photo["digest"])
            if (picture.digest, picture.width, picture.height) != (
                photo["digest"], photo["width"], photo["height"],
            ):  # fmt: skip
                raise RefusalError(
                    _("A photo of “{title}” is another one than was signed.").format(
                        title=piece["title"]
                    )
                )
            found[photo["number"]] = {
                "digest": picture.digest,
                "width": picture.width,
                "height": picture.height,
                "widths": picture.widths,
                "caption": caption,
                "credit": credit,
                "alternative_text": alternative_text,
                "video_url": "".join(video),
                "focal_x": photo["focus"][0],
                "focal_y": photo["focus"][1],
                "photographer": self.people.get(photo["photographer"]),
            }
        return found

    def _picture(self, digest: str) -> Picture:
        """Take a picture in, once however many pieces show it."""
        if digest not in self.taken:
            self.taken[digest] = take_master(self._read(f"photos/{digest}.webp"), by=self.by)
        return self.taken[digest]

    def _attachments(self, piece: dict) -> list[dict]:
        found = []
        for digest, kind, title in piece["covers"].get("attachments", []):
            try:
                checked = examine(self._read(f"files/{digest}.{kind}"))
            except UnusableFileError as refusal:
                raise RefusalError(f"{title}.{kind}: {refusal}") from None
            if (checked.digest, checked.kind) != (digest, kind):
                raise RefusalError(
                    _("A file of “{title}” is another one than was signed.").format(
                        title=piece["title"]
                    )
                )
            cabinet.keep(checked.digest, checked.content)
            found.append({"digest": digest, "kind": kind, "size": checked.size, "title": title})
        return found

    def _read(self, name: str) -> bytes:
        try:
            return self.opened.container.read(name)
        except UnreadableArchiveError as refusal:
            raise RefusalError(str(refusal)) from None

    def _tombstone(self, told: dict) -> None:
        site, number = origin(told)
        raw = next(
            each for each in self.record["told"]["pieces"]
            if each["state"] == WITHDRAWN and (each["site"], each["origin"]) == (site, number)
        )  # fmt: skip
        ArchivedPiece.objects.create(batch=self.batch, site=site, number=number, record=raw)

    # The issue

    def _issue(self) -> Issue:
        told = self.told
        return Issue.objects.create(
            date=told["date"],
            sequence=told["sequence"],
            number=told["number"],
            kind=told["kind"],
            combines=told["combines"],
            numbered=told["number"] is not None,
            title=told["title"],
            release=Release.objects.create(),
        )

    def _pages(self, issue: Issue) -> dict[int, Page]:
        formats = {each.name: each for each in PageFormat.objects.all()}
        return {
            page["number"]: Page.objects.create(
                issue=issue,
                number=page["number"],
                name=page["name"],
                format=formats.get(page["format"]),
            )
            for page in self.record["pages"]
        }

    def _close(self, issue: Issue, articles: dict[int, Article]) -> None:
        """Put the pieces under the issue's hour, close it, and give it the hour it had."""
        later = {
            line.number: line.told["published_at"] for line in self.look.lines
            if line.state == NEW and line.told["published_at"] is not None
            and line.told["published_at"] > self.told["published_at"]
        }  # fmt: skip
        made = {number: article.pk for number, article in articles.items()}
        with_it = [key for number, key in made.items() if number not in later]
        Article.objects.filter(pk__in=with_it, release=None).update(release=issue.release)
        # The issue went out without these, and they went out by themselves afterwards.
        without = [made[number] for number in later]
        Article.objects.filter(pk__in=without).update(left_out_of=issue.release)
        issue.status = TRANSITIONS["close"][1]
        issue.closed_at = clock.now()  # residents are told since when it stands here
        issue.save(update_fields=["status", "closed_at"])
        Release.objects.filter(pk=issue.release_id).update(
            publish_at=self.told["published_at"], backdated_because=self.because
        )
        for number, hour in later.items():
            article = Article.objects.get(pk=made[number])
            restore_hour(article, by=self.by, at=hour, because=self.because)
        issue.refresh_from_db()


__all__ = ["SAME", "Opened", "Restoration", "look_into", "open_archive", "restore_issue"]
