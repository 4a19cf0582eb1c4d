"""The six roles are groups the code keeps in step with itself."""

import pytest
from django.contrib.auth.models import Group

from newsroom.people.roles import Role, keep_in_step


@pytest.mark.django_db
def test_a_new_database_has_every_role_and_asking_twice_adds_none():
    assert set(Group.objects.values_list("name", flat=True)) >= set(Role.values)
    before = Group.objects.count()
    keep_in_step(Group)
    assert Group.objects.count() == before


@pytest.mark.django_db
def test_a_role_that_was_lost_comes_back():
    Group.objects.filter(name=Role.ISSUE_EDITOR).delete()
    keep_in_step(Group)
    assert Group.objects.filter(name=Role.ISSUE_EDITOR).exists()
