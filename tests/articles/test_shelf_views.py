"""Lists by section, name and tag: what they hold, where their pages stand, what they cost."""

import re
from datetime import datetime

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import make_aware

from articles import workflow
from articles.models import (
    Article,
    Byline,
    Correspondent,
    Listing,
    Release,
    Section,
    Shelf,
    Tag,
    listings_of,
)
from articles.periods import PER_PART
from articles.public_pages import PER_PAGE
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def out(cast, *moments, **fields) -> list[Article]:
    """Return pieces that went out at moments, given as year, month, day."""
    pieces = [factories.live_alone(cast, **fields) for _ in moments]
    with pgtrigger.ignore():
        for piece, moment in zip(pieces, moments, strict=True):
            Release.objects.filter(pk=piece.release_id).update(
                publish_at=make_aware(datetime(*moment, 9, 0))
            )
    return pieces


def copies(article: Article, count: int) -> None:
    """Let a piece be listed so many times more, as other pieces that went out with it."""
    with connection.cursor() as cursor, pgtrigger.ignore():
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, own in (("articles_article", "id"), ("articles_listing", "article_id")):
            cursor.execute(
                "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns "
                "WHERE table_name = %s AND column_name NOT IN ('id', 'article_id')",
                [table],
            )
            columns = cursor.fetchone()[0]
            number = "9000000 + n" if own == "id" else "9000000 + n"
            cursor.execute(
                f"INSERT INTO {table} ({own}, {columns}) SELECT {number}, {columns} "
                f"FROM {table}, generate_series(1, %s) n WHERE {own} = %s",
                [count, article.pk],
            )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def listed(text: str) -> list[int]:
    """Return the numbers of the pieces on a page, in order."""
    return [int(n) for n in re.findall(r'<h2><a href="/articles/(\d+)/"', text)]


def tagged(cast, *tags: Tag, **fields) -> Article:
    article = factories.draft(cast, **fields)
    article.tags.set(tags)
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    return workflow.publish_alone(article, by=cast.chief)


# Volumes


def test_a_month_of_a_section_keeps_its_pieces_in_the_order_of_dates(client, cast):
    late, early, other = out(cast, (2023, 12, 8), (2023, 12, 1), (2023, 11, 30))
    assert listed(page(client, "/sections/minsheng/2023/12/")) == [early.pk, late.pk]
    assert listed(page(client, "/sections/minsheng/")) == [late.pk, early.pk, other.pk]
    before = page(client, "/sections/minsheng/2023/12/")
    out(cast, (2024, 1, 1))
    after = page(client, "/sections/minsheng/2023/12/")
    assert listed(after) == listed(before)
    assert 'href="/sections/minsheng/2023/11/" rel="prev"' in after
    assert 'href="/sections/minsheng/2024/01/" rel="next"' in after


def test_midnight_belongs_to_the_day_at_the_newspaper(client, cast):
    (piece,) = out(cast, (2023, 12, 31))
    with pgtrigger.ignore():
        Release.objects.filter(pk=piece.release_id).update(
            publish_at=make_aware(datetime(2024, 1, 1, 0, 0))
        )
    assert listed(page(client, "/sections/minsheng/2024/01/")) == [piece.pk]
    assert client.get("/sections/minsheng/2023/12/").status_code == 404


def test_a_long_volume_stands_on_pages_that_only_grow_at_the_end(client, cast):
    (piece,) = out(cast, (2023, 12, 8))
    copies(piece, PER_PART)
    assert len(listed(page(client, "/sections/minsheng/2023/12/"))) == PER_PART
    second = page(client, "/sections/minsheng/2023/12/part-2/")
    assert listed(second) == [9_000_000 + PER_PART]
    assert 'href="/sections/minsheng/2023/12/" rel="prev"' in second
    assert f"共{PER_PART + 1}篇" in second
    for beyond in ("part-1", "part-3", "part-02", "part-99999"):
        assert client.get(f"/sections/minsheng/2023/12/{beyond}/").status_code == 404
    assert client.get(f"/correspondents/{cast.correspondent.pk}/2023/part-2/").status_code == 200


def test_pages_by_their_former_number_lead_to_where_their_pieces_stand(client, cast):
    (old,) = out(cast, (2022, 3, 3))
    (piece,) = out(cast, (2023, 12, 8))
    copies(piece, PER_PAGE)
    for address, moved in (
        ("/sections/minsheng/?page=1", "/sections/minsheng/"),
        ("/sections/minsheng/?page=2", "/sections/minsheng/2023/12/"),
        (f"/correspondents/{cast.correspondent.pk}/?page=2",
         f"/correspondents/{cast.correspondent.pk}/2023/"),
    ):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, moved)
        assert answer.headers["Cache-Control"] == "no-store"
    for beyond in ("3", "0", "01", "-1", "x", "", "²", "99999999999"):
        assert client.get("/sections/minsheng/", {"page": beyond}).status_code == 404


@pytest.mark.parametrize("when", ["2022/", "2023/11/", "2023/1/", "2023/13/", "9999/12/", "0999/"])
def test_times_that_have_nothing_have_no_page(client, cast, when):
    out(cast, (2023, 12, 8))
    assert client.get(f"/sections/minsheng/{when}").status_code == 404
    assert client.get(f"/correspondents/{cast.correspondent.pk}/{when}").status_code == 404


def test_a_year_of_a_section_offers_its_months_with_their_counts(client, cast):
    out(cast, (2022, 1, 1), (2023, 2, 1), (2023, 2, 3), (2023, 12, 8), (2025, 1, 1))
    text = page(client, "/sections/minsheng/2023/")
    assert re.findall(r'href="/sections/minsheng/(2023/\d\d)/"', text) == ["2023/02", "2023/12"]
    assert "共3篇" in text
    assert 'href="/sections/minsheng/2022/" rel="prev"' in text
    assert 'href="/sections/minsheng/2025/" rel="next"' in text


