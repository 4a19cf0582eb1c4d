"""Give the pieces that are in review a due time, then hold every piece in review to one."""

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from newsroom.people.working_time import after

HOURS = 4


def fill(apps, schema_editor):
    waiting = apps.get_model("articles", "Article").objects.filter(status="in_review", due_at=None)
    for article in waiting:
        article.due_at = after(timezone.localtime(article.moved_at), HOURS)
        article.save(update_fields=["due_at"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_due_times")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        # The deferred triggers speak now: a table with some pending cannot be altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(status="in_review", due_at__isnull=False)
                | ~Q(status="in_review") & Q(due_at=None),
                name="piece_is_due_exactly_while_in_review",
            ),
        ),
    ]
