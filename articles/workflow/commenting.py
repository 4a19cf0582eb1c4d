"""Verbs of commenting: note down and send with an act, say at once, answer, mark as done."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.mentioning import named_in
from articles.models import Act, Article, Comment, Mention
from articles.workflow.moving import moving, record, required
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand, first_objection

# Within this time the same words by the same person are a second click.
ONCE = timedelta(minutes=1)


@moving
def note_down(
    article: Article, *, by: User, note: str, paragraph: int | None = None, seen: int | None = None
) -> None:
    """Keep a remark on the piece or a paragraph, numbered from 0; only its writer sees it yet.

    ``seen`` is the revision in which the paragraph has that number.
    """
    demand(permissions.may_comment(by, article))
    said = {
        **_about(article, paragraph, seen),
        "note": required(note, _("Say what should be changed.")),
    }
    # A second click says nothing new.
    if not Comment.objects.collected(by).filter(article=article, **said).exists():
        version = article.latest_version
        Comment.objects.create(article=article, version=version, round=article.round, by=by, **said)


def _about(article: Article, paragraph: int | None, seen: int | None) -> dict:
    """Return which paragraph of the text as it was read is meant, with its words."""
    if paragraph is None:
        return {"paragraph": None, "quote": ""}
    quotable = article.paragraphs
    moved = seen is not None and seen != article.revision
    demand(
        first_objection(
            (moved, _("The text has been changed meanwhile. Choose the paragraph again.")),
            (not 0 <= paragraph < len(quotable), _("The piece has no such paragraph.")),
        )
    )
    return {"paragraph": paragraph, "quote": quotable[paragraph]}


@moving
def take_back_note(article: Article, *, by: User, comment: int) -> None:
    """Take back a remark that has not been sent, or what was said and nobody has answered."""
    mine = Comment.objects.filter(article=article, pk=comment).first()
    demand(first_objection((mine is None, _("There is no such comment."))))
    replies = Comment.objects.sent().filter(answers=mine.answers_id or mine.pk)
    demand(permissions.may_take_back(by, mine, answered=mine.is_answered(replies)))
    Comment.objects.filter(pk=mine.pk).update(dropped_at=timezone.now())


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
def say(
    article: Article,
    *,
    by: User,
    note: str,
    inside: bool = False,
    paragraph: int | None = None,
    seen: int | None = None,
) -> None:
    """Say something about the piece or a paragraph, at once; ``inside`` for the newsroom alone.

    Whom the words name with an @ is told; a name that no reader of it bears is refused.
    """
    demand((permissions.may_say_inside if inside else permissions.may_say)(by, article))
    _say(article, by, note, inside=inside, **_about(article, paragraph, seen))


@moving
def answer(article: Article, *, by: User, comment: int, note: str) -> None:
    """Answer what was said or remarked, to the same readers."""
    demand(permissions.may_say(by, article))
    begun = _begun(article, by, comment)
    _say(article, by, note, inside=begun.inside, answers=begun)


def _begun(article: Article, by: User, number: int) -> Comment:
    """Return what a conversation began with, if somebody may read it."""
    found = Comment.objects.sent().begun().filter(article=article, pk=number).first()
    demand(first_objection((found is None, _("There is no such comment."))))
    demand(permissions.may_read_comment(by, found))
    return found


def _say(article: Article, by: User, note: str, **how) -> None:
    note = required(note, _("Write what you want to say."))
    people = _mentioned(article, by, note, inside=how["inside"])
    same = Comment.objects.sent().filter(article=article, by=by, note=note, **how)
    if same.filter(written_at__gt=timezone.now() - ONCE).exists():
        return
    version = article.latest_version
    act = record(article, "talk", by=by, round=article.round, version=version)
    said = Comment.objects.create(
        article=article, version=version, by=by, note=note, act=act, **how
    )
    Mention.objects.bulk_create(Mention(comment=said, person=person) for person in people)


def _mentioned(article: Article, by: User, note: str, *, inside: bool) -> list[User]:
    """Return whom a text names with an @, but for its writer; refuse a name of no reader."""
    if not {"@", "＠"} & set(note):
        return []
    known = list(permissions.readers(article, inside=inside))
    outside = [] if not inside else list(permissions.readers(article, inside=False))
    named = named_in(note, [person.name for person in [*known, *outside]])
    reached = {person.name for person in known}
    for name in named.names:
        if name not in reached:
            raise RefusalError(
                _("{name} does not read what is for the newsroom alone.").format(name=name)
            )
    if named.unknown:
        raise RefusalError(
            _(
                "Nobody who may read this is called “{name}”. Correct the name, or leave out the @."
            ).format(name=named.unknown[0])
        )
    return [person for person in known if person.name in named.names and person.pk != by.pk]


@moving
def resolve(article: Article, *, by: User, comment: int) -> None:
    """Say that what a comment asks for has been done."""
    begun = _begun(article, by, comment)
    demand(permissions.may_settle(by, article, begun))
    Comment.objects.open().filter(pk=begun.pk).update(resolved_at=timezone.now(), resolved_by=by)


@moving
def reopen_comment(article: Article, *, by: User, comment: int) -> None:
    """Say that what a comment asks for has not been done after all."""
    begun = _begun(article, by, comment)
    demand(permissions.may_settle(by, article, begun))
    Comment.objects.filter(pk=begun.pk).update(resolved_at=None, resolved_by=None)
