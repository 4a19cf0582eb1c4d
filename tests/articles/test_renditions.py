"""Which files belong to a picture, and which stands in for one that is not ready."""

import pytest

from articles import renditions


def test_a_picture_has_every_format_in_every_width_below_its_own():
    assert renditions.names(1200) == [
        "480.avif", "480.webp", "480.jpg",
        "960.avif", "960.webp", "960.jpg",
        "1200.avif", "1200.webp", "1200.jpg",
    ]  # fmt: skip
    assert renditions.widths(2400) == [480, 960, 1600, 2400]
    assert renditions.widths(480) == [480]
    assert renditions.widths(300) == [300]


def test_the_master_is_the_widest_webp():
    assert renditions.master_name(2400) == "2400.webp"
    assert renditions.master_name(2400) in renditions.names(2400)


@pytest.mark.parametrize(
    ("master", "quick"),
    [(2400, "960.jpg"), (961, "960.jpg"), (960, "960.jpg"), (700, "700.jpg"), (300, "300.jpg")],
)
def test_the_jpeg_made_at_once_is_one_of_its_files(master, quick):
    assert renditions.quick_name(master) == quick
    assert quick in renditions.names(master)


def test_each_name_says_its_width_and_its_type():
    for each in renditions.names(2400):
        assert renditions.name(*renditions.parts(each)) == each
    assert renditions.content_type("960.avif") == "image/avif"
    assert renditions.content_type("960.webp") == "image/webp"
    assert renditions.content_type("960.jpg") == "image/jpeg"


def test_what_is_missing_is_what_is_not_ready():
    ready = ["480.avif", "480.webp"]
    assert renditions.missing(480, ready) == ["480.jpg"]
    assert renditions.missing(480, [*ready, "480.jpg", "strange.file"]) == []


AT_ONCE = ["2400.webp", "960.jpg"]


@pytest.mark.parametrize(
    ("width", "kind", "ready", "found"),
    [
        (960, "avif", [*AT_ONCE, "960.avif"], "960.avif"),  # itself
        (960, "avif", [*AT_ONCE, "960.webp"], "960.webp"),  # the next best of the same width
        (960, "avif", AT_ONCE, "960.jpg"),  # of the same width what everybody can show
        (480, "webp", AT_ONCE, "960.jpg"),  # wider, but not much
        (1600, "webp", AT_ONCE, "2400.webp"),  # wider rather than narrower
        (2400, "jpg", AT_ONCE, "960.jpg"),  # a narrow JPEG, for whoever can show nothing else
        (1600, "jpg", ["480.webp", "1600.webp"], "1600.webp"),  # better than nothing
        (960, "avif", [], None),
    ],
)
def test_the_best_there_is_stands_in_for_what_is_not_ready(width, kind, ready, found):
    assert renditions.best(width, kind, ready) == found
    assert renditions.best(width, kind, reversed(ready)) == found


def test_whoever_asks_for_webp_is_not_given_avif_while_there_is_another():
    assert renditions.best(960, "webp", ["960.avif", "480.jpg"]) == "480.jpg"
    assert renditions.best(960, "webp", ["960.avif"]) == "960.avif"
