"""The life of an article: its stored states, and the one table of its moves.

Everything else — submitted, returned, scheduled, live, corrected — is an event or a condition.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Signed off")
    REJECTED = "rejected", _("Rejected")
    DISCARDED = "discarded", _("Discarded")


TRANSITIONS: dict[str, tuple[set[Status], Status]] = {
    "submit": ({Status.DRAFT}, Status.IN_REVIEW),
    "recall": ({Status.IN_REVIEW}, Status.DRAFT),
    "sign": ({Status.IN_REVIEW}, Status.IN_REVIEW),
    "sign_off": ({Status.IN_REVIEW}, Status.APPROVED),
    "publish_at_once": ({Status.DRAFT, Status.IN_REVIEW}, Status.APPROVED),
    "sign_minor": ({Status.DRAFT}, Status.APPROVED),
    "return": ({Status.IN_REVIEW}, Status.DRAFT),
    "reject": ({Status.IN_REVIEW}, Status.REJECTED),
    "revise": ({Status.APPROVED}, Status.DRAFT),
    "take_back_signature": ({Status.APPROVED}, Status.DRAFT),
    "drop_revision": ({Status.DRAFT}, Status.APPROVED),
    "restore_piece": ({Status.DRAFT}, Status.APPROVED),
    "discard": ({Status.DRAFT, Status.REJECTED}, Status.DISCARDED),
    "restore": ({Status.REJECTED, Status.DISCARDED}, Status.DRAFT),
}
