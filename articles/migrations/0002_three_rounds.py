"""Ship the route of three rounds: 初审 by editors, 复审 by desk heads, 终审签发 by the chief."""

from django.db import migrations

from articles.rounds import furnish


def lay(apps, schema_editor):
    furnish(
        route_model=apps.get_model("articles", "Route"),
        round_model=apps.get_model("articles", "Round"),
        group_model=apps.get_model("auth", "Group"),
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial"), ("people", "0002_roles_and_settings")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
