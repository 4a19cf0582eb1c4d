"""The board of an issue: what its pages hold, and what it costs to ask."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from issues import layout
from issues.board import Board
from issues.models import BoardPresence, PageFormat
from newsroom.people.models import SiteSettings
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def text_of(characters):
    return f"<p>{'字' * characters}</p>"


def of_format(issue, characters):
    made = PageFormat.objects.create(name=f"试版{characters}", characters=characters)
    issue.pages.update(format=made)
    return made


def board_of(issue, cast):
    return Board(issue, user=cast.issue_editor, at=timezone.now())


def column_of(issue, cast, number=1):
    return next(each for each in board_of(issue, cast).columns if each.page.number == number)


class TestBudget:
    def test_text_and_photos_count_against_the_format(self, cast):
        piece = factories.draft(cast, body=text_of(1000))
        factories.with_photo(piece)
        factories.with_photo(piece)
        issue = factories.issue(cast, piece, factories.draft(cast, body=text_of(500)))
        of_format(issue, 4000)
        column = column_of(issue, cast)
        assert (column.characters, column.left, column.over) == (2300, 1700, 0)
        assert column.filled == 52

    def test_the_newsroom_says_what_a_photo_takes(self, cast):
        piece = factories.draft(cast, body=text_of(1000))
        factories.with_photo(piece)
        issue = factories.issue(cast, piece)
        SiteSettings.objects.update(photo_characters=0)
        assert column_of(issue, cast).characters == 1000

    def test_a_page_that_is_too_full_says_by_how_much(self, cast, client):
        issue = factories.issue(cast, factories.draft(cast, body=text_of(1120)))
        of_format(issue, 1000)
        assert column_of(issue, cast).over == 120
        client.force_login(cast.issue_editor)
        page = client.get(reverse("admin:issues_issue_change", args=[issue.pk])).content.decode()
        assert "超 120 字" in page
        assert 'class="bar over"' in page

    def test_a_page_exactly_full_is_not_too_full(self, cast):
        issue = factories.issue(cast, factories.draft(cast, body=text_of(1000)))
        of_format(issue, 1000)
        column = column_of(issue, cast)
        assert (column.left, column.over, column.filled) == (0, 0, 92)

    def test_a_page_without_a_format_has_no_budget(self, cast):
        column = column_of(factories.issue(cast, factories.draft(cast)), cast)
        assert (column.page.budget, column.left, column.over, column.filled) == (None, None, 0, 0)


class TestFormats:
    def test_the_usual_ones_are_there(self, cast):
        assert list(PageFormat.objects.values_list("name", flat=True)) == ["对开", "四开", "八开"]

    @pytest.mark.parametrize("characters", [0, 99, 50_001])
    def test_the_database_refuses_nonsense(self, cast, characters):
        with pytest.raises(IntegrityError), transaction.atomic():
            PageFormat.objects.create(name="怪版", characters=characters)

    def test_one_in_use_is_not_deleted(self, cast):
        with pytest.raises(IntegrityError), transaction.atomic():
            PageFormat.objects.first().delete()

    def test_planners_make_them_at_the_desk(self, cast, client):
        client.force_login(cast.issue_editor)
        address = reverse("admin:issues_pageformat_add")
        client.post(address, {"name": "异形开", "characters": 3000})
        assert PageFormat.objects.get(name="异形开").characters == 3000
        client.force_login(cast.editor)
        assert client.post(address, {"name": "二号", "characters": 3000}).status_code == 403


def statements_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_board_of_four_pieces_and_one_of_forty_cost_the_same(cast, client):
    client.force_login(cast.issue_editor)
    pages = [(number, "综合") for number in range(1, 5)]
    issue = factories.issue(cast, factories.approved(cast), pages=pages)
    of_format(issue, 4000)
    chief = layout_by(cast.chief, issue)
    for number in (2, 3, 4):
        chief(factories.submitted(cast), number)
    address = reverse("admin:issues_issue_change", args=[issue.pk])
    factories.draft(cast)
    BoardPresence.objects.create(issue=issue, person=cast.chief)
    pictured = factories.draft(cast)
    factories.with_photo(pictured)
    layout_by(cast.issue_editor, issue)(pictured, 1)
    client.get(address)  # what is kept for a minute is asked once
    few = statements_of(client, address)
    for number in range(36):
        piece = factories.draft(cast)
        factories.with_photo(piece)
        chief(piece, number % 4 + 1)
        factories.draft(cast)
    BoardPresence.objects.create(issue=issue, person=cast.editor)
    assert len(board_of(issue, cast).placements) == 41
    assert statements_of(client, address) == few


def layout_by(person, issue):
    def placing(piece, page):
        layout.place(issue, by=person, article=piece, page=page)

    return placing
