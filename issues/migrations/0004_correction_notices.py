"""What became of signed corrections in print."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_acts_use_deputies"),
        ("issues", "0003_assignments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "not_needed_because",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="not printed because"
                    ),
                ),
                ("decided_at", models.DateTimeField(auto_now=True, verbose_name="decided at")),
                (
                    "article",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "correction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.correction",
                        verbose_name="correction",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a correction",
                "verbose_name_plural": "notices of corrections",
            },
        ),
        migrations.CreateModel(
            name="CorrectionNoticeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "not_needed_because",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="not printed because"
                    ),
                ),
                ("decided_at", models.DateTimeField(auto_now=True, verbose_name="decided at")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="articles.correction",
                        verbose_name="correction",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="issues.correctionnotice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="correctionnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", False), ("not_needed_because", "")),
                    models.Q(
                        ("article", None), models.Q(("not_needed_because", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="correction_is_printed_or_there_is_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A notice of a correction is never deleted; discard it instead' USING ERRCODE = '23514';",
                    hash="9b6922ca216b1bfedc54cb1092780cab9309451f",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_98e13",
                    table="issues_correctionnotice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A notice of a correction is never emptied' USING ERRCODE = '23514';",
                    hash="32a25e516534fa24c5ff1513540de8c1eebe421a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_d588a",
                    table="issues_correctionnotice",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "issues_correctionnoticeevent" ("article_id", "correction_id", "decided_at", "decided_by_id", "id", "not_needed_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."article_id", NEW."correction_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."not_needed_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id"); RETURN NULL;',
                    hash="33e37c6e93e9bdc84add647a706c24f9680f1cc0",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d22de",
                    table="issues_correctionnotice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "issues_correctionnoticeevent" ("article_id", "correction_id", "decided_at", "decided_by_id", "id", "not_needed_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."article_id", NEW."correction_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."not_needed_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id"); RETURN NULL;',
                    hash="3bab72663205d4fb93e7abcc1778bb3fb9f9ccc5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c863d",
                    table="issues_correctionnotice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnotice",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "issues_correctionnoticeevent" ("article_id", "correction_id", "decided_at", "decided_by_id", "id", "not_needed_because", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."article_id", OLD."correction_id", OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."not_needed_because", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id"); RETURN NULL;',
                    hash="7986d8b9483fef800fe9368885440258df8b02d3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2db56",
                    table="issues_correctionnotice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnoticeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'History is neither changed nor deleted' USING ERRCODE = '23514';",
                    hash="3540463ec07aa9aa546076ef1675e75e3152802c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_only_grows_d0954",
                    table="issues_correctionnoticeevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionnoticeevent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'History is never emptied' USING ERRCODE = '23514';",
                    hash="603a642d37873a12fee61ed25428e7a510e41764",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_b5631",
                    table="issues_correctionnoticeevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
