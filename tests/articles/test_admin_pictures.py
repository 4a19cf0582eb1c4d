"""The library in the desk: who finds what in it, and what the page of a picture tells whom."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.models import Article, Photo, Picture, Section
from tests import factories, traces
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db

LIST = "admin:articles_picture_changelist"


@pytest.fixture
def cast():
    return factories.Cast()


def page_of(picture, name="change"):
    return reverse(f"admin:articles_picture_{name}", args=[picture.pk])


def library(user, **asked):
    return signed_in(user).get(reverse(LIST), asked)


def found(user, **asked):
    """Return the numbers of the pictures a list shows."""
    return [card.picture.pk for card in library(user, **asked).context["cl"].cards]


def hung(article, picture=None, **words):
    """Put a picture into a piece; return the picture."""
    picture = picture or factories.picture()
    factories.with_photo(article, picture.digest, **words)
    return picture


def published(cast, article):
    workflow.submit(article, by=article.filed_by)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    return workflow.publish_alone(article, by=cast.chief)


class TestSearch:
    @pytest.mark.parametrize(
        "words",
        [
            "河灯",
            "河灯 许宁",
            "许宁　河灯",
            "ISO",
            "iso",
            "ＩＳＯ",
            "石栏",
            "灯会",
            "棠溪老码头",
            "授权",
        ],
    )
    def test_it_looks_in_all_that_is_said_of_a_picture(self, cast, words):
        article = factories.draft(cast, headline="元宵灯|会今晚开")
        picture = factories.picture(place="棠溪老码头", rights="单位供图，授权本报使用")
        hung(article, picture, caption="居民放河灯 ISO 400。", credit="许 宁 摄许宁",
             alternative_text="石栏边的河灯")  # fmt: skip
        hung(factories.draft(cast), caption="阅览室。", credit="梁序 摄")
        assert found(cast.editor, q=words) == [picture.pk]

    @pytest.mark.parametrize("words", ["河灯 梁序", "100%", "_", "没有的字"])
    def test_every_word_must_be_there_and_none_is_a_pattern(self, cast, words):
        hung(factories.draft(cast), caption="居民放河灯。", credit="许宁 摄")
        assert found(cast.editor, q=words) == []

    def test_words_of_a_draft_find_nothing_for_who_does_not_see_it(self, cast):
        picture = hung(published_draft := factories.draft(cast), caption="公开的说明")
        published(cast, published_draft)
        secret = factories.draft(cast, filed_by=cast.editor, headline="暗藏的标题")
        secret.bylines.all().delete()
        hung(secret, picture, caption="不能说的说明")
        for words in ("不能说", "暗藏"):
            assert found(cast.editor, q=words) == [picture.pk]
            assert found(cast.other_writer, q=words) == []
        assert found(cast.other_writer, q="公开的") == [picture.pk]


class TestNarrowing:
    def test_by_shelf(self, cast):
        live = hung(out := factories.draft(cast))
        published(cast, out)
        drafted = hung(factories.draft(cast))
        unused = factories.picture(uploaded_by=cast.editor)
        shelves = {
            name: set(found(cast.editor, shelf=name))
            for name in ("public", "drafts", "unused", "mine", "alike")
        }
        assert shelves == {
            "public": {live.pk}, "drafts": {drafted.pk}, "unused": {unused.pk},
            "mine": {unused.pk}, "alike": set(),
        }  # fmt: skip

    def test_what_is_only_in_a_discarded_piece_is_not_used(self, cast):
        picture = hung(article := factories.draft(cast))
        workflow.discard(article, by=cast.writer)
        assert found(cast.editor, shelf="unused") == [picture.pk]

    def test_pictures_that_look_alike_stand_side_by_side(self, cast):
        far = (1 << 20) - 1
        numbers = (0, far, 3, far - 1, -1)
        made = [factories.picture(fingerprint=number) for number in numbers]
        traces.speak_now()
        shown = found(cast.editor, shelf="alike")
        assert shown == [made[3].pk, made[1].pk, made[2].pk, made[0].pk]

    def test_likeness_to_a_picture_one_does_not_see_is_not_told(self, cast):
        mine = factories.picture(fingerprint=5, uploaded_by=cast.writer)
        other = factories.picture(fingerprint=5, uploaded_by=cast.other_writer)
        traces.speak_now()
        assert found(cast.writer, shelf="alike") == []
        page = text(signed_in(cast.writer).get(page_of(mine)))
        assert "看着像" not in page
        assert other.digest not in page

    def test_by_person(self, cast):
        taken = hung(factories.draft(cast), credit="梁 序 摄")
        named = hung(factories.draft(cast), credit="资料图片", photographer=cast.correspondent)
        sent = factories.picture(uploaded_by=cast.other_writer)
        assert found(cast.editor, name="梁序") == [taken.pk]
        assert found(cast.editor, name=cast.correspondent.name) == [named.pk]
        assert found(cast.editor, name=cast.other_writer.name) == [sent.pk]

    def test_who_sent_a_picture_is_not_told_to_other_correspondents(self, cast):
        picture = hung(article := factories.draft(cast), factories.picture(uploaded_by=cast.writer))
        published(cast, article)
        assert found(cast.other_writer) == [picture.pk]
        assert found(cast.other_writer, name=cast.writer.name) == []
        assert cast.writer.name not in text(signed_in(cast.other_writer).get(page_of(picture)))

    def test_by_section(self, cast):
        sports = Section.objects.create(name="体育", slug="tiyu", position=2)
        here = hung(factories.draft(cast, section=sports))
        nowhere = hung(factories.draft(cast, section=None))
        assert found(cast.editor, section=sports.pk) == [here.pk]
        assert found(cast.editor, section="none") == [nowhere.pk]
        assert found(cast.editor, section="999") == []

    def test_by_days(self, cast):
        picture = factories.picture(taken_on=date(2023, 12, 8))
        asked = {"on": "taken", "from": "2023-12-08", "to": "2023-12-08"}
        assert found(cast.editor, **asked) == [picture.pk]
        assert found(cast.editor, **(asked | {"from": "2023-12-09", "to": ""})) == []
        today = factories.timezone.localdate()
        assert found(cast.editor, **{"from": str(today), "to": str(today)}) == [picture.pk]
        assert found(cast.editor, **{"from": str(today + timedelta(days=1))}) == []
        assert found(cast.editor, **{"from": "2023-02-30"}) == []

    def test_by_what_is_lacking(self, cast):
        hung(factories.draft(cast))
        mute = hung(factories.draft(cast), alternative_text="")
        nameless = hung(factories.draft(cast), credit="")
        agreed = factories.picture(shows_minors=True, consent="家长同意，存档")
        unasked = factories.picture(shows_minors=True)
        asked = ("alternative_text", "credit", "caption", "minors", "no_consent", "什么")
        assert {name: set(found(cast.editor, about=name)) for name in asked} == {
            "alternative_text": {mute.pk}, "credit": {nameless.pk}, "caption": set(),
            "minors": {agreed.pk, unasked.pk}, "no_consent": {unasked.pk}, "什么": set(),
        }  # fmt: skip

    @pytest.mark.parametrize("asked", [{"place__regex": "("}, {"shelf": "\0"}, {"uploaded_by": 1}])
    def test_no_other_question_is_taken(self, cast, asked):
        assert library(cast.editor, **asked).status_code == 400


class TestCost:
    def fill(self, cast, count):
        for _number in range(count):
            hung(factories.draft(cast))
        Picture.objects.update(fingerprint=7)
        traces.speak_now()

    @pytest.mark.parametrize("asked", [{}, {"look": "list"}, {"q": "居民"}, {"shelf": "alike"}])
    def test_a_list_of_many_costs_as_many_statements_as_one_of_few(self, cast, asked):
        client = signed_in(cast.editor)
        self.fill(cast, 2)
        client.get(reverse(LIST), asked)
        with CaptureQueriesContext(connection) as few:
            client.get(reverse(LIST), asked)
        self.fill(cast, 20)
        with CaptureQueriesContext(connection) as many:
            answer = client.get(reverse(LIST), asked)
        assert len(answer.context["cl"].cards) == 22
        assert len(many) == len(few)

    def test_and_so_does_the_page_of_a_picture_that_stands_in_many_pieces(self, cast):
        client = signed_in(cast.editor)
        picture = hung(factories.draft(cast))
        client.get(page_of(picture))
        with CaptureQueriesContext(connection) as few:
            client.get(page_of(picture))
        for _number in range(20):
            hung(factories.draft(cast), picture)
        with CaptureQueriesContext(connection) as many:
            client.get(page_of(picture))
        assert len(many) == len(few)


class TestThePage:
    def test_it_tells_every_use_with_its_words(self, cast):
        picture = hung(out := factories.draft(cast), caption="见报的说明")
        published(cast, out)
        workflow.revise(out, by=cast.writer)
        Photo.objects.filter(article=out).update(caption="改过的说明")
        hung(draft := factories.draft(cast), picture, caption="另一篇的说明", alternative_text="")
        page = text(signed_in(cast.editor).get(page_of(picture)))
        for words in ("见报的说明", "改过的说明", "另一篇的说明", out.title, draft.title):
            assert words in page

    def test_a_correspondent_reads_what_is_public_and_nothing_else(self, cast):
        picture = hung(out := factories.draft(cast), caption="见报的说明")
        published(cast, out)
        workflow.revise(out, by=cast.writer)
        Photo.objects.filter(article=out).update(caption="改过的说明")
        hung(draft := factories.draft(cast), picture, caption="另一篇的说明")
        page = text(signed_in(cast.other_writer).get(page_of(picture)))
        assert "见报的说明" in page
        assert out.get_absolute_url() in page
        for words in ("改过的说明", "另一篇的说明", draft.title):
            assert words not in page

    def test_where_it_is_printed_is_told(self, cast):
        article = factories.draft(cast)
        picture = hung(article)
        workflow.submit(article, by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        issue = factories.live_issue(cast, article)
        for reader, told in (
            (cast.editor, f"{issue.number}"),
            (cast.other_writer, "2023年12月8日"),
        ):
            assert re.search(f"{told}.*版", text(signed_in(reader).get(page_of(picture))))

    def test_what_looks_alike_is_shown_beside_it(self, cast):
        picture, other = (factories.picture(fingerprint=number) for number in (8, 9))
        page = text(signed_in(cast.editor).get(page_of(picture)))
        assert "看着像" in page
        assert page.count(f"/{other.digest}/") >= 1

    def test_anothers_picture_is_as_unknown_as_none(self, cast):
        picture = factories.picture(uploaded_by=cast.writer)
        unknown = reverse("admin:articles_picture_change", args=[picture.pk + 1000])
        for there in (page_of(picture), page_of(picture, "use"), unknown):
            assert signed_in(cast.other_writer).get(there).status_code == 404

    @pytest.mark.parametrize("key", ["abc", "-1", "9" * 30])
    def test_a_number_that_is_none_is_not_found(self, cast, key):
        there = reverse(LIST) + f"{key}/change/"
        assert signed_in(cast.editor).get(there).status_code == 404


class TestFacts:
    TYPED = {"taken_on": "2023-12-08", "place": "石桥", "rights": "本报拍摄",
             "shows_minors": "on", "consent": "家长口头同意"}  # fmt: skip

    def state(self, user, picture, **typed):
        typed = self.TYPED | {"read": picture.facts_mark} | typed
        return signed_in(user).post(page_of(picture), typed)

    def test_an_editor_states_them(self, cast):
        picture = factories.picture()
        assert self.state(cast.editor, picture).status_code == 302
        picture.refresh_from_db()
        assert (picture.taken_on, picture.place, picture.shows_minors, picture.consent) == (
            date(2023, 12, 8), "石桥", True, "家长口头同意",
        )  # fmt: skip

    def test_nobody_overwrites_what_somebody_stated_meanwhile(self, cast):
        picture = factories.picture()
        read = picture.facts_mark
        self.state(cast.editor, picture)
        answer = self.state(cast.desk_head, picture, read=read, place="柳岸")
        page = text(answer)
        assert answer.status_code == 409
        assert "柳岸" in page
        assert "石桥" in page
        picture.refresh_from_db()
        assert picture.place == "石桥"
        now = answer.context["form"]["read"].value()
        assert self.state(cast.desk_head, picture, read=now, place="柳岸").status_code == 302

    def test_a_day_that_is_none_is_said_and_nothing_is_lost(self, cast):
        picture = factories.picture()
        answer = self.state(cast.editor, picture, taken_on="2023-02-30")
        assert answer.status_code == 409
        assert "家长口头同意" in text(answer)

    def test_who_sent_it_states_them_until_residents_see_it(self, cast):
        picture = hung(article := factories.draft(cast), factories.picture(uploaded_by=cast.writer))
        assert self.state(cast.writer, picture).status_code == 302
        published(cast, article)
        picture.refresh_from_db()
        assert self.state(cast.writer, picture, place="别处").status_code == 403
        assert "家长口头同意" in text(signed_in(cast.writer).get(page_of(picture)))

    def test_nor_do_they_by_way_of_another_piece(self, cast):
        picture = hung(out := factories.draft(cast), factories.picture(place="石桥"))
        published(cast, out)
        hung(draft := factories.draft(cast), picture)
        page = signed_in(cast.writer).get(address(draft))
        assert "读者已经看得到" in text(page)
        typed = {"photos-0-facts_read": '{"place": "石桥"}', "photos-0-place": "柳岸"}
        signed_in(cast.writer).post(address(draft), form_of(draft, **typed))
        picture.refresh_from_db()
        assert picture.place == "石桥"
        signed_in(cast.editor).post(
            address(draft), form_of(Article.objects.get(pk=draft.pk), **typed)
        )
        picture.refresh_from_db()
        assert picture.place == "柳岸"

    def test_what_was_agreed_is_not_read_by_others(self, cast):
        picture = hung(
            article := factories.draft(cast),
            factories.picture(shows_minors=True, consent="张同学的母亲同意"),
        )
        published(cast, article)
        assert self.state(cast.other_writer, picture).status_code == 403
        assert "张同学" not in text(signed_in(cast.other_writer).get(page_of(picture)))
        assert "张同学" in text(signed_in(cast.editor).get(page_of(picture)))
