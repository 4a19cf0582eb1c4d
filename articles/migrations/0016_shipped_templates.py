"""Ship templates for the common kinds, so that a correspondent never begins before a blank page."""

from django.db import migrations

from articles.starting import furnish


def ship(apps, schema_editor):
    furnish(apps.get_model("articles", "PieceTemplate"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_word_files_and_templates")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
