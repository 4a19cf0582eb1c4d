"""What readers leave with us: reports of errors, subscriptions, the addresses they still know."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

from newsroom.people.migrations._tables import Tables
from newsroom.people.migrations._triggers import history, refuse, trigger

TABLES = [
    # How often a network has sent something today; nothing that says who it was.
    migrations.CreateModel(
        name="DayKey",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("day", models.DateField(unique=True, verbose_name="day")),
            ("key", models.CharField(max_length=64, verbose_name="key")),
        ],
        options={
            "verbose_name": "key of a day",
            "verbose_name_plural": "keys of days",
            "ordering": ["-day"],
        },
    ),
    migrations.CreateModel(
        name="Knock",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("network", models.CharField(max_length=32, verbose_name="network")),
            ("purpose", models.CharField(max_length=20, verbose_name="purpose")),
            ("hour", models.DateTimeField(verbose_name="hour")),
            ("times", models.PositiveIntegerField(default=0, verbose_name="times")),
        ],
        options={
            "verbose_name": "knock",
            "verbose_name_plural": "knocks",
            "ordering": ["-hour"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("network", "purpose", "hour"), name="network_is_counted_once_an_hour"
                ),
            ],
        },
    ),
    # Old addresses: what stood where before, and where it stands now.
    migrations.CreateModel(
        name="Redirect",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "address",
                models.CharField(
                    help_text="For instance /html/2023-12/08/content_123.htm?div=-1; capitals don't count.",
                    max_length=300,
                    unique=True,
                    verbose_name="old address",
                ),
            ),
            (
                "article",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "issue",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            (
                "page_number",
                models.PositiveSmallIntegerField(null=True, verbose_name="page of the issue"),
            ),
            (
                "section",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.section",
                    verbose_name="section",
                ),
            ),
            (
                "path",
                models.CharField(blank=True, max_length=200, verbose_name="page of this site"),
            ),
            ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            (
                "off",
                models.BooleanField(
                    default=False,
                    help_text="Nobody is led on; the line stays here.",
                    verbose_name="switched off",
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="entered by",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="entered at")),
        ],
        options={
            "verbose_name": "old address",
            "verbose_name_plural": "old addresses",
            "ordering": ["address"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("article__isnull", False),
                            ("issue", None),
                            ("path", ""),
                            ("section", None),
                        ),
                        models.Q(
                            ("article", None),
                            ("issue__isnull", False),
                            ("path", ""),
                            ("section", None),
                        ),
                        models.Q(
                            ("article", None),
                            ("issue", None),
                            ("path", ""),
                            ("section__isnull", False),
                        ),
                        models.Q(
                            ("article", None),
                            ("issue", None),
                            ("section", None),
                            models.Q(("path", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="old_address_leads_to_one_place",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("page_number", None),
                        models.Q(("issue__isnull", False), ("page_number__gte", 1)),
                        _connector="OR",
                    ),
                    name="only_an_issue_has_a_page_to_lead_to",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("address__regex", "^/[^/\\\\\\s#]"),
                        models.Q(("address__regex", "[\\\\\\s#]|//|[A-Z]"), _negated=True),
                    ),
                    name="old_address_is_written_one_way",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("path", ""),
                        ("path", "/"),
                        ("path__regex", "^/[0-9a-z][0-9a-z/_-]*/$"),
                        _connector="OR",
                    ),
                    name="nobody_is_led_to_another_site",
                ),
                models.CheckConstraint(
                    condition=models.Q(("address", models.F("path")), _negated=True),
                    name="no_old_address_leads_to_itself",
                ),
            ],
            "triggers": [
                refuse(
                    "readers.Redirect",
                    "never_deleted",
                    "DELETE",
                    "An old address is never deleted; discard it instead",
                ),
                refuse(
                    "readers.Redirect",
                    "never_truncated",
                    "TRUNCATE",
                    "An old address is never emptied",
                ),
                *history(
                    "readers.Redirect",
                    (
                        "id address article_id issue_id page_number section_id path note off made_by_id "
                        "made_at"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RedirectEvent",
        fields=[
            ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
            ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
            ("pgh_label", models.TextField(help_text="The event label.")),
            (
                "pgh_obj",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="readers.redirect",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "address",
                models.CharField(
                    help_text="For instance /html/2023-12/08/content_123.htm?div=-1; capitals don't count.",
                    max_length=300,
                    verbose_name="old address",
                ),
            ),
            (
                "article",
                models.ForeignKey(
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
                "issue",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            (
                "page_number",
                models.PositiveSmallIntegerField(null=True, verbose_name="page of the issue"),
            ),
            (
                "section",
                models.ForeignKey(
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.section",
                    verbose_name="section",
                ),
            ),
            (
                "path",
                models.CharField(blank=True, max_length=200, verbose_name="page of this site"),
            ),
            ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            (
                "off",
                models.BooleanField(
                    default=False,
                    help_text="Nobody is led on; the line stays here.",
                    verbose_name="switched off",
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="entered by",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="entered at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "readers.RedirectEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "readers.RedirectEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="RedirectImport",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("file_name", models.CharField(max_length=200, verbose_name="file")),
            (
                "uploaded_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="uploaded by",
                ),
            ),
            ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded at")),
            ("table", models.JSONField(default=list, verbose_name="table")),
            ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
            (
                "has_heading",
                models.BooleanField(default=True, verbose_name="the first row is a heading"),
            ),
            (
                "old_column",
                models.PositiveSmallIntegerField(default=0, verbose_name="column of old addresses"),
            ),
            (
                "target_column",
                models.PositiveSmallIntegerField(
                    default=1, verbose_name="column of where they lead"
                ),
            ),
            (
                "note_column",
                models.PositiveSmallIntegerField(null=True, verbose_name="column of notes"),
            ),
            ("imported_at", models.DateTimeField(null=True, verbose_name="imported at")),
            ("new", models.PositiveIntegerField(default=0, verbose_name="new")),
            ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
            ("same", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
        ],
        options={
            "verbose_name": "table of old addresses",
            "verbose_name_plural": "tables of old addresses",
            "ordering": ["-pk"],
            "triggers": [
                refuse(
                    "readers.RedirectImport",
                    "never_deleted",
                    "DELETE",
                    "A table of old addresses is never deleted; discard it instead",
                ),
                refuse(
                    "readers.RedirectImport",
                    "never_truncated",
                    "TRUNCATE",
                    "A table of old addresses is never emptied",
                ),
            ],
        },
    ),
    # Errors that readers report: what they wrote, who answers by when, and what became of it.
    migrations.CreateModel(
        name="ErrorReport",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.version",
                    verbose_name="version the reader saw",
                ),
            ),
            (
                "place",
                models.CharField(
                    choices=[
                        ("title", "The headline"),
                        ("paragraph", "A paragraph"),
                        ("picture", "A picture or its caption"),
                        ("name", "A name or a date under the headline"),
                        ("whole", "Something else in this piece"),
                    ],
                    max_length=9,
                    verbose_name="place",
                ),
            ),
            (
                "paragraph",
                models.PositiveIntegerField(blank=True, null=True, verbose_name="paragraph"),
            ),
            ("quote", models.TextField(blank=True, verbose_name="paragraph as the reader saw it")),
            ("wrong", models.CharField(blank=True, max_length=500, verbose_name="what is wrong")),
            (
                "right",
                models.CharField(blank=True, max_length=500, verbose_name="what would be right"),
            ),
            (
                "contact",
                models.CharField(
                    blank=True, max_length=100, verbose_name="how to reach the reader"
                ),
            ),
            (
                "secret_hash",
                models.CharField(max_length=64, unique=True, verbose_name="hash of the receipt"),
            ),
            (
                "left_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="left at"
                ),
            ),
            ("due_at", models.DateTimeField(verbose_name="to be answered by")),
            (
                "taken_back_at",
                models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
            ),
            (
                "taken_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="taken by",
                ),
            ),
            ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
            (
                "merged_into",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="merged",
                    to="readers.errorreport",
                    verbose_name="merged into",
                ),
            ),
            (
                "correction",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.correction",
                    verbose_name="correction",
                ),
            ),
            (
                "outcome",
                models.CharField(
                    blank=True,
                    choices=[
                        ("answered", "Answered"),
                        ("nothing", "Nothing wrong"),
                        ("aside", "Set aside"),
                    ],
                    max_length=8,
                    verbose_name="outcome",
                ),
            ),
            ("answer", models.TextField(blank=True, verbose_name="answer to the reader")),
            (
                "closed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="answered by",
                ),
            ),
            ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
            (
                "mailed_at",
                models.DateTimeField(blank=True, null=True, verbose_name="answer mailed at"),
            ),
        ],
        options={
            "verbose_name": "report of an error",
            "verbose_name_plural": "reports of errors",
            "ordering": ["due_at", "pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(
                        ("closed_at", None), ("merged_into", None), ("taken_back_at", None)
                    ),
                    fields=["due_at", "id"],
                    name="open_report_by_clock",
                ),
                models.Index(
                    condition=models.Q(("contact", ""), _negated=True),
                    fields=["id"],
                    name="report_with_a_contact",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("paragraph__isnull", False),
                            ("place", "paragraph"),
                            models.Q(("quote", ""), _negated=True),
                        ),
                        models.Q(
                            models.Q(("place", "paragraph"), _negated=True),
                            ("paragraph", None),
                            ("quote", ""),
                        ),
                        _connector="OR",
                    ),
                    name="report_of_a_paragraph_quotes_it",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(models.Q(("wrong", ""), _negated=True), ("taken_back_at", None)),
                        models.Q(
                            ("contact", ""),
                            ("right", ""),
                            ("taken_back_at__isnull", False),
                            ("wrong", ""),
                        ),
                        _connector="OR",
                    ),
                    name="report_has_words_or_was_taken_back",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("taken_at", None), ("taken_by", None)),
                        models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="taken_report_says_since_when",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("answer", ""),
                            ("closed_at", None),
                            ("closed_by", None),
                            ("outcome", ""),
                        ),
                        models.Q(
                            ("closed_at__isnull", False),
                            ("closed_by__isnull", False),
                            models.Q(("outcome", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="closed_report_names_who_and_what",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("outcome__in", ["", "aside"]),
                        models.Q(("answer", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="report_that_was_judged_has_an_answer",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("merged_into", None),
                        models.Q(("merged_into", models.F("pk")), _negated=True),
                        _connector="OR",
                    ),
                    name="report_is_not_merged_into_itself",
                ),
            ],
            "triggers": [
                refuse(
                    "readers.ErrorReport",
                    "never_deleted",
                    "DELETE",
                    "A report of an error is never deleted; discard it instead",
                ),
                refuse(
                    "readers.ErrorReport",
                    "never_truncated",
                    "TRUNCATE",
                    "A report of an error is never emptied",
                ),
                refuse(
                    "readers.ErrorReport",
                    "stays_as_it_was_left",
                    "UPDATE",
                    "A report stays as it was left",
                    condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."secret_hash" IS DISTINCT FROM (NEW."secret_hash"))',
                ),
                refuse(
                    "readers.ErrorReport",
                    "words_stay_after_ten_minutes",
                    "UPDATE",
                    "Ten minutes after a report was left its words stay as they are",
                    condition="WHEN (clock_timestamp() > OLD.left_at + interval '10 minutes' AND ((OLD.wrong, OLD.right, OLD.place, OLD.paragraph, OLD.quote, OLD.version_id, OLD.taken_back_at) IS DISTINCT FROM (NEW.wrong, NEW.right, NEW.place, NEW.paragraph, NEW.quote, NEW.version_id, NEW.taken_back_at) OR NEW.contact IS DISTINCT FROM OLD.contact AND NEW.contact <> ''))",
                ),
                refuse(
                    "readers.ErrorReport",
                    "stays_taken_back",
                    "UPDATE",
                    "A report that its reader took back stays taken back",
                    condition="WHEN (OLD.taken_back_at IS NOT NULL)",
                ),
                trigger(
                    "readers.ErrorReport",
                    "report_joins_a_head",
                    """
    IF NEW.merged_into_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM readers_errorreport WHERE id = NEW.merged_into_id
               AND (merged_into_id IS NOT NULL OR article_id <> NEW.article_id))
       OR EXISTS (SELECT 1 FROM readers_errorreport WHERE merged_into_id = NEW.id) THEN
        RAISE EXCEPTION 'reports are merged into one that stands by itself, of the same piece' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                *history(
                    "readers.ErrorReport",
                    (
                        "id article_id version_id place paragraph quote left_at due_at taken_back_at "
                        "taken_by_id taken_at merged_into_id correction_id outcome answer closed_by_id "
                        "closed_at mailed_at"
                    ),
                    changed='OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."closed_by_id" IS DISTINCT FROM (NEW."closed_by_id") OR OLD."correction_id" IS DISTINCT FROM (NEW."correction_id") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."left_at" IS DISTINCT FROM (NEW."left_at") OR OLD."mailed_at" IS DISTINCT FROM (NEW."mailed_at") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."paragraph" IS DISTINCT FROM (NEW."paragraph") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."quote" IS DISTINCT FROM (NEW."quote") OR OLD."taken_at" IS DISTINCT FROM (NEW."taken_at") OR OLD."taken_back_at" IS DISTINCT FROM (NEW."taken_back_at") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id")',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ErrorReportEvent",
        fields=[
            ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
            ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
            ("pgh_label", models.TextField(help_text="The event label.")),
            (
                "pgh_obj",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="readers.errorreport",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "article",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.version",
                    verbose_name="version the reader saw",
                ),
            ),
            (
                "place",
                models.CharField(
                    choices=[
                        ("title", "The headline"),
                        ("paragraph", "A paragraph"),
                        ("picture", "A picture or its caption"),
                        ("name", "A name or a date under the headline"),
                        ("whole", "Something else in this piece"),
                    ],
                    max_length=9,
                    verbose_name="place",
                ),
            ),
            (
                "paragraph",
                models.PositiveIntegerField(blank=True, null=True, verbose_name="paragraph"),
            ),
            ("quote", models.TextField(blank=True, verbose_name="paragraph as the reader saw it")),
            (
                "left_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="left at"
                ),
            ),
            ("due_at", models.DateTimeField(verbose_name="to be answered by")),
            (
                "taken_back_at",
                models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
            ),
            (
                "taken_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="taken by",
                ),
            ),
            ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken at")),
            (
                "merged_into",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="readers.errorreport",
                    verbose_name="merged into",
                ),
            ),
            (
                "correction",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.correction",
                    verbose_name="correction",
                ),
            ),
            (
                "outcome",
                models.CharField(
                    blank=True,
                    choices=[
                        ("answered", "Answered"),
                        ("nothing", "Nothing wrong"),
                        ("aside", "Set aside"),
                    ],
                    max_length=8,
                    verbose_name="outcome",
                ),
            ),
            ("answer", models.TextField(blank=True, verbose_name="answer to the reader")),
            (
                "closed_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="answered by",
                ),
            ),
            ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
            (
                "mailed_at",
                models.DateTimeField(blank=True, null=True, verbose_name="answer mailed at"),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "readers.ErrorReportEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "readers.ErrorReportEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReportAct",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "report",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="acts",
                    to="readers.errorreport",
                    verbose_name="report",
                ),
            ),
            ("verb", models.CharField(max_length=20, verbose_name="verb")),
            (
                "by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            (
                "to",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="to",
                ),
            ),
            (
                "at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                ),
            ),
            ("note", models.TextField(blank=True, verbose_name="note")),
        ],
        options={
            "verbose_name": "act on a report",
            "verbose_name_plural": "acts on reports",
            "ordering": ["-pk"],
            "triggers": [
                refuse(
                    "readers.ReportAct",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of acts on reports is neither changed nor deleted",
                ),
                refuse(
                    "readers.ReportAct",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of acts on reports is never emptied",
                ),
            ],
        },
    ),
    # The newsletter: who gets it, which issue it told of, and what became of each letter.
    migrations.CreateModel(
        name="Subscriber",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
            (
                "key",
                models.CharField(
                    help_text="Stands in each letter.",
                    max_length=43,
                    unique=True,
                    verbose_name="key of the way out",
                ),
            ),
            ("confirmed_at", models.DateTimeField(verbose_name="confirmed at")),
            (
                "paused_at",
                models.DateTimeField(blank=True, null=True, verbose_name="not written to since"),
            ),
            (
                "paused_because",
                models.CharField(
                    blank=True, max_length=200, verbose_name="what the mail server said"
                ),
            ),
        ],
        options={
            "verbose_name": "subscriber",
            "verbose_name_plural": "subscribers",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    django.db.models.functions.text.Lower("address"),
                    name="an_address_gets_one_newsletter",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("paused_at", None), ("paused_because", "")),
                        models.Q(
                            ("paused_at__isnull", False),
                            models.Q(("paused_because", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="paused_subscriber_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Trace",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "fingerprint",
                models.CharField(max_length=64, verbose_name="keyed digest of the address"),
            ),
            (
                "kind",
                models.CharField(
                    choices=[("left", "left"), ("declined", "wants no letter of confirmation")],
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            ("at", models.DateTimeField(verbose_name="at")),
        ],
        options={
            "verbose_name": "trace of an address",
            "verbose_name_plural": "traces of addresses",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("fingerprint", "kind"), name="an_address_leaves_one_trace_of_a_kind"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Mailing",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "issue",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            ("begun_at", models.DateTimeField(verbose_name="begun at")),
            ("recipients", models.PositiveIntegerField(default=0, verbose_name="recipients")),
            ("next_try_at", models.DateTimeField(verbose_name="next try")),
            ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries in vain")),
            ("last_error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
            ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="paused at")),
            (
                "paused_by",
                models.ForeignKey(
                    blank=True,
                    help_text="Nobody: it paused itself, because the mail server refused one after another.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="paused by",
                ),
            ),
            ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ("sent", models.PositiveIntegerField(default=0, verbose_name="sent")),
            ("refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
            ("unclear", models.PositiveIntegerField(default=0, verbose_name="unclear")),
            ("dropped", models.PositiveIntegerField(default=0, verbose_name="not sent")),
        ],
        options={
            "verbose_name": "mailing",
            "verbose_name_plural": "mailings",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("paused_by", None), ("paused_at__isnull", False), _connector="OR"
                    ),
                    name="only_a_paused_mailing_was_paused_by_somebody",
                ),
            ],
            "triggers": [
                refuse(
                    "readers.Mailing",
                    "never_deleted",
                    "DELETE",
                    "A mailing is never deleted; discard it instead",
                ),
                refuse(
                    "readers.Mailing", "never_truncated", "TRUNCATE", "A mailing is never emptied"
                ),
                *history(
                    "readers.Mailing",
                    (
                        "id issue_id begun_at recipients next_try_at tries last_error paused_at "
                        "paused_by_id ended_at sent refused unclear dropped"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="MailingEvent",
        fields=[
            ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
            ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
            ("pgh_label", models.TextField(help_text="The event label.")),
            (
                "pgh_obj",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="events",
                    to="readers.mailing",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "issue",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            ("begun_at", models.DateTimeField(verbose_name="begun at")),
            ("recipients", models.PositiveIntegerField(default=0, verbose_name="recipients")),
            ("next_try_at", models.DateTimeField(verbose_name="next try")),
            ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries in vain")),
            ("last_error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
            ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="paused at")),
            (
                "paused_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="Nobody: it paused itself, because the mail server refused one after another.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="paused by",
                ),
            ),
            ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            ("sent", models.PositiveIntegerField(default=0, verbose_name="sent")),
            ("refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
            ("unclear", models.PositiveIntegerField(default=0, verbose_name="unclear")),
            ("dropped", models.PositiveIntegerField(default=0, verbose_name="not sent")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "readers.MailingEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "readers.MailingEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Delivery",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "mailing",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="deliveries",
                    to="readers.mailing",
                    verbose_name="mailing",
                ),
            ),
            (
                "subscriber",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="deliveries",
                    to="readers.subscriber",
                    verbose_name="subscriber",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "Waiting"),
                        ("claimed", "Being sent"),
                        ("sent", "Sent"),
                        ("refused", "Refused"),
                        ("unclear", "Unclear"),
                        ("dropped", "Not sent"),
                    ],
                    default="waiting",
                    max_length=8,
                    verbose_name="state",
                ),
            ),
            ("due_at", models.DateTimeField(verbose_name="next try")),
            ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="begun at")),
            ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
            ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
            (
                "bounced",
                models.BooleanField(default=False, verbose_name="the mailbox does not exist"),
            ),
            (
                "error",
                models.CharField(
                    blank=True, max_length=200, verbose_name="what the mail server said"
                ),
            ),
        ],
        options={
            "verbose_name": "delivery",
            "verbose_name_plural": "deliveries",
            "ordering": ["pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("state", "waiting")),
                    fields=["mailing", "id"],
                    name="delivery_by_hour",
                ),
                models.Index(fields=["claimed_at"], name="delivery_by_claim"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("mailing", "subscriber"), name="a_subscriber_gets_an_issue_once"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("state__in", ("waiting", "dropped")),
                        ("claimed_at__isnull", False),
                        _connector="OR",
                    ),
                    name="letter_is_claimed_before_it_is_sent",
                ),
            ],
            "triggers": [
                trigger(
                    "readers.Delivery",
                    "what_was_sent_is_never_sent_again",
                    'SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{waiting:claimed,waiting:dropped,claimed:sent,claimed:waiting,claimed:refused,claimed:unclear,refused:waiting,unclear:sent,unclear:refused}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    when="BEFORE",
                    operation="UPDATE",
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("issues", "0001_initial"),
        ("articles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(TABLES),
    ]
