"""May this person …, of the newsletter?"""

from django.utils.translation import gettext as _

from issues.permissions import may_plan
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.verdicts import Verdict, first_objection
from newsroom.readers.models import Mailing


def may_mail(user: User) -> Verdict:
    """Whoever plans issues looks after the letters that tell of them."""
    return may_plan(user)


def may_pause(user: User, mailing: Mailing) -> Verdict:
    """While there is something left to send."""
    return may_mail(user) and first_objection(
        (mailing.is_over, _("All of it has been sent.")),
        (mailing.paused_at is not None, _("It is paused already.")),
    )


def may_resume(user: User, mailing: Mailing) -> Verdict:
    """What is paused, as long as its issue is news."""
    return may_mail(user) and first_objection(
        (mailing.is_over, _("All of it has been sent.")),
        (mailing.paused_at is None, _("It is not paused.")),
        (
            mailing.is_late(clock.now()),
            _("The issue is older than two days; nobody is written of it any more."),
        ),
    )
