"""Random lives: anybody tries anything in any order, with edits in between, and the promises hold.

Never is a live piece unsigned, signed by its own author, signed twice by one person or their
deputy, or sealed with other content than its last signer signed.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from articles import permissions, workflow
from articles.models import Act, Article, Byline, Correspondent, Photo, Signature, Version
from articles.sealing import covered_by_draft, covered_by_version, fingerprint
from issues import workflow as issue_workflow
from issues.models import Issue, IssueAct, Placement
from newsroom.people.models import Deputy, SiteSettings
from tests import factories, traces

WHO = st.integers(0, 30)
WHICH = st.integers(0, 2)
DAY = timedelta(days=1)
BIG = "<p>" + "整段重写。" * 20 + "</p>"
VERBS = {
    "submit": {},
    "recall": {},
    "claim": {},
    "let_go": {},
    "sign": {},
    "return_": {"note": "补时间。"},
    "reject": {"note": "重复。"},
    "revise": {},
    "discard": {},
    "restore": {},
    "publish_alone": {},
    "hold": {"because": "缓。"},
    "lift_hold": {},
    "withdraw": {"reason": "失实。"},
}
ISSUE_VERBS = {
    "close": {},
    "schedule": {},
    "recall": {},
    "reopen": {},
    "hold": {"because": "缓。"},
    "lift_hold": {},
}


def add_name(article, person):
    Byline.objects.create(article=article, name=person.name, position=1)


def add_entry(article, person):
    entry = Correspondent.objects.get_or_create(user=person, defaults={"name": person.name})[0]
    Byline.objects.create(article=article, correspondent=entry, position=1)


def drop_names(article, person):
    article.bylines.all().delete()


def add_photo(article, person):
    factories.with_photo(article)


def turn_photos(article, person):
    Photo.objects.filter(article=article).update(caption="换过的说明")


def setting(**fields):
    def change(article, person):
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()

    return change


WORDS = [
    {"headline": "换过|的题目"},
    {"headline": "换过的题目"},
    {"body": BIG},
    {"body": BIG.replace("重写", "<em>重写</em>")},
    {"body": "<p>短</p>"},
    {"kind": "brief"},
    {"summary": "摘要"},
    {"section": None},
]
EDITS = [
    *(add_name, add_entry, drop_names, add_photo, turn_photos),
    *(setting(**fields) for fields in WORDS),
]


class Lives(RuleBasedStateMachine):
    """Three pieces, one issue, everybody."""

    @initialize(limit=st.sampled_from([0, 3, 30]))
    def begin(self, limit):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.cast = factories.Cast()
        SiteSettings.objects.update(substantial_mend=limit)
        self.people = [who for who in vars(self.cast).values() if hasattr(who, "username")]
        self.people += [
            factories.person("超级", username="root", is_superuser=True),
            factories.person("多职", *Group.objects.values_list("name", flat=True), username="all"),
            factories.person("代签", "correspondent", username="deputy"),
            factories.person("副总", "chief editor", username="chief2"),
        ]
        today = timezone.localdate()
        for principal in (self.cast.chief, self.cast.editor, self.people[-3]):
            Deputy.objects.create(
                principal=principal, deputy=self.people[-2], starts_on=today, ends_on=today
            )
        filers = (self.cast.writer, self.cast.editor, self.people[-3])
        self.articles = [factories.draft(self.cast, filed_by=filer) for filer in filers]
        self.stale = [Article.objects.get(pk=article.pk) for article in self.articles]
        self.issue = factories.issue(self.cast)
        self.done = {article.pk: [] for article in self.articles}
        self.done_to_issue = ["plan"]
        self.read_by_the_last = {}

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def person(self, number):
        return self.people[number % len(self.people)]

    def attempt(self, verb, article, by):
        recorded = not (verb == "claim" and article.claimed_by_id == by.pk)
        content = fingerprint(covered_by_draft(Article.objects.get(pk=article.pk)))
        if not traces.is_done(getattr(workflow, verb), article, by=by, **VERBS[verb]):
            return
        if recorded:
            self.done[article.pk].append(verb.rstrip("_"))
        if verb == "sign" and article.status == Article.Status.APPROVED:
            self.read_by_the_last[article.pk] = content

    @rule(verb=st.sampled_from(sorted(VERBS)), which=WHICH, who=WHO)
    def anybody_tries_anything(self, verb, which, who):
        self.attempt(verb, self.articles[which], self.person(who))

    @rule(which=WHICH, start=WHO, steps=st.integers(1, 4))
    def it_goes_on(self, which, start, steps):
        """Let whoever may submit or sign; else most lives would end as drafts."""
        article = self.articles[which]
        for _step in range(steps):
            verb = "submit" if article.status == Article.Status.DRAFT else "sign"
            may = getattr(permissions, f"may_{verb}")
            order = [self.person(start + number) for number in range(len(self.people))]
            person = next((who for who in order if may(who, article)), None)
            if person is None:
                return
            self.attempt(verb, article, person)

    @rule(which=WHICH, who=WHO, edit=st.sampled_from(EDITS), named=WHO, stale=st.booleans())
    def somebody_writes(self, which, who, edit, named, stale):
        article = (self.stale if stale else self.articles)[which]
        by, named = self.person(who), self.person(named)
        holder = Article.objects.get(pk=article.pk).claimed_by
        traces.is_done(workflow.save, article, by=holder or by, write=lambda: edit(article, named))
        self.articles[which].refresh_from_db()

    @rule(verb=st.sampled_from(sorted(ISSUE_VERBS)), who=WHO, ahead=st.booleans())
    def the_issue_moves(self, verb, who, ahead):
        how = {"at": timezone.now() + DAY} if verb == "schedule" and ahead else ISSUE_VERBS[verb]
        move = getattr(issue_workflow, verb)
        if not traces.is_done(move, self.issue, by=self.person(who), **how):
            return
        self.done_to_issue.append(verb)
        for article in self.articles:
            article.refresh_from_db()

    @rule(which=WHICH, on=st.booleans())
    def it_is_laid_out(self, which, on):
        verb = issue_workflow.place if on else issue_workflow.take_off
        how = {"page": 1} if on else {}
        article = self.articles[which]
        traces.is_done(verb, self.issue, by=self.cast.issue_editor, article=article, **how)

    @invariant()
    def live_is_live(self):
        if not hasattr(self, "issue"):
            return
        for at in (timezone.now(), timezone.now() + 2 * DAY):
            live = set(Article.objects.live(at).values_list("pk", flat=True))
            fresh = Article.objects.select_related("release")
            assert live == {article.pk for article in fresh if article.is_live(at)}
            if Issue.objects.get().is_live(at):
                pieces = Placement.objects.of_issue(self.issue).select_related("article")
                assert pieces
                assert all(p.article_id in live or p.article.withdrawn_at for p in pieces)

    @invariant()
    def what_goes_out_is_what_was_signed(self):
        if not hasattr(self, "issue"):
            return
        for article in Article.objects.exclude(sealed=None).select_related("sealed", "filed_by"):
            sealed = article.sealed
            assert sealed.fingerprint == self.read_by_the_last[article.pk]
            assert sealed.fingerprint == fingerprint(covered_by_version(sealed))
            self.signed_by_others(article, sealed)

    def signed_by_others(self, article, sealed):
        signatures = list(Signature.objects.under(sealed.pk).select_related("signer", "round"))
        rounds = signatures[0].review.route.rounds
        assert [s.round_id for s in signatures] == list(rounds.values_list("pk", flat=True))
        assert signatures[-1].version_id == sealed.pk
        people = [who for s in signatures for who in (s.signer_id, s.on_behalf_of_id) if who]
        assert len(people) == len(set(people))
        assert article.filed_by_id not in people
        names = {byline.name for byline in sealed.bylines.filter(correspondent__user=None)}
        assert not names & {s.signer.name for s in signatures}
        users = sealed.bylines.values_list("correspondent__user", flat=True)
        assert not set(users) & set(people)
        for signature in signatures:
            member = signature.on_behalf_of or signature.signer
            assert member.groups.filter(pk=signature.round.group_id).exists()

    @invariant()
    def every_act_is_on_record(self):
        if not hasattr(self, "issue"):
            return
        for pk, done in self.done.items():
            acts = Act.objects.filter(article=pk).order_by("pk")
            assert list(acts.values_list("verb", flat=True)) == done
        acts = IssueAct.objects.order_by("pk").values_list("verb", flat=True)
        assert list(acts) == self.done_to_issue
        assert all(
            fingerprint(covered_by_version(version)) == version.fingerprint
            for version in Version.objects.all()
        )


@pytest.mark.django_db
def test_random_lives_break_no_promise():
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=12,
            stateful_step_count=35,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
