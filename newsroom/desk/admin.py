"""What the desk keeps out of its registers."""

from django.contrib import admin
from procrastinate.contrib.django import admin as _queue  # noqa: F401 - registers its pages
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.desk.accounts import admin as _accounts  # noqa: F401 - registers its pages
from newsroom.desk.previews import admin as _previews  # noqa: F401 - registers its pages

# They speak English only; “Mail and tasks” says what an administrator needs.
admin.site.unregister(ProcrastinateJob)
