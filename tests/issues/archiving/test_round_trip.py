"""Whatever stands in a piece comes back as it was: out, into an empty newsroom, and out again."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.markup import from_paragraphs
from articles.models import Byline
from issues.archiving.schema import read
from issues.archiving.unpacking import Container
from issues.archiving.workflow import restore_issue
from issues.models import Issue
from newsroom.people.models import User
from tests import factories, photographs, traces
from tests.issues.archiving import scenes

pytestmark = pytest.mark.django_db

ODD = "|‖<>&\"'“”『』\\/%{}\u3000\u200b\u202e\ufeff\r\n\t😀𠮷é\u0301-—·…０１"
WORDS = st.text(
    st.one_of(
        st.sampled_from(ODD + "棠溪时讯"), st.characters(codec="utf-8", exclude_characters="\0")
    )
)
PIECES = st.fixed_dictionaries({
    "headline": WORDS.map(lambda text: text[:60]),
    "kicker": WORDS.map(lambda text: text[:60]),
    "deck": WORDS.map(lambda text: text[:60]),
    "dateline": WORDS.map(lambda text: text[:30]),
    "body": st.lists(WORDS, min_size=1, max_size=4),
    "name": WORDS.map(lambda text: text[:20]),
    "role": WORDS.map(lambda text: text[:20]),
    "captions": st.lists(WORDS.map(lambda text: text[:90]), max_size=4),
})  # fmt: skip


def made(cast, words: dict):
    """Make a live issue of a piece with odd words and as many photographs as it has captions."""
    article = factories.draft(
        cast,
        headline=f"{words['headline']}题",
        kicker=words["kicker"],
        deck=words["deck"],
        dateline=words["dateline"],
        body="<p>首段。</p>" + from_paragraphs(words["body"]),
    )
    Byline.objects.create(
        article=article, name=f"{words['name']}某", role=words["role"], position=1
    )
    for place, caption in enumerate(words["captions"]):
        kept = photographs.kept(200 + place, (480, 320))
        photo = photographs.hung(
            article, kept, caption=caption, credit=caption[:80], position=place
        )
        if place % 2:
            article.body += f'<figure data-photo="{photo.pk}" data-size="full"></figure>'
    article.save()
    return factories.live_issue(cast, scenes.signed(cast, article), title=words["role"])


def round_trip(words: dict) -> None:
    with traces.undone():
        first = scenes.archived(made(factories.Cast(), words))
    read(Container(io.BytesIO(first)))
    with traces.undone():
        factories.Cast()
        restore_issue(io.BytesIO(first), by=User.objects.get(username="admin"))
        traces.speak_now()
        again = scenes.archived(Issue.objects.get())
    assert scenes.portable(again) == scenes.portable(first)


def test_odd_characters_empty_parts_and_photographs_come_back():
    round_trip({
        "headline": "甲|乙“丙”<b>&amp;", "kicker": "", "deck": "  空 格  ", "dateline": "本报讯",
        "body": [ODD, "<script>x</script>", ""], "name": "\u3000", "role": "",
        "captions": ["", "“引”|", "<i>", ODD[:20]],
    })  # fmt: skip


@pytest.mark.exhaustive
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(PIECES)
def test_whatever_stands_in_a_piece_comes_back(words):
    round_trip(words)
