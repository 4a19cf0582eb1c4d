"""Random newsrooms at random instants: what is supposed is what happens once it is done."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from issues import workflow as issue_workflow
from newsroom.desk.previews.addresses import Moment
from tests import factories
from tests.newsroom.desk.test_previews import bare, look, pages_of
from tests.walks import walked

pytestmark = pytest.mark.django_db
ALWAYS = ("1", "2")


class Newsroom:
    """Issues in every state, planned for hours to come, with pieces in every state in them."""

    def __init__(self, chance: random.Random):
        self.cast, self.now = factories.Cast(), timezone.now().replace(microsecond=0)
        factories.live_issue(self.cast, day=timezone.localdate() - timedelta(days=40))
        factories.live_alone(self.cast)
        factories.scheduled_alone(self.cast, hours=chance.randrange(1, 60))
        hours = sorted(chance.sample(range(1, 60), k=chance.randrange(1, 4)))
        self.issues = [self.issue(chance, hour) for hour in hours]

    def issue(self, chance, hour: int):
        planned = self.now + timedelta(hours=hour)
        pieces = [factories.approved(self.cast) for _ in range(chance.randrange(1, 4))]
        state = chance.choice(["planning", "unsigned", "closed", "scheduled"])
        if state == "unsigned":
            pieces.append(factories.submitted(self.cast))
        day = timezone.localdate() + timedelta(days=hour)  # one of its own
        issue = factories.issue(self.cast, *pieces, planned_time=planned, day=day)
        issue.pieces, issue.unsigned = pieces, pieces[-1:] if state == "unsigned" else []
        if state in ("closed", "scheduled"):
            issue_workflow.close(issue, by=self.cast.issue_editor)
        if state == "scheduled":
            issue_workflow.schedule(issue, by=self.cast.issue_editor, at=planned)
        return issue

    def do_what_is_planned(self, until) -> None:
        """Close and schedule, as planned, every issue that is to be out by an instant."""
        by = self.cast.issue_editor
        for issue in self.issues:
            issue.refresh_from_db()
            if issue.planned_time > until:
                continue
            for piece in issue.unsigned:
                issue_workflow.take_off(issue, by=by, article=piece)
            if issue.status == "planning":
                issue_workflow.close(issue, by=by)
            if issue.release.publish_at is None:
                issue_workflow.schedule(issue, by=by, at=issue.planned_time)

    @property
    def pages(self) -> list[str]:
        found = {page for issue in self.issues for page in pages_of(issue, *issue.pieces)}
        return sorted(found)


@pytest.mark.parametrize("seed", walked([str(n) for n in range(1, 25)], ALWAYS))
def test_a_preview_supposes_what_will_be_done(client, seed):
    chance = random.Random(seed)
    newsroom = Newsroom(chance)
    client.force_login(newsroom.cast.chief)
    moment = Moment(newsroom.now + timedelta(hours=chance.randrange(1, 61), minutes=1))
    before = {page: look(client, moment, page) for page in newsroom.pages}
    newsroom.do_what_is_planned(moment.at)
    for page, supposed in before.items():
        done = look(client, moment, page)
        assert supposed.status_code == done.status_code, page
        assert bare(supposed.content.decode(), moment) == bare(done.content.decode(), moment), page
