"""Sessions: end all of somebody's at once, wherever they are open."""

from django.contrib.auth import update_session_auth_hash
from django.db.models import F

from newsroom.people.models import User


def end_all(person: User) -> None:
    """Make every session of somebody worthless; they carry a mark that no longer fits."""
    User.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    person.refresh_from_db(fields=["sessions_ended"])


def end_others(request) -> None:
    """Make every session of whoever asks worthless but the one they ask in."""
    end_all(request.user)
    update_session_auth_hash(request, request.user)
