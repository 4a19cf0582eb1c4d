"""The verbs as the desk offers them: one table, one door. Rules live in ``articles.workflow``."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django import forms as django_forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import comment_forms, correction_forms, forms, permissions, workflow
from articles.admin.remarks import paragraph_choices
from articles.crews import Crew
from articles.models import Article, Comment
from articles.statuses import Status
from newsroom.people import clock
from newsroom.people.offers import Offer
from newsroom.people.verdicts import Verdict

AUTHOR, NEWSROOM = "author", "newsroom"
# To whom something is said besides: the newsroom alone, or the author with the next act.
INSIDE, LATER = "inside", "later"


@dataclass(frozen=True)
class Verb:
    """A verb: when it is offered, who may, what it asks, what it does, what is said after.

    What ``do`` returns as a text is said instead of ``done``. ``once`` marks one that nothing else
    keeps from being done twice by a second click; ``page``, at ``spot``, is where it is done and
    leads back to. One that ``repeats`` is done again on purpose: its refusal is no second click.
    """

    name: str
    label: str
    may: Callable[[object, Article], Verdict]
    do: Callable[[Article, object, dict], object]
    fits: Callable[[Article, object], bool]
    done: str
    form: type[django_forms.Form] = django_forms.Form
    audience: str = NEWSROOM
    tone: str = ""
    leaves: bool = False
    once: bool = False
    help: str = ""
    page: str = "change"
    spot: str = ""
    repeats: bool = False


def _plainly(verb: Callable) -> Callable:
    """Turn a verb of the workflow into a table's ``do``: the form's fields are its arguments."""

    def doing(article: Article, user, data: dict):
        return verb(article, by=user, **data)

    return doing


def _publish(article: Article, user, data: dict):
    return workflow.publish_alone(article, by=user, at=data["at"])


def _say(article: Article, user, data: dict) -> str | None:
    """Say something at once, or keep it for the act that ends the reading; return what became."""
    readers = data.pop("readers") or audiences(article, user)[0][0]
    if readers != LATER:
        workflow.say(article, by=user, inside=readers == INSIDE, **data)
        return None
    workflow.note_down(article, by=user, **data)
    return gettext("Noted down. The author reads it when you send it, return or sign.")


def audiences(article: Article, user) -> list[tuple[str, str]]:
    """Return who may read what somebody says of a piece, the safest first."""
    if not permissions.sees_everything(user):
        return [(AUTHOR, gettext("The newsroom and the authors read it."))]
    reviewing = article.round_id is not None and permissions.may_comment(user, article)
    return [
        *([(LATER, gettext("The author, once I send it, return or sign"))] if reviewing else []),
        (INSIDE, gettext("The newsroom alone, at once")),
        (AUTHOR, gettext("The author too, at once")),
    ]


def _in_review(article: Article, user) -> bool:
    return article.status == Status.IN_REVIEW


def _claimable(article: Article, user) -> bool:
    return article.status == Status.IN_REVIEW and article.claimed_by_id is None


def _held_by_user(article: Article, user) -> bool:
    return article.claimed_by_id == user.pk


def _commentable(article: Article, user) -> bool:
    return _in_review(article, user) and bool(permissions.may_comment(user, article))


def _has_collected(article: Article, user) -> bool:
    return (
        _commentable(article, user)
        and Comment.objects.collected(user).filter(article=article).exists()
    )


def _handable(article: Article, user) -> bool:
    return _in_review(article, user) and bool(permissions.may_hand_over(user, article))


def _draft(article: Article, user) -> bool:
    return article.status == Status.DRAFT


def _recallable(article: Article, user) -> bool:
    return article.status == Status.IN_REVIEW and article.filed_by_id == user.pk


def _discardable(article: Article, user) -> bool:
    return article.status in (Status.DRAFT, Status.REJECTED) and article.sealed_id is None


def _put_aside(article: Article, user) -> bool:
    return article.status in (Status.REJECTED, Status.DISCARDED)


def _signed_off(article: Article, user) -> bool:
    return article.status == Status.APPROVED and article.withdrawn_at is None


def _signed_by_user(article: Article, user) -> bool:
    out = article.is_live(clock.now())
    given = permissions.signature_of(user, article) if _signed_off(article, user) else None
    return given is not None and not out


def _sealed(article: Article, user) -> bool:
    return article.sealed_id is not None and article.withdrawn_at is None


def _publishable(article: Article, user) -> bool:
    release = article.release
    free = release is None or release.alone and release.publish_at is None
    return _sealed(article, user) and free


def _out_alone(article: Article, user) -> bool:
    release = article.release
    return release is not None and release.alone and release.publish_at is not None


def _stoppable(article: Article, user) -> bool:
    waits = _out_alone(article, user) and not article.release.held and not article.withdrawn_at
    return waits and not article.is_live(clock.now())


def _stopped(article: Article, user) -> bool:
    return _out_alone(article, user) and article.release.held


def _taken_down(article: Article, user) -> bool:
    return article.withdrawn_at is not None


def _correctable(article: Article, user) -> bool:
    return bool(permissions.may_correct(user, article))


def _for_the_last_round(article: Article, user) -> bool:
    """Say whether a verb of the last round concerns somebody at all."""
    last = permissions.last_round(article)
    return last is not None and bool(permissions.principals(user, last))


def _urgent(article: Article, user) -> bool:
    at_work = article.status in (Status.DRAFT, Status.IN_REVIEW)
    return at_work and article.withdrawn_at is None and _for_the_last_round(article, user)


def _revised(article: Article, user) -> bool:
    drafted = article.status == Status.DRAFT and article.withdrawn_at is None
    return drafted and article.sealed_id is not None


def _minor(article: Article, user) -> bool:
    return _revised(article, user) and _for_the_last_round(article, user)


def _may_sign_some(user, article: Article) -> Verdict:
    return permissions.may_see(user, article)


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("submit", _("Submit for review"), permissions.may_hand_in, _plainly(workflow.submit),
             _draft, _("Submitted."), forms.ChangeNoteForm, audience=AUTHOR, tone="default",
             leaves=True),
        Verb("sign", _("Sign"), permissions.may_sign, _plainly(workflow.sign), _in_review,
             _("Signed."), forms.SignForm, tone="default", leaves=True),
        Verb("claim", _("Claim"), permissions.may_claim, _plainly(workflow.claim), _claimable,
             _("It is yours now: nobody else changes it meanwhile.")),
        Verb("let_go", _("Let go"), permissions.may_let_go, _plainly(workflow.let_go),
             _held_by_user, _("It is back in the queue."), leaves=True),
        Verb("comment", _("Send the comments"), permissions.may_comment,
             _plainly(workflow.comment), _has_collected, _("The author can read your comments."),
             page="read"),
        Verb("hand_over", _("Hand over"), permissions.may_hand_over,
             _plainly(workflow.hand_over), _handable, _("Handed over."), forms.HandOverForm,
             leaves=True, help=_("Only who may sign this round can be chosen.")),
        Verb("return_", _("Return for changes"), permissions.may_return,
             _plainly(workflow.return_), _in_review, _("Returned to its author."),
             forms.NoteForm, tone="danger", leaves=True,
             help=_("All signatures of this passage end; the author reads your note.")),
        Verb("reject", _("Reject"), permissions.may_reject, _plainly(workflow.reject), _in_review,
             _("Rejected."), forms.RejectForm, tone="danger", leaves=True,
             help=_("It can be brought back.")),
        Verb("recall", _("Take back to change"), permissions.may_recall,
             _plainly(workflow.recall), _recallable, _("It is a draft again."), audience=AUTHOR),
        Verb("sign_minor", _("Sign a minor change"), permissions.may_sign_minor,
             _plainly(workflow.sign_minor), _minor, _("Signed. It is out."), forms.SeenForm,
             help=_("One signature, no public note. Typing errors in the text alone: no title, "
                    "name, picture or number.")),
        Verb("publish_at_once", _("Publish at once"), permissions.may_publish_at_once,
             _plainly(workflow.publish_at_once), _urgent,
             _("It is out. The other rounds owe their signatures within 24 hours."),
             forms.EmergencyForm, tone="danger",
             help=_("Residents read it at this moment, on your signature alone. The rounds that "
                    "have not signed are asked to within 24 hours; until then it stands on the "
                    "list of owed signatures. If one refuses, it is corrected or withdrawn.")),
        Verb("publish_alone", _("Publish alone"), permissions.may_publish_alone, _publish,
             _publishable, _("It goes out by itself."), forms.PublishForm, tone="default",
             help=_("Only what stands in no issue; a piece in an issue goes out with it.")),
        Verb("reschedule_alone", _("Move the hour"), permissions.may_reschedule_alone,
             _plainly(workflow.reschedule_alone), _stoppable, _("It goes out at another hour."),
             forms.RescheduleForm),
        Verb("hold", _("Hold"), permissions.may_hold, _plainly(workflow.hold), _stoppable,
             _("It is held and will not go out."), forms.HoldForm, tone="danger"),
        Verb("lift_hold", _("Lift the hold"), permissions.may_lift_hold,
             _plainly(workflow.lift_hold), _stopped, _("It goes out again.")),
        Verb("revise", _("Take up for revision"), permissions.may_revise,
             _plainly(workflow.revise), _signed_off,
             _("It is a draft again; what is signed off goes out, or stays up, meanwhile.")),
        Verb("take_back_signature", _("Take my signature back"),
             permissions.may_take_back_signature, _plainly(workflow.take_back_signature),
             _signed_by_user, _("Taken back. It does not go out before it is signed again."),
             forms.TakeBackForm, tone="danger",
             help=_("The piece passes the rounds again. Where it waits for its hour, the hour is "
                    "held, or the issue goes out without it.")),
        Verb("drop_revision", _("Give the revision up"), permissions.may_drop_revision,
             _plainly(workflow.drop_revision), _revised,
             _("The revision is given up; what was typed is kept as a version."),
             audience=AUTHOR, tone="danger"),
        Verb("draw_up_correction", _("Draw up a correction"), permissions.may_correct,
             _plainly(workflow.draw_up_correction), _correctable,
             _("Drawn up. It is public once every round has signed it."),
             correction_forms.CorrectionForm, once=True),
        Verb("withdraw", _("Withdraw"), permissions.may_withdraw, _plainly(workflow.withdraw),
             _sealed, _("Withdrawn. A tombstone stands at its address."), forms.WithdrawForm,
             tone="danger"),
        Verb("reinstate", _("Put up again"), permissions.may_reinstate,
             _plainly(workflow.reinstate), _taken_down,
             _("It is back, at its old address and hour."), forms.ReinstateForm),
        Verb("discard", _("Discard"), permissions.may_put_aside, _plainly(workflow.discard),
             _discardable, _("Discarded. It can be brought back."), audience=AUTHOR,
             tone="danger"),
        Verb("restore", _("Bring back"), permissions.may_restore, _plainly(workflow.restore),
             _put_aside, _("It is a draft again."), audience=AUTHOR),
    )
}  # fmt: skip

# Verbs on something of the piece; their buttons stand beside it.
DETAILS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("sign_late", _("Sign late"), _may_sign_some, _plainly(workflow.sign_late),
             lambda article, user: True, _("Signed late."), forms.DebtChoice),
        Verb("refuse_late", _("Refuse to sign"), _may_sign_some, _plainly(workflow.refuse_late),
             lambda article, user: True,
             _("Refused. A chief editor corrects or withdraws it now."), forms.RefusedDebt),
        Verb("clear_gap", _("In order"), permissions.may_clear_gap, _plainly(workflow.clear_gap),
             lambda article, user: True, _("Noted as in order."), forms.GapChoice),
        Verb("say", _("Comment"), permissions.may_say, _say, lambda article, user: True,
             _("Said. Whoever you named with an @ is told."), comment_forms.SayForm, page="read",
             spot="#comments"),
        Verb("answer", pgettext_lazy("a comment", "Answer"), permissions.may_say,
             _plainly(workflow.answer), lambda article, user: True, _("Answered."),
             comment_forms.AnswerForm, page="read", spot="#comments"),
        Verb("resolve", _("Done"), permissions.may_say, _plainly(workflow.resolve),
             lambda article, user: True, _("Marked as done."), comment_forms.CommentChoice),
        Verb("reopen_comment", _("Open again"), permissions.may_say,
             _plainly(workflow.reopen_comment), lambda article, user: True,
             _("It is open again."), comment_forms.CommentChoice,
             page="read", spot="#comments"),
        Verb("name_version", _("Name it"), permissions.may_name_version,
             _plainly(workflow.name_version), lambda article, user: True, _("Named."),
             comment_forms.VersionNameForm, page="versions", repeats=True),
        Verb("keep_version", _("Keep as a version"), permissions.may_edit,
             _plainly(workflow.keep_version), lambda article, user: True,
             _("Kept under its name."), comment_forms.KeepVersionForm, page="versions"),
        Verb("restore_version", _("Restore"), permissions.may_change,
             _plainly(workflow.restore_version), lambda article, user: True,
             _("Restored. What stood there before is kept as a version."),
             comment_forms.VersionChoice, page="versions", repeats=True),
        Verb("lock", _("Lock for me"), permissions.may_lock, _plainly(workflow.lock),
             lambda article, user: True, _("Locked: only you change it meanwhile."),
             forms.LockForm, once=True),
        Verb("unlock", _("Give the lock up"), permissions.may_unlock, _plainly(workflow.unlock),
             lambda article, user: True, _("Anybody may change it again.")),
        Verb("break_lock", _("Break the lock"), permissions.may_break_lock,
             _plainly(workflow.break_lock), lambda article, user: True,
             _("The lock is broken; its holder is told why."), forms.BreakLockForm),
        Verb("take_back_note", _("Take back"), permissions.may_see,
             _plainly(workflow.take_back_note), lambda article, user: True, _("Taken back."),
             comment_forms.CommentChoice, page="read"),
    )
}  # fmt: skip


def asked_for(posted) -> str:
    """Return the verb whose button was pressed in the form: one of the piece, or of a detail."""
    details = (name for name in DETAILS if any(key.startswith(f"{name}-") for key in posted))
    return posted.get("_verb") or next(details, "")


def offers(
    article: Article,
    user,
    bound: tuple[str, dict] | None = None,
    tied_to: str = "",
) -> list[Offer]:
    """Return the verbs that make sense for the piece now, allowed or not, in the table's order.

    Correspondents are offered only what is theirs to do. ``bound`` is the name of a verb that
    was just refused and what was typed into its form; ``tied_to`` is the id of the form that its
    fields belong to where they stand outside of it.
    """
    everything = permissions.sees_everything(user)
    answer = cache(lambda may: may(user, article))  # several verbs ask the same question
    return [
        Offer(verb, answer(verb.may), form_of(verb, article, bound, tied_to))
        for verb in VERBS.values()
        if verb.fits(article, user) and (everything or verb.audience == AUTHOR)
    ]


def form_of(
    verb: Verb, article: Article, bound=None, tied_to: str = "", about: str = "", user=None
) -> django_forms.Form:
    """Return the form of a verb, filled with what was typed when it is the bound one.

    ``about`` is the paragraph to comment on, ``user`` who comments.
    """
    data = bound[1] if bound and bound[0] == verb.name else None
    begun = {
        "seen": article.revision,
        "paragraph": about,
        "change_note": article.change_note,
    }
    if verb.name == "reschedule_alone":
        hour = article.release and article.release.publish_at
        begun = {"seen": hour and hour.isoformat(), "at": hour}
    form = verb.form(data, prefix=verb.name, initial=begun)
    if "paragraph" in form.fields:
        form.fields["paragraph"].choices = paragraph_choices(article)
        form.fields["readers"].choices = found = audiences(article, user)
        form.fields["readers"].initial = found[0][0]
    if "to" in form.fields:
        hands = Crew().hands(article)
        form.fields["to"].offer(h for h in hands if h.person.pk != article.claimed_by_id)
    if "change_note" in form.fields and not permissions.wants_change_note(article):
        del form.fields["change_note"]
    if tied_to:
        for field_of_form in form.fields.values():
            field_of_form.widget.attrs["form"] = tied_to
    return form


def talk_forms(article: Article, user, bound=None, about: str = "") -> dict:
    """Return the forms for a comment, on a paragraph if ``about`` is its number, and an answer.

    What was typed into the one that was refused stands in it; ``answering`` is the comment.
    """
    answer = DETAILS["answer"]
    typed = bound[1] if bound and bound[0] == answer.name else {}
    return {
        "say": form_of(DETAILS["say"], article, bound, about=about, user=user),
        "answering": typed.get("answer-comment", ""),
        "answered": typed.get("answer-note", ""),
    }


def known(name: str) -> Verb | None:
    """Return the verb of a name, or None."""
    return VERBS.get(name) or DETAILS.get(name)
