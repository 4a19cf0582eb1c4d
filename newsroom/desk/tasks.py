"""What the worker does: each task takes keys and calls one function; twice tells nobody twice."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from articles import folding, stocktaking
from articles.models import Act, Picture
from articles.workflow import uploading
from articles.workflow.developing import finish_picture
from issues import issuing, trying
from issues.models import AssignmentAct, IssueAct
from newsroom.desk import clockwork, delivery, postbox
from newsroom.desk.accounts import letters
from newsroom.desk.models import Check, Invitation, PreviewAnswer, PreviewLink
from newsroom.desk.previews import letters as preview_letters
from newsroom.desk.watch import hours, looking
from newsroom.people.access import AccountEvent
from newsroom.people.models import User
from newsroom.readers import importing
from newsroom.readers.models import ReportAct
from newsroom.readers.workflow import mailing, replying, subscribing

log = logging.getLogger(__name__)
# A database that is away comes back; 3, 9, 27 … seconds, the last after two and a half hours.
PATIENTLY = RetryStrategy(max_attempts=8, exponential_wait=3)
KEPT_HOURS = 24  # of jobs that are done
FAILED_HOURS = 24 * 30
MADE_AN_HOUR = 100  # pictures, a few minutes of work


@app.task(name="act_recorded", retry=PATIENTLY)
def act_recorded(*, act: int) -> None:
    """Tell whom an act on a piece concerns."""
    delivery.tell_of_act(Act.objects.select_related("article__round").get(pk=act))


@app.task(name="issue_act_recorded", retry=PATIENTLY)
def issue_act_recorded(*, act: int) -> None:
    """Tell whom an act on an issue concerns."""
    delivery.tell_of_issue_act(IssueAct.objects.select_related("issue__release").get(pk=act))


@app.task(name="assignment_act_recorded", retry=PATIENTLY)
def assignment_act_recorded(*, act: int) -> None:
    """Tell whom an act on an assignment concerns."""
    acts = AssignmentAct.objects.select_related("assignment")
    delivery.tell_of_assignment_act(acts.get(pk=act))


@app.task(name="report_act_recorded", retry=PATIENTLY)
def report_act_recorded(*, act: int) -> None:
    """Tell whom an act on a reader's report concerns."""
    acts = ReportAct.objects.select_related("report__article", "report__taken_by", "to")
    delivery.tell_of_report_act(acts.get(pk=act))


@app.periodic(cron="* * * * *")
@app.task(name="mail_answers", queueing_lock="mail_answers")
def mail_answers(timestamp: int) -> None:
    """Mail readers the answers to what they reported."""
    replying.mail_answers()


@app.periodic(cron="19 3 * * *")
@app.task(name="forget_readers", queueing_lock="forget_readers")
def forget_readers(timestamp: int) -> None:
    """Erase how to reach readers whose report was answered long ago."""
    replying.forget_readers()


@app.task(name=importing.TASK, retry=PATIENTLY)
def import_redirects(*, table: int, by: int) -> None:
    """Import a table of old addresses, or what an interrupted import has left of it."""
    importing.go_on(table, by)


@app.task(name="send_invitation", retry=PATIENTLY)
def send_invitation(*, invitation: int) -> None:
    """Mail the link of an invitation that is still open."""
    letters.send_invitation(Invitation.objects.select_related("invited_by").get(pk=invitation))


@app.task(name="send_password_link", retry=PATIENTLY)
def send_password_link(*, person: int) -> None:
    """Mail somebody the link by which they set a new password."""
    letters.send_password_link(User.objects.get(pk=person))


@app.task(name="send_account_change", retry=PATIENTLY)
def send_account_change(*, event: int) -> None:
    """Tell somebody by mail that their account has changed."""
    letters.send_account_change(AccountEvent.objects.select_related("person").get(pk=event))


@app.task(name="send_preview_link", retry=PATIENTLY)
def send_preview_link(*, link: int, secret: str) -> None:
    """Mail a link to what is not out; it comes locked with the key of the site."""
    preview_letters.send_preview_link(PreviewLink.objects.with_lent().get(pk=link), secret)


@app.task(name="preview_answered", retry=PATIENTLY)
def preview_answered(*, answer: int) -> None:
    """Tell whom an answer from outside concerns."""
    delivery.tell_of_preview_answer(
        PreviewAnswer.objects.select_related("link__made_by").get(pk=answer)
    )


@app.task(name="make_renditions", retry=RetryStrategy(max_attempts=4, wait=10))
def make_renditions(*, picture: int) -> None:
    """Make the files that a picture lacks."""
    for found in Picture.objects.filter(pk=picture):
        finish_picture(found)


@app.periodic(cron="23 * * * *")
@app.task(name="make_missing_renditions", lock="renditions", queueing_lock="missing_renditions")
def make_missing_renditions(timestamp: int) -> None:
    """Make what earlier tries have left, where storage was full or away."""
    # A part of them, and not always the same: what is uploaded meanwhile waits for this.
    for picture in Picture.objects.unfinished().order_by("?")[:MADE_AN_HOUR]:
        stocktaking.make_good(picture)


