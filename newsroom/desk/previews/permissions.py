"""Who may look at the site of another hour, and who may lend what is not out to outsiders."""

from django.utils.translation import gettext as _

from articles.permissions import sees_everything
from newsroom.people.models import User
from newsroom.people.verdicts import YES, Verdict


def may_preview(user: User) -> Verdict:
    """The newsroom sees the site of any hour; correspondents preview their own pieces."""
    allowed = sees_everything(user)
    return YES if allowed else Verdict(_("The site of another hour is for the newsroom."))
