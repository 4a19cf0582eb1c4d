"""Verbs of two people at one piece: be seen at it, and keep what one typed and could not save.

None of them changes the piece, so none is an act.
"""

import hashlib
import json

from django.db import connection
from django.db.models.functions import Now

from articles.models import Article, Presence, Unsaved
from articles.permissions import may_see
from articles.workflow.locking import extend
from newsroom.people.models import User
from newsroom.people.verdicts import demand

_BE_HERE = """
INSERT INTO articles_presence (article_id, person_id, since, seen_at, typed_at)
VALUES (%(article)s, %(person)s, now(), now(), CASE WHEN %(typed)s THEN now() END)
ON CONFLICT (article_id, person_id) DO UPDATE SET
  since = CASE WHEN articles_presence.seen_at < now() - interval '30 seconds'
               THEN now() ELSE articles_presence.since END,
  seen_at = now(),
  typed_at = CASE WHEN %(typed)s THEN now() ELSE articles_presence.typed_at END
"""


def be_here(article: Article, *, by: User, typed: bool = False) -> None:
    """Note that somebody has a piece open, and whether they type; a lock lasts while they do."""
    demand(may_see(by, article))
    facts = {"article": article.pk, "person": by.pk, "typed": typed}
    with connection.cursor() as cursor:
        cursor.execute(_BE_HERE, facts)
    if typed:
        extend(article, by=by)


def leave(article: Article, *, by: User) -> None:
    """Note that somebody has closed a piece; rows of those who left without a word go with it."""
    Presence.objects.filter(article=article, person=by).delete()
    Presence.objects.gone().delete()


def keep_unsaved(
    article: Article, *, by: User, reason: Unsaved.Reason, places, body: str, note: str = ""
) -> Unsaved | None:
    """Keep what somebody posted and was not saved as it was; the same again is kept once.

    ``places`` are those of ``articles.choices.between``, from what is stored to what was typed.
    """
    told = [[place.label, place.new, place.old] for place in places]
    if not told:
        return None
    mark = hashlib.sha256(json.dumps([told, body], ensure_ascii=False).encode()).hexdigest()
    row, _made = Unsaved.objects.get_or_create(
        article=article,
        by=by,
        fingerprint=mark,
        defaults={
            "reason": reason,
            "note": note,
            "revision": article.revision,
            "places": told,
            "body": body,
            "at": Now(),
        },
    )
    return row
