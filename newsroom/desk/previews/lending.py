"""Verbs of lending: lend what is not out by a link, hand out a code, revoke, note, answer.

Link and code are returned once, by the verb that makes them; of both only hashes are kept.
"""

import secrets
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from issues.models import Issue
from newsroom.desk.models import PreviewAnswer, PreviewLink, PreviewOpening
from newsroom.desk.models.previews import LONGEST, TRIES, hash_of_code, hash_of_token
from newsroom.desk.previews.permissions import (
    may_lend,
    may_lend_piece,
    may_renew_code,
    may_revoke,
)
from newsroom.people import clock
from newsroom.people.ciphers import locked
from newsroom.people.models import User
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection

USUAL = timedelta(hours=48)
LONGEST_WORDS = 2000


@dataclass(frozen=True)
class Lent:
    """A link just made, with what is shown this once."""

    link: PreviewLink
    token: str
    code: str


@dataclass(frozen=True)
class Said:
    """What somebody says of one piece: whether it is correct, and of which words."""

    article: Article
    verdict: str
    words: str
    fingerprint: str


def lend(
    *,
    by: User,
    recipient: str,
    organisation: str = "",
    purpose: str = "",
    email: str = "",
    article: Article | None = None,
    issue: Issue | None = None,
    page: int | None = None,
    span: timedelta = USUAL,
) -> Lent:
    """Make a link to a piece, an issue or one page of it. Raises RefusalError.

    Where an e-mail address is given, the link is mailed there; the code never is.
    """
    demand(may_lend_piece(by, article) if article else may_lend(by))
    no_page = page is not None and not (issue and issue.pages.numbered(page).exists())
    demand(
        first_objection(
            (not recipient.strip(), _("Say whom it is for.")),
            (not timedelta() < span <= LONGEST, _("A link runs out after fourteen days at most.")),
            (no_page, _("The issue has no page {number}.").format(number=page)),
        )
    )
    token, code = secrets.token_urlsafe(32), _new_code()
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="lend"):
        now = clock.now()
        link = PreviewLink.objects.create(
            article=article,
            issue=issue,
            page=page,
            recipient=recipient.strip(),
            organisation=organisation.strip(),
            purpose=purpose.strip(),
            email=email.strip(),
            token_hash=hash_of_token(token),
            code_hash=hash_of_code(code, hash_of_token(token)),
            made_by=by,
            made_at=now,
            expires_at=now + span,
        )
        if link.email:
            later("send_preview_link", link=link.pk, secret=locked(token))
    return Lent(link, token, code)


def _new_code() -> str:
    """Return eight digits that nobody can foresee."""
    return f"{secrets.randbelow(10**8):08d}"


def renew_code(link: PreviewLink, *, by: User) -> str:
    """Return another code for a link; the former one says nothing any more. Raises RefusalError."""
    code = _new_code()
    with _locked(link, by, "renew_code") as row:
        demand(may_renew_code(by, row))
        row.code_hash, row.code_tries = hash_of_code(code, row.token_hash), 0
        row.code_used_at = None
        row.save(update_fields=["code_hash", "code_tries", "code_used_at"])
    link.refresh_from_db()
    return code


def revoke(link: PreviewLink, *, by: User) -> None:
    """Take a link back: it opens nothing from now on. Raises RefusalError."""
    with _locked(link, by, "revoke") as row:
        demand(may_revoke(by, row))
        row.revoked_at, row.revoked_by = clock.now(), by
        row.save(update_fields=["revoked_at", "revoked_by"])
    link.refresh_from_db()


@contextmanager
def _locked(link: PreviewLink, by: User, verb: str):
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb=verb):
        yield PreviewLink.objects.select_for_update(no_key=True).get(pk=link.pk)


def note_opening(link: PreviewLink, *, device: str, piece=None) -> None:
    """Record that a page was opened; ``piece`` is the one whose words stood on it."""
    of_piece = {
        "article": piece.article, "fingerprint": piece.fingerprint, "version": piece.version,
    } if piece else {}  # fmt: skip
    PreviewOpening.objects.create(link=link, device=device, **of_piece)


def answer(link: PreviewLink, *, code: str, said: list[Said]) -> list[PreviewAnswer]:
    """Keep what the recipient says, against the code, which is used up by it.

    Each try is counted before the code is looked at, and stays counted. Raises RefusalError.
    """
    demand(
        first_objection(
            (not said, _("Choose “Correct” or write a remark for at least one piece.")),
            *((each.verdict == PreviewAnswer.Verdict.REMARK and not each.words.strip(),
               _("Write your remark on “{title}”.").format(title=each.article)) for each in said),
            *((len(each.words) > LONGEST_WORDS,
               _("A remark has two thousand characters at most.")) for each in said),
        )
    )  # fmt: skip
    versions = {each.article.pk: _seen(link, each) for each in said}
    _count_try(link)
    with as_refusals(), transaction.atomic():
        row = PreviewLink.objects.open().select_for_update(no_key=True).filter(pk=link.pk).first()
        demand(_right(row, code))
        row.code_used_at = clock.now()
        row.save(update_fields=["code_used_at"])
        sitting = uuid.uuid4()
        answers = [
            PreviewAnswer.objects.create(
                link=row,
                article=each.article,
                verdict=each.verdict,
                words=each.words.strip(),
                fingerprint=each.fingerprint,
                version=versions[each.article.pk],
                name=row.recipient,
                organisation=row.organisation,
                sitting=sitting,
            )
            for each in said
        ]
        later("preview_answered", answer=answers[0].pk)
    return answers


def _seen(link: PreviewLink, said: Said) -> int | None:
    """Return which version somebody speaks of; they speak of words they have opened here."""
    opened = link.openings.filter(article=said.article, fingerprint=said.fingerprint).first()
    if opened is None:
        raise RefusalError(_("Open “{title}” and read it first.").format(title=said.article))
    return opened.version


def _count_try(link: PreviewLink) -> None:
    """Count a try, in one statement, so that many at once are no more than a few."""
    left = PreviewLink.objects.open().filter(pk=link.pk, code_used_at=None, code_tries__lt=TRIES)
    if not left.update(code_tries=F("code_tries") + 1):
        raise RefusalError(_("This code is used up. Ask the newsroom for another."))


def _right(row: PreviewLink | None, code: str):
    """Say whether a code is the one that was handed out and has not been used."""
    gone = row is None or row.code_used_at is not None
    right = not gone and constant_time_compare(hash_of_code(code, row.token_hash), row.code_hash)
    left = 0 if gone else TRIES - row.code_tries
    wrong = ngettext(
        "The code is wrong. You can try once more.",
        "The code is wrong. You can try {n} times more.",
        left,
    ).format(n=left)
    return first_objection(
        (gone or (not right and left <= 0),
         _("This code is used up. Ask the newsroom for another.")),
        (not right, wrong),
    )  # fmt: skip
