"""The verbs of readers, who have no account, and of the newsroom that answers them."""

from newsroom.readers.workflow.answering import (
    answer,
    draw_up,
    find_nothing_wrong,
    hand_over,
    let_go,
    merge,
    reopen,
    set_aside,
    take,
)
from newsroom.readers.workflow.reporting import (
    Said,
    change_report,
    leave_report,
    may_reconsider,
    take_back_report,
)

__all__ = [
    "Said",
    "answer",
    "change_report",
    "draw_up",
    "find_nothing_wrong",
    "hand_over",
    "leave_report",
    "let_go",
    "may_reconsider",
    "merge",
    "reopen",
    "set_aside",
    "take",
    "take_back_report",
]
