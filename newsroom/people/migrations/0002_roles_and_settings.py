"""Make the groups of the six roles and the one row of site settings."""

from django.db import migrations

from newsroom.people.roles import keep_in_step


def furnish(apps, schema_editor):
    keep_in_step(apps.get_model("auth", "Group"))
    apps.get_model("people", "SiteSettings").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(furnish, migrations.RunPython.noop)]
