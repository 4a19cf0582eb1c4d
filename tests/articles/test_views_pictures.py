"""Where the photographs of a piece stand on its page, by how many there are and what it is."""

import re

import pytest

from articles import workflow
from articles.kinds import Kind
from articles.models import Picture
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def shown(client, cast, *, photos=0, **fields) -> str:
    """The main part of a live piece's page."""
    article = factories.draft(cast, **fields)
    for number in range(1, photos + 1):
        factories.with_photo(article, caption=f"第{number}幅。")
    return out(client, cast, article)


def out(client, cast, article) -> str:
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    workflow.publish_alone(article, by=cast.chief)
    page = client.get(article.get_absolute_url()).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def captions(html: str) -> list[str]:
    return re.findall(r"第\d幅。|柳岸街道的老厂房", html)


def test_one_photograph_opens_the_piece(client, cast):
    page = shown(client, cast, photos=1)
    assert captions(page) == ["第1幅。", "柳岸街道的老厂房"]
    assert page.count('fetchpriority="high"') == 1
    assert "gallery" not in page
    assert page.count("<script") == page.count('<script type="module" src=')


def test_a_second_stands_below_the_text(client, cast):
    page = shown(client, cast, photos=2)
    assert captions(page) == ["第1幅。", "柳岸街道的老厂房", "第2幅。"]
    assert "gallery" not in page


def test_more_are_a_gallery_below_the_text(client, cast):
    page = shown(client, cast, photos=4)
    assert captions(page) == ["第1幅。", "柳岸街道的老厂房", "第2幅。", "第3幅。", "第4幅。"]
    assert page.count('<section class="gallery"') == 1
    assert "图集　共3张" in page
    assert re.findall(r">(\d / \d)<", page) == ["1 / 3", "2 / 3", "3 / 3"]
    assert page.count('fetchpriority="high"') == 1


def test_a_photo_story_is_a_gallery_and_its_text_comes_after(client, cast):
    page = shown(client, cast, photos=3, kind=Kind.PHOTO_STORY)
    assert captions(page) == ["第1幅。", "第2幅。", "第3幅。", "柳岸街道的老厂房"]
    assert page.count('fetchpriority="high"') == 1
    assert page.index('fetchpriority="high"') < page.index("第1幅。")


def test_a_photo_story_of_one_picture_needs_no_gallery(client, cast):
    page = shown(client, cast, photos=1, kind=Kind.PHOTO_STORY)
    assert captions(page) == ["第1幅。", "柳岸街道的老厂房"]
    assert "gallery" not in page


def test_what_stands_in_the_text_is_in_no_gallery(client, cast):
    article = factories.draft(cast, kind=Kind.PHOTO_STORY)
    photos = [factories.with_photo(article, caption=f"第{n}幅。") for n in (1, 2, 3)]
    article.body = f'<p>前。</p><figure data-photo="{photos[1].pk}"></figure><p>后。</p>'
    article.save()
    page = out(client, cast, article)
    assert captions(page) == ["第1幅。", "第3幅。", "第2幅。"]
    assert page.count("<li><figure>") == 2


@pytest.mark.parametrize(
    ("before", "aside", "first"), [(20, 0, True), (500, 0, False), (20, 1, False)]
)
def test_a_picture_in_the_text_is_fetched_first_if_it_is_what_one_sees_first(
    client, cast, before, aside, first
):
    article = factories.draft(cast)
    photo = factories.with_photo(article, position=9)
    for _each in range(aside):
        factories.with_photo(article)
    article.body = f'<p>{"字" * before}</p><figure data-photo="{photo.pk}"></figure><p>后。</p>'
    article.save()
    text = out(client, cast, article)
    figure = text[text.index("<p>字") :]
    assert ('fetchpriority="high"' in figure) is first
    assert ('loading="lazy"' in figure) is not first


def test_the_colour_of_a_picture_stands_in_for_it_in_the_text_and_beside_it(client, cast):
    article = factories.draft(cast)
    aside, inside = factories.with_photo(article), factories.with_photo(article)
    for photo, colour in ((aside, "sky"), (inside, "brick")):
        factories.picture(photo.digest, colour=colour)
    article.body = f'<p>前。</p><figure data-photo="{inside.pk}"></figure><p>后。</p>'
    article.save()
    page = out(client, cast, article)
    assert re.findall(r"hue-\w+", page) == ["hue-sky", "hue-brick"]
    assert Picture.objects.count() == 2
    listed = client.get(f"/sections/{cast.section.slug}/").content.decode()
    assert re.findall(r"hue-\w+", listed) == ["hue-sky"]


def test_what_crops_must_keep_is_signed_with_the_photograph(client, cast):
    article = factories.draft(cast)
    factories.with_photo(article, focal_x=0.1, focal_y=0.93)
    assert 'class="fx-1 fy-9"' in out(client, cast, article)
    listed = client.get(f"/sections/{cast.section.slug}/").content.decode()
    assert 'class="fx-1 fy-9"' in listed


def test_others_are_shown_a_jpeg(client, cast):
    """Messengers draw the card of a link; many of them read nothing else."""
    article = factories.draft(cast)
    photo = factories.with_photo(article)
    out(client, cast, article)
    page = client.get(article.get_absolute_url()).content.decode()
    assert re.search(rf'og:image" content="http://testserver/photos/{photo.digest}/960.jpg"', page)
