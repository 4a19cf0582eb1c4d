"""Who looks at the board of an issue, and whether anything on it has changed since they looked."""

from django.db import connection

from issues.models import BoardPresence, Issue
from issues.permissions import may_see_issues
from newsroom.people.models import User
from newsroom.people.verdicts import demand

_BE_HERE = """
INSERT INTO issues_boardpresence (issue_id, person_id, since, seen_at)
VALUES (%(issue)s, %(person)s, now(), now())
ON CONFLICT (issue_id, person_id) DO UPDATE SET
  since = CASE WHEN issues_boardpresence.seen_at < now() - interval '20 seconds'
               THEN now() ELSE issues_boardpresence.since END,
  seen_at = now()
"""

# A row that is written again has another xmin. The newest act and piece stand for what may lie in
# the tray. That time passes is no news here: a page asks for everything anew once a minute.
_MARK = """
SELECT md5(concat_ws(' ',
  (SELECT concat_ws(' ', i.xmin, r.xmin) FROM issues_issue i
     JOIN articles_release r ON r.id = i.release_id WHERE i.id = %(issue)s),
  (SELECT max(id) FROM issues_layoutmove WHERE issue_id = %(issue)s),
  (SELECT max(id) FROM issues_issueact WHERE issue_id = %(issue)s),
  (SELECT string_agg(concat_ws(' ', p.id, p.xmin), ',' ORDER BY p.id)
     FROM issues_page p WHERE p.issue_id = %(issue)s),
  (SELECT string_agg(concat_ws(' ', a.id, a.xmin), ',' ORDER BY a.id)
     FROM issues_placement s JOIN issues_page p ON p.id = s.page_id
     JOIN articles_article a ON a.id = s.article_id WHERE p.issue_id = %(issue)s),
  (SELECT max(id) FROM articles_act),
  (SELECT max(id) FROM articles_article),
  (SELECT string_agg(person_id::text, ',' ORDER BY person_id) FROM issues_boardpresence
    WHERE issue_id = %(issue)s AND seen_at > now() - interval '20 seconds')
))
"""


def be_here(issue: Issue, *, by: User) -> None:
    """Note that somebody has the board of an issue open."""
    demand(may_see_issues(by))
    with connection.cursor() as cursor:
        cursor.execute(_BE_HERE, {"issue": issue.pk, "person": by.pk})


def leave(issue: Issue, *, by: User) -> None:
    """Note that somebody has closed a board; rows of those who left without a word go with it."""
    BoardPresence.objects.of(issue, by).delete()
    BoardPresence.objects.gone().delete()


def mark_of(issue: Issue) -> str:
    """Return a mark that is another one as soon as the board would look otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, {"issue": issue.pk})
        return cursor.fetchone()[0]
