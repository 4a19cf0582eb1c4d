"""Ship the section every paper has, so that a newsroom can file from its first minute."""

from django.db import migrations


def furnish(apps, schema_editor):
    section_model = apps.get_model("articles", "Section")
    if not section_model.objects.exists():
        section_model.objects.create(name="要闻", slug="news", column_type="工作动态")


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_three_rounds")]
    operations = [migrations.RunPython(furnish, migrations.RunPython.noop)]
