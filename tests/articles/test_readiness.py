"""Whether a saved piece may go on, as the newsroom has set its checks."""

import pytest
from django.db import IntegrityError, transaction

from articles import permissions, workflow
from articles.checklist import CHECKS, Level
from articles.kinds import Kind
from articles.models import Article, ChecklistRule
from articles.readiness import missing_before_review, missing_before_signature
from articles.workflow.checking import set_levels
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def piece(cast):
    return factories.draft(cast)


def test_a_whole_piece_lacks_nothing(piece):
    factories.with_photo(piece)
    assert missing_before_signature(piece) == []


@pytest.mark.parametrize("headline", ["", "  ", "|"])
def test_a_headline_of_marks_is_none(piece, headline):
    piece.headline = headline
    assert len(missing_before_review(piece)) == 1
    piece.kind = Kind.PHOTO_STORY
    assert missing_before_review(piece) == []


def test_nobody_signs_minors_of_whom_it_is_not_noted_who_agreed(cast, piece):
    picture = factories.picture(shows_minors=True, consent="  ")
    factories.with_photo(piece, picture.digest)
    assert missing_before_review(piece) == []
    workflow.submit(piece, by=cast.writer)
    with pytest.raises(RefusalError, match="未成年人"):
        workflow.sign(piece, by=cast.editor)
    picture.consent = "监护人已书面同意，存综合办。"
    picture.save()
    workflow.sign(piece, by=cast.editor)


def test_the_house_may_only_be_reminded_of_consent_but_never_not(cast):
    assert CHECKS["consent"].shipped == Level.SIGN
    with pytest.raises(RefusalError):
        set_levels({"consent": Level.OFF}, by=cast.chief)


def test_a_picture_is_as_good_as_a_text(piece):
    piece.body = "<p> </p>"
    assert len(missing_before_review(piece)) == 1
    factories.with_photo(piece)
    assert missing_before_review(piece) == []


def test_a_picture_still_awaited_is_none(cast):
    piece = Article.objects.create(filed_by=cast.writer, headline="题", section=cast.section)
    piece.photos.create(caption="待补")
    assert len(missing_before_review(piece)) == 1


def test_each_picture_without_words_is_named(piece):
    factories.with_photo(piece, caption="居民看书", alternative_text=" ")
    factories.with_photo(piece, caption="", alternative_text="", position=1)
    found = missing_before_signature(piece)
    assert len(found) == 2
    assert "居民看书" in found[0]
    assert "2" in found[1]
    assert missing_before_review(piece) == []


def test_what_the_newsroom_needs_stops_a_submission_and_what_it_drops_does_not(cast, piece):
    assert permissions.may_submit(cast.writer, piece)
    set_levels({"unit_head": Level.REVIEW}, by=cast.chief)
    verdict = permissions.may_submit(cast.writer, piece)
    assert not verdict
    assert "单位审核人" in verdict.reason
    with pytest.raises(RefusalError):
        workflow.submit(piece, by=cast.writer)
    set_levels({"unit_head": Level.OFF}, by=cast.chief)
    workflow.submit(piece, by=cast.writer)


def test_a_unit_head_is_asked_of_correspondents_only(cast):
    set_levels({"unit_head": Level.REVIEW}, by=cast.chief)
    assert missing_before_review(factories.draft(cast, filed_by=cast.editor)) == []


def test_what_a_signature_needs_lets_the_piece_be_submitted(cast, piece):
    set_levels({"credit": Level.SIGN}, by=cast.chief)
    factories.with_photo(piece, credit="")
    workflow.submit(piece, by=cast.writer)
    piece.refresh_from_db()
    assert not permissions.may_sign(cast.editor, piece)
    piece.photos.update(credit="梁序 摄")
    assert permissions.may_sign(cast.editor, piece)


@pytest.mark.parametrize("who", ["writer", "editor", "desk_head", "issue_editor"])
def test_only_chiefs_and_administrators_set_the_checks(cast, who):
    with pytest.raises(RefusalError):
        set_levels({"byline": Level.REVIEW}, by=getattr(cast, who))
    assert ChecklistRule.objects.chosen() == {}


def test_nothing_is_set_where_one_choice_is_impossible(cast):
    for key, level in [("headline", "warn"), ("alternative_text", "off"), ("nonsense", "warn")]:
        with pytest.raises(RefusalError):
            set_levels({"byline": Level.REVIEW, key: level}, by=cast.administrator)
    with pytest.raises(RefusalError):
        set_levels({"byline": "sometimes"}, by=cast.administrator)
    assert ChecklistRule.objects.chosen() == {}


def test_only_what_changed_is_written_and_its_history_tells_from_what(cast):
    assert set_levels({"byline": Level.WARN, "summary": Level.SIGN}, by=cast.chief) == ["summary"]
    rule = ChecklistRule.objects.get()
    events = rule.events.order_by("pgh_id")
    assert [event.level for event in events] == ["off", "sign"]
    assert {event.pgh_context["user"] for event in events} == {cast.chief.pk}


@pytest.mark.parametrize(
    ("key", "level", "constraint"),
    [
        ("headline", "sign", "no_piece_without_headline_content_section"),
        ("content", "off", "no_piece_without_headline_content_section"),
        ("alternative_text", "warn", "no_signature_without_alternative_texts"),
    ],
)
def test_the_database_keeps_the_law_of_the_house(key, level, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ChecklistRule.objects.bulk_create([ChecklistRule(key=key, level=level)])


def test_a_level_below_the_law_counts_as_the_law():
    assert CHECKS["headline"].level({"headline": "off"}) == Level.REVIEW
    assert CHECKS["alternative_text"].level({"alternative_text": "off"}) == Level.SIGN


def test_asking_costs_the_same_with_one_picture_and_with_twenty(
    cast, django_assert_max_num_queries
):
    piece = factories.draft(cast)
    for position in range(20):
        factories.with_photo(piece, position=position)
        factories.with_attachment(piece, position=position)
    with django_assert_max_num_queries(4):
        missing_before_signature(piece)  # the rules, the photographs, their pictures, the files
