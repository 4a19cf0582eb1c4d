"""What the desk keeps out of its registers."""

from django.contrib import admin
from procrastinate.contrib.django import admin as _queue  # noqa: F401 - registers its pages
from procrastinate.contrib.django.models import ProcrastinateJob

# They speak English only; “Mail and tasks” says what an administrator needs.
admin.site.unregister(ProcrastinateJob)
