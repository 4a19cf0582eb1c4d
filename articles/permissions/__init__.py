"""May this person …? Each answer is a verdict: yes, or no with the reason in a sentence.

Workflow, desk, preview and API ask the same functions. Being superuser or administrator gives no
right to sign: only membership in the round's group does, or acting for a member as a deputy.
"""

from articles.permissions.correcting import (
    may_correct,
    may_drop_correction,
    may_redraw_correction,
    may_return_correction,
    may_see_corrections,
    may_sign_correction,
    represented_in_correction,
)
from articles.permissions.publishing import (
    may_hold,
    may_lift_hold,
    may_publish_alone,
    may_reinstate,
    may_withdraw,
)
from articles.permissions.reviewing import (
    may_act_in_round,
    may_claim,
    may_hand_over,
    may_let_go,
    may_recall,
    may_receive,
    may_reject,
    may_return,
    may_revise,
    may_sign,
    may_submit,
    may_work_in_round,
    represented,
)
from articles.permissions.revising import (
    fully_signed,
    lacks_change_note,
    may_sign_minor,
    wants_change_note,
)
from articles.permissions.seeing import (
    EDITORS,
    is_author,
    is_own,
    may_read_sheet,
    may_see,
    sees_everything,
    stands_where,
)
from articles.permissions.urgent import (
    last_round,
    late_signer,
    may_publish_at_once,
    may_refuse_late,
    may_see_owed,
    may_sign_late,
    represented_at_last,
)
from articles.permissions.writing import (
    may_clear_gap,
    may_discard,
    may_edit,
    may_file,
    may_restore,
)

__all__ = [
    "EDITORS",
    "fully_signed",
    "is_author",
    "is_own",
    "lacks_change_note",
    "last_round",
    "late_signer",
    "may_act_in_round",
    "may_claim",
    "may_clear_gap",
    "may_correct",
    "may_discard",
    "may_drop_correction",
    "may_edit",
    "may_file",
    "may_hand_over",
    "may_hold",
    "may_let_go",
    "may_lift_hold",
    "may_publish_alone",
    "may_publish_at_once",
    "may_read_sheet",
    "may_recall",
    "may_receive",
    "may_redraw_correction",
    "may_refuse_late",
    "may_reinstate",
    "may_reject",
    "may_restore",
    "may_return",
    "may_return_correction",
    "may_revise",
    "may_see",
    "may_see_corrections",
    "may_see_owed",
    "may_sign",
    "may_sign_correction",
    "may_sign_late",
    "may_sign_minor",
    "may_submit",
    "may_withdraw",
    "may_work_in_round",
    "represented",
    "represented_at_last",
    "represented_in_correction",
    "sees_everything",
    "stands_where",
    "wants_change_note",
]
