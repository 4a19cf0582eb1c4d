"""Make the groups of the six roles and the one row of site settings."""

from django.db import migrations

from newsroom.people.roles import keep_in_step


def furnish(apps, schema_editor):
    keep_in_step(apps.get_model("auth", "Group"))
    apps.get_model("people", "SiteSettings").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(furnish, migrations.RunPython.noop)]
