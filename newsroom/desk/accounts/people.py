"""An administrator's doors to somebody's account: unlock, second factor, leaving, coming back."""

from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.desk.accounts.forms import LeavingForm
from newsroom.desk.leaving import holdings_of, may_hand_on, see_off
from newsroom.people import barring, leaving, second_factor, sessions
from newsroom.people.access import AccountEvent
from newsroom.people.adapters import record
from newsroom.people.models import User
from newsroom.people.permissions import (
    may_administer,
    may_dismiss,
    may_take_back,
    may_take_factors,
    may_unlock,
)
from newsroom.people.verdicts import RefusalError, demand

SHOWN = 20


def _end_sessions(person, *, by):
    demand(may_unlock(by, person))
    sessions.end_all(person)


# verb → what it does, what is said afterwards, what the record keeps of it
VERBS = {
    "unlock": (barring.unlock, gettext_lazy("The account is open for log-in again."), None),
    "take-factors": (
        second_factor.forget,
        gettext_lazy("The second factor is gone; the next log-in asks for a new one."),
        None,
    ),
    "end-sessions": (
        _end_sessions,
        gettext_lazy("Logged out everywhere."),
        AccountEvent.Kind.SESSIONS_ENDED,
    ),
    "come-back": (
        leaving.come_back,
        gettext_lazy("The account is open again. It needs a new password."),
        None,
    ),
}


def for_administrators(view):
    """Refuse everybody else at once, before a password is asked for."""

    @wraps(view)
    def guarded(request, pk, **more):
        if not may_administer(request.user):
            raise PermissionDenied
        return view(request, pk, **more)

    return guarded


@for_administrators
def account(request, pk):
    """Show how somebody's account stands, and what can be done about it."""
    person = get_object_or_404(User, pk=pk)
    context = admin.site.each_context(request) | {
        "title": person.name,
        "person": person,
        "locked_until": barring.locked_until(person),
        "standing": second_factor.standing_of(person),
        "may_unlock": may_unlock(request.user, person),
        "may_take_factors": may_take_factors(request.user, person),
        "may_dismiss": may_dismiss(request.user, person),
        "may_take_back": may_take_back(request.user, person),
        "events": AccountEvent.objects.about(person).newest_first()[:SHOWN],
    }
    return TemplateResponse(request, "desk/person.html", context)


@for_administrators
@reauthentication_required(app="newsroom.desk")
def do(request, pk, verb):
    """Run a verb on somebody's account."""
    person = get_object_or_404(User, pk=pk)
    if request.method != "POST" or verb not in VERBS:
        raise Http404
    act, said, kind = VERBS[verb]
    try:
        act(person, by=request.user)
    except RefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        if kind:
            record(request, kind, person, by=request.user)
        messages.success(request, said)
    return HttpResponseRedirect(reverse("admin:person_account", args=[pk]))


@for_administrators
@reauthentication_required(app="newsroom.desk")
def leave(request, pk):
    """Show what somebody holds, and close the account once all of it is handed on."""
    person = get_object_or_404(User, pk=pk)
    held = holdings_of(person)
    form = LeavingForm(request.POST or None, person=person, holdings=held)
    if request.method == "POST" and form.is_valid():
        try:
            see_off(
                person,
                by=request.user,
                reason=form.cleaned_data["reason"],
                keeper_of=form.keeper_of,
            )
        except RefusalError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The account is closed; what was left is handed on."))
            return HttpResponseRedirect(reverse("admin:person_account", args=[pk]))
    context = admin.site.each_context(request) | {
        "title": _("{name} leaves").format(name=person),
        "person": person,
        "held": held,
        "form": form,
        "verdict": may_dismiss(request.user, person) and may_hand_on(held),
    }
    return TemplateResponse(request, "desk/leave.html", context)
