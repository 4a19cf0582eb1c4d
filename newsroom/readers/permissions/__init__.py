"""May this person …? What readers leave is the newsroom's to see; correspondents see none of it."""

from newsroom.readers.permissions.redirecting import may_keep_addresses
from newsroom.readers.permissions.reporting import (
    may_answer,
    may_draw_up_from,
    may_find_nothing_wrong,
    may_hand_over,
    may_let_go,
    may_merge,
    may_reopen,
    may_see_reports,
    may_set_aside,
    may_take,
)

__all__ = [
    "may_answer",
    "may_draw_up_from",
    "may_find_nothing_wrong",
    "may_hand_over",
    "may_keep_addresses",
    "may_let_go",
    "may_merge",
    "may_reopen",
    "may_see_reports",
    "may_set_aside",
    "may_take",
]
