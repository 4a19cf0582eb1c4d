"""What the newsroom ships with: the route of three rounds, a first section, templates of pieces.

From then on all of it is data. Rounds and templates are those of the code as it is when this is
run; a section is what a newsroom needs to file from its first minute.
"""

from django.db import migrations

from articles import rounds, starting


def furnish(apps, schema_editor):
    rounds.furnish(
        route_model=apps.get_model("articles", "Route"),
        round_model=apps.get_model("articles", "Round"),
        group_model=apps.get_model("auth", "Group"),
    )
    apps.get_model("articles", "Section").objects.create(
        name="要闻", slug="news", column_type="工作动态"
    )
    starting.furnish(apps.get_model("articles", "PieceTemplate"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_search"), ("people", "0002_roles_and_settings")]
    operations = [migrations.RunPython(furnish, migrations.RunPython.noop)]
