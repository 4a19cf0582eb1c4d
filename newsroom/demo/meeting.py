"""Two people at one of the demo's pieces: a lock for the first half hour, and typing not saved."""

from dataclasses import replace

from django.utils.translation import gettext as _

from articles import workflow
from articles.choices import between
from articles.models import Article, Unsaved
from articles.revisions import content_now
from articles.workflow import meeting
from newsroom.people.models import User

TYPED = "<p>马师傅说，明年想把钥匙板换成带编号的。</p>"


def meet_at(article: Article, *, writer: User, editor: User) -> None:
    """Let the writer type on when the piece is no longer theirs, and the editor lock it."""
    now = content_now(article)
    typed = replace(now, body=now.body + TYPED)
    meeting.keep_unsaved(
        article,
        by=writer,
        reason=Unsaved.Reason.REFUSED,
        places=between(now, typed, by=writer),
        body=typed.body,
        note=_("In review only the person who has claimed it changes it."),
    )
    workflow.lock(article, by=editor, minutes=30)
