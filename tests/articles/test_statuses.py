"""Every verb of an article, in every state a piece can be in, by everybody: what the table allows
happens, everything else is refused in a sentence and leaves no trace."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Act, Gap, Section, Tag
from articles.statuses import TRANSITIONS
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories, traces
from tests.walks import walked

pytestmark = pytest.mark.django_db

WRITERS = {"writer", "editor", "second_editor", "desk_head", "chief", "issue_editor"}
FIRST = {"editor", "second_editor"}
PUBLISHERS = {"chief", "issue_editor"}
EDITORS = FIRST | {"desk_head", "chief"}
IN_ROUND = {"first": FIRST, "claimed": {"editor"}, "second": {"desk_head"}, "third": {"chief"}}
DRAFTS = ("draft", "revised", "mended")
WRITTEN = dict.fromkeys(DRAFTS, WRITERS) | {"claimed": {"editor"}}

# verb → state → who may. What is not named here is refused.
ALLOWED = {
    "save": WRITTEN,
    "clear_gap": WRITTEN,
    "file_in": WRITTEN,
    "add_tag": WRITTEN,
    "submit": dict.fromkeys(DRAFTS, WRITERS),
    "recall": {"first": {"writer"}},
    "claim": IN_ROUND,
    "let_go": {"claimed": {"editor", "desk_head", "chief"}},
    "note_down": IN_ROUND | {"claimed": FIRST},
    "comment": {"noted": {"editor"}},
    "take_back_note": {"noted": {"editor"}},
    "resolve": {"noted": {"editor"}},
    "reopen_comment": {"noted": {"editor"}},
    "keep_version": WRITTEN,
    "restore_version": {"mended": WRITERS},
    "hand_over": {
        "first": EDITORS,
        "claimed": {"editor", "desk_head", "chief"},
        "second": {"desk_head", "chief"},
        "third": {"desk_head", "chief"},
    },
    "sign": IN_ROUND,
    "return_": IN_ROUND,
    "reject": IN_ROUND,
    "revise": dict.fromkeys(("approved", "scheduled", "held", "live", "owing"), WRITERS),
    "take_back_signature": dict.fromkeys(
        ("approved", "scheduled", "held"), {"editor", "desk_head", "chief"}
    ),
    "discard": {"draft": WRITERS, "rejected": WRITERS},
    "restore": {"rejected": WRITERS, "discarded": WRITERS},
    "publish_alone": {"approved": PUBLISHERS},
    "publish_at_once": dict.fromkeys(
        ("draft", "first", "claimed", "second", "third", "mended"), {"chief"}
    ),
    "sign_minor": {"mended": {"chief"}},
    "drop_revision": dict.fromkeys(("revised", "mended"), WRITERS),
    "sign_late": {"owing": FIRST},
    "refuse_late": {"owing": FIRST},
    "reschedule_alone": {"scheduled": PUBLISHERS},
    "hold": {"scheduled": PUBLISHERS},
    "lift_hold": {"held": PUBLISHERS},
    "withdraw": dict.fromkeys(
        ("approved", "scheduled", "held", "live", "revised", "mended", "owing"), {"chief"}
    ),
    "draw_up_correction": dict.fromkeys(
        ("live", "revised", "mended", "owing"), EDITORS | {"issue_editor"}
    ),
    "reinstate": dict.fromkeys(("withdrawn", "withdrawn unpublished"), {"chief"}),
    "lock": dict(WRITTEN),
    "unlock": {"locked": {"editor"}},
    "break_lock": {"locked": {"desk_head", "chief"}},
}
# A lock keeps others from the text and from handing it in, and no signature from a signer.
for _verb in ("save", "file_in", "add_tag", "submit", "restore_version", "discard", "lock"):
    ALLOWED[_verb] = ALLOWED[_verb] | {"locked": {"editor"}}
ALLOWED["restore_version"].pop("locked")  # it has none yet
for _verb in ("clear_gap", "keep_version", "publish_at_once"):
    ALLOWED[_verb] = ALLOWED[_verb] | {"locked": ALLOWED[_verb]["draft"]}
# Whoever leaves is followed by somebody, wherever the piece stands.
KEEPERS = {"desk_head", "chief", "superuser and administrator"}
# A piece with comments is one that somebody has claimed.
for _states in ALLOWED.values():
    if "claimed" in _states:
        _states.setdefault("noted", _states["claimed"])
UNRECORDED = {
    "save", "file_in", "add_tag", "note_down", "take_back_note", "resolve", "reopen_comment",
}  # fmt: skip
ARGUMENTS = {
    "save": lambda article: {"write": lambda: article.save()},
    "clear_gap": lambda article: {"gap": article.gaps.get().pk},
    "return_": lambda article: {"note": "请补上时间。"},
    "reject": lambda article: {"note": "与前稿重复。"},
    "note_down": lambda article: {"note": "请补时间。", "paragraph": 0},
    "take_back_note": lambda article: {"comment": first_pk(article.comments.filter(act=None))},
    "resolve": lambda article: {"comment": first_pk(article.comments.open())},
    "reopen_comment": lambda article: {"comment": first_pk(article.comments.sent())},
    "say": lambda article: {"note": "请 @沈予安 看一眼。"},
    "answer": lambda article: {"comment": first_pk(article.comments.sent()), "note": "问过了。"},
    "name_version": lambda article: {"number": 1, "name": "初稿"},
    "keep_version": lambda article: {"name": "补采之后", "seen": article.revision},
    "restore_version": lambda article: {"number": 1, "seen": article.revision},
    "file_in": lambda article: {"section": Section.objects.get(name="要闻")},
    "add_tag": lambda article: {"tag": Tag.objects.get()},
    "entrust": lambda article: {"to": User.objects.get(username="receiver")},
    "hand_over": lambda article: {"to": User.objects.get(username="receiver")},
    "reschedule_alone": lambda article: {
        "at": timezone.now() + timedelta(hours=5),
        "seen": article.release.publish_at if article.release else timezone.now(),
    },
    "hold": lambda article: {"because": "等核实。"},
    "publish_at_once": lambda article: {"reason": "水情紧急。", "change_note": "更新。"},
    "sign_late": lambda article: {"owed": first_debt(article)},
    "refuse_late": lambda article: {"owed": first_debt(article), "reason": "数字不对。"},
    "withdraw": lambda article: {"reason": "活动取消。"},
    "draw_up_correction": lambda article: {"wrong": "周三", "right": "周四"},
    "reinstate": lambda article: {"reason": "核实无误。"},
    "take_back_signature": lambda article: {"reason": "数字要再核。"},
    "break_lock": lambda article: {"reason": "要付印了。"},
}
# Verbs of a correction: test_correcting.
OF_CORRECTIONS = {f"{verb}_correction" for verb in ("sign", "return", "redraw", "drop")}
# Verbs of topics and of the foot of the site: test_composing.
OF_TOPICS = {
    "gather", "let_go_of", "put_under", "arrange", "order_topic", "end_topic",
    "go_on_with_topic", "put_in_foot", "take_from_foot", "move_in_foot",
}  # fmt: skip
MOVE = {"return_": "return"}
EVERY_ROUND = (Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR)


def first_debt(article):
    debt = article.owed_signatures.order_by("round__position").first()
    return debt.pk if debt else 0


@pytest.fixture(scope="module", autouse=True)
def every_verb_stands_in_the_table():
    assert set(ALLOWED) == set(workflow.__all__) - {"RefusalError"} - OF_CORRECTIONS - OF_TOPICS


def first(cast):
    return factories.submitted(cast)


def claimed(cast):
    return workflow.claim(first(cast), by=cast.editor)


def second(cast):
    return factories.signed_by(cast, first(cast), cast.editor)


def third(cast):
    return factories.signed_by(cast, second(cast), cast.desk_head)


def noted(cast):
    """Return a claimed piece with a comment that was sent and one that was not."""
    article = claimed(cast)
    workflow.note_down(article, by=cast.editor, note="请核实数字。")
    workflow.comment(article, by=cast.editor)
    return workflow.note_down(article, by=cast.editor, note="题目改短。")


def first_pk(rows):
    return rows.values_list("pk", flat=True).first() or 0


def held(cast):
    return workflow.hold(factories.scheduled_alone(cast), by=cast.chief, because="等核实。")


def revised(cast):
    return workflow.revise(factories.live_alone(cast), by=cast.writer)


def withdrawn(cast):
    return workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实。")


def withdrawn_unpublished(cast):
    return workflow.withdraw(factories.approved(cast), by=cast.chief, reason="失实。")


def rejected(cast):
    return workflow.reject(first(cast), by=cast.editor, note="重复。")


def discarded(cast):
    return workflow.discard(factories.draft(cast), by=cast.writer)


def locked(cast):
    return workflow.lock(factories.draft(cast), by=cast.editor)


STATES = {
    "draft": factories.draft,
    "locked": locked,
    "first": first,
    "claimed": claimed,
    "noted": noted,
    "second": second,
    "third": third,
    "approved": factories.approved,
    "scheduled": factories.scheduled_alone,
    "held": held,
    "live": factories.live_alone,
    "mended": factories.mended,
    "owing": factories.out_at_once,
    "revised": revised,
    "withdrawn": withdrawn,
    "withdrawn unpublished": withdrawn_unpublished,
    "rejected": rejected,
    "discarded": discarded,
}
# The states most pieces pass; the others are walked through by ``make check``.
ORDINARY = ("draft", "first", "live", "mended")
ALLOWED["entrust"] = dict.fromkeys(STATES, KEEPERS)
# Whoever sees a piece talks about it, wherever it stands.
ADMINISTRATORS = {"superuser and administrator", "superuser", "administrator"}
ALLOWED["say"] = dict.fromkeys(STATES, WRITERS | ADMINISTRATORS)
ALLOWED["answer"] = {"noted": ALLOWED["say"]["noted"]}
ALLOWED["name_version"] = {
    state: WRITERS for state in STATES if state not in ("draft", "locked", "discarded")
}


def everybody(cast):
    """Return the cast by name, and those whose account gives no right to a piece."""
    people = {name: who for name, who in vars(cast).items() if hasattr(who, "username")}
    root = people.pop("administrator")
    root.is_superuser = True
    root.save()
    gone = factories.person("离职", *Role, username="gone", is_active=False)
    return {**people, "superuser and administrator": root, "gone": gone}


def attempt(verb, article, by):
    """Do a verb to a fresh copy of the row, as a request does; return the piece or the refusal."""
    fresh = type(article).objects.get(pk=article.pk)
    how = ARGUMENTS.get(verb, lambda article: {})(fresh)
    try:
        getattr(workflow, verb)(fresh, by=by, **how)
    except RefusalError as refusal:
        return None, str(refusal)
    fresh.refresh_from_db()
    return fresh, None


@pytest.mark.parametrize("state", walked(STATES, ORDINARY))
def test_what_the_table_allows_happens_and_all_else_is_refused(state):
    cast = factories.Cast()
    people = everybody(cast)
    factories.person("接手", *EVERY_ROUND, username="receiver")
    article = STATES[state](cast)
    Gap.objects.create(article=article, code="loss", message="此处可能缺字。")
    Tag.objects.create(name="柳岸")
    before, acts = traces.everything(), Act.objects.count()
    wrong = []
    for verb, allowed in ALLOWED.items():
        for name, who in people.items():
            with traces.undone():
                moved, sentence = attempt(verb, article, who)
                wrong += [
                    f"{verb} by {name}: {fault}"
                    for fault, holds in {
                        "allowed": moved and name not in allowed.get(state, ()),
                        f"refused: {sentence}": sentence and name in allowed.get(state, ()),
                        "refused without a word": sentence is not None and not sentence.strip(),
                        "refused, and left a trace": sentence and traces.everything() != before,
                        "done without an act": moved
                        and (verb, state) not in (("claim", "claimed"), ("claim", "noted"))
                        and verb not in UNRECORDED
                        and Act.objects.count() != acts + 1,
                        "went elsewhere": moved and not stands_right(verb, article, moved),
                    }.items()
                    if holds
                ]
                if moved:
                    traces.speak_now()
    assert wrong == []


def stands_right(verb, before, after):
    """Say whether a verb led where the table of moves says, or nowhere if it is no move."""
    move = MOVE.get(verb, verb)
    if move == "sign" and before.round.position == 3:
        move = "sign_off"
    return after.status == (TRANSITIONS[move][1] if move in TRANSITIONS else before.status)


@pytest.mark.parametrize("verb", ["return_", "reject", "hold", "withdraw", "draw_up_correction"])
def test_a_verb_that_asks_for_words_refuses_blank_ones(verb):
    cast = factories.Cast()
    state = {"hold": "scheduled", "withdraw": "live", "draw_up_correction": "live"}
    article = STATES[state.get(verb, "first")](cast)
    blank = dict.fromkeys(ARGUMENTS[verb](article), "  \n")
    who = cast.editor if verb in ("return_", "reject", "draw_up_correction") else cast.chief
    before = traces.everything()
    with pytest.raises(RefusalError, match=r"\S"):
        getattr(workflow, verb)(article, by=who, **blank)
    assert traces.everything() == before


def test_an_hour_that_has_passed_is_refused():
    cast = factories.Cast()
    article = factories.approved(cast)
    with pytest.raises(RefusalError, match=r"\S"):
        workflow.publish_alone(article, by=cast.chief, at=timezone.now() - timedelta(seconds=1))
    assert article.release is None


def test_words_too_long_for_their_column_are_refused_in_a_sentence():
    cast = factories.Cast()
    article = factories.scheduled_alone(cast)
    before = traces.everything()
    with pytest.raises(RefusalError, match=r"\S"):
        workflow.hold(article, by=cast.chief, because="因" * 500)
    assert traces.everything() == before
