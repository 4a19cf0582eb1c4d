"""Verbs of commenting: note down while reading, send with an act, mark as done."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Act, Article, Comment
from articles.workflow.moving import moving, record, required
from articles.workflow.revising import as_read
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection


@moving
def note_down(
    article: Article, *, by: User, note: str, paragraph: int | None = None, seen: int | None = None
) -> None:
    """Keep a remark on the piece or a paragraph, numbered from 0; only its writer sees it yet.

    ``seen`` is the revision in which the paragraph has that number.
    """
    demand(permissions.may_comment(by, article))
    as_read(article, seen)
    quotable = article.paragraphs
    demand(
        first_objection(
            (
                paragraph is not None and not 0 <= paragraph < len(quotable),
                _("The piece has no such paragraph."),
            )
        )
    )
    said = {
        "paragraph": paragraph,
        "quote": "" if paragraph is None else quotable[paragraph],
        "note": required(note, _("Say what should be changed.")),
    }
    # A second click says nothing new.
    if not Comment.objects.collected(by).filter(article=article, **said).exists():
        version = article.latest_version
        Comment.objects.create(article=article, version=version, round=article.round, by=by, **said)


@moving
def take_back_note(article: Article, *, by: User, comment: int) -> None:
    """Take back a remark that has not been sent."""
    mine = Comment.objects.collected(by).filter(article=article, pk=comment)
    demand(first_objection((not mine.exists(), _("It has been sent, or is not yours."))))
    mine.update(dropped_at=timezone.now())


@moving
def comment(article: Article, *, by: User) -> None:
    """Send what somebody has noted down, without returning the piece."""
    demand(permissions.may_comment(by, article))
    collected = Comment.objects.collected(by).filter(article=article)
    demand(first_objection((not collected.exists(), _("You have noted nothing down."))))
    act = record(article, "comment", by=by, round=article.round, version=article.latest_version)
    send_notes(act)


def send_notes(act: Act) -> None:
    """Let what somebody has noted down on a piece go out with what they do to it."""
    Comment.objects.collected(act.by).filter(article=act.article_id).update(act=act)


@moving
def resolve(article: Article, *, by: User, comment: int) -> None:
    """Say that what a comment asks for has been done."""
    demand(permissions.may_resolve(by, article))
    found = Comment.objects.sent().filter(article=article, pk=comment)
    demand(first_objection((not found.exists(), _("There is no such comment."))))
    found.open().update(resolved_at=timezone.now(), resolved_by=by)
