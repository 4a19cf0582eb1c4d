from datetime import date

import pytest
from django.urls import Resolver404, resolve, reverse

from issues.addresses import Edition


@pytest.mark.parametrize(
    ("address", "edition"),
    [
        ("2023-12-08", Edition(date(2023, 12, 8))),
        ("2023-12-08-2", Edition(date(2023, 12, 8), 2)),
        ("2023-12-08-12", Edition(date(2023, 12, 8), 12)),
    ],
)
def test_an_address_names_an_edition_and_back(address, edition):
    assert resolve(f"/issues/{address}/").kwargs == {"edition": edition}
    assert reverse("issues:issue", args=[edition]) == f"/issues/{address}/"
    assert reverse("issues:issue", args=[address]) == f"/issues/{address}/"


@pytest.mark.parametrize("address", ["2023-12-08-1", "2023-12-08-02", "2023-13-01", "20231208"])
def test_an_edition_has_one_address_only(address):
    with pytest.raises(Resolver404):
        resolve(f"/issues/{address}/")


def test_years_and_months_keep_their_digits():
    assert reverse("issues:month", args=[2023, 3]) == "/issues/2023/03/"
    assert reverse("issues:year", args=[2023]) == "/issues/2023/"
    assert resolve("/issues/2023/03/").kwargs == {"year": 2023, "month": 3}
