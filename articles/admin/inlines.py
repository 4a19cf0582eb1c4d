"""Names, photographs and files, filled in beside the piece they belong to."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from articles.forms import AttachmentForm, BylineForm, InOrder
from articles.models import Attachment, Byline, Correspondent, Photo
from articles.models.attachments import MOST as MOST_ATTACHMENTS
from articles.photo_forms import PhotoForm, PhotoRows
from articles.typed import MOST_ROWS
from newsroom.people.permissions import works_in_newsroom


def unwrapped(field):
    """Return a form field without the stock add, change and view links beside it."""
    if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    return field


class _BesideThePiece:
    """Rows of the piece: who may change it may change them."""

    formset = InOrder
    extra = 1
    max_num = MOST_ROWS

    def get_formset(self, request, obj=None, **kwargs):
        """Refuse more rows than a piece has; the stock form would read two thousand for minutes."""
        limits = {"absolute_max": self.max_num, "validate_max": True}
        return super().get_formset(request, obj, **limits, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Leave the little view links out."""
        return unwrapped(super().formfield_for_dbfield(db_field, request, **kwargs))

    def has_view_permission(self, request, obj=None):
        return True

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission


class _NamingPeople(_BesideThePiece):
    """Rows that name a correspondent: chosen from a list that not everybody sees whole."""

    naming = "correspondent"

    def get_autocomplete_fields(self, request):
        """Correspondents do not look through the list of their colleagues."""
        return (self.naming,) if works_in_newsroom(request.user) else ()

    def get_queryset(self, request):
        """Fetch the correspondents beside their rows."""
        return super().get_queryset(request).select_related(self.naming)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer a correspondent their own name, and those that stand under their pieces."""
        if db_field.name == self.naming and not works_in_newsroom(request.user):
            kwargs["queryset"] = Correspondent.objects.known_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class BylineInline(_NamingPeople, admin.StackedInline):
    model = Byline
    form = BylineForm
    template = "desk/_bylines.html"


class PhotoInline(_NamingPeople, admin.StackedInline):
    model = Photo
    form = PhotoForm
    formset = PhotoRows
    template = "desk/_photos.html"
    naming = "photographer"
    extra = 0


class AttachmentInline(_BesideThePiece, admin.StackedInline):
    model = Attachment
    form = AttachmentForm
    template = "desk/_attachments.html"
    max_num = MOST_ATTACHMENTS
