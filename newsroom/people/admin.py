"""People, units, deputies and the settings of the paper, in the desk."""

from allauth.account import admin as _addresses  # noqa: F401 - registers its pages
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _factors  # noqa: F401 - registers its pages
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.people.access import AccountEvent
from newsroom.people.adapters import record
from newsroom.people.deputising import end_deputy, name_deputy
from newsroom.people.models import Deputy, SiteSettings, Unit, User
from newsroom.people.permissions import (
    may_administer,
    may_end_deputy,
    names_deputies,
    nobody,
)
from newsroom.people.registers import Register
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError

# Roles are kept in step by a migration; a group made by hand would mean nothing.
admin.site.unregister(Group)
# Second factors are their owner's; addresses stand with the person.
admin.site.unregister([EmailAddress, Authenticator])


class RolesField(forms.ModelMultipleChoiceField):
    """Groups, called by what their members do."""

    def label_from_instance(self, group):
        """Return the role's name in the reader's language."""
        return Role(group.name).label if group.name in Role.values else group.name


class PersonForm(UserChangeForm):
    """Who somebody is and what they do here."""

    def clean_groups(self):
        """Leave the newsroom an administrator: nobody else could give the role back."""
        groups = self.cleaned_data["groups"]
        keeps = any(group.name == Role.ADMINISTRATOR for group in groups)
        holding = User.objects.holding(Role.ADMINISTRATOR)
        if not keeps and list(holding.values_list("pk", flat=True)) == [self.instance.pk]:
            raise forms.ValidationError(
                _("The last administrator keeps the role until there is another one.")
            )
        return groups


class RoleFilter(admin.SimpleListFilter):
    title = _("Role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        """Offer the roles."""
        return Role.choices

    def queryset(self, request, queryset):
        """Narrow the list to who holds the role."""
        return queryset.holding(self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(Register, UserAdmin):
    form = PersonForm
    add_form = AdminUserCreationForm
    list_display = ["name", "username", "unit", "roles_held", "is_active", "last_login"]
    list_filter = ["is_active", RoleFilter]
    list_select_related = ["unit"]
    search_fields = ["name", "username", "unit__name"]
    ordering = ["name"]
    filter_horizontal = []
    autocomplete_fields = ["unit"]
    # An account is closed by “leaves”, which hands on what it holds.
    readonly_fields = ["last_login", "date_joined", "is_active"]
    fieldsets = [
        (None, {"fields": ["username"]}),  # a password is set on the account's own page
        (_("Who this is"), {"fields": ["name", "unit", "phone", "email", "language"]}),
        (_("What they do here"), {"fields": ["groups", "is_active"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "unit", "groups", "password1", "password2"]}),
    ]
    may_look = staticmethod(may_administer)

    @admin.display(description=_("Roles"))
    def roles_held(self, user):
        """Name the roles somebody holds."""
        held = {group.name for group in user.groups.all()}
        return "、".join(str(role.label) for role in Role if role.value in held)

    def get_queryset(self, request):
        """Fetch the roles beside the people."""
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request, obj=None):
        """Let only superusers touch a superuser: otherwise a new password would make one."""
        shielded = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not shielded

    def user_change_password(self, request, id, form_url=""):
        """Set somebody's password; the record says who did."""
        with transaction.atomic():
            before = self.get_object(request, id)
            response = super().user_change_password(request, id, form_url)
            after = before and User.objects.get(pk=before.pk)
            if before and after.password != before.password:
                record(request, AccountEvent.Kind.PASSWORD_CHANGED, after, by=request.user)
        return response

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Choose roles by boxes and in words."""
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return db_field.formfield(
            form_class=RolesField,
            widget=forms.CheckboxSelectMultiple,
            label=_("Roles"),
            help_text="",
            **kwargs,
        )

    def save_model(self, request, obj, form, change):
        """Everybody who is given an account may open the desk; what they see there is by role."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)


@admin.register(Unit)
class UnitAdmin(Register):
    list_display = ["name", "kind", "head_name"]
    list_filter = ["kind"]
    search_fields = ["name", "head_name"]


class DeputyForm(forms.ModelForm):
    """Who acts for whom, on which days."""

    class Meta:
        model = Deputy
        fields = ("principal", "deputy", "starts_on", "ends_on")

    acting = None  # who fills it in

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        signers = User.objects.signing()
        for name in {"principal", "deputy"} & set(self.fields):
            self.fields[name].queryset = signers
        if "principal" in self.fields and not may_administer(self.acting):
            self.fields["principal"].queryset = signers.filter(pk=self.acting.pk)
            self.initial["principal"] = self.acting.pk

    def clean(self):
        """Do what is asked, so that a refusal stands at the form."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            if self.instance.pk:
                self.instance = end_deputy(self.instance, by=self.acting, on=cleaned["ends_on"])
            else:
                how = {name: cleaned[name] for name in ("deputy", "starts_on", "ends_on")}
                self.instance = name_deputy(cleaned["principal"], by=self.acting, **how)
        except RefusalError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return cleaned


@admin.register(Deputy)
class DeputyAdmin(Register):
    form = DeputyForm
    list_display = ["principal", "deputy", "starts_on", "ends_on", "used_until"]
    list_select_related = ["principal", "deputy"]
    may_add = staticmethod(names_deputies)

    def get_form(self, request, obj=None, **kwargs):
        """Tell the form who fills it in."""
        form = super().get_form(request, obj, **kwargs)
        form.acting = request.user  # a class made for this request
        return form

    def get_readonly_fields(self, request, obj=None):
        """What was named stays; only its last day can come earlier."""
        return ["principal", "deputy", "starts_on", "used_until"] if obj else []

    def has_change_permission(self, request, obj=None):
        """Ask the predicate of ending."""
        return bool(may_end_deputy(request.user, obj) if obj else names_deputies(request.user))

    def save_model(self, request, obj, form, change):
        """Leave it to the form, whose verb has written the row."""


@admin.register(SiteSettings)
class SiteSettingsAdmin(Register):
    may_look = staticmethod(may_administer)
    may_add = staticmethod(nobody)
    fieldsets = [
        (_("The paper"), {"fields": ["paper_name", "place_name", "slogan", "description"]}),
        (
            _("Imprint"),
            {
                "fields": [
                    "organiser",
                    "publisher",
                    "address",
                    "postcode",
                    "hotline",
                    "email",
                    "icp_number",
                    "police_number",
                    "party_mark_id",
                ]
            },
        ),
        (_("Government website rules"), {"fields": ["site_domain", "site_id_code"]}),
        (
            _("Readers"),
            {
                "fields": [
                    "newsletter",
                    "newsletter_sender",
                    "newsletter_per_minute",
                    "offline_reading",
                ]
            },
        ),
        (
            _("Reviewing"),
            {
                "fields": [
                    "substantial_mend",
                    "minor_change",
                    "review_hours",
                    "work_begins",
                    "work_ends",
                ]
            },
        ),
        (
            _("Issues"),
            {
                "fields": [
                    "on_late_change",
                    "tries_outside_links",
                    "first_issue_number",
                    "issues_ahead_days",
                    "photo_characters",
                ]
            },
        ),
    ]

    def changelist_view(self, request, extra_context=None):
        """There is one row: open it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        current, _made = SiteSettings.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:people_sitesettings_change", args=[current.pk]))
