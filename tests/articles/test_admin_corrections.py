"""Corrections in the desk: the register, a correction's page, its verbs, and the workbench."""

import pytest
from django.urls import reverse

from articles import correction_forms, workflow
from articles.admin.corrections import VERBS
from tests import factories
from tests.articles.desk_pages import address, buttons, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def listed(client, **query):
    return text(client.get(reverse("admin:articles_correction_changelist"), query))


def page_of(correction):
    return reverse("admin:articles_correction_change", args=[correction.pk])


def press(client, correction, verb, **typed):
    door = reverse("admin:articles_correction_do", args=[correction.pk, verb])
    return client.post(door, {f"{verb}-{name}": value for name, value in typed.items()})


def test_each_stage_has_its_tab(cast):
    made = {
        "rounds": factories.correction(cast, wrong="甲错"),
        "public": factories.signed_correction(cast, wrong="乙错"),
        "returned": workflow.return_correction(
            factories.correction(cast, wrong="丙错"), by=cast.editor, note="查。"
        ),
        "dropped": workflow.drop_correction(
            factories.correction(cast, wrong="丁错"), by=cast.chief, note="无误。"
        ),
    }
    client = signed_in(cast.editor)
    for stage in made:
        page = listed(client, stage=stage)
        assert {s for s, each in made.items() if each.wrong in page} == {stage}
    everything = listed(client)
    assert all(each.wrong in everything for each in made.values())
    assert "甲错" in listed(client, stage="mine")
    assert "甲错" not in listed(signed_in(cast.chief), stage="mine")


def test_the_list_costs_the_same_for_one_and_for_twenty(
    cast, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(cast.editor)
    factories.correction(cast)
    with django_assert_max_num_queries(40) as few:
        listed(client)
    article = factories.live_alone(cast)
    for number in range(19):
        factories.correction(cast, article, wrong=f"错{number}")
    with django_assert_num_queries(len(few)):
        listed(client)


def test_correspondents_have_no_such_list(cast):
    made = factories.correction(cast)
    client = signed_in(cast.writer)
    assert client.get(reverse("admin:articles_correction_changelist")).status_code == 403
    assert client.get(page_of(made)).status_code == 403
    assert press(client, made, "sign_correction", seen=0).status_code == 403


def test_it_is_signed_by_the_button_round_by_round(cast):
    made = factories.correction(cast, wrong="柳岸", right="柳湾", printed_where="12月8日第2版")
    for signer in (cast.editor, cast.desk_head, cast.chief):
        client = signed_in(signer)
        page = text(client.get(page_of(made)))
        assert buttons(page)["签字"]
        assert "柳岸</del><ins>柳湾</ins>街道" in page
        assert "12月8日第2版" in page
        assert press(client, made, "sign_correction", seen=0).status_code == 302
    made.refresh_from_db()
    assert made.signed_by == cast.chief


def test_what_is_not_allowed_says_why(cast):
    page = text(signed_in(cast.chief).get(page_of(factories.correction(cast))))
    assert not buttons(page)["签字"]
    assert 'id="why-sign_correction"' in page


def test_a_stale_page_signs_nothing_and_says_so(cast):
    made = factories.correction(cast)
    workflow.redraw_correction(made, by=cast.issue_editor, wrong="周三", right="周五")
    response = press(signed_in(cast.editor), made, "sign_correction", seen=0)
    assert response.status_code == 409
    assert not made.signatures.exists()


def test_what_was_typed_stays_after_a_refusal(cast):
    made = factories.correction(cast)
    response = press(
        signed_in(cast.issue_editor), made, "redraw_correction", wrong="", right="改了一半的话"
    )
    assert response.status_code == 409
    assert "改了一半的话" in text(response)


def test_returned_and_redrawn_by_the_buttons(cast):
    made = factories.correction(cast)
    press(signed_in(cast.editor), made, "return_correction", note="查会议记录。")
    assert "查会议记录。" in text(signed_in(cast.issue_editor).get(page_of(made)))
    press(
        signed_in(cast.issue_editor), made, "redraw_correction",
        wrong="周三", right="周五", printed_where="12月8日第1版",
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.right, made.printed_where, made.waits) == ("周五", "12月8日第1版", True)


def test_unknown_verbs_and_corrections_are_not_there(cast):
    made = factories.correction(cast)
    client = signed_in(cast.editor)
    assert press(client, made, "burn_correction").status_code == 404
    assert client.get(page_of(made).replace(str(made.pk), "987654")).status_code == 404
    door = reverse("admin:articles_correction_do", args=[made.pk, "sign_correction"])
    assert client.get(door).status_code == 405


def test_where_it_was_printed_is_proposed(cast):
    article = factories.approved(cast)
    factories.live_issue(cast, article)
    page = text(signed_in(cast.editor).get(address(article, "read")))
    assert 'value="2023年12月8日（总第1期）第1版 要闻"' in page


def test_wrong_words_that_are_not_in_the_piece_are_noticed(cast):
    made = factories.correction(cast, wrong="文中所无")
    assert "原文里没有这几个字" in text(signed_in(cast.editor).get(page_of(made)))


def test_the_workbench_shows_what_waits(cast):
    made = factories.correction(cast, wrong="甲错")
    desk = reverse("admin:index")
    assert "甲错" in text(signed_in(cast.editor).get(desk))
    assert "甲错</del>" not in text(signed_in(cast.chief).get(desk))
    workflow.return_correction(made, by=cast.editor, note="查。")
    assert "甲错</del>" in text(signed_in(cast.issue_editor).get(desk))


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_every_verb_is_said_in_chinese(verb):
    assert not str(verb.label).isascii()
    assert not str(verb.done).isascii()


def test_words_longer_than_their_column_are_said_at_the_form():
    typed = {"wrong": "错" * 301, "right": "对", "printed_where": "版" * 121}
    assert set(correction_forms.CorrectionForm(typed).errors) == {"wrong", "printed_where"}
