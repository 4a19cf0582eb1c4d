"""What the database demands of pages and topics and of what topics gather, whoever writes to it."""

import pytest
from django.db import DatabaseError, IntegrityError

from articles import workflow
from articles.models import (
    Article,
    FootPlace,
    Listing,
    Release,
    SealedTag,
    Tag,
    TopicCourse,
    TopicEntry,
)
from tests import factories, traces

pytestmark = pytest.mark.django_db


def changed(make, **fields):
    """Return a breaker that writes fields into the row of what is made."""
    return lambda cast: Article.objects.filter(pk=make(cast).pk).update(**fields)


def signed_once(cast):
    return workflow.sign(
        workflow.submit(factories.page(cast), by=cast.second_editor), by=cast.editor
    )


def gathered(cast, topic, *pieces):
    TopicEntry.objects.bulk_create(
        TopicEntry(topic=topic, article=piece, position=0, added_by=cast.chief) for piece in pieces
    )


def gathered_twice(cast):
    piece = factories.draft(cast)
    gathered(cast, factories.topic(cast), piece, piece)


def tagged_twice(cast):
    piece, tag = factories.approved(cast), Tag.objects.create(name="青石桥")
    SealedTag.objects.bulk_create([SealedTag(article=piece, tag=tag) for _each in range(2)])


def listed_twice(cast):
    listing = Listing.objects.filter(article=factories.live_alone(cast)).first()
    listing.pk = None
    listing.save()


# What the database says → what it says it to.
LASTING = {
    "what is news stays news": changed(factories.draft, kind="topic", slug="x"),
    "from the first signature on": changed(signed_once, slug="contact"),
    "goes out by itself, not with an issue": lambda cast: changed(
        factories.page, release=Release.objects.create()
    )(cast),
    "a topic gathers news": lambda cast: gathered(
        cast, factories.topic(cast), factories.page(cast)
    ),
    "nothing else gathers anything": lambda cast: gathered(
        cast, factories.page(cast), factories.draft(cast)
    ),
    "only a topic has a course": lambda cast: TopicCourse.objects.create(
        topic=factories.page(cast)
    ),
    "only pages stand in the foot": lambda cast: FootPlace.objects.create(
        page=factories.topic(cast), position=0
    ),
}

# A named constraint → what breaks it.
SHELVES = {
    "what_lasts_has_a_name_in_its_address_and_no_news_has": changed(factories.draft, slug="news"),
    "a_name_in_an_address_leads_to_one_piece": lambda cast: Article.objects.bulk_create(
        [Article(kind="page", slug="about", filed_by=cast.editor) for _each in range(2)]
    ),
    "piece_stands_once_in_a_topic": gathered_twice,
    "signed_piece_has_a_tag_once": tagged_twice,
    "piece_is_listed_once_in_its_place": listed_twice,
}


@pytest.mark.parametrize("sentence", LASTING)
def test_the_database_refuses(sentence):
    cast = factories.Cast()
    with pytest.raises(DatabaseError, match=sentence):
        traces.committed(LASTING[sentence], cast)


@pytest.mark.parametrize("name", SHELVES)
def test_the_constraint_holds(name):
    cast = factories.Cast()
    with pytest.raises(IntegrityError, match=name):
        traces.committed(SHELVES[name], cast)
