"""Editions brought in by hand: upload, proposal, mends, import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Byline, Correspondent
from issues import proposals
from issues.galley import Galley
from issues.models import EditionImport, Issue
from issues.proposals import Proposal
from issues.reading.pieces import GAP_MARK
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.issues.test_import_edition import TEXT
from tests.issues.test_importing import DAY, EDITION

ADD = "admin:issues_editionimport_add"
WORDS = {"column_label": "", "kicker": "", "headline": "", "deck": "", "kind": "news", "page": 1}


@pytest.fixture
def cast(db):
    return factories.Cast()


@pytest.fixture
def desk(cast, client):
    client.force_login(cast.issue_editor)
    return client


@pytest.fixture
def record(cast):
    """A proposal whose pieces are known: a lead with doubts, a brief, two on page 2."""
    return EditionImport.objects.create(
        date=DAY,
        digest="d" * 64,
        text="原文",
        proposal=Proposal(EDITION, list(EDITION.pieces)).stored(),
        uploaded_by=cast.issue_editor,
    )


def page_of(record):
    return reverse("admin:issues_editionimport_change", args=[record.pk])


def mend(client, record, verb, **data):
    data.setdefault("seen", Proposal.of(EditionImport.objects.get(pk=record.pk)).revision)
    address = reverse("admin:issues_editionimport_mend", args=[record.pk, verb])
    return client.post(address, data, follow=True)


def confirm(client, record, **data):
    data.setdefault("seen", Proposal.of(EditionImport.objects.get(pk=record.pk)).revision)
    address = reverse("admin:issues_editionimport_confirm", args=[record.pk])
    return client.post(address, data, follow=True)


def pieces_of(record):
    record.refresh_from_db()
    return Proposal.of(record).pieces


def levels(answer):
    return [message.level_tag for message in answer.context["messages"]]


class TestUpload:
    def test_a_file_becomes_a_proposal_and_nothing_else(self, desk):
        upload = SimpleUploadedFile("12月8日.txt", TEXT.encode("gb18030"))
        answer = desk.post(reverse(ADD), {"file": upload, "date": "2023-12-08", "sequence": 1})
        record = EditionImport.objects.get()
        assert answer.url == page_of(record)
        assert record.text == TEXT
        assert record.file_name == "12月8日.txt"
        assert len(pieces_of(record)) == 2
        assert not Issue.objects.exists()
        assert not Article.objects.exists()

    def test_pasted_text_does_as_well(self, desk):
        desk.post(reverse(ADD), {"pasted": TEXT, "date": "2023-12-08", "sequence": 1})
        assert len(pieces_of(EditionImport.objects.get())) == 2

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"pasted": "   "},
            {"file": SimpleUploadedFile("empty.txt", b"")},
            {"file": SimpleUploadedFile("paper.pdf", b"%PDF-1.7 and more")},
            {"pasted": TEXT, "date": "someday"},
            {"pasted": TEXT, "sequence": 0},
        ],
    )
    def test_what_cannot_be_read_is_refused_in_a_sentence(self, desk, data):
        for file in (value for value in data.values() if hasattr(value, "seek")):
            file.seek(0)
        answer = desk.post(reverse(ADD), {"date": "2023-12-08", "sequence": 1, **data})
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert not EditionImport.objects.exists()

    def test_both_at_once_are_refused(self, desk):
        upload = SimpleUploadedFile("a.txt", TEXT.encode())
        data = {"file": upload, "pasted": TEXT, "date": "2023-12-08", "sequence": 1}
        assert desk.post(reverse(ADD), data).context["form"].errors

    def test_a_closed_issue_is_refused_before_anybody_mends(self, cast, desk):
        factories.closed_issue(cast, factories.approved(cast), day=DAY)
        answer = desk.post(reverse(ADD), {"pasted": TEXT, "date": "2023-12-08", "sequence": 1})
        assert answer.context["form"].non_field_errors()
        assert not EditionImport.objects.exists()

    def test_the_same_text_is_taken_up_where_it_was_left(self, desk):
        data = {"pasted": TEXT, "date": "2023-12-08", "sequence": 1}
        desk.post(reverse(ADD), data)
        record = EditionImport.objects.get()
        mend(desk, record, "leave_out", at=1)
        assert desk.post(reverse(ADD), data).url == page_of(record)
        assert Proposal.of(EditionImport.objects.get()).left_out == {1}

    @pytest.mark.parametrize("role", ["correspondent", "editor", "desk head", "administrator"])
    def test_only_planners_upload(self, cast, client, role):
        client.force_login(cast.by_role[role])
        assert client.get(reverse(ADD)).status_code == 403
        with pytest.raises(RefusalError):
            proposals.propose(TEXT, by=cast.by_role[role], date=DAY)


class TestProposalPage:
    def test_it_shows_titles_text_people_and_doubts(self, desk, record):
        page = desk.get(page_of(record)).content.decode()
        for words in (
            "把好事办到居民心坎上",
            "陶念秋",
            "二十件实事已完成十七件",
            "早市新棚内的菜摊",
        ):
            assert words in page

    def test_a_gap_is_marked_in_the_text(self, desk, cast):
        text = f"街道表示，将把夜校办到小{GAP_MARK}居民家门口，让大家下班就能上课。"
        record = proposals.propose(TEXT, by=cast.issue_editor, date=DAY)
        stored = record.proposal
        stored["edition"]["pieces"][0]["paragraphs"][0] = text
        EditionImport.objects.filter(pk=record.pk).update(proposal=stored)
        page = desk.get(page_of(record)).content.decode()
        assert f'<mark class="gap">{GAP_MARK}</mark>' in page

    def test_a_warning_stands_beside_its_paragraph(self, record):
        strip = Galley(Proposal.of(record)).strips[0]
        assert [bool(paragraph.notes) for paragraph in strip.paragraphs] == [True, False]
        assert strip.doubtful
        assert strip.gap_count == 1

    def test_markup_in_the_text_stays_text(self, desk, cast):
        record = proposals.propose(
            TEXT.replace("石桥早市搬进新棚", "<script>x</script>石桥早市"),
            by=cast.issue_editor,
            date=DAY,
        )
        assert "<script>x" not in desk.get(page_of(record)).content.decode()

    def test_it_costs_the_same_for_two_pieces_and_for_many(self, desk, cast):
        def queries(text):
            record = proposals.propose(text, by=cast.issue_editor, date=DAY)
            with CaptureQueriesContext(connection) as captured:
                desk.get(page_of(record))
            return len(captured)

        Correspondent.objects.create(name="陶念仁")
        desk.get(reverse(ADD))
        assert queries(TEXT) == queries(TEXT + TEXT.replace("早市", "夜市").replace("末班", "首班"))

    def test_correspondents_do_not_see_it(self, cast, client, record):
        client.force_login(cast.writer)
        assert client.get(page_of(record)).status_code == 403
        assert client.get(reverse("admin:issues_editionimport_changelist")).status_code == 403

    def test_editors_see_it_and_cannot_mend(self, cast, client, record):
        client.force_login(cast.editor)
        page = client.get(page_of(record)).content.decode()
        assert reverse("admin:issues_editionimport_confirm", args=[record.pk]) not in page
        assert levels(mend(client, record, "leave_out", at=0)) == ["error"]
        assert Proposal.of(EditionImport.objects.get()).left_out == set()

    def test_the_list_shows_what_was_brought_in(self, desk, record):
        page = desk.get(reverse("admin:issues_editionimport_changelist"))
        assert "2023-12-08" in page.content.decode()


class TestMends:
    def test_another_reading_of_the_titles_by_one_click(self, desk, cast):
        text = TEXT.replace("石桥早市搬进新棚\n", "全区民生实事推进会召开 把好事办到居民心坎上\n")
        record = proposals.propose(text, by=cast.issue_editor, date=DAY)
        before = pieces_of(record)[0]
        assert before.alternatives
        assert levels(mend(desk, record, "choose", at=0, choice=0)) == []
        after = pieces_of(record)[0]
        assert after.titles == before.alternatives[0]
        assert before.titles in after.alternatives

    def test_a_title_part_moves(self, desk, record):
        mend(desk, record, "move", at=0, way="kicker-headline")
        piece = pieces_of(record)[0]
        assert (piece.kicker, piece.headline) == ("把好事办到居民心坎上", "全区民生实事推进会召开")

    def test_titles_by_hand(self, desk, record):
        mend(
            desk,
            record,
            "words",
            at=1,
            **WORDS | {"headline": "夜校开课", "kind": "news", "page": 2},
        )
        piece = pieces_of(record)[1]
        assert (piece.headline, piece.kicker, piece.kind, piece.page) == (
            "夜校开课",
            None,
            "news",
            2,
        )

    def test_split_and_join(self, desk, record):
        mend(desk, record, "split", at=0, paragraph=1)
        assert [len(piece.paragraphs) for piece in pieces_of(record)] == [1, 1, 1, 1, 1]
        mend(desk, record, "merge", at=1)
        assert pieces_of(record)[0].paragraphs == EDITION.pieces[0].paragraphs

    def test_what_is_left_out_stays_left_out_when_others_are_split_and_joined(self, desk, record):
        mend(desk, record, "leave_out", at=1)
        mend(desk, record, "split", at=0, paragraph=1)
        assert Proposal.of(EditionImport.objects.get()).left_out == {2}
        mend(desk, record, "merge", at=1)
        assert Proposal.of(EditionImport.objects.get()).left_out == {1}

    def test_the_first_piece_is_joined_to_nothing(self, desk, record):
        assert levels(mend(desk, record, "merge", at=0)) == ["error"]

    @pytest.mark.parametrize(
        ("verb", "data"),
        [
            ("split", {"at": 0, "paragraph": 9}),
            ("choose", {"at": 0, "choice": 5}),
            ("move", {"at": 0, "way": "headline-body"}),
            ("move", {"at": 0, "way": "x"}),
            ("leave_out", {"at": 99}),
            ("words", {"at": 0, **WORDS, "kind": "poem"}),
            ("person", {"at": 0, "was": "陶念秋", "name": "陶念", "did": "sing"}),
        ],
    )
    def test_what_cannot_be_done_is_refused_and_changes_nothing(self, desk, record, verb, data):
        before = pieces_of(record)
        assert levels(mend(desk, record, verb, **data)) == ["error"]
        assert pieces_of(record) == before

    def test_a_name_is_put_right_in_its_place(self, desk, record):
        mend(
            desk, record, "person", at=0, was="陶念秋", name="陶念 仁", role="记者", did="text"
        )  # fmt: skip
        people = [(each.role, each.name) for each in pieces_of(record)[0].bylines]
        assert people == [("记者", "陶念仁"), ("记者", "韩松")]

    def test_a_name_is_added_and_removed(self, desk, record):
        mend(desk, record, "person", at=1, was="", name="方念", role="通讯员", did="both")
        piece = pieces_of(record)[1]
        assert [each.name for each in piece.bylines] == ["方念"]
        assert [each.name for each in piece.photo_credits] == ["方念"]
        mend(desk, record, "person", at=1, was="方念", name="", role="", did="text")
        piece = pieces_of(record)[1]
        assert (piece.bylines, piece.photo_credits) == ((), ())

    def test_a_mend_on_an_outdated_page_is_refused(self, desk, record):
        mend(desk, record, "leave_out", at=1)
        assert levels(mend(desk, record, "leave_out", at=0, seen=0)) == ["error"]
        assert Proposal.of(EditionImport.objects.get()).left_out == {1}

    def test_an_unknown_mend_is_not_found(self, desk, record):
        assert mend(desk, record, "explode", at=0).status_code == 404


class TestNames:
    def test_a_near_name_is_offered_and_chosen(self, desk, record, cast):
        near = Correspondent.objects.create(name="陶念仁", unit=cast.unit)
        page = desk.get(page_of(record)).content.decode()
        assert f'value="{near.pk}:陶念秋"' in page
        mend(desk, record, "decide", at=0, meaning=f"{near.pk}:陶念秋")
        person = Galley(Proposal.of(EditionImport.objects.get())).strips[0].people[0]
        assert (person.known, person.near, person.decided) == (near, [], True)
        confirm(desk, record)
        assert Byline.objects.get(correspondent=near).printed_name == "陶念仁"

    def test_a_decision_can_be_taken_back(self, desk, record):
        Correspondent.objects.create(name="陶念仁")
        mend(desk, record, "decide", at=0, meaning="0:陶念秋")
        assert Proposal.of(EditionImport.objects.get()).names == {"陶念秋": 0}
        mend(desk, record, "decide", at=0, meaning="-1:陶念秋")
        assert Proposal.of(EditionImport.objects.get()).names == {}


class TestConfirm:
    def test_the_proposal_becomes_an_issue_and_the_report_stands_on_it(self, desk, record):
        mend(desk, record, "leave_out", at=1)
        answer = confirm(desk, record)
        issue = Issue.objects.get()
        assert answer.redirect_chain[-1][0] == reverse("admin:issues_issue_change", args=[issue.pk])
        assert Article.objects.count() == 3
        page = answer.content.decode()
        assert "石桥街道夜校本周开课" in page
        record.refresh_from_db()
        assert record.issue == issue
        assert record.proposal["report"]["created"] == 3

    def test_it_is_imported_once(self, desk, record):
        confirm(desk, record)
        assert levels(confirm(desk, record)) == ["error"]
        assert levels(mend(desk, record, "leave_out", at=0)) == ["error"]
        assert Article.objects.count() == 4
        assert desk.get(page_of(record)).status_code == 200

    def test_unknown_names_become_correspondents_when_asked(self, desk, record):
        confirm(desk, record, create_correspondents="on")
        assert Correspondent.objects.named("陶念秋").exists()

    def test_mends_of_the_same_text_are_a_change(self, cast, desk):
        first = proposals.propose(TEXT, by=cast.issue_editor, date=DAY)
        confirm(desk, first)
        second = proposals.propose(TEXT, by=cast.issue_editor, date=DAY)
        assert second.pk != first.pk
        mend(desk, second, "words", at=0, **WORDS | {"headline": "早市进棚过冬"})
        confirm(desk, second)
        assert Article.objects.count() == 2
        assert Article.objects.filter(headline="早市进棚过冬").exists()

    def test_a_closed_issue_is_refused(self, cast, desk, record):
        factories.closed_issue(cast, factories.approved(cast), day=DAY)
        assert levels(confirm(desk, record)) == ["error"]
        record.refresh_from_db()
        assert record.confirmed_at is None
