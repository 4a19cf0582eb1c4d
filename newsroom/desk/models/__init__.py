"""What the desk keeps for the people who work at it."""

from newsroom.desk.models.invitations import Invitation
from newsroom.desk.models.mail import Letter, ReceivedLetter
from newsroom.desk.models.notices import Notice, NoticePreference, Told
from newsroom.desk.models.previews import PreviewAnswer, PreviewLink, PreviewOpening
from newsroom.desk.models.saved_views import SavedView
from newsroom.desk.models.tasks import TaskFailure
from newsroom.desk.models.watching import Alarm, Check

__all__ = [
    "Alarm",
    "Check",
    "Invitation",
    "Letter",
    "Notice",
    "NoticePreference",
    "PreviewAnswer",
    "PreviewLink",
    "PreviewOpening",
    "ReceivedLetter",
    "SavedView",
    "TaskFailure",
    "Told",
]
