"""The facts of an issue, as they are fetched: the sealed words, or those that stand there now."""

from dataclasses import fields

import pytest

from articles import workflow as writing
from issues.dryrun.facts import Facts
from issues.gathering import Gathering
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def facts_of(issue):
    return next(iter(Gathering([issue])))


def test_a_sealed_piece_is_read_as_it_was_signed(cast):
    draft = factories.draft(cast, headline="签过的题目", dateline="本报讯")
    factories.with_photo(draft, caption="签过的说明")
    writing.submit(draft, by=cast.writer)
    factories.signed_by(cast, draft, cast.editor, cast.desk_head, cast.chief)
    writing.revise(draft, by=cast.editor)
    draft.headline, draft.dateline = "还没签的题目", ""
    writing.save(draft, by=cast.editor, write=draft.save)
    draft.photos.update(caption="还没签的说明")
    (piece,) = facts_of(factories.issue(cast, draft)).pieces
    assert (piece.words.headline, piece.dateline) == ("签过的题目", "本报讯")
    assert [picture.caption for picture in piece.words.pictures] == ["签过的说明"]
    assert (piece.is_sealed, piece.has_newer, piece.is_lead) == (True, True, True)
    assert "本报讯" in piece.reads
    assert "签过的说明" in piece.reads


def test_an_unsigned_piece_is_read_as_it_stands(cast):
    (piece,) = facts_of(factories.issue(cast, factories.draft(cast, headline="草稿的题目"))).pieces
    assert (piece.words.headline, piece.is_sealed) == ("草稿的题目", False)
    assert piece.words.names == ("苗青禾",)


def test_facts_have_the_names_that_checks_read(cast):
    """A check that asks for what nobody fetches would fail on press night only."""
    fetched = facts_of(factories.issue(cast, factories.approved(cast)))
    assert [each.name for each in fields(Facts) if not hasattr(fetched, each.name)] == []
