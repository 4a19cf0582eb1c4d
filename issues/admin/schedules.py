"""The rules of the publication calendar and the page templates, in the desk."""

from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from issues import permissions
from issues.calendar_forms import RuleForm, TemplatePageForm, TemplatePages
from issues.models import PageTemplate, Schedule, TemplatePage
from newsroom.people.registers import Register

EMPTY_ROWS = 2  # offered at the end of a template for further pages


class _OfPlanners(Register):
    """A register that the newsroom sees and planners keep."""

    may_look = staticmethod(permissions.may_see_issues)
    may_add = staticmethod(permissions.may_plan)
    may_change = staticmethod(permissions.may_plan)

    class Media:
        css = {"all": ["desk/publication.css"]}


class TemplatePageInline(admin.TabularInline):
    model = TemplatePage
    form = TemplatePageForm
    formset = TemplatePages
    fields = ["number", "name", "format"]
    ordering = ["number"]
    verbose_name_plural = _("pages")

    def get_extra(self, request, obj=None, **kwargs):
        """Offer four rows for a new template, and some more for one there is."""
        return EMPTY_ROWS if obj else 2 * EMPTY_ROWS

    def has_view_permission(self, request, obj=None):
        """Whoever may see the template sees its pages."""
        return bool(permissions.may_see_issues(request.user))

    def has_add_permission(self, request, obj=None):
        """Planners add pages, change them, and take them out: a template is no issue."""
        return bool(permissions.may_plan(request.user))

    def has_change_permission(self, request, obj=None):
        """Ask the same."""
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Ask the same."""
        return self.has_add_permission(request, obj)


@admin.register(PageTemplate)
class PageTemplateAdmin(_OfPlanners):
    list_display = ["name", "how_many", "is_offered"]
    fields = ["name", "is_offered"]
    inlines = [TemplatePageInline]

    def get_queryset(self, request):
        """Fetch the pages beside the templates."""
        return super().get_queryset(request).prefetch_related("pages")

    @admin.display(description=_("pages"))
    def how_many(self, template):
        """How many pages it has, and their names."""
        pages = template.pages.all()
        count = ngettext("{n} page", "{n} pages", len(pages)).format(n=len(pages))
        return f"{count}　{'、'.join(page.name or str(page.number) for page in pages)}"


@admin.register(Schedule)
class ScheduleAdmin(_OfPlanners):
    form = RuleForm
    fieldsets = [
        (_("When it comes out"), {"fields": ["weekdays", ("starts_on", "ends_on"), "goes_out_at"]}),
        (
            _("By when it is ready"),
            {
                "fields": [
                    ("copy_days_before", "copy_at"),
                    ("closing_days_before", "closing_at"),
                ]
            },
        ),
        (_("Pages"), {"fields": ["template"]}),
        (_("Holidays"), {"fields": ["on_holiday", "on_make_up_days"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Name the weekdays in words to who only looks."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        days = (_("When it comes out"), {"fields": ["days", ("starts_on", "ends_on")]})
        return [days, *self.fieldsets[1:]]

    def get_readonly_fields(self, request, obj=None):
        """Add the weekdays in words, which only who looks is shown."""
        return [] if self.has_change_permission(request, obj) else ["days"]

    @admin.display(description=_("comes out on"))
    def days(self, schedule):
        """Its weekdays and its hour."""
        return str(schedule)

    def changelist_view(self, request, extra_context=None):
        """Lead to the page on which the rules stand beside the days they make."""
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect("admin:publication")
