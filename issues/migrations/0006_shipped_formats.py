from django.db import migrations

# Rounded from ordinary body type of newspapers; a newsroom that counts its own changes them.
FORMATS = [("对开", 8000), ("四开", 4000), ("八开", 2000)]


def ship(apps, schema_editor):
    formats = apps.get_model("issues", "PageFormat").objects
    for name, characters in FORMATS:
        formats.get_or_create(name=name, defaults={"characters": characters})


class Migration(migrations.Migration):
    dependencies = [("issues", "0005_board")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