@app.task(name="send_letters")
def send_letters() -> None:
    """Send what is due. What cannot be sent now stays due and is tried again."""
    postbox.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="send_what_is_due", queueing_lock="send_what_is_due")
def send_what_is_due(timestamp: int) -> None:
    """Send every letter whose hour has come, those tried in vain among them."""
    postbox.send_due()


@app.task(name="answer_sign_up", retry=PATIENTLY)
def answer_sign_up(*, sealed: str) -> None:
    """Write to an address that a reader has entered; it comes locked with the key of the site."""
    subscribing.answer_sign_up(sealed)


@app.task(name="send_test_letter", retry=PATIENTLY)
def send_test_letter(*, person: int) -> None:
    """Send somebody of the newsroom the letter about the latest issue."""
    mailing.send_test(User.objects.get(pk=person))


@app.periodic(cron="* * * * *")
@app.task(name="send_newsletter", lock="newsletter", queueing_lock="send_newsletter")
def send_newsletter(timestamp: int) -> None:
    """Write to readers of what is live and has not been told; as many as a minute allows."""
    mailing.send_due()


@app.periodic(cron="31 3 * * *")
@app.task(name="clear_newsletter", queueing_lock="clear_newsletter")
def clear_newsletter(timestamp: int) -> None:
    """Forget who got which letter, and traces of addresses, when their time is over."""
    mailing.clear_old()
    subscribing.clear_old()


@app.periodic(cron="29 3 * * *")
@app.task(name="clear_letters", queueing_lock="clear_letters")
def clear_letters(timestamp: int) -> None:
    """Delete letters that were settled long ago."""
    postbox.clear_old()


@app.periodic(cron="* * * * *")
@app.task(name="tell_what_time_did", queueing_lock="tell_what_time_did")
def tell_what_time_did(timestamp: int) -> None:
    """Tell what has gone live, run late or been missed."""
    clockwork.tell_what_time_did()


@app.periodic(cron="11 * * * *")
@app.task(name="plan_ahead", queueing_lock="plan_ahead")
def plan_ahead(timestamp: int) -> None:
    """Make the issues that the publication calendar wants in the days to come."""
    issuing.plan_ahead(by=None)


# Beside the full hours, at which issues go out and which have checks of their own.
@app.periodic(cron="6-56/10 * * * *")
@app.task(name="try_links", lock="try_links", queueing_lock="try_links")
def try_links(timestamp: int) -> None:
    """Ask whether the pages of other sites that coming issues link to still answer."""
    trying.try_links()


@app.periodic(cron="2-57/5 * * * *")
@app.task(name="watch", lock="watch", queueing_lock="watch")
def watch(timestamp: int) -> None:
    """Compare what should be live with what residents get."""
    looking.look(Check.Occasion.ROUND)


@app.periodic(cron="* * * * *")
@app.task(name="watch_next_hour", queueing_lock="watch_next_hour")
def watch_next_hour(timestamp: int) -> None:
    """Have the hour that comes within the next minute looked after when it has come."""
    hours.watch_next()


@app.task(name="watch_hour", lock="watch")
def watch_hour(*, release: int) -> None:
    """Look at what residents get a few seconds after an hour, if something has gone out."""
    if hours.has_come(release):
        looking.look(Check.Occasion.HOUR)


@app.task(name="watch_now", lock="watch")
def watch_now() -> None:
    """Look at once, because somebody asked for it."""
    looking.look(Check.Occasion.HAND)


@app.periodic(cron="47 3 * * *")
@app.task(name="clear_checks", queueing_lock="clear_checks")
def clear_checks(timestamp: int) -> None:
    """Delete checks of long ago."""
    looking.clear_old()


@app.periodic(cron="*/5 * * * *")
@app.task(name="fold_what_is_over", queueing_lock="fold_what_is_over")
def fold_what_is_over(timestamp: int) -> None:
    """Make revisions and versions of sittings that ended without a save."""
    folding.fold_what_is_over()


@app.periodic(cron="41 * * * *")
@app.task(name="clear_uploads", queueing_lock="clear_uploads")
def clear_uploads(timestamp: int) -> None:
    """Delete the pieces of photographs that broke off and nobody waits for."""
    uploading.clear_outlived()


@app.periodic(cron="* * * * * 30")
@app.task(name="take_up_stalled", queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context, timestamp: int) -> None:
    """Give the jobs of a worker that was killed to the next."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        log.warning("Job %s (%s) was left by its worker.", job.id, job.task_name)
        if job.queueing_lock:  # comes again by itself, and may be waiting already
            await jobs.finish_job(job, Status.FAILED, delete_job=True)
        else:
            await jobs.retry_job(job)


@app.periodic(cron="17 * * * *")
@app.task(name="sweep_queue", queueing_lock="sweep_queue", pass_context=True)
async def sweep_queue(context, timestamp: int) -> None:
    """Delete the rows of jobs that are done; failed ones stay a month."""
    jobs = context.app.job_manager
    await jobs.delete_old_jobs(nb_hours=KEPT_HOURS)
    await jobs.delete_old_jobs(nb_hours=FAILED_HOURS, include_failed=True)
