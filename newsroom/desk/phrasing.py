"""What a notice says, in the language of whoever reads it, from what is on record."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.permissions import sees_everything
from issues.wording import day_and_hour
from newsroom.desk import rehearsals, reported
from newsroom.desk.kinds import Kind
from newsroom.desk.models import Notice
from newsroom.desk.templatetags.desk import verb_word
from newsroom.desk.watch import alarms
from newsroom.desk.watch.wording import found_in

# What an act says to an author and everybody else; other kinds have words of their own below.
OF_ACTS = {
    "sign": gettext_lazy("{by} signed {piece}: {round}"),
    "return": gettext_lazy("{by} returned {piece} for changes"),
    "reject": gettext_lazy("{by} rejected {piece}"),
    "claim": gettext_lazy("{by} claimed {piece} for {round}"),
    "hand_over": gettext_lazy("{by} handed {piece} over to {to}"),
    "comment": gettext_lazy("{by} commented on {piece}"),
    "talk": gettext_lazy("{by} said something about {piece}"),
    "publish_alone": gettext_lazy("{piece} goes out {hour}"),
    "reschedule_alone": gettext_lazy("{piece} goes out at another hour: {hour}"),
    "hold": gettext_lazy("{by} holds {piece}; it does not go out for now"),
    "lift_hold": gettext_lazy("{by} lifted the hold on {piece}"),
    "withdraw": gettext_lazy("{by} withdrew {piece}"),
    "reinstate": gettext_lazy("{by} took the withdrawal of {piece} back"),
    "draw_up_correction": gettext_lazy(
        "{by} drew up a correction of {piece}; it waits to be signed"
    ),
    "sign_correction": gettext_lazy("{by} signed a correction of {piece}"),
    "redraw_correction": gettext_lazy(
        "{by} changed the correction of {piece}; it waits to be signed"
    ),
    "drop_correction": gettext_lazy("{by} dropped the correction of {piece}"),
    "publish_at_once": gettext_lazy("{by} let {piece} out at once, as an emergency"),
    "sign_late": gettext_lazy("{by} signed {piece} after the event: {round}"),
    "refuse_late": gettext_lazy("{by} will not sign {piece}; correct it or withdraw it"),
    "take_back_signature": gettext_lazy(
        "{by} took the signature under {piece} back; it does not go out before it is signed again"
    ),
    "drop_revision": gettext_lazy("{by} gave the revision of {piece} up"),
    "sign_minor": gettext_lazy("{by} signed a minor change of {piece}"),
    "break_lock": gettext_lazy("{by} broke your lock on {piece}"),
    "return_correction": gettext_lazy("{by} returned the correction of {piece}"),
}
OF_ISSUE_ACTS = {
    "close": gettext_lazy("{by} closed the layout of {issue}"),
    "reopen": gettext_lazy("{by} opened the layout of {issue} again"),
    "schedule": gettext_lazy("{issue} goes live {hour}"),
    "reschedule": gettext_lazy("{issue} goes live at another hour: {hour}"),
    "redate": gettext_lazy("{by} moved {issue} to another day"),
    "backdate": gettext_lazy("{by} entered {issue} later, as published {hour}"),
    "leave_out": gettext_lazy("{by} left a piece out of {issue}"),
    "take_in": gettext_lazy("{by} took a piece into {issue} again"),
    "recall": gettext_lazy("{by} took {issue} back; it has no hour now"),
    "cancel": gettext_lazy("{by} cancelled {issue}; its pieces lie in the tray"),
    "bring_back": gettext_lazy("{by} plans {issue} after all"),
    "hold": gettext_lazy("{by} holds {issue}; it does not go live for now"),
    "lift_hold": gettext_lazy("{by} lifted the hold on {issue}"),
}
OF_ASSIGNMENTS = {
    "assign": gettext_lazy("{by} asks for a piece: {topic}, by {hour}"),
    "offer": gettext_lazy("{by} offers a topic: {topic}"),
    "accept_offer": gettext_lazy("{by} took your topic up: {topic}, by {hour}"),
    "decline_offer": gettext_lazy("{by} declined your topic: {topic}"),
    "take_up": gettext_lazy("{by} began to write {topic}"),
    "answer_with": gettext_lazy("{by} answers {topic} with a piece of their own"),
    "drop": gettext_lazy("{by} called the assignment off: {topic}"),
    "change_deadline": gettext_lazy("{by} moved the deadline of {topic} to {hour}"),
    "reword": gettext_lazy("{by} changed what is wanted: {topic}"),
    "reopen": gettext_lazy("{by} asks again for {topic}, by {hour}"),
}
# What stops an hour or shakes it. The remark under it says what becomes of what goes out with it.
LATE = {
    "refuse_late": OF_ACTS["refuse_late"],
    "revise": gettext_lazy("{by} took {piece} up again, which was to go out {hour}"),
    "take_back_signature": OF_ACTS["take_back_signature"],
}
OF_PIECES_IN_ISSUES = {
    "schedule": gettext_lazy("{piece} goes out {hour}"),
    "reschedule": gettext_lazy("{piece} goes out at another hour: {hour}"),
    "recall": gettext_lazy("{piece} does not go out at its hour; a new one will be set"),
    "hold": gettext_lazy("{piece} is held with its issue; it does not go out for now"),
    "lift_hold": gettext_lazy("{piece} is held no longer"),
}
# Reasons that are the author's to read. Every other note stays in the newsroom.
FOR_AUTHORS = ("return", "reject", "break_lock")


def sentence(notice: Notice) -> str:
    """Return what a notice says, as one sentence without a full stop."""
    return _pattern(notice).format(**_facts(notice))


def _pattern(notice: Notice) -> str:
    by_kind = {
        Kind.WAITING: _waiting,
        Kind.OVERDUE: lambda notice: _("{piece} is overdue: {round} was due {hour}"),
        Kind.VOID: lambda notice: _("{by} changed {piece}; your signature is void: {round}"),
        Kind.LIVE: lambda notice: (
            _("{piece} is live") if notice.article_id else _live_issue(notice)
        ),
        Kind.MISSED: _missed,
        Kind.RISK: _at_risk,
        Kind.ALARM: _alarm,
        Kind.CORRECTED: _corrected,
        Kind.MENTION: lambda notice: _("{by} asks you something about {piece}"),
        Kind.ASSIGNED: _assigned,
        Kind.CHECKED: _checked,
        Kind.REPORT: _report,
    }
    special = by_kind.get(notice.kind)
    return special(notice) if special else str(_of_act(notice))


def _assigned(notice: Notice) -> str:
    act = notice.assignment_act
    if act is None:
        return _("{topic} was wanted by {hour} and has not been handed in")
    return str(OF_ASSIGNMENTS.get(act.verb, _("{by} changed what is wanted: {topic}")))


def _checked(notice: Notice) -> str:
    if notice.preview_answer.verdict == "remark":
        return _("{by} has a remark on {piece}")
    return _("{by} finds {piece} correct")


def _report(notice: Notice) -> str:
    if notice.occasion.startswith(reported.LATE):
        return _("A reader has waited too long: the report on {piece} was due {hour}")
    if notice.occasion.startswith(reported.SOON):
        return _("A reader's report on {piece} is to be answered {hour}")
    if notice.report.taken_by_id == notice.recipient_id:
        return _("A reader's report on {piece} is yours; the answer is due {hour}")
    return _("A reader reports an error in {piece}; the answer is due {hour}")


def _waiting(notice: Notice) -> str:
    verb = notice.act.verb if notice.act else ""
    if verb == "submit":
        return _("{by} handed in {piece}; it waits for you: {round}")
    return _("{piece} waits for you: {round}")


def _corrected(notice: Notice) -> str:
    if notice.round_id:
        return _("A correction of {piece} waits for you: {round}")
    return str(_of_act(notice))


def _missed(notice: Notice) -> str:
    if notice.issue_id:
        return _("{issue} was to go live {hour} and has not been scheduled")
    if notice.act and notice.act.verb in LATE:
        return str(LATE[notice.act.verb])
    return _("{piece} went out as an emergency; a signature is owed by {hour}: {round}")


def _rehearsed(notice: Notice) -> str:
    if notice.article_id:
        return _("{piece} is to go out {hour}; the dry run found something for you to mend in it")
    return ngettext(
        "{issue} is to go live {hour}; the dry run found {pieces} thing to look at",
        "{issue} is to go live {hour}; the dry run found {pieces} things to look at",
        notice.pieces,
    )


def _at_risk(notice: Notice) -> str:
    if _is_of_a_dry_run(notice):
        return _rehearsed(notice)
    if notice.article_id:
        return _("{piece} is to go out {hour} and is not signed; it waits for you: {round}")
    if not notice.pieces:
        return _("{issue} is to go live {hour} and is not ready: it is open, held or has no hour")
    return ngettext(
        "{issue} is to go live {hour}; {pieces} piece is not signed as it stands",
        "{issue} is to go live {hour}; {pieces} pieces are not signed as they stand",
        notice.pieces,
    )


def _alarm(notice: Notice) -> str:
    if notice.occasion.endswith(alarms.OVER):
        return _("All right again since {hour}: residents get what should be live")
    return _("Since {hour} residents do not get what should be live: {found}")


def _live_issue(notice: Notice) -> str:
    return ngettext(
        "{issue} is live, with {pieces} piece", "{issue} is live, with {pieces} pieces",
        notice.pieces,
    )  # fmt: skip


def _of_act(notice: Notice) -> str:
    if notice.issue_act:
        table = OF_PIECES_IN_ISSUES if notice.article_id else OF_ISSUE_ACTS
        return table.get(notice.issue_act.verb, _("{issue}: {by} {done}"))
    if notice.act is None:
        return "{piece}"
    if notice.act.verb == "hand_over" and notice.act.to_id == notice.recipient_id:
        return _("{by} handed {piece} over to you: {round}")
    return OF_ACTS.get(notice.act.verb, _("{piece}: {by} {done}"))


def _facts(notice: Notice) -> dict:
    act = notice.act or notice.issue_act or notice.assignment_act
    topic = notice.assignment.topic if notice.assignment else ""
    where = notice.round or (notice.act.round if notice.act else None)
    return {
        "by": notice.preview_answer.called if notice.preview_answer else _actor(act),
        "to": notice.act.to if notice.act else "",
        "done": verb_word(act.verb) if act else "",
        "piece": _piece(notice),
        "topic": _("“{title}”").format(title=topic) if topic else "",
        "issue": called(notice.issue) if notice.issue else "",
        "round": where.name if where else "",
        "hour": day_and_hour(notice.hour, timezone.now()) if notice.hour else "",
        "pieces": notice.pieces,
        "found": found_in(notice.alarm, notice.occasion) if notice.alarm_id else "",
    }


def _actor(act) -> str:
    principal = getattr(act, "on_behalf_of", None)
    if principal:
        return _("{deputy} (for {principal})").format(deputy=act.by, principal=principal)
    return str(act.by) if act else ""


def _piece(notice: Notice) -> str:
    if notice.article is None:
        return ""
    title = _("“{title}”").format(title=notice.article.title)
    if notice.pieces > 1 and notice.article_id:
        return _("{title} and others, {count} pieces in all,").format(
            title=title, count=notice.pieces
        )
    return title


def called(issue) -> str:
    """Return what an issue is called in a sentence: its number, or its date."""
    if issue.number:
        return _("No. {number}").format(number=issue.numbers)
    # Translators: a date format of Django's: month and day.
    return _("the issue of {day}").format(day=date_format(issue.date, _("j M")))


def remark(notice: Notice, reader) -> str:
    """Return what the actor added, as far as it is the reader's to know."""
    act = notice.act or notice.issue_act
    if notice.preview_answer:
        return notice.preview_answer.words
    if notice.report:
        return notice.report.wrong
    if notice.assignment_act and notice.assignment_act.verb in ("decline_offer", "drop"):
        return notice.assignment_act.note
    if act is None or not act.note:
        return ""
    if notice.issue_act and act.verb in ("schedule", "reschedule"):
        return ""  # its note is the hour for machines
    inside = sees_everything(reader)
    return act.note if inside or (notice.act and act.verb in FOR_AUTHORS) else ""


def _is_of_a_dry_run(notice: Notice) -> bool:
    return notice.occasion.partition(" ")[0] == rehearsals.OCCASION


def address(notice: Notice) -> str:
    """Return where a notice leads in the desk."""
    if notice.issue_id and not notice.article_id and _is_of_a_dry_run(notice):
        return reverse("admin:issues_issue_dryruns", args=[notice.issue_id])
    if notice.report_id:
        return reverse("admin:readers_errorreport_change", args=[notice.report_id])
    if notice.article_id:
        page = reverse("admin:articles_article_read", args=[notice.article_id])
        if notice.preview_answer_id:
            return f"{page}#outside"
        said = notice.act is not None and notice.act.verb == "talk"
        return f"{page}#said-{notice.act_id}" if said else page
    if notice.assignment_id:
        return reverse("admin:issues_assignment_change", args=[notice.assignment_id])
    if notice.alarm_id:
        return reverse("admin:watch")
    return reverse("admin:issues_issue_change", args=[notice.issue_id])
