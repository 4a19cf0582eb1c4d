"""The doors of invitations: where the invited come in, and how a link is shown to who sent it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.desk import inviting
from newsroom.desk.accounts.forms import AcceptanceForm
from newsroom.desk.models import Invitation
from newsroom.people.verdicts import RefusalError

TOKEN = "invitation"  # noqa: S105 - a key of the session


def arrive(request, token):
    """Take the link out of the address at once: what follows leaves it in no log and no history."""
    request.session[TOKEN] = token
    return HttpResponseRedirect(reverse("account_accept"))


def accept(request):
    """Show what is offered and make the account; say why where the link opens nothing."""
    invitation = Invitation.objects.meant_by(request.session.get(TOKEN, ""))
    if invitation is None:
        return _closed(request, _("This link opens nothing. Copy the whole of it."), 404)
    if not (verdict := inviting.may_be_accepted(invitation)):
        return _closed(request, verdict.reason, 410)
    form = AcceptanceForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        answer = _made(request, invitation, form)
        if answer:
            return answer
    context = {"form": form, "invitation": invitation}
    return TemplateResponse(request, "account/invitation.html", context)


def _made(request, invitation, form):
    typed = form.cleaned_data
    try:
        inviting.accept(
            invitation,
            username=typed["username"],
            name=typed["name"],
            password=typed["password1"],
        )
    except RefusalError as refusal:
        form.add_error(None, str(refusal))
        return None
    logout(request)
    messages.success(request, _("Your account is made. Sign in with it."))
    return HttpResponseRedirect(reverse("account_login"))


def _closed(request, reason, status):
    context = {"reason": reason}
    return TemplateResponse(request, "account/invitation_closed.html", context, status=status)


def link_of(request, invitation) -> str:
    """Return the whole link of an invitation, to be handed over."""
    return request.build_absolute_uri(reverse("account_invitation", args=[invitation.token]))