# What is counted


def test_totals_count_what_can_be_read_and_nothing_else(client, cast):
    stays, goes = out(cast, (2023, 12, 1), (2023, 12, 8))
    factories.scheduled_alone(cast)
    workflow.hold(factories.scheduled_alone(cast), by=cast.chief, because="核实")
    factories.approved(cast)
    assert "共2篇" in page(client, "/sections/minsheng/")
    workflow.withdraw(goes, by=cast.chief, reason="错")
    for address in ("/sections/minsheng/", f"/correspondents/{cast.correspondent.pk}/2023/"):
        text = page(client, address)
        assert "共1篇" in text
        assert listed(text) == [stays.pk]
    workflow.reinstate(goes, by=cast.chief, reason="核实")
    assert "共2篇" in page(client, "/sections/minsheng/")


def truth() -> set[tuple]:
    """Return where live pieces belong, asked of their sealed versions alone."""
    found = set()
    for piece in Article.objects.live():
        found |= {(piece.pk, Shelf.SECTION, s.pk) for s in [piece.sealed.section] if s}
        found |= {
            (piece.pk, Shelf.NAME, person.pk)
            for person in Correspondent.objects.all()
            if Article.objects.live().by_correspondent(person).numbered(piece.pk).exists()
        }
        found |= {(piece.pk, Shelf.TAG, sealed.tag_id) for sealed in piece.sealed_tags.all()}
    return found


def test_listings_and_sealed_versions_never_disagree(cast):
    """Whoever writes, in whatever way: the database itself keeps the listings."""

    def agree():
        stored = set(Listing.objects.live().values_list("article", "shelf", "key"))
        asked = listings_of(list(Article.objects.live().values_list("pk", flat=True)))
        assert stored == truth() == {(each.article_id, each.shelf, each.key) for each in asked}

    other = Section.objects.create(name="街镇", slug="jiezhen")
    place = Tag.objects.create(name="听雨巷", kind="place")
    pieces = [tagged(cast, place), factories.live_alone(cast)]
    pen = factories.draft(cast)
    Byline.objects.filter(article=pen).update(name="青衫客")
    workflow.submit(pen, by=cast.writer)
    factories.signed_by(cast, pen, cast.editor, cast.desk_head, cast.chief)
    pieces.append(workflow.publish_alone(pen, by=cast.chief))
    factories.live_issue(cast, factories.approved(cast), pieces[0])
    agree()
    assert Listing.objects.filter(shelf=Shelf.TAG).count() == 1
    Correspondent.objects.update(name="青衫客")
    agree()
    workflow.revise(pieces[0], by=cast.editor)
    Article.objects.filter(pk=pieces[0].pk).update(section=other)
    pieces[0].tags.clear()
    agree()
    workflow.submit(Article.objects.get(pk=pieces[0].pk), by=cast.writer, change_note="改")
    factories.signed_by(cast, pieces[0], cast.second_editor, cast.desk_head, cast.chief)
    agree()
    assert not Listing.objects.filter(shelf=Shelf.TAG).exists()
    for piece in pieces:
        workflow.withdraw(Article.objects.get(pk=piece.pk), by=cast.chief, reason="错")
    agree()


# Indexes


def test_only_people_with_something_to_read_are_listed_and_by_their_units(client, cast):
    Correspondent.objects.create(name="从未发稿", unit=cast.unit)
    assert "还没有" in page(client, "/correspondents/")
    factories.live_alone(cast)
    text = page(client, "/correspondents/")
    assert re.findall(r"<dt>(.*?)</dt>", text) == ["石桥街道"]
    assert f'href="/correspondents/{cast.correspondent.pk}/"' in text
    assert "从未发稿" not in text


def test_tags_stand_by_kind_and_letter_and_are_those_that_were_signed(client, cast):
    place = Tag.objects.create(name="听雨巷", kind="place")
    person = Tag.objects.create(name="翟青", kind="person")
    unused = Tag.objects.create(name="无人", kind="person")
    article = tagged(cast, place, person)
    text = page(client, "/tags/")
    assert re.findall(r"<h2[^>]*>(.*?)</h2>|<dt>(.)</dt>", text)[:4] == [
        ("地名", ""), ("", "T"), ("人物", ""), ("", "Z"),
    ]  # fmt: skip
    assert unused.name not in text
    assert listed(page(client, place.get_absolute_url())) == [article.pk]
    assert f'href="{person.get_absolute_url()}"' in page(client, article.get_absolute_url())
    workflow.revise(article, by=cast.editor)
    article.tags.add(unused)
    assert client.get(unused.get_absolute_url()).status_code == 404
    assert unused.name not in page(client, article.get_absolute_url())


# Cost


def test_volumes_and_indexes_cost_the_same_for_one_row_and_for_twenty(client, cast):
    place = Tag.objects.create(name="听雨巷", kind="place")
    article = tagged(cast, place)
    factories.signed_correction(cast, article, wrong="甲", right="乙")
    now = Listing.objects.first().release.publish_at.astimezone()
    year, name = now.year, cast.correspondent.pk
    addresses = [
        f"/sections/minsheng/{year}/", f"/sections/minsheng/{year}/{now.month:02}/",
        "/correspondents/", f"/correspondents/{name}/", f"/correspondents/{name}/{year}/",
        "/tags/", f"/tags/{place.pk}/", f"/tags/{place.pk}/{year}/",
        f"/corrections/{year}/",
    ]  # fmt: skip

    def asked(address):
        with CaptureQueriesContext(connection) as found:
            page(client, address)
        return len(found)

    few = [asked(address) for address in addresses]
    copies(article, 20)
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 4
