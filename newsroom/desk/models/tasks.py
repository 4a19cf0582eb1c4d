"""What went wrong in a task, for the people who look after it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskFailure(models.Model):
    """The last error of a job. The queue itself keeps only that one failed."""

    job = models.BigIntegerField(_("job"), unique=True)
    text = models.CharField(_("error"), max_length=300)
    failed_at = models.DateTimeField(_("failed at"), auto_now=True)

    class Meta:
        verbose_name = _("failure of a task")
        verbose_name_plural = _("failures of tasks")
        ordering = ["-failed_at"]

    def __str__(self):
        return self.text
