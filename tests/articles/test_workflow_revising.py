"""Changes to what is out: the old version stays up, residents are told, typing errors are short."""

import pytest
from django.contrib.auth.models import Group

from articles import workflow
from articles.models import Article, Byline, Signature, Version
from issues.findings import findings
from newsroom.people.models import SiteSettings
from newsroom.people.verdicts import RefusalError
from tests import factories, traces
from tests.articles.test_workflow_urgent import chief, deputy_of, refused

pytestmark = pytest.mark.django_db
NOTE = "补充了开放时间。"


@pytest.fixture
def cast():
    return factories.Cast()


def retyped(article, by, **words):
    """Let somebody type into a draft."""
    for name, value in words.items():
        setattr(article, name, value)
    return workflow.save(article, by=by, write=article.save)


def revised(cast, by=None, **words):
    """Return a live piece in revision, with words typed by the writer or another."""
    article = workflow.revise(factories.live_alone(cast), by=cast.writer)
    return retyped(article, by or cast.writer, **words)


class TestARevision:
    def test_the_old_version_is_live_until_the_new_one_is_sealed(self, cast):
        article = revised(cast, deck="每天开到九点")
        old = article.sealed
        workflow.submit(article, by=cast.writer, change_note=NOTE)
        for signer in (cast.editor, cast.desk_head):
            workflow.sign(article, by=signer)
            assert Article.objects.live().get(pk=article.pk).sealed == old
        workflow.sign(article, by=cast.chief)
        traces.speak_now()
        assert article.sealed != old
        assert article.sealed.deck == "每天开到九点"
        assert article.sealed.change_note == NOTE
        assert Article.objects.live().contains(article)

    def test_it_is_not_sealed_without_a_note_for_residents(self, cast):
        article = workflow.submit(revised(cast, deck="每天开到九点"), by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        assert "更改说明" in refused("sign", article, by=cast.chief)
        assert refused("sign", article, by=cast.chief, change_note="  ")
        workflow.sign(article, by=cast.chief, change_note=NOTE)
        assert article.sealed.change_note == NOTE

    def test_a_note_at_the_last_signature_asks_nobody_to_sign_again(self, cast):
        article = workflow.submit(revised(cast, deck="每天开到九点"), by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        workflow.sign(article, by=cast.chief, change_note="补充" * 40)
        assert article.status == Article.Status.APPROVED

    def test_the_note_is_part_of_what_is_signed(self, cast):
        article = workflow.submit(
            revised(cast, deck="每天开到九点"), by=cast.writer, change_note=NOTE
        )
        workflow.sign(article, by=cast.editor)
        first = article.latest_version
        workflow.sign(article, by=cast.desk_head, change_note="另一句话。")
        assert article.latest_version.fingerprint != first.fingerprint

    def test_what_is_not_live_yet_needs_none(self, cast):
        article = workflow.revise(factories.scheduled_alone(cast), by=cast.writer)
        retyped(article, cast.writer, deck="每天开到九点")
        workflow.submit(article, by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        assert article.sealed.change_note == ""

    def test_what_has_not_changed_needs_none(self, cast):
        article = workflow.submit(revised(cast), by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        assert article.status == Article.Status.APPROVED

    def test_the_next_revision_begins_without_the_old_note(self, cast):
        article = revised(cast, deck="每天开到九点")
        workflow.submit(article, by=cast.writer, change_note=NOTE)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        assert workflow.revise(article, by=cast.writer).change_note == ""


LONG = "<p>柳岸街道的老厂房亮起阅读灯，居民在灯下看书。</p>"
MENDED = LONG.replace("看书", "读书")


def mended(cast, body=MENDED, by=None, **words):
    """Return a live piece in revision with a typing error mended, by the writer or another."""
    article = workflow.revise(factories.live_alone(cast, body=LONG), by=cast.writer)
    return retyped(article, by or cast.writer, body=body, **words)


class TestMinorChanges:
    def test_one_signature_and_it_is_out(self, cast):
        article = mended(cast)
        workflow.sign_minor(article, by=cast.chief, seen=article.revision)
        traces.speak_now()
        assert article.sealed.basis == Version.Basis.MINOR
        assert "读书" in article.sealed.body
        assert article.sealed.change_note == ""
        assert article.status == Article.Status.APPROVED
        assert Article.objects.live().contains(article)
        act = article.acts.last()
        assert (act.verb, act.by, act.version) == ("sign_minor", cast.chief, article.sealed)

    def test_those_who_signed_the_rest_go_on_to_stand_under_it(self, cast):
        article = mended(cast)
        second_chief = chief()
        workflow.sign_minor(article, by=second_chief)
        under = [s.signer for s in Signature.objects.under(article.sealed)]
        assert under == [cast.editor, cast.desk_head, second_chief]
        workflow.revise(article, by=cast.writer)
        retyped(article, cast.writer, body=MENDED.replace("居民", "街坊"))
        workflow.sign_minor(article, by=cast.chief)
        under = [s.signer for s in Signature.objects.under(article.sealed)]
        assert under == [cast.editor, cast.desk_head, cast.chief]

    @pytest.mark.parametrize(
        "words",
        [
            {"headline": "换了题目"},
            {"deck": "加一行"},
            {"dateline": "本报讯"},
            {"kind": "brief"},
            {"source": "棠溪发布"},
            {"body": LONG.replace("居民", "居民们和街坊邻居们一起坐在新装的")},
            {"body": "<p>整段换过。</p>"},
            {"body": LONG.replace("看书", '<a href="https://example.cn/">看书</a>')},
            {"body": LONG},
        ],
    )
    def test_what_is_more_than_a_typing_error_goes_through_the_rounds(self, cast, words):
        assert refused("sign_minor", mended(cast, **words), by=cast.chief)

    def test_a_number_is_a_fact(self, cast):
        article = workflow.revise(
            factories.live_alone(cast, body="<p>共有260名居民。</p>"), by=cast.writer
        )
        retyped(article, cast.writer, body="<p>共有216名居民。</p>")
        assert "数字" in refused("sign_minor", article, by=cast.chief)

    def test_a_photo_is_none(self, cast):
        article = mended(cast)
        factories.with_photo(article)
        assert refused("sign_minor", article, by=cast.chief)

    def test_a_name_is_none(self, cast):
        article = mended(cast)
        Byline.objects.create(article=article, name="孟小满", position=1)
        assert refused("sign_minor", article, by=cast.chief)

    def test_it_needs_a_version_that_was_signed_before(self, cast):
        assert refused("sign_minor", factories.draft(cast), by=cast.chief)

    def test_many_small_changes_are_one_large_one(self, cast):
        SiteSettings.objects.update(minor_change=2)
        article = workflow.sign_minor(mended(cast), by=cast.chief)
        workflow.revise(article, by=cast.writer)
        retyped(article, cast.writer, body=MENDED.replace("阅读", "读书"))
        assert "2" in refused("sign_minor", article, by=cast.chief)

    def test_a_newspaper_may_have_no_such_way(self, cast):
        SiteSettings.objects.update(minor_change=0)
        article = mended(cast, body=LONG.replace("居民", "<strong>居民</strong>"))
        assert refused("sign_minor", article, by=cast.chief)

    def test_who_typed_it_does_not_sign_it(self, cast):
        article = mended(cast, by=cast.chief)
        assert refused("sign_minor", article, by=cast.chief)
        assert workflow.sign_minor(article, by=chief()).status == Article.Status.APPROVED

    def test_who_typed_what_was_given_up_may_sign_what_another_typed(self, cast):
        article = workflow.drop_revision(mended(cast, by=cast.chief), by=cast.chief)
        workflow.revise(article, by=cast.writer)
        retyped(article, cast.writer, body=MENDED)
        workflow.sign_minor(article, by=cast.chief)
        assert article.sealed.basis == Version.Basis.MINOR

    def test_who_typed_it_does_not_sign_it_by_a_deputy(self, cast):
        article = mended(cast, by=cast.chief)
        assert refused("sign_minor", article, by=deputy_of(cast.chief))

    def test_who_only_saved_it_again_has_typed_nothing(self, cast):
        article = retyped(mended(cast), cast.chief)
        assert workflow.sign_minor(article, by=cast.chief)

    def test_only_the_last_round_signs_and_nobody_their_own(self, cast):
        article = mended(cast)
        root = factories.person("超级", "administrator", username="root", is_superuser=True)
        for who in {*cast.by_role.values(), root} - {cast.chief}:
            assert refused("sign_minor", article, by=who)
        own = factories.draft(cast, filed_by=cast.chief, body=LONG)
        workflow.submit(own, by=cast.chief)
        second_chief = chief()
        factories.signed_by(cast, own, cast.editor, cast.desk_head, second_chief)
        retyped(workflow.revise(own, by=cast.editor), cast.editor, body=MENDED)
        assert refused("sign_minor", own, by=cast.chief)
        cast.desk_head.groups.add(Group.objects.get(name="chief editor"))
        assert workflow.sign_minor(own, by=type(cast.desk_head).objects.get(pk=cast.desk_head.pk))

    def test_not_what_has_been_changed_since_it_was_read(self, cast):
        article = mended(cast)
        with pytest.raises(RefusalError):
            workflow.sign_minor(article, by=cast.chief, seen=article.revision - 1)


class TestARevisionThatIsNotWanted:
    def test_is_given_up_and_the_piece_reads_as_it_was_signed(self, cast):
        article = revised(cast, deck="每天开到九点", body="<p>全改了。</p>")
        Byline.objects.create(article=article, name="添进来的人", position=9)
        sealed = article.sealed
        workflow.drop_revision(article, by=cast.writer)
        article.refresh_from_db()
        assert article.status == Article.Status.APPROVED
        assert (article.deck, article.body) == (sealed.deck, sealed.body)
        assert not article.bylines.filter(name="添进来的人").exists()
        assert article.latest_version.fingerprint == sealed.fingerprint
        assert article.sealed == sealed
        assert Article.objects.live().contains(article)

    def test_keeps_what_was_typed_as_a_version(self, cast):
        article = revised(cast, deck="每天开到九点")
        workflow.drop_revision(article, by=cast.editor)
        assert article.versions.filter(deck="每天开到九点").exists()
        assert article.acts.latest("pk").verb == "drop_revision"

    def test_in_which_nothing_was_typed_leaves_no_version_behind(self, cast):
        article = revised(cast)
        before = article.versions.count()
        workflow.drop_revision(article, by=cast.writer)
        assert article.versions.count() == before

    def test_is_no_finding_of_the_issue_it_waits_in(self, cast):
        article = factories.approved(cast)
        issue = factories.scheduled_issue(cast, article)
        workflow.revise(article, by=cast.editor)
        retyped(article, cast.editor, deck="每天开到九点")
        assert "newer_version" in {each.code for each in findings(issue)}
        workflow.drop_revision(article, by=cast.editor)
        assert "newer_version" not in {each.code for each in findings(issue)}

    def test_can_be_taken_up_again_and_signed(self, cast):
        article = revised(cast, deck="每天开到九点")
        workflow.drop_revision(article, by=cast.writer)
        workflow.revise(article, by=cast.writer)
        retyped(article, cast.writer, deck="每天开到八点")
        workflow.submit(article, by=cast.writer, change_note=NOTE)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        assert article.sealed.deck == "每天开到八点"

    def test_is_not_given_up_once_it_is_handed_in_or_was_never_signed(self, cast):
        article = workflow.submit(revised(cast, deck="八点"), by=cast.writer, change_note=NOTE)
        assert refused("drop_revision", article, by=cast.writer)
        assert refused("drop_revision", factories.draft(cast), by=cast.writer)
