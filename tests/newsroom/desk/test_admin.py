"""What the desk keeps out of its registers."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.desk import admin as desk_admin


def test_the_queues_own_pages_stay_out():
    assert desk_admin.admin is admin
    assert not admin.site.is_registered(ProcrastinateJob)
