"""Invitations in the desk: send one, see what became of it, send it again, take it back."""

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.desk import inviting
from newsroom.desk.accounts.forms import InvitationForm
from newsroom.desk.accounts.invitations import link_of
from newsroom.desk.models import Invitation
from newsroom.people.permissions import may_invite, nobody
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError

LINK = "invitation_link"
VERBS = {"send-again": inviting.send_again, "revoke": inviting.revoke}


@admin.register(Invitation)
class InvitationAdmin(Register):
    form = InvitationForm
    may_look = may_add = staticmethod(may_invite)
    may_change = staticmethod(nobody)
    list_display = ["name", "role_names", "unit", "state_shown", "expires_at", "invited_by"]
    list_select_related = ["unit", "invited_by"]
    search_fields = ["name", "email", "unit__name"]
    change_form_template = "admin/desk/invitation/change_form.html"

    @admin.display(description=gettext_lazy("Roles"))
    def role_names(self, invitation):
        """Name the roles it gives."""
        return invitation.role_names

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, invitation):
        """Say what has become of it."""
        return invitation.state.label

    def get_urls(self):
        """Add the verbs."""
        do = self.admin_site.admin_view(self.do)
        return [
            path("<int:pk>/<slug:verb>/do/", do, name="desk_invitation_do"),
            *super().get_urls(),
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Offer the roles this person may invite to."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("InvitationForm", (form,), {"inviter": request.user})

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer a plain list; units and correspondents are made on their own pages."""
        return db_field.formfield(**kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Leave out the stock links into other windows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "widget"):
            field.widget = field.widget.widget
        return field

    def add_view(self, request, form_url="", extra_context=None):
        """Invite; a refusal is a sentence, and what was typed stays."""
        try:
            return super().add_view(request, form_url, {"title": _("Invite somebody")})
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:desk_invitation_changelist"))

    def save_model(self, request, obj, form, change):
        """Invite, by the verb."""
        inviting.invite(obj, by=request.user)
        request.session[LINK] = link_of(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        """Go where the link is shown, this once."""
        return HttpResponseRedirect(reverse("admin:desk_invitation_change", args=[obj.pk]))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show an invitation, its link right after it was made, and its verbs."""
        invitation = self.get_object(request, object_id)
        verdict = invitation and inviting.may_be_changed(request.user, invitation)
        more = {
            "title": invitation and invitation.name,
            "subtitle": None,
            "invitation": invitation,
            "link": request.session.pop(LINK, ""),
            "verdict": verdict,
        }
        return super().change_view(request, object_id, form_url, more)

    def do(self, request, pk, verb):
        """Run a verb on an invitation."""
        invitation = get_object_or_404(Invitation, pk=pk)
        if request.method != "POST" or verb not in VERBS or not self.has_view_permission(request):
            raise Http404
        try:
            VERBS[verb](invitation, by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        else:
            if verb == "send-again":
                request.session[LINK] = link_of(request, invitation)
            else:
                messages.success(request, _("The invitation is taken back."))
        return HttpResponseRedirect(reverse("admin:desk_invitation_change", args=[pk]))
