"""The verbs: everything that moves a piece. Each locks, asks, moves, records — or refuses.

``by`` names who acts and is required. A refusal is a RefusalError with a sentence in the user's
language, and nothing has changed. The moves themselves stand in ``articles.statuses.TRANSITIONS``.
"""

from articles.workflow.commenting import (
    answer,
    comment,
    note_down,
    reopen_comment,
    resolve,
    say,
    take_back_note,
)
from articles.workflow.composing import (
    arrange,
    end_topic,
    gather,
    go_on_with_topic,
    let_go_of,
    move_in_foot,
    order_topic,
    put_in_foot,
    put_under,
    take_from_foot,
)
from articles.workflow.correcting import (
    draw_up_correction,
    drop_correction,
    redraw_correction,
    return_correction,
    sign_correction,
)
from articles.workflow.locking import break_lock, lock, unlock
from articles.workflow.publishing import (
    hold,
    lift_hold,
    publish_alone,
    reinstate,
    reschedule_alone,
    withdraw,
)
from articles.workflow.reviewing import (
    claim,
    hand_over,
    let_go,
    recall,
    reject,
    return_,
    revise,
    sign,
    submit,
)
from articles.workflow.revising import sign_minor
from articles.workflow.taking_back import take_back_signature
from articles.workflow.urgent import publish_at_once, refuse_late, sign_late
from articles.workflow.versioning import (
    drop_revision,
    keep_version,
    name_version,
    restore_version,
)
from articles.workflow.writing import add_tag, clear_gap, discard, entrust, file_in, restore, save
from newsroom.people.verdicts import RefusalError

__all__ = [
    "RefusalError",
    "add_tag",
    "answer",
    "arrange",
    "break_lock",
    "claim",
    "clear_gap",
    "comment",
    "discard",
    "draw_up_correction",
    "drop_correction",
    "drop_revision",
    "end_topic",
    "entrust",
    "file_in",
    "gather",
    "go_on_with_topic",
    "hand_over",
    "hold",
    "keep_version",
    "let_go",
    "let_go_of",
    "lift_hold",
    "lock",
    "move_in_foot",
    "name_version",
    "note_down",
    "order_topic",
    "publish_alone",
    "publish_at_once",
    "put_in_foot",
    "put_under",
    "recall",
    "redraw_correction",
    "refuse_late",
    "reinstate",
    "reject",
    "reopen_comment",
    "reschedule_alone",
    "resolve",
    "restore",
    "restore_version",
    "return_",
    "return_correction",
    "revise",
    "save",
    "say",
    "sign",
    "sign_correction",
    "sign_late",
    "sign_minor",
    "submit",
    "take_back_note",
    "take_back_signature",
    "take_from_foot",
    "unlock",
    "withdraw",
]
