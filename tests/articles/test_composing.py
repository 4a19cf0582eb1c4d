"""What topics gather, in which order, and what stands in the foot: verbs and who may do them."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles import workflow
from articles.markup import headings
from articles.models import Act, Article, FootPlace, TopicCourse, TopicEntry
from articles.permissions.composing import may_compose, may_gather
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def shown(client, topic) -> list[str]:
    """Return which pieces a topic shows, in order."""
    page = client.get(topic.get_absolute_url()).content.decode()
    found = [(page.find(f">{title}<"), title) for title in ("甲", "乙", "丙")]
    return [title for at, title in sorted(found) if at >= 0]


def gathered(cast, topic, **headings_of):
    pieces = {}
    for title, heading in headings_of.items():
        piece = factories.live_alone(cast, headline=title)
        workflow.gather(topic, by=cast.editor, piece=piece, heading=heading)
        pieces[title] = piece
    return pieces


def test_a_topic_shows_its_pieces_under_the_headings_of_its_text(client, cast):
    topic = factories.lasting_live(cast, factories.topic(cast))
    pieces = gathered(cast, topic, 甲="通行", 乙="动工", 丙="")
    assert shown(client, topic) == ["乙", "甲", "丙"]
    article = client.get(pieces["甲"].get_absolute_url()).content.decode()
    assert topic.get_absolute_url() in article
    with pytest.raises(RefusalError, match="小标题"):
        workflow.put_under(topic, by=cast.editor, piece=pieces["丙"].pk, heading="没有签过的话")


def test_a_heading_nobody_signed_is_not_shown(client, cast):
    topic = factories.lasting_live(cast, factories.topic(cast))
    pieces = gathered(cast, topic, 甲="动工")
    workflow.revise(topic, by=cast.editor)
    topic.body = topic.body.replace("动工", "未签的标题")
    workflow.save(topic, by=cast.editor, write=topic.save)
    workflow.put_under(topic, by=cast.editor, piece=pieces["甲"].pk, heading="未签的标题")
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "未签的标题" not in page
    assert shown(client, topic) == ["甲"]


def test_newest_first_or_as_arranged(client, cast):
    topic = factories.lasting_live(cast, factories.topic(cast, body="<p>只有引言。</p>"))
    pieces = gathered(cast, topic, 甲="", 乙="", 丙="")
    assert shown(client, topic) == ["丙", "乙", "甲"]
    workflow.order_topic(topic, by=cast.editor, order="editors")
    assert shown(client, topic) == ["甲", "乙", "丙"]
    for title, step, expected in (
        ("丙", "first", "丙甲乙"),
        ("丙", "down", "甲丙乙"),
        ("乙", "up", "甲乙丙"),
        ("甲", "last", "乙丙甲"),
        ("乙", "up", "乙丙甲"),
    ):
        workflow.arrange(topic, by=cast.editor, piece=pieces[title].pk, step=step)
        assert "".join(shown(client, topic)) == expected
    with pytest.raises(RefusalError):
        workflow.arrange(topic, by=cast.editor, piece=pieces["甲"].pk, step="aside")


def test_what_moves_stays_among_those_under_its_heading(client, cast):
    topic = factories.lasting_live(cast, factories.topic(cast))
    workflow.order_topic(topic, by=cast.editor, order="editors")
    pieces = gathered(cast, topic, 甲="通行", 乙="动工", 丙="通行")
    workflow.arrange(topic, by=cast.editor, piece=pieces["丙"].pk, step="up")
    assert shown(client, topic) == ["乙", "丙", "甲"]
    assert Act.objects.filter(article=topic, verb="arrange").count() == 1


def test_a_piece_appears_at_its_hour_and_by_no_verb(client, cast):
    topic = factories.lasting_live(cast, factories.topic(cast))
    piece = factories.approved(cast, headline="甲")
    before = client.get(topic.get_absolute_url()).content
    listed = client.get(reverse("articles:topics")).content
    workflow.gather(topic, by=cast.editor, piece=piece, heading="动工")
    assert client.get(topic.get_absolute_url()).content == before
    workflow.publish_alone(piece, by=cast.chief)
    assert shown(client, topic) == ["甲"]
    workflow.withdraw(piece, by=cast.chief, reason="失实。")
    assert client.get(topic.get_absolute_url()).content == before
    assert client.get(reverse("articles:topics")).content == listed


def test_a_topic_that_has_ended_says_so_and_stands_last(client, cast):
    older = factories.lasting_live(cast, factories.topic(cast, "older", headline="旧专题"))
    newer = factories.lasting_live(cast, factories.topic(cast, "newer", headline="新专题"))
    workflow.end_topic(newer, by=cast.issue_editor)
    page = client.get(reverse("articles:topics")).content.decode()
    assert page.find("旧专题") < page.find("新专题")
    assert "ended" in client.get(newer.get_absolute_url()).content.decode()
    with pytest.raises(RefusalError):
        workflow.end_topic(newer, by=cast.editor)
    workflow.go_on_with_topic(newer, by=cast.editor)
    assert not TopicCourse.objects.get(topic=newer).ended_at
    with pytest.raises(RefusalError):
        workflow.go_on_with_topic(older, by=cast.editor)


def test_only_editors_compose_and_only_who_lays_out_gathers(cast):
    topic = factories.topic(cast)
    composing = {"editor", "desk head", "chief editor"}
    for role, person in cast.by_role.items():
        assert bool(may_compose(person)) == (role in composing), role
        assert bool(may_gather(person, topic)) == (role in composing | {"issue editor"}), role
    for person in (cast.writer, cast.issue_editor, cast.administrator):
        page = Article(kind="page", slug="mine", headline="我的页")
        with pytest.raises(RefusalError):
            workflow.save(page, by=person, write=page.save)
    with pytest.raises(RefusalError, match="撰写"):
        workflow.entrust(topic, by=cast.chief, to=cast.writer)


def test_every_verb_of_a_topic_refuses_what_is_none_and_who_may_not(cast):
    piece, topic = factories.draft(cast), factories.topic(cast)
    other = factories.draft(cast)
    workflow.gather(topic, by=cast.editor, piece=piece)
    verbs = {
        "gather": {"piece": other},
        "let_go_of": {"piece": piece.pk},
        "put_under": {"piece": piece.pk, "heading": ""},
        "arrange": {"piece": piece.pk, "step": "up"},
        "order_topic": {"order": "editors"},
        "end_topic": {},
        "go_on_with_topic": {},
        "put_in_foot": {},
        "take_from_foot": {},
        "move_in_foot": {"step": "up"},
    }
    before = traces.everything()
    for verb, how in verbs.items():
        for article, person in (
            (other, cast.chief),
            (topic, cast.writer),
            (topic, cast.administrator),
        ):
            with pytest.raises(RefusalError, match=r"\S"):
                getattr(workflow, verb)(article, by=person, **how)
    assert traces.everything() == before


def test_what_is_put_aside_is_not_gathered_and_nothing_twice(cast):
    topic, piece = factories.topic(cast), factories.draft(cast)
    workflow.gather(topic, by=cast.editor, piece=piece)
    for refused in (piece, factories.page(cast), topic):
        with pytest.raises(RefusalError):
            workflow.gather(topic, by=cast.editor, piece=refused)
    gone = workflow.discard(factories.draft(cast), by=cast.writer)
    with pytest.raises(RefusalError, match=r"\S"):
        workflow.gather(topic, by=cast.editor, piece=gone)
    workflow.let_go_of(topic, by=cast.editor, piece=piece.pk)
    assert not TopicEntry.objects.exists()
    with pytest.raises(RefusalError):
        workflow.let_go_of(topic, by=cast.editor, piece=piece.pk)
    told = Act.objects.filter(article=topic).values_list("verb", flat=True)
    assert list(told) == ["gather", "let_go_of"]


def test_the_database_lets_topics_alone_gather_and_pages_alone_stand_in_the_foot(cast):
    page, topic, piece = factories.page(cast), factories.topic(cast), factories.draft(cast)
    facts = {"position": 0, "added_by": cast.chief}
    wrong = (
        lambda: TopicEntry.objects.create(topic=page, article=piece, **facts),
        lambda: TopicEntry.objects.create(topic=topic, article=page, **facts),
        lambda: TopicEntry.objects.create(topic=piece, article=piece, **facts),
        lambda: TopicCourse.objects.create(topic=page),
        lambda: FootPlace.objects.create(page=topic, position=0),
        lambda: FootPlace.objects.create(page=piece, position=0),
    )
    for attempt in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_the_foot_has_the_live_pages_in_the_order_of_desk_heads(client, cast):
    pages = [factories.page(cast, slug, headline=title) for slug, title in
             (("about", "甲"), ("contact", "乙"), ("privacy", "丙"))]  # fmt: skip
    for page in pages:
        workflow.put_in_foot(page, by=cast.desk_head)
    factories.lasting_live(cast, pages[0])
    factories.lasting_live(cast, pages[2])

    def foot():
        told = client.get(reverse("issues:front")).content.decode().partition("<footer")[2]
        found = [(told.find(f">{title}<"), title) for title in "甲乙丙"]
        return "".join(title for at, title in sorted(found) if at >= 0)

    assert foot() == "甲丙"
    workflow.move_in_foot(pages[2], by=cast.chief, step="first")
    assert foot() == "丙甲"
    workflow.take_from_foot(pages[0], by=cast.administrator)
    assert foot() == "丙"
    assert client.get(pages[0].get_absolute_url()).status_code == 200
    for person in (cast.writer, cast.editor, cast.issue_editor):
        with pytest.raises(RefusalError):
            workflow.put_in_foot(pages[0], by=person)


def test_a_page_is_revised_and_not_corrected(cast):
    page = factories.lasting_live(cast, factories.page(cast))
    with pytest.raises(RefusalError, match="修订"):
        workflow.draw_up_correction(page, by=cast.editor, wrong="一", right="二")


def test_headings_are_those_of_the_first_level_outside_of_everything():
    html = "<p>引</p><h2>一<strong>二</strong></h2><ul><li><p>x</p></li></ul><h3>小</h3><h2>三</h2>"
    assert headings(html) == ["一二", "三"]
