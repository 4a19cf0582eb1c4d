"""Corrections pass the rounds; a withdrawal can be taken back; both on record."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# What was drawn up and not signed yet passes the rounds now. Keys are checked at once: a table
# with checks to come takes no new constraint.
ROUTES = """
    UPDATE articles_correction
       SET route_id = (SELECT id FROM articles_route ORDER BY is_in_force DESC, id DESC LIMIT 1)
     WHERE signed_at IS NULL;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_urgent_signatures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrectionSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(verbose_name="revision")),
                ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
                (
                    "voided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="voided at"),
                ),
            ],
            options={
                "verbose_name": "signature under a correction",
                "verbose_name_plural": "signatures under corrections",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CorrectionSignatureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("revision", models.PositiveIntegerField(verbose_name="revision")),
                ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
                (
                    "voided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="voided at"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reinstatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason, for the record")),
                (
                    "public_note",
                    models.CharField(
                        blank=True,
                        help_text="Stands dated under the piece. Empty: the page says nothing of it.",
                        max_length=200,
                        verbose_name="public note",
                    ),
                ),
                ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
            ],
            options={
                "verbose_name": "reinstatement",
                "verbose_name_plural": "reinstatements",
                "ordering": ["-signed_at"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="article_keeps_what_was_done",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="correction",
            name="signed_correction_stays",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="correction",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="correction",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="correction",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="correction",
            name="dropped_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="dropped at"),
        ),
        migrations.AddField(
            model_name="correction",
            name="printed_where",
            field=models.CharField(
                blank=True,
                help_text="Issue and page. Empty: it stood on the website only.",
                max_length=120,
                verbose_name="where it was printed",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="correction",
            name="returned_note",
            field=models.CharField(blank=True, max_length=300, verbose_name="what to change"),
        ),
        migrations.AddField(
            model_name="correction",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
        ),
        migrations.AddField(
            model_name="correction",
            name="route",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="articles.route",
                verbose_name="route",
            ),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="dropped_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="dropped at"),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="printed_where",
            field=models.CharField(
                blank=True,
                help_text="Issue and page. Empty: it stood on the website only.",
                max_length=120,
                verbose_name="where it was printed",
            ),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="returned_note",
            field=models.CharField(blank=True, max_length=300, verbose_name="what to change"),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
        ),
        migrations.AddField(
            model_name="correctionevent",
            name="route",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.route",
                verbose_name="route",
            ),
        ),
        migrations.RunSQL(ROUTES, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="article_keeps_what_was_done",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.filed_by_id <> OLD.filed_by_id THEN\n        RAISE EXCEPTION 'who filed a piece stays' USING ERRCODE = '23514';\n    END IF;\n    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NOT NULL\n       AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at\n       AND (NEW.withdrawn_at IS NOT NULL OR NOT EXISTS (\n           SELECT 1 FROM articles_reinstatement back\n            WHERE back.withdrawal_id = (\n                SELECT max(w.id) FROM articles_withdrawal w WHERE w.article_id = NEW.id))) THEN\n        RAISE EXCEPTION 'a withdrawal is taken back by a reinstatement only' USING ERRCODE = '23514';\n    END IF;\n    IF TG_OP = 'UPDATE' AND NEW.release_id IS NOT DISTINCT FROM OLD.release_id THEN\n        RETURN NEW;\n    END IF;\n    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND EXISTS (\n        SELECT 1 FROM articles_release r\n         WHERE r.id = OLD.release_id AND NOT r.held AND r.publish_at <= clock_timestamp()\n    ) THEN\n        RAISE EXCEPTION 'what has gone out is neither moved nor held; correct or withdraw it' USING ERRCODE = '23514';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM articles_release r\n         WHERE r.id = NEW.release_id AND NOT r.alone\n           AND NOT r.held AND r.publish_at <= clock_timestamp()\n    ) THEN\n        RAISE EXCEPTION 'nothing joins what has gone out' USING ERRCODE = '23514';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM articles_release r JOIN articles_article a ON a.release_id = r.id\n         WHERE r.id = NEW.release_id AND r.alone AND a.id <> NEW.id\n    ) THEN\n        RAISE EXCEPTION 'a release of its own is for one piece' USING ERRCODE = '23514';\n    END IF;\n    RETURN NEW;\n",
                    hash="ed64fd0f6fc073612102914993537876753291cd",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_article_keeps_what_was_done_5f5cc",
                    table="articles_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_begins_unsigned",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.signed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL OR NEW.returned_at IS NOT NULL OR NEW.route_id IS NULL)",
                    func="RAISE EXCEPTION 'a correction begins unsigned, with the route it is to pass' USING ERRCODE = '23514';",
                    hash="4a08579e8c0903c73a4d9b8a7ec475a75c84f3c2",
                    operation="INSERT",
                    pgid="pgtrigger_correction_begins_unsigned_bb006",
                    table="articles_correction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_correction_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF (OLD.signed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL)\n       AND to_jsonb(NEW) <> to_jsonb(OLD) THEN\n        RAISE EXCEPTION 'a signed correction stays as it was signed, a dropped one as it was dropped' USING ERRCODE = '23514';\n    END IF;\n    IF (NEW.article_id, NEW.drawn_up_by_id, NEW.route_id)\n       IS DISTINCT FROM (OLD.article_id, OLD.drawn_up_by_id, OLD.route_id) THEN\n        RAISE EXCEPTION 'a correction keeps its piece, its route and who drew it up' USING ERRCODE = '23514';\n    END IF;\n    IF (NEW.wrong, NEW.right, NEW.note, NEW.printed_where)\n       IS DISTINCT FROM (OLD.wrong, OLD.right, OLD.note, OLD.printed_where)\n       AND (NEW.revision <= OLD.revision OR EXISTS (\n           SELECT 1 FROM articles_correctionsignature s\n            WHERE s.correction_id = NEW.id AND s.voided_at IS NULL)) THEN\n        RAISE EXCEPTION 'words that somebody has signed are not changed under the signature' USING ERRCODE = '23514';\n    END IF;\n    IF NEW.signed_at IS NOT NULL AND (\n        NEW.route_id IS NULL OR EXISTS (\n            SELECT 1 FROM articles_round r\n             WHERE r.route_id = NEW.route_id AND NOT EXISTS (\n                 SELECT 1 FROM articles_correctionsignature s\n                  WHERE s.correction_id = NEW.id AND s.round_id = r.id\n                    AND s.voided_at IS NULL AND s.revision = NEW.revision))\n    ) THEN\n        RAISE EXCEPTION 'a correction is public with the signature of every round, under these very words' USING ERRCODE = '23514';\n    END IF;\n    RETURN NEW;\n",
                    hash="fa4224c84bd6a73371c868bee2bd6e224a221adb",
                    operation="UPDATE",
                    pgid="pgtrigger_signed_correction_stays_eed02",
                    table="articles_correction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_correctionevent" ("article_id", "drawn_up_at", "drawn_up_by_id", "dropped_at", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_where", "returned_at", "returned_note", "revision", "right", "route_id", "signed_at", "signed_by_id", "wrong") VALUES (NEW."article_id", NEW."drawn_up_at", NEW."drawn_up_by_id", NEW."dropped_at", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."printed_where", NEW."returned_at", NEW."returned_note", NEW."revision", NEW."right", NEW."route_id", NEW."signed_at", NEW."signed_by_id", NEW."wrong"); RETURN NULL;',
                    hash="3d8d6e73e05d6019e0c36dc1d17103329c981a62",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_195a7",
                    table="articles_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "articles_correctionevent" ("article_id", "drawn_up_at", "drawn_up_by_id", "dropped_at", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_where", "returned_at", "returned_note", "revision", "right", "route_id", "signed_at", "signed_by_id", "wrong") VALUES (NEW."article_id", NEW."drawn_up_at", NEW."drawn_up_by_id", NEW."dropped_at", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."printed_where", NEW."returned_at", NEW."returned_note", NEW."revision", NEW."right", NEW."route_id", NEW."signed_at", NEW."signed_by_id", NEW."wrong"); RETURN NULL;',
                    hash="2c2f63a8dadfed35dc048b416371c92b53309464",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_efab7",
                    table="articles_correction",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_correctionevent" ("article_id", "drawn_up_at", "drawn_up_by_id", "dropped_at", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_where", "returned_at", "returned_note", "revision", "right", "route_id", "signed_at", "signed_by_id", "wrong") VALUES (OLD."article_id", OLD."drawn_up_at", OLD."drawn_up_by_id", OLD."dropped_at", OLD."id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."printed_where", OLD."returned_at", OLD."returned_note", OLD."revision", OLD."right", OLD."route_id", OLD."signed_at", OLD."signed_by_id", OLD."wrong"); RETURN NULL;',
                    hash="c86819893d315a2bf27f9fefc8b00d92d285edb4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4a60c",
                    table="articles_correction",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("route__isnull", False), ("signed_at__isnull", False), _connector="OR"
                ),
                name="unsigned_correction_has_its_route",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_at", None),
                    models.Q(("dropped_at", None), ("returned_at", None)),
                    _connector="OR",
                ),
                name="correction_is_public_or_put_away_never_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at", None),
                    models.Q(("returned_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="returned_correction_says_what_to_change",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignature",
            name="correction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatures",
                to="articles.correction",
                verbose_name="correction",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignature",
            name="on_behalf_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="on behalf of",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignature",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.round",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignature",
            name="signer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="signed by",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignatureevent",
            name="correction",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.correction",
                verbose_name="correction",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignatureevent",
            name="on_behalf_of",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="on behalf of",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignatureevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="articles.correctionsignature",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignatureevent",
            name="round",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="articles.round",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="correctionsignatureevent",
            name="signer",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="signed by",
            ),
        ),
        migrations.AddField(
            model_name="reinstatement",
            name="signed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="signed by",
            ),
        ),
        migrations.AddField(
            model_name="reinstatement",
            name="withdrawal",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reinstatement",
                to="articles.withdrawal",
                verbose_name="withdrawal",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionsignature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)),
                fields=("correction", "round"),
                name="round_of_a_correction_is_signed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionsignature",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)),
                fields=("correction", "signer"),
                name="nobody_signs_two_rounds_of_one_correction",
            ),
        ),
        migrations.AddConstraint(
            model_name="correctionsignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_behalf_of", None),
                    models.Q(("on_behalf_of", models.F("signer")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_signs_a_correction_on_their_own_behalf",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A signature under a correction is never deleted; discard it instead' USING ERRCODE = '23514';",
                    hash="059ae987f752b428a9d5f4b0abcf804992fb5348",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_42334",
                    table="articles_correctionsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A signature under a correction is never emptied' USING ERRCODE = '23514';",
                    hash="cef62890bff07c4f0b019faefb23d9d4e19d1539",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_464db",
                    table="articles_correctionsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_signature_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at' OR OLD.voided_at IS NOT NULL\n       OR EXISTS (SELECT 1 FROM articles_correction c\n                   WHERE c.id = OLD.correction_id\n                     AND (c.signed_at IS NOT NULL OR c.dropped_at IS NOT NULL)) THEN\n        RAISE EXCEPTION 'a signature under a correction is never changed; new words may void it' USING ERRCODE = '23514';\n    END IF;\n    RETURN NEW;\n",
                    hash="e1b38c9323151086b05507ebe8d1e6d65c1a8a87",
                    operation="UPDATE",
                    pgid="pgtrigger_correction_signature_stays_8a76a",
                    table="articles_correctionsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="nobody_signs_their_own_correction",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (\n        SELECT 1 FROM articles_correction n\n          JOIN articles_article a ON a.id = n.article_id\n          JOIN people_user u ON u.id IN (NEW.signer_id, NEW.on_behalf_of_id)\n          LEFT JOIN articles_versionbyline b ON b.version_id = a.sealed_id\n          LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id\n         WHERE n.id = NEW.correction_id\n           AND (n.drawn_up_by_id = u.id OR a.filed_by_id = u.id OR c.user_id = u.id\n                OR (c.user_id IS NULL AND translate(b.name, ' \u3000', '') = u.name))\n    ) THEN\n        RAISE EXCEPTION 'nobody signs a correction they drew up, or one of a piece they filed or are named in' USING ERRCODE = '23514';\n    END IF;\n    RETURN NEW;\n",
                    hash="6b71d2d45e9ad1c1903181eb654ec492f5907233",
                    operation="INSERT",
                    pgid="pgtrigger_nobody_signs_their_own_correction_c0c4c",
                    table="articles_correctionsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="correction_signature_stands_in_its_round",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM articles_correction c\n          JOIN articles_round r ON r.id = NEW.round_id AND r.route_id = c.route_id\n         WHERE c.id = NEW.correction_id AND c.revision = NEW.revision\n           AND c.signed_at IS NULL AND c.dropped_at IS NULL AND c.returned_at IS NULL\n           AND NOT EXISTS (\n               SELECT 1 FROM articles_round earlier\n                WHERE earlier.route_id = c.route_id AND earlier.position < r.position\n                  AND NOT EXISTS (\n                      SELECT 1 FROM articles_correctionsignature s\n                       WHERE s.correction_id = c.id AND s.round_id = earlier.id\n                         AND s.voided_at IS NULL))\n    ) THEN\n        RAISE EXCEPTION 'a correction is signed round by round, in the words it has now' USING ERRCODE = '23514';\n    END IF;\n    IF NOT EXISTS (\n        SELECT 1 FROM articles_round r\n          JOIN people_user_groups m ON m.group_id = r.group_id\n         WHERE r.id = NEW.round_id AND m.user_id = COALESCE(NEW.on_behalf_of_id, NEW.signer_id)\n    ) OR (\n        NEW.on_behalf_of_id IS NOT NULL AND NOT EXISTS (\n            SELECT 1 FROM people_deputy d\n             WHERE d.principal_id = NEW.on_behalf_of_id AND d.deputy_id = NEW.signer_id)\n    ) THEN\n        RAISE EXCEPTION 'a round of a correction is signed by its members or by a deputy of one' USING ERRCODE = '23514';\n    END IF;\n    IF EXISTS (\n        SELECT 1 FROM articles_correctionsignature s\n         WHERE s.correction_id = NEW.correction_id AND s.voided_at IS NULL\n           AND (s.signer_id IN (NEW.signer_id, NEW.on_behalf_of_id)\n                OR s.on_behalf_of_id IN (NEW.signer_id, NEW.on_behalf_of_id))\n    ) THEN\n        RAISE EXCEPTION 'nobody signs two rounds of one correction' USING ERRCODE = '23514';\n    END IF;\n    RETURN NEW;\n",
                    hash="6be4251593d3ae3895ba00997ab5d7eb0a0dc780",
                    operation="INSERT",
                    pgid="pgtrigger_correction_signature_stands_in_its_round_703bb",
                    table="articles_correctionsignature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_correctionsignatureevent" ("correction_id", "id", "on_behalf_of_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "round_id", "signed_at", "signer_id", "voided_at") VALUES (NEW."correction_id", NEW."id", NEW."on_behalf_of_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revision", NEW."round_id", NEW."signed_at", NEW."signer_id", NEW."voided_at"); RETURN NULL;',
                    hash="59c9306ca3169d5cb1518738ca9c8eaac191d56b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2aaab",
                    table="articles_correctionsignature",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "articles_correctionsignatureevent" ("correction_id", "id", "on_behalf_of_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "round_id", "signed_at", "signer_id", "voided_at") VALUES (NEW."correction_id", NEW."id", NEW."on_behalf_of_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revision", NEW."round_id", NEW."signed_at", NEW."signer_id", NEW."voided_at"); RETURN NULL;',
                    hash="c9fa323fb936d7b0ea73d643dbf5a6f8ae3740e1",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_95281",
                    table="articles_correctionsignature",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignature",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_correctionsignatureevent" ("correction_id", "id", "on_behalf_of_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "round_id", "signed_at", "signer_id", "voided_at") VALUES (OLD."correction_id", OLD."id", OLD."on_behalf_of_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revision", OLD."round_id", OLD."signed_at", OLD."signer_id", OLD."voided_at"); RETURN NULL;',
                    hash="9333f12dbfa533f375bb8cf98d0bdde3a6344a2d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b5e38",
                    table="articles_correctionsignature",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignatureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'History is neither changed nor deleted' USING ERRCODE = '23514';",
                    hash="278aac8c5c42526f10c8182e54139af845585714",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_only_grows_0101e",
                    table="articles_correctionsignatureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correctionsignatureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'History is never emptied' USING ERRCODE = '23514';",
                    hash="8f31ebf24467faf8c4fc681c59320f7d4df920c3",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_af088",
                    table="articles_correctionsignatureevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reinstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="reinstatement_says_why"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reinstatement",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A reinstatement is neither changed nor deleted' USING ERRCODE = '23514';",
                    hash="722d3504ced5004e4951d614c379714e597a908c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_only_grows_08857",
                    table="articles_reinstatement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reinstatement",
            trigger=pgtrigger.compiler.Trigger(
                name="never_truncated",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'A reinstatement is never emptied' USING ERRCODE = '23514';",
                    hash="598581c9e9f794d5f962e32000b4abd6b1ce35a4",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_truncated_eccfc",
                    table="articles_reinstatement",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reinstatement",
            trigger=pgtrigger.compiler.Trigger(
                name="reinstatement_is_of_the_one_in_force",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NOT EXISTS (\n        SELECT 1 FROM articles_withdrawal w\n          JOIN articles_article a ON a.id = w.article_id\n         WHERE w.id = NEW.withdrawal_id AND a.withdrawn_at IS NOT NULL\n           AND NOT EXISTS (SELECT 1 FROM articles_withdrawal later\n                            WHERE later.article_id = w.article_id AND later.id > w.id)\n    ) THEN\n        RAISE EXCEPTION 'what is taken back is the withdrawal in force' USING ERRCODE = '23514';\n    END IF;\n    RETURN NEW;\n",
                    hash="c6744d7c386131ddd82cd9099852eb656679010f",
                    operation="INSERT",
                    pgid="pgtrigger_reinstatement_is_of_the_one_in_force_d47be",
                    table="articles_reinstatement",
                    when="BEFORE",
                ),
            ),
        ),
    ]
