"""The six roles of a newsroom, kept as groups whose names the code owns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does here. The value is the name of the group that holds its members."""

    CORRESPONDENT = "correspondent", _("Correspondent")
    EDITOR = "editor", _("Editor")
    DESK_HEAD = "desk head", _("Desk head")
    CHIEF_EDITOR = "chief editor", _("Chief editor")
    ISSUE_EDITOR = "issue editor", _("Issue editor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Whose members sign rounds. Correspondents write, administrators administer.
SIGNERS = (Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR, Role.ISSUE_EDITOR)


def keep_in_step(group_model) -> None:
    """Make the groups of all roles; ``group_model`` is auth's Group, also a migration's."""
    for role in Role.values:
        group_model.objects.get_or_create(name=role)
