"""The table of verbs: who is offered what, and why not."""

import re

import pytest
from django.utils import translation

from articles import workflow
from articles.admin import corrections
from articles.admin.verbs import DETAILS, VERBS, offers
from articles.statuses import TRANSITIONS
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text
from tests.articles.test_statuses import OF_TOPICS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def offered(article, user) -> dict[str, bool]:
    """Return the verbs a user is offered on a piece: name → allowed."""
    return {offer.verb.name: bool(offer.verdict) for offer in offers(article, user)}


DRAFT = {"submit", "discard"}
REVIEWING = {"sign", "claim", "return_", "reject"}

EXPECTED = {
    # state: {role: (allowed, shown but refused)}
    "draft": {
        "correspondent": (DRAFT, set()),
        "editor": (DRAFT, set()),
        "issue editor": (DRAFT, set()),
        "administrator": (set(), DRAFT),
    },
    "submitted": {
        "correspondent": ({"recall"}, set()),
        "editor": (REVIEWING | {"hand_over"}, set()),
        "desk head": ({"hand_over"}, REVIEWING),
        "chief editor": ({"hand_over", "publish_at_once"}, REVIEWING),
        "administrator": (set(), REVIEWING),
    },
    "approved": {
        "correspondent": (set(), set()),
        "editor": ({"revise", "take_back_signature"}, {"publish_alone", "withdraw"}),
        "chief editor": (
            {"publish_alone", "withdraw", "revise", "take_back_signature"},
            set(),
        ),
        "issue editor": ({"publish_alone", "revise"}, {"withdraw"}),
        "administrator": (set(), {"publish_alone", "withdraw", "revise"}),
    },
    "live_alone": {
        "correspondent": (set(), set()),
        "editor": ({"revise", "draw_up_correction"}, {"withdraw"}),
        "chief editor": ({"revise", "draw_up_correction", "withdraw"}, set()),
        "administrator": (set(), {"revise", "withdraw"}),
    },
    "scheduled_alone": {
        "editor": (
            {"revise", "take_back_signature"},
            {"hold", "reschedule_alone", "withdraw"},
        ),
        "issue editor": ({"hold", "reschedule_alone", "revise"}, {"withdraw"}),
        "chief editor": (
            {"hold", "reschedule_alone", "withdraw", "revise", "take_back_signature"},
            set(),
        ),
    },
}
CASES = [
    (state, role, *expected)
    for state, roles in EXPECTED.items()
    for role, expected in roles.items()
]


@pytest.mark.parametrize(("state", "role", "allowed", "refused"), CASES)
def test_each_role_is_offered_its_verbs(cast, state, role, allowed, refused):
    article = getattr(factories, state)(cast)
    found = offered(article, cast.by_role[role])
    assert {name for name, may in found.items() if may} == allowed
    assert {name for name, may in found.items() if not may} == refused


@pytest.mark.parametrize(("state", "role", "allowed", "refused"), CASES)
def test_refused_verbs_stay_visible_with_their_reason(cast, state, role, allowed, refused):
    article = getattr(factories, state)(cast)
    page = text(signed_in(cast.by_role[role]).get(address(article, "read")))
    reasons = re.findall(r'aria-disabled="true" aria-describedby="(why-[a-z_]+)"', page)
    assert len(reasons) == len(refused)
    assert all(f'id="{reason}"' in page for reason in reasons)
    for name in allowed:
        assert f'id="why-{name}"' not in page


def test_what_is_missing_can_be_filled_in_and_submitted_at_once(cast):
    piece = factories.draft(cast)
    section, piece.section = piece.section, None
    piece.save()
    browser = signed_in(piece.filed_by)
    page = text(browser.get(address(piece)))
    assert re.search(r'<button[^>]*value="submit"[^>]*aria-describedby="why-submit"', page)
    browser.post(address(piece), form_of(piece, section=section.pk, _verb="submit"))
    piece.refresh_from_db()
    assert piece.status == "in_review"


def test_a_superuser_reads_everything_and_signs_nothing(cast):
    root = factories.person("超管", is_superuser=True)
    article = factories.submitted(cast)
    assert not any(offered(article, root).values())
    response = signed_in(root).post(address(article, "do", verb="sign"), follow=True)
    assert 'role="alert"' in text(response)
    assert not article.review.signatures.exists()


def test_nobody_is_let_sign_their_own_piece(cast):
    article = workflow.submit(factories.draft(cast, filed_by=cast.editor), by=cast.editor)
    assert not offered(article, cast.editor)["sign"]
    assert offered(article, cast.second_editor)["sign"]


def test_the_hour_of_a_piece_is_moved_on_its_page_unless_it_has_moved_already(cast):
    article = factories.scheduled_alone(cast)
    page = text(signed_in(cast.chief).get(address(article, "read")))
    seen = re.search(r'name="reschedule_alone-seen" value="([^"]+)"', page)[1]
    url = address(article, "do", verb="reschedule_alone")
    for who, hour in ((cast.chief, "2030-05-01T12:30"), (cast.issue_editor, "2030-06-01T12:30")):
        typed = {"reschedule_alone-seen": seen, "reschedule_alone-at": hour}
        said = text(signed_in(who).post(url, typed, follow=True))
        article.release.refresh_from_db()
        assert f"{article.release.publish_at:%Y-%m-%d}" == "2030-05-01"
    assert "上线时间有人改过" in said


def test_every_verb_of_the_workflow_has_its_place_in_the_table():
    # Offered for many pieces at once, where somebody leaves, and by “say”.
    elsewhere = {"file_in", "add_tag", "entrust", "note_down"}
    # What a topic gathers, and the foot of the site: on pages of their own.
    elsewhere |= OF_TOPICS
    public = set(workflow.__all__) - {"RefusalError", "save"} - elsewhere
    assert public == set(VERBS) | set(DETAILS) | set(corrections.VERBS)


def test_every_move_of_the_table_of_statuses_is_offered_somewhere():
    without_a_button = {"sign_off", "restore_piece"}  # by the last signature; by an archive
    assert {name.rstrip("_") for name in VERBS} >= set(TRANSITIONS) - without_a_button


@pytest.mark.parametrize("verb", [*VERBS.values(), *DETAILS.values()])
def test_every_verb_is_said_in_chinese(verb):
    with translation.override("en"):
        english = (str(verb.label), str(verb.done))
    with translation.override("zh-hans"):
        assert str(verb.label) != english[0]
        assert str(verb.done) != english[1]
