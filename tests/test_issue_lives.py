"""Random lives of issues: whoever tries whatever, at whatever hour, an issue is whole or not there.

Never is an unsigned piece shown, never half an issue, never are two numbers alike. What residents
would see is asked of many instants, past and to come, after every step.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random, SystemRandom

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Release, Signature
from articles.sealing import covered_by_version, fingerprint
from issues import permissions as issue_permissions
from issues import workflow as issue_workflow
from issues.models import Issue, Placement
from newsroom.people.models import LateChange, SiteSettings
from tests import factories, traces

STEPS = 60
HOURS = (1, 5, 24)
DAYS = (date(2023, 12, 8), date(2023, 12, 9), date(2023, 12, 11))


class Paper:
    """Three issues, six pieces, everybody; each step is chosen by chance."""

    def __init__(self, seed):
        self.chance = Random(seed)
        self.trail, self.done = [], Counter()
        self.cast = factories.Cast()
        SiteSettings.objects.update(on_late_change=self.chance.choice(LateChange.values))
        self.people = [who for who in vars(self.cast).values() if hasattr(who, "username")]
        self.people.append(factories.person("超级", username="root", is_superuser=True))
        self.pieces = [factories.approved(self.cast) for _n in range(5)]
        self.pieces.append(factories.submitted(self.cast))
        self.issues = [factories.issue(self.cast, day=day) for day in DAYS]

    # What people try

    def step(self):
        """Do something, and see whether everything still holds."""
        acts = {self.lay_out: 4, self.move_an_issue: 7, self.touch_a_piece: 5, self.finish: 4}
        self.chance.choices(list(acts), acts.values())[0]()
        self.issues_are_whole_or_not_there()
        self.what_is_shown_was_signed()
        self.numbers_differ()

    def tried(self, act, *arguments, **how):
        name = act.__name__
        done = traces.is_done(act, *arguments, **how)
        self.trail.append(f"{name} {how.get('by')} {arguments} {'done' if done else 'refused'}")
        self.done[name] += done
        for row in (*self.pieces, *self.issues):
            row.refresh_from_db()

    def somebody(self, *likely):
        return self.chance.choice(likely if likely and self.chance.random() < 0.8 else self.people)

    def lay_out(self):
        issue, article = self.chance.choice(self.issues), self.chance.choice(self.pieces)
        by = self.somebody(self.cast.issue_editor, self.cast.chief)
        if self.chance.random() < 0.75:
            self.tried(issue_workflow.place, issue, by=by, article=article, page=1)
        else:
            self.tried(issue_workflow.take_off, issue, by=by, article=article)

    def move_an_issue(self):
        issue = self.chance.choice(self.issues)
        by = self.somebody(self.cast.issue_editor, self.cast.chief)
        verbs = ["close", "schedule", "schedule", "recall", "reopen", "hold", "lift_hold",
                 "leave_out", "take_in", "backdate"]  # fmt: skip
        can = [
            verb for verb in verbs[:7] if getattr(issue_permissions, f"may_{verb}")(by, issue)
        ] + (verbs[7:] if issue.status == "closed" else [])
        verb = self.chance.choice(can or verbs)
        placed = [each.article for each in Placement.objects.of_issue(issue)] or self.pieces
        soon = timezone.now() + timedelta(hours=self.chance.choice(HOURS))
        how = {
            "schedule": {"at": self.chance.choice([soon, soon, soon, None])},
            "hold": {"because": "缓。"},
            "leave_out": {"article": self.chance.choice(placed), "because": "再核。"},
            "take_in": {"article": self.chance.choice(placed)},
            "backdate": {
                "at": timezone.now() - timedelta(days=self.chance.choice([-1, 1, 9])),
                "because": "已在纸报刊出。",
            },
        }.get(verb, {})
        self.tried(getattr(issue_workflow, verb), issue, by=by, **how)

    def touch_a_piece(self):
        article = self.chance.choice(self.pieces)
        verb, how = self.chance.choice(
            [
                ("revise", {}),
                ("revise", {}),
                ("take_back_signature", {"reason": "再核。"}),
                ("drop_revision", {}),
                ("publish_alone", {}),
                ("publish_alone", {"at": timezone.now() + timedelta(hours=2)}),
                ("publish_at_once", {"reason": "急。", "change_note": "改。"}),
                ("hold", {"because": "缓。"}),
                ("lift_hold", {}),
                ("withdraw", {"reason": "失实。"}),
                ("reinstate", {"reason": "无误。", "public_note": "恢复。"}),
            ]
        )
        by = self.somebody(self.cast.chief, self.cast.editor)
        self.tried(getattr(workflow, verb), article, by=by, **how)

    def finish(self):
        """Bring a piece through what is left of its rounds, changed or as it was."""
        article = self.chance.choice(self.pieces)
        if article.status == Article.Status.DRAFT:
            if self.chance.random() < 0.6:
                number = self.chance.randrange(10_000)
                Article.objects.filter(pk=article.pk).update(body=f"<p>改到第{number}稿。</p>")
                article.refresh_from_db()
            self.tried(workflow.submit, article, by=self.cast.writer, change_note="改。")
        for who in (self.cast.editor, self.cast.desk_head, self.cast.chief):
            if self.chance.random() < 0.9:
                self.tried(workflow.sign, article, by=who, change_note="改。")

    # What must hold

    def instants(self):
        now = timezone.now()
        return [now - timedelta(days=2), now, *(now + timedelta(hours=each + 1) for each in HOURS)]

    def issues_are_whole_or_not_there(self):
        for at in self.instants():
            live = set(Article.objects.live(at).values_list("pk", flat=True))
            for issue in Issue.objects.select_related("release"):
                shown = set(
                    Placement.objects.live(at).of_issue(issue).values_list("article", flat=True)
                )
                placed = list(Placement.objects.of_issue(issue).select_related("article__release"))
                with_it = {p.article_id for p in placed if p.article.release == issue.release}
                if not issue.is_live(at):
                    assert shown == set()
                    assert not live & with_it
                    continue
                gone = {p.article_id for p in placed if p.article.withdrawn_at is not None}
                alone = {p.article_id for p in placed if p.article.release != issue.release}
                assert with_it - gone <= shown
                assert shown <= live
                # What else stands there went out alone before, or was left out for all to see.
                assert shown - with_it <= alone

    def what_is_shown_was_signed(self):
        live = Article.objects.live(max(self.instants())).select_related("sealed")
        for article in live:
            assert not article.lacks_a_signature
            assert article.sealed.fingerprint == fingerprint(covered_by_version(article.sealed))
            assert Signature.objects.under(article.sealed_id).exists()

    def numbers_differ(self):
        numbers = [n for n in Issue.objects.values_list("number", flat=True) if n is not None]
        assert len(numbers) == len(set(numbers))
        assert not Issue.objects.filter(status="closed", number=None).exists()
        planned = Release.objects.filter(issue__status="planning")
        assert not planned.exclude(publish_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [None], ids=["new"])
def test_an_issue_is_whole_or_not_there(seed):
    """The new one is another at each run; its number is printed where it fails."""
    seed = SystemRandom().randrange(10**6) if seed is None else seed
    paper = Paper(seed)
    try:
        for _step in range(STEPS):
            paper.step()
    except Exception:
        print(f"seed {seed}:", *paper.trail, sep="\n")  # noqa: T201 - what led to the fault
        raise


@pytest.mark.django_db
@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(100, 106))
def test_long_lives_go_through_the_verbs(seed):
    paper = Paper(seed)
    try:
        for _step in range(STEPS * 3):
            paper.step()
    except Exception:
        print(f"seed {seed}:", *paper.trail, sep="\n")  # noqa: T201 - what led to the fault
        raise
    assert {"close", "schedule", "revise", "sign"} <= set(paper.done)
