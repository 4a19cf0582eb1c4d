"""Notices as rows, and the letters they go into. Whatever is done twice here tells nobody twice."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Act
from issues.models import AssignmentAct, IssueAct
from newsroom.desk import answered, assigned, reported, telling
from newsroom.desk.audiences import STANDING_STILL
from newsroom.desk.kinds import Kind, Rhythm
from newsroom.desk.models import Letter, Notice, PreviewAnswer, Told
from newsroom.desk.preferences import choices_of
from newsroom.desk.telling import Telling
from newsroom.people import clock
from newsroom.people.queueing import later
from newsroom.readers.models import ReportAct

# Acts come in flocks: forty pieces are handed in at once. What is mailed at once waits for these.
GATHERING = timedelta(seconds=15)
# Serialises the filling of one person's letters; any constant that no other lock uses.
_FILLING = 2_017_048
MORNING = 8  # o'clock, in the paper's time zone


@transaction.atomic
def tell_of_act(act: Act) -> list[Notice]:
    """Tell whom an act on a piece concerns, and take down what it has answered."""
    if act.verb not in STANDING_STILL:
        before = Notice.objects.filter(article=act.article_id, made_at__lt=act.at)
        before.asking().mark_read()
        # Who has gone on with a piece has seen why it came back.
        before.filter(recipient=act.by_id).mark_read()
    return _tell(telling.of_act(act), f"act {act.pk}", act=act)


@transaction.atomic
def tell_of_issue_act(act: IssueAct) -> list[Notice]:
    """Tell whom an act on an issue concerns."""
    return _tell(telling.of_issue_act(act), f"issue act {act.pk}", issue_act=act)


@transaction.atomic
def tell_of_assignment_act(act: AssignmentAct) -> list[Notice]:
    """Tell whom an act on an assignment concerns."""
    return _tell(assigned.of_act(act), f"assignment act {act.pk}", assignment_act=act)


@transaction.atomic
def tell_of_report_act(act: ReportAct) -> list[Notice]:
    """Tell whom an act on a reader's report concerns; take down what has been settled."""
    if not act.report.is_open:
        Notice.objects.filter(report=act.report_id, made_at__lt=act.at).mark_read()
    return _tell(reported.of_act(act), f"report act {act.pk}")


@transaction.atomic
def tell_of_preview_answer(answer: PreviewAnswer) -> list[Notice]:
    """Tell whom an answer from outside concerns, with all that was said together with it."""
    told = answered.of_sitting(answer)
    remarks = PreviewAnswer.objects.of_one_sitting(answer).remarks()
    source = remarks.first() or answer
    return _tell(told, f"answer {answer.sitting}", preview_answer=source)


@transaction.atomic
def tell_once(occasion: str, tellings) -> list[Notice]:
    """Tell of what time did. ``tellings`` is asked only where nobody was told of it before."""
    _told, new = Told.objects.get_or_create(occasion=occasion)
    return _tell(tellings(), occasion) if new else []


def _tell(tellings: list[Telling], occasion: str, **source) -> list[Notice]:
    had = set(
        Notice.objects.filter(
            occasion=occasion, recipient__in=[each.recipient for each in tellings]
        ).values_list("recipient", flat=True)
    )
    new = [each for each in tellings if each.recipient.pk not in had]
    new.sort(key=lambda each: each.recipient.pk)
    choices = choices_of([each.recipient for each in new])
    notices = [_notice(each, occasion, choices, source) for each in new]
    # Where another worker was faster, the constraint refuses, and the task is done again.
    Notice.objects.bulk_create(notices)
    for notice in notices:
        _put_aside_the_step_before(notice)
        _put_into_letter(notice, choices[notice.recipient_id][Kind(notice.kind)].rhythm)
    return notices


def _notice(each: Telling, occasion: str, choices, source) -> Notice:
    fields = {name: value for name, value in vars(each).items() if name != "recipient"}
    in_app = choices[each.recipient.pk][each.kind].in_app
    return Notice(
        recipient=each.recipient, occasion=occasion, in_app=in_app, **fields, **source
    )  # fmt: skip


def _put_aside_the_step_before(notice: Notice) -> None:
    steps = Notice.objects.steps()
    if notice.article_id and steps.filter(pk=notice.pk).exists():
        before = steps.filter(recipient=notice.recipient_id, article=notice.article_id)
        before.filter(pk__lt=notice.pk).mark_read()


# Letters


def _put_into_letter(notice: Notice, rhythm: Rhythm) -> None:
    """Put a notice into the letter its recipient gets next in this rhythm."""
    if rhythm == Rhythm.OFF or not settings.SENDS_MAIL or not notice.recipient.email:
        return
    _one_at_a_time(notice.recipient_id)
    # One that is being sent just now is locked, and takes no more.
    open_ones = Letter.objects.open_for(notice.recipient, rhythm)
    letter = open_ones.select_for_update(no_key=True, skip_locked=True).first()
    if letter is None:
        due = next_hour(rhythm, clock.now())
        letter = Letter.objects.create(recipient=notice.recipient, rhythm=rhythm, due_at=due)
        if rhythm == Rhythm.AT_ONCE:
            later("send_letters", at=due)
    notice.letter = letter
    notice.save(update_fields=["letter"])


def _one_at_a_time(person: int) -> None:
    """Wait for whoever else fills a letter to this person, so that there is one letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FILLING, person])


def next_hour(rhythm: Rhythm, now: datetime) -> datetime:
    """Return when a letter begun now is due."""
    if rhythm == Rhythm.AT_ONCE:
        return now + GATHERING
    here = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    if rhythm == Rhythm.HOURLY:
        return here + timedelta(hours=1)
    morning = here.replace(hour=MORNING)
    return morning if morning > now else morning + timedelta(days=1)
