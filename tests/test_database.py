"""The tests' own database, on which everything else stands."""

import pgtrigger
import pytest
from django.contrib.auth.models import Group

from tests import database


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tests_that_commit_find_what_migrations_wrote(turn, django_user_model):
    assert Group.objects.filter(name="editor").exists()
    assert not django_user_model.objects.exists()
    Group.objects.create(name=f"left behind in turn {turn}")
    django_user_model.objects.create_user(f"visitor{turn}")
    assert Group.objects.filter(name__startswith="left behind").count() == 1


@pytest.mark.django_db
def test_every_trigger_of_the_models_is_in_force():
    found = {
        f"{model._meta.label}:{trigger.name}": trigger.get_installation_status(model)
        for model, trigger in pgtrigger.registered()
    }
    assert found == dict.fromkeys(found, ("INSTALLED", True))
    assert len(found) > 400


def test_what_a_migration_imports_counts_as_the_migration(tmp_path):
    migration = tmp_path / "0002_roles.py"
    migration.write_text("from newsroom.people.roles import keep_in_step\n")
    assert database.imported_by([migration]) == {database.PROJECT / "newsroom/people/roles.py"}
