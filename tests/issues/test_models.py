"""The constraints of issues, pages and assignments, each broken by going around the verbs."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import timezone

from articles.models import Release
from issues import assigning
from issues.models import (
    ArchiveFile,
    Assignment,
    BoardPresence,
    CorrectionNotice,
    DryRun,
    DryRunRule,
    EditionImport,
    ImportedPiece,
    Issue,
    LayoutMove,
    OutsideLink,
    Page,
    PageFormat,
    Placement,
)
from issues.rehearsing import keep_run
from tests import factories, traces
from tests.issues import calendar_guards

pytestmark = pytest.mark.django_db


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def place(page, article, position, weight="normal"):
    return Placement.objects.create(page=page, article=article, position=position, weight=weight)


def same_place_twice(cast):
    page = factories.issue(cast, factories.approved(cast)).pages.get()
    place(page, factories.approved(cast), 0)


def two_leads(cast):
    page = factories.issue(cast, factories.approved(cast)).pages.get()
    place(page, factories.approved(cast), 7, "lead")


def imported(cast, **fields):
    how = {"date": date(2023, 12, 8), "digest": "d", "text": "文", "uploaded_by": cast.editor}
    return EditionImport.objects.create(**(how | fields))


def imported_twice(cast):
    issue, article = factories.issue(cast), factories.draft(cast)
    record = imported(cast, issue=issue)
    for _time in range(2):
        ImportedPiece.objects.create(
            edition_import=record, issue=issue, article=article, fingerprint="f", beginning="文"
        )


def moved(cast, **fields):
    places = {"from_page": None, "to_page": 1, "to_position": 0, "to_weight": "normal"}
    issue, article = factories.issue(cast), factories.draft(cast)
    return LayoutMove.objects.create(
        issue=issue, article=article, by=cast.chief, **(places | fields)
    )


def at_a_board_twice(cast):
    issue = factories.issue(cast)
    for _time in range(2):
        BoardPresence.objects.create(issue=issue, person=cast.chief)


def rehearsed_twice(cast):
    issue, hour = factories.issue(cast), timezone.now()
    for _time in range(2):
        keep_run(issue, DryRun.Occasion.HOUR, hour=hour)


def called_off(cast):
    return assigning.drop(factories.asked(cast), by=cast.editor)


def answered_twice(cast):
    first, second = (
        assigning.take_up(factories.asked(cast), by=cast.writer) for _number in range(2)
    )
    update(second, article=first.article)


BREAKERS = {
    "issue_is_unique_by_date_and_sequence": lambda cast: Issue.objects.create(
        date=factories.issue(cast).date, release=Release.objects.create()
    ),
    "issues_of_a_day_count_from_one": lambda cast: Issue.objects.create(
        date=date(2024, 1, 1), sequence=0, release=Release.objects.create()
    ),
    "a_day_has_as_many_issues_as_addresses": lambda cast: Issue.objects.create(
        date=date(2024, 1, 1), sequence=100, release=Release.objects.create()
    ),
    "issue_stands_in_the_calendar": lambda cast: update(
        factories.issue(cast), date=date(202, 12, 8)
    ),
    "issue_is_planned_for_a_time_in_the_calendar": lambda cast: update(
        factories.issue(cast), planned_time=timezone.now().replace(year=1)
    ),
    "closed_issue_has_its_number": lambda cast: update(
        factories.issue(cast, factories.approved(cast)), status="closed", closed_at=timezone.now()
    ),
    "closed_issue_knows_when_it_was_closed": lambda cast: update(
        factories.issue(cast, factories.approved(cast)), status="closed", number=9
    ),
    "page_format_has_a_name": lambda cast: PageFormat.objects.create(name="", characters=900),
    "a_page_holds_100_to_50000_characters": lambda cast: PageFormat.objects.create(
        name="怪版", characters=99
    ),
    "a_move_comes_from_a_place_or_from_the_tray": lambda cast: moved(cast, from_page=1),
    "a_move_leads_to_a_place_or_to_the_tray": lambda cast: moved(cast, to_weight="huge"),
    "somebody_is_at_a_board_once": at_a_board_twice,
    "what_never_goes_out_always_stops_an_issue": lambda cast: DryRunRule.objects.create(
        code="unsigned", level="warn"
    ),
    "dry_run_is_made_by_somebody_or_by_time": lambda cast: keep_run(
        factories.issue(cast), DryRun.Occasion.ASKED
    ),
    "archive_brought_in_is_named_by_a_digest": lambda cast: ArchiveFile.objects.create(
        digest="x", size=1, uploaded_by=cast.chief
    ),
    "an_hour_is_rehearsed_once": rehearsed_twice,
    "an_outside_link_gave_a_status_or_a_problem": lambda cast: OutsideLink.objects.create(
        address="https://example.org/", asked_at=timezone.now()
    ),
    "page_number_is_unique_in_its_issue": lambda cast: Page.objects.create(
        issue=factories.issue(cast), number=1
    ),
    "pages_count_from_one": lambda cast: Page.objects.create(issue=factories.issue(cast), number=0),
    "one_piece_stands_in_one_place": same_place_twice,
    "page_has_one_lead": two_leads,
    "confirmed_import_has_its_issue": lambda cast: imported(cast, confirmed_at=timezone.now()),
    "piece_is_imported_once_into_an_issue": imported_twice,
    "correction_is_printed_or_there_is_a_reason": lambda cast: CorrectionNotice.objects.create(
        correction=factories.signed_correction(cast), decided_by=cast.editor
    ),
    "assignment_has_a_topic": lambda cast: update(factories.asked(cast), topic=""),
    "assignment_is_of_somebody_or_of_a_unit": lambda cast: update(
        factories.asked(cast), unit=cast.unit
    ),
    "assignment_was_asked_for_or_offered": lambda cast: update(called_off(cast), asked_by=None),
    "assignment_at_work_names_who_asked": lambda cast: update(
        factories.asked(cast), asked_by=None, offered_by=cast.writer
    ),
    "taken_assignment_has_its_piece_and_its_writer": lambda cast: update(
        factories.asked(cast), article=factories.draft(cast)
    ),
    "a_piece_answers_one_assignment": answered_twice,
    "assignment_names_a_page_of_an_issue": lambda cast: update(factories.asked(cast), page=3),
    "assignment_is_due_in_the_calendar": lambda cast: update(
        factories.asked(cast), due_at=timezone.now().replace(year=202)
    ),
    **calendar_guards.CONSTRAINTS,
}


def test_every_constraint_is_tried():
    constraints = [c.name for model in traces.our_models("issues") for c in model._meta.constraints]
    assert sorted(BREAKERS) == sorted(constraints)


@pytest.mark.parametrize("name", BREAKERS)
def test_the_database_refuses(name):
    cast = factories.Cast()
    with pytest.raises(IntegrityError, match=name):
        traces.committed(BREAKERS[name], cast)


def test_a_running_number_is_given_once():
    cast = factories.Cast()
    first = factories.live_issue(cast)
    other = factories.issue(cast, day=date(2023, 12, 9))
    with pytest.raises(IntegrityError, match="number"):
        traces.committed(lambda: update(other, number=first.number))


def test_the_second_issue_of_a_day_has_an_address_of_its_own():
    assert Issue(date=date(2023, 12, 8)).address == "2023-12-08"
    assert Issue(date=date(2023, 12, 8), sequence=2).address == "2023-12-08-2"


def test_an_assignment_is_kept_for_good():
    made = factories.asked(factories.Cast())
    with pytest.raises(IntegrityError):
        traces.committed(Assignment.objects.filter(pk=made.pk).delete)
    with pytest.raises(IntegrityError):
        traces.committed(lambda: made.acts.update(note="改写"))
