"""What notices say, in both languages, and what they keep to themselves."""

import pytest
from django.utils.translation import override

from articles import workflow
from articles.models import Act
from issues import workflow as issue_workflow
from issues.models import IssueAct
from newsroom.desk.clockwork import tell_what_time_did
from newsroom.desk.delivery import tell_of_act, tell_of_issue_act
from newsroom.desk.models import Notice
from newsroom.desk.phrasing import address, remark, sentence
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "主办方来电，机密原因"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def story(cast):
    """Return a life with every kind of act in it, told to everybody."""
    article = factories.submitted(cast)
    workflow.claim(article, by=cast.editor)
    workflow.hand_over(article, by=cast.editor, to=cast.second_editor)
    workflow.return_(article, by=cast.second_editor, note="请补上读数。")
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    issue = factories.scheduled_issue(cast, article)
    issue_workflow.hold(issue, by=cast.chief, because=REASON)
    issue_workflow.lift_hold(issue, by=cast.chief)
    issue_workflow.recall(issue, by=cast.chief)
    issue_workflow.schedule(issue, by=cast.chief)
    workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason=REASON)
    workflow.reject(factories.submitted(cast), by=cast.editor, note="不用。")
    factories.signed_correction(cast)
    workflow.publish_at_once(factories.submitted(cast), by=cast.chief, reason=REASON)
    Act.objects.create(article=article, verb="gild", by=cast.editor, note=REASON)
    for act in Act.objects.order_by("pk"):
        tell_of_act(act)
    for act in IssueAct.objects.order_by("pk"):
        tell_of_issue_act(act)
    factories.submitted(cast)
    tell_of_act(Act.objects.latest("pk"))
    tell_what_time_did()
    return article


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_notice_is_a_whole_sentence(story, language):
    notices = Notice.objects.for_display()
    assert {notice.kind for notice in notices} >= {
        "waiting", "claimed", "returned", "signed", "scheduled", "live", "withdrawn", "other",
    }  # fmt: skip
    with override(language):
        said = [sentence(notice) for notice in notices]
    assert [text for text in said if not text.strip() or "{" in text or "None" in text] == []
    assert [text for text in said if text != text.strip()] == []


def test_the_words_name_who_did_what_to_which(cast, story):
    told = {sentence(n) for n in Notice.objects.filter(recipient=cast.writer).for_display()}
    title = f"《{story.title}》"
    assert f"邓可退改{title}" in told
    assert f"温以恒签了{title}终审签发" in told or f"温以恒签了{title}终审" in told
    given = Notice.objects.filter(recipient=cast.second_editor, kind="claimed").for_display().get()
    assert sentence(given).startswith(f"沈予安把{title}转交给你")


def test_reasons_of_the_newsroom_stay_there(cast, story):
    def remarks(person):
        return {remark(n, person) for n in Notice.objects.filter(recipient=person).for_display()}

    assert remarks(cast.writer) == {"", "请补上读数。", "不用。"}
    assert REASON in remarks(cast.issue_editor) | remarks(cast.editor)


def test_every_notice_leads_somewhere_its_reader_may_go(cast, story, client):
    for person in (cast.writer, cast.chief, cast.issue_editor, cast.desk_head):
        client.force_login(person)
        addresses = {address(notice) for notice in Notice.objects.filter(recipient=person)}
        assert [url for url in addresses if client.get(url).status_code != 200] == []


def test_a_correction_says_whose_signature_it_waits_for(cast):
    workflow.sign_correction(factories.correction(cast), by=cast.editor)
    for act in Act.objects.filter(verb__endswith="_correction").order_by("pk"):
        tell_of_act(act)
    told = Notice.objects.filter(recipient=cast.desk_head).latest("pk")
    assert sentence(told).endswith("的更正等你复审")
    drawer = Notice.objects.filter(recipient=cast.issue_editor).latest("pk")
    assert "等你" not in sentence(drawer)
