"""Ship the formats of pages that newspapers commonly have."""

from django.db import migrations

# Rounded from ordinary body type of newspapers; a newsroom that counts its own changes them.
FORMATS = [("对开", 8000), ("四开", 4000), ("八开", 2000)]


def furnish(apps, schema_editor):
    formats = apps.get_model("issues", "PageFormat").objects
    for name, characters in FORMATS:
        formats.create(name=name, characters=characters)


class Migration(migrations.Migration):
    dependencies = [("issues", "0001_initial")]
    operations = [migrations.RunPython(furnish, migrations.RunPython.noop)]
