import pytest
from django.urls import Resolver404, resolve, reverse


def test_a_number_is_written_one_way():
    assert resolve("/articles/1234/").kwargs == {"number": 1234}
    assert reverse("articles:article", args=[1234]) == "/articles/1234/"
    for other in ("0", "01234", "+1", "１２", "9" * 19):
        with pytest.raises(Resolver404):
            resolve(f"/articles/{other}/")
