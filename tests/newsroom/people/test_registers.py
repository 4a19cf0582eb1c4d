"""Registers: models in the desk, opened and changed by predicates."""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from newsroom.people.models import Unit
from newsroom.people.registers import Ledger, Register
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_every_model_of_ours_is_a_register():
    foreign = [each for each in admin.site._registry.values() if not isinstance(each, Register)]
    assert foreign == []


def test_a_register_has_no_address_for_deletion():
    with pytest.raises(NoReverseMatch):
        reverse("admin:people_unit_delete", args=[1])


def test_a_register_asks_its_predicates(cast, rf):
    request, register = rf.get("/"), Register(Unit, admin.site)
    request.user = cast.editor
    assert register.has_view_permission(request)
    assert not register.has_change_permission(request)
    request.user = cast.administrator
    assert register.has_add_permission(request)
    request.user = cast.writer
    assert not register.has_module_permission(request)


def test_a_ledger_is_only_read(cast, rf):
    request, ledger = rf.get("/"), Ledger(Unit, admin.site)
    request.user = cast.administrator
    assert ledger.has_view_permission(request)
    assert not ledger.has_add_permission(request)
    assert not ledger.has_change_permission(request)
