"""The route the newsroom ships with."""

import pytest
from django.contrib.auth.models import Group

from articles.models import Round, Route
from articles.rounds import SHIPPED, furnish

pytestmark = pytest.mark.django_db


def lay():
    furnish(route_model=Route, round_model=Round, group_model=Group)


def test_three_rounds_are_shipped_in_force():
    lay()
    route = Route.objects.in_force().get()
    assert [round_.name for round_ in route.rounds.order_by("position")] == [
        "初审",
        "复审",
        "终审签发",
    ]
    groups = [round_.group.name for round_ in route.rounds.order_by("position")]
    assert groups == [role.value for _name, _seal, role in SHIPPED]


def test_laying_them_again_changes_nothing():
    lay()
    lay()
    assert Route.objects.count() == 1
