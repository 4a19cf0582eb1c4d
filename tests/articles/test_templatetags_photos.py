"""Photographs in templates."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template

from articles.figures import figure_html, picture_html

PHOTO = SimpleNamespace(
    digest="cd" * 32,
    width=1200,
    height=800,
    widths=[480, 960, 1200],
    caption="晨雾里的石桥。",
    credit="梁序 摄",
    alternative_text="三孔石桥横在河上",
    video_url="",
    focal_x=0.5,
    focal_y=0.5,
    colour="mist",
)


def rendered(tag):
    return Template("{% load photos %}{% " + tag + " %}").render(Context({"photo": PHOTO}))


def test_a_picture_takes_its_width_and_its_haste():
    html = rendered('picture photo sizes="100vw" lead=True')
    assert html == picture_html(PHOTO, sizes="100vw", lead=True, colour="mist")
    assert rendered('picture photo place="kin"') == picture_html(PHOTO, place="kin", colour="mist")


def test_a_figure_takes_its_size():
    assert rendered("figure photo") == figure_html(PHOTO, colour="mist")
    assert rendered('figure photo size="half"') == figure_html(PHOTO, size="half", colour="mist")


@pytest.mark.parametrize("tag", ["picture", "figure"])
def test_nothing_is_shown_where_there_is_no_photo(tag):
    assert rendered(f"{tag} missing") == ""


@pytest.mark.parametrize("tag", ["picture", "figure"])
def test_the_desk_takes_pictures_from_its_own_address(tag):
    assert f"/admin/photos/{PHOTO.digest}/960.webp" in rendered(f"{tag} photo desk=True")
    assert "/admin/" not in rendered(f"{tag} photo")
