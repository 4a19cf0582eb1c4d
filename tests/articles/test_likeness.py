"""The number of a picture: the same after what desks and phones do to one, another for another."""

import io
from functools import cache
from itertools import combinations

import pytest
from django.db.models import BigIntegerField, Value
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from articles.likeness import NEAR, Apart, apart, fingerprint
from newsroom.people.models import SiteSettings
from tests.scenes import scene

SEEDS = range(20)
SIZE = (360, 240)
NUMBERS = st.integers(-(2**63), 2**63 - 1)


@cache
def number_of(seed):
    return fingerprint(scene(seed, SIZE))


def changed_by(seed, change):
    """Return by how many bits a change moves the number of a picture."""
    return apart(number_of(seed), fingerprint(change(scene(seed, SIZE))))


def encoded(image, kind, **how):
    file = io.BytesIO()
    image.save(file, kind, **how)
    return Image.open(io.BytesIO(file.getvalue())).convert("RGB")


def trimmed(image, share):
    wide, high = image.size
    across, down = round(wide * share), round(high * share)
    return image.crop((across, down, wide - across, high - down))


def stamped(image):
    """Lay a camera's date into the corner."""
    wide, high = image.size
    ImageDraw.Draw(image).rectangle(
        (wide * 0.74, high * 0.92, wide * 0.97, high * 0.97), fill="orange"
    )
    return image


CHANGES = {
    "a JPEG as messengers send it": lambda image: encoded(image, "JPEG", quality=30),
    "WebP of low quality": lambda image: encoded(image, "WEBP", quality=20),
    "a thumbnail": lambda image: image.resize((150, 100), Image.Resampling.BILINEAR),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.7),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.3),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "sharpened": lambda image: image.filter(ImageFilter.UnsharpMask(3, 150)),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(2)),
    "with a date in the corner": stamped,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_done_to_a_picture_on_its_way_leaves_it_known(change):
    assert [seed for seed in SEEDS if changed_by(seed, CHANGES[change]) > NEAR] == []


def test_a_slight_crop_leaves_nearly_every_picture_known():
    known = [seed for seed in SEEDS if changed_by(seed, lambda it: trimmed(it, 0.02)) <= NEAR]
    assert len(known) >= len(SEEDS) - 1


def test_different_pictures_are_far_apart():
    pairs = combinations(map(number_of, range(60)), 2)
    assert [pair for pair in pairs if apart(*pair) <= NEAR] == []


def test_a_mirrored_or_turned_picture_is_another_one():
    for turn in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180):
        assert changed_by(1, lambda it, turn=turn: it.transpose(turn)) > NEAR


@pytest.mark.parametrize("colour", ["teal", "white", "black"])
def test_a_picture_of_nothing_is_like_no_other(colour):
    assert fingerprint(Image.new("RGB", (960, 640), colour)) is None


def test_the_number_fits_the_database():
    numbers = [number_of(seed) for seed in range(60)]
    assert all(-(2**63) <= number < 2**63 for number in numbers)
    assert min(numbers) < 0 < max(numbers)


@given(NUMBERS, NUMBERS)
def test_distance_counts_the_bits_that_differ(one, other):
    bits = [(one >> place & 1) != (other >> place & 1) for place in range(64)]
    assert apart(one, other) == apart(other, one) == sum(bits)


@pytest.mark.django_db
def test_the_database_counts_alike():
    pairs = [(0, 0), (0, -1), (-(2**63), 2**63 - 1), (5, -5), (123456789, -987654321)]
    for one, other in pairs:
        said = SiteSettings.objects.values_list(
            Apart(Value(one, BigIntegerField()), Value(other, BigIntegerField()))
        )
        assert said[0][0] == apart(one, other)
