"""What the newsroom publishes its pieces in: issues, their pages, assignments, the calendar.

Each table stands with everything that holds for it, as in ``articles``.
"""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pghistory.utils
from django.conf import settings
from django.db import migrations, models
from pgtrigger.migrations import AddTrigger

from newsroom.people.migrations._tables import Tables
from newsroom.people.migrations._triggers import history, refuse, trigger

TABLES = [
    # How much a page holds: the paper's formats (对开, 四开, 八开).
    migrations.CreateModel(
        name="PageFormat",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=20, unique=True, verbose_name="name")),
            (
                "characters",
                models.PositiveIntegerField(
                    help_text="With its headlines, as this newspaper sets them. The board counts against it.",
                    verbose_name="characters a page holds",
                ),
            ),
        ],
        options={
            "verbose_name": "page format",
            "verbose_name_plural": "page formats",
            "ordering": ["-characters", "name"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("name", ""), _negated=True), name="page_format_has_a_name"
                ),
                models.CheckConstraint(
                    condition=models.Q(("characters__range", (100, 50000))),
                    name="a_page_holds_100_to_50000_characters",
                    violation_error_message="A page holds 100 to 50,000 characters.",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.PageFormat",
                    "never_deleted",
                    "DELETE",
                    "A page format is never deleted; discard it instead",
                ),
                refuse(
                    "issues.PageFormat",
                    "never_truncated",
                    "TRUNCATE",
                    "A page format is never emptied",
                ),
                *history("issues.PageFormat", "id name characters"),
            ],
        },
    ),
    migrations.CreateModel(
        name="PageFormatEvent",
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
                    to="issues.pageformat",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=20, verbose_name="name")),
            (
                "characters",
                models.PositiveIntegerField(
                    help_text="With its headlines, as this newspaper sets them. The board counts against it.",
                    verbose_name="characters a page holds",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.PageFormatEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.PageFormatEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # The dated issue, its pages, and what stands where on them.
    migrations.CreateModel(
        name="Issue",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("date", models.DateField(verbose_name="date")),
            (
                "sequence",
                models.PositiveSmallIntegerField(
                    default=1,
                    help_text="1 for the day's first issue.",
                    verbose_name="sequence on that date",
                ),
            ),
            (
                "number",
                models.PositiveIntegerField(
                    blank=True,
                    help_text="总第N期: given when the issue is closed, never reused.",
                    null=True,
                    unique=True,
                    verbose_name="running number",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("regular", "Regular issue"),
                        ("extra", "Extra issue"),
                        ("combined", "Combined issue"),
                    ],
                    default="regular",
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            (
                "combines",
                models.PositiveSmallIntegerField(
                    default=1,
                    help_text="2 or more for a combined issue (合刊).",
                    verbose_name="running numbers it takes",
                ),
            ),
            (
                "numbered",
                models.BooleanField(
                    default=True,
                    help_text="An extra issue (号外) may go without.",
                    verbose_name="takes a running number",
                ),
            ),
            (
                "title",
                models.CharField(
                    blank=True,
                    help_text="Only for special issues.",
                    max_length=60,
                    verbose_name="title",
                ),
            ),
            (
                "planned_time",
                models.DateTimeField(
                    blank=True,
                    help_text="A plan; scheduling sets the hour.",
                    null=True,
                    verbose_name="planned for",
                ),
            ),
            (
                "copy_due_at",
                models.DateTimeField(blank=True, null=True, verbose_name="copy deadline"),
            ),
            (
                "closes_by",
                models.DateTimeField(blank=True, null=True, verbose_name="closing deadline"),
            ),
            (
                "slot",
                models.DateField(
                    blank=True,
                    editable=False,
                    help_text="The day for which it was planned; it keeps it when it is moved.",
                    null=True,
                    verbose_name="day of the publication calendar",
                ),
            ),
            (
                "status",
                models.CharField(
                    choices=[
                        ("planning", "In planning"),
                        ("closed", "Closed"),
                        ("cancelled", "Cancelled"),
                    ],
                    default="planning",
                    max_length=9,
                    verbose_name="status",
                ),
            ),
            (
                "release",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="issue",
                    to="articles.release",
                    verbose_name="release",
                ),
            ),
            ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
        ],
        options={
            "verbose_name": "issue",
            "verbose_name_plural": "issues",
            "ordering": ["-date", "-sequence"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("status", "cancelled"), _negated=True),
                    fields=("date", "sequence"),
                    name="issue_is_unique_by_date_and_sequence",
                    violation_error_message="There is an issue of this date and sequence already.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("sequence__gte", 1)), name="issues_of_a_day_count_from_one"
                ),
                models.CheckConstraint(
                    condition=models.Q(("sequence__lte", 99)),
                    name="a_day_has_as_many_issues_as_addresses",
                    violation_error_message="A day has 99 issues at most.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("date__range", (datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)))
                    ),
                    name="issue_stands_in_the_calendar",
                    violation_error_message="Look at the year once more.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("planned_time", None),
                        (
                            "planned_time__range",
                            (
                                datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                datetime.datetime(2999, 12, 31, 0, 0, tzinfo=datetime.UTC),
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="issue_is_planned_for_a_time_in_the_calendar",
                    violation_error_message="Look at the year once more.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("status", "closed"), _negated=True),
                        ("number__isnull", False),
                        ("numbered", False),
                        _connector="OR",
                    ),
                    name="closed_issue_has_its_number",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            models.Q(("status", "closed"), _negated=True), ("closed_at", None)
                        ),
                        models.Q(("closed_at__isnull", False), ("status", "closed")),
                        _connector="OR",
                    ),
                    name="closed_issue_knows_when_it_was_closed",
                ),
                django.contrib.postgres.constraints.ExclusionConstraint(
                    condition=models.Q(("number__isnull", False)),
                    expressions=[
                        (
                            models.Func(
                                models.F("number"),
                                django.db.models.expressions.CombinedExpression(
                                    models.F("number"), "+", models.F("combines")
                                ),
                                function="int4range",
                            ),
                            "&&",
                        )
                    ],
                    name="no_running_number_is_in_two_issues",
                    violation_error_message="This running number has been given already.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("number", None), ("number__gte", 1), _connector="OR"),
                    name="running_numbers_count_from_one",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("combines__range", (2, 9)), ("kind", "combined")),
                        models.Q(models.Q(("kind", "combined"), _negated=True), ("combines", 1)),
                        _connector="OR",
                    ),
                    name="combined_issue_takes_several_numbers",
                    violation_error_message="A combined issue takes 2 to 9 running numbers, any other one.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("numbered", True),
                        models.Q(("kind", "extra"), ("number", None)),
                        _connector="OR",
                    ),
                    name="only_an_extra_goes_without_number",
                    violation_error_message="Only an extra issue goes without a running number.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("status", "cancelled"), _negated=True),
                        ("number", None),
                        _connector="OR",
                    ),
                    name="cancelled_issue_has_no_number",
                ),
                models.UniqueConstraint(
                    fields=("slot",), name="day_of_the_calendar_is_filled_once"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("copy_due_at", None),
                        ("closes_by", None),
                        ("copy_due_at__lte", models.F("closes_by")),
                        _connector="OR",
                    ),
                    name="copy_is_due_before_the_issue_is_closed",
                    violation_error_message="The copy deadline comes after the closing deadline.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("planned_time", None),
                        models.Q(
                            models.Q(
                                ("closes_by", None),
                                ("closes_by__lte", models.F("planned_time")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("copy_due_at", None),
                                ("copy_due_at__lte", models.F("planned_time")),
                                _connector="OR",
                            ),
                        ),
                        _connector="OR",
                    ),
                    name="issue_is_closed_before_it_goes_out",
                    violation_error_message="A deadline comes after the hour it goes out.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("copy_due_at", None),
                            (
                                "copy_due_at__range",
                                (
                                    datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                    datetime.datetime(2999, 12, 31, 0, 0, tzinfo=datetime.UTC),
                                ),
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            ("closes_by", None),
                            (
                                "closes_by__range",
                                (
                                    datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                    datetime.datetime(2999, 12, 31, 0, 0, tzinfo=datetime.UTC),
                                ),
                            ),
                            _connector="OR",
                        ),
                    ),
                    name="deadlines_stand_in_the_calendar",
                    violation_error_message="Look at the year once more.",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.Issue",
                    "never_deleted",
                    "DELETE",
                    "An issue is never deleted; discard it instead",
                ),
                refuse("issues.Issue", "never_truncated", "TRUNCATE", "An issue is never emptied"),
                trigger(
                    "issues.Issue",
                    "issue_status_moves_by_the_table",
                    'SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{cancelled:planning,closed:closed,closed:planning,planning:cancelled,planning:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    when="BEFORE",
                    operation="UPDATE",
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                ),
                refuse(
                    "issues.Issue",
                    "issue_begins_in_planning",
                    "INSERT",
                    "an issue begins in planning",
                    condition="WHEN (NEW.status <> 'planning')",
                ),
                trigger(
                    "issues.Issue",
                    "issue_begins_without_an_hour",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND (r.publish_at IS NOT NULL OR r.alone)
    ) THEN
        RAISE EXCEPTION 'an issue begins with a release of its own and without an hour' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
                trigger(
                    "issues.Issue",
                    "live_issue_stays",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = OLD.release_id AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) AND (NEW.status, NEW.date, NEW.sequence, NEW.number, NEW.combines, NEW.kind, NEW.title)
          IS DISTINCT FROM
          (OLD.status, OLD.date, OLD.sequence, OLD.number, OLD.combines, OLD.kind, OLD.title) THEN
        RAISE EXCEPTION 'an issue that is live changes only by correction and withdrawal' USING ERRCODE = '23514';
    END IF;
    IF NEW.release_id <> OLD.release_id THEN
        RAISE EXCEPTION 'an issue keeps its release' USING ERRCODE = '23514';
    END IF;
    IF NEW.status = 'planning' AND EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND r.publish_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an issue in planning has no hour; recall it before it is reopened' USING ERRCODE = '23514';
    END IF;
    IF OLD.number IS NOT NULL
       AND (NEW.number, NEW.combines) IS DISTINCT FROM (OLD.number, OLD.combines) THEN
        RAISE EXCEPTION 'a running number once given is kept' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                trigger(
                    "issues.Issue",
                    "closed_issue_is_whole",
                    """
    IF NOT EXISTS (SELECT 1 FROM issues_issue i WHERE i.id = NEW.id AND i.status = 'closed') THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM issues_placement p JOIN issues_page g ON g.id = p.page_id
         WHERE g.issue_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'an issue without a piece is not closed' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM issues_placement p
          JOIN issues_page g ON g.id = p.page_id
          JOIN articles_article a ON a.id = p.article_id
         WHERE g.issue_id = NEW.id
           AND (a.sealed_id IS NULL OR a.withdrawn_at <= NEW.closed_at
                OR a.release_id IS NULL AND a.left_out_of_id IS DISTINCT FROM NEW.release_id)
    ) THEN
        RAISE EXCEPTION 'a closed issue holds only pieces that are signed off and not withdrawn' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM issues_placement p
          JOIN issues_page g ON g.id = p.page_id
          JOIN articles_article a ON a.id = p.article_id
          JOIN articles_release r ON r.id = a.release_id
         WHERE g.issue_id = NEW.id AND r.id <> NEW.release_id
           AND (r.held OR r.publish_at IS NULL
                OR (NOT r.alone AND r.publish_at > clock_timestamp()))
    ) THEN
        RAISE EXCEPTION 'every piece of a closed issue goes out with it or before it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    constraint="CONSTRAINT",
                    condition="WHEN (NEW.status = 'closed' AND OLD.status <> 'closed')",
                ),
                trigger(
                    "issues.Issue",
                    "cancelled_issue_is_empty",
                    """
    IF EXISTS (
        SELECT 1 FROM issues_placement p JOIN issues_page g ON g.id = p.page_id
         WHERE g.issue_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a cancelled issue holds no piece' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                    condition="WHEN (NEW.status = 'cancelled')",
                ),
                *history(
                    "issues.Issue",
                    (
                        "id date sequence number kind combines numbered title planned_time copy_due_at "
                        "closes_by slot status release_id closed_at made_at"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="IssueEvent",
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
                    to="issues.issue",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("date", models.DateField(verbose_name="date")),
            (
                "sequence",
                models.PositiveSmallIntegerField(
                    default=1,
                    help_text="1 for the day's first issue.",
                    verbose_name="sequence on that date",
                ),
            ),
            (
                "number",
                models.PositiveIntegerField(
                    blank=True,
                    help_text="总第N期: given when the issue is closed, never reused.",
                    null=True,
                    verbose_name="running number",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("regular", "Regular issue"),
                        ("extra", "Extra issue"),
                        ("combined", "Combined issue"),
                    ],
                    default="regular",
                    max_length=8,
                    verbose_name="kind",
                ),
            ),
            (
                "combines",
                models.PositiveSmallIntegerField(
                    default=1,
                    help_text="2 or more for a combined issue (合刊).",
                    verbose_name="running numbers it takes",
                ),
            ),
            (
                "numbered",
                models.BooleanField(
                    default=True,
                    help_text="An extra issue (号外) may go without.",
                    verbose_name="takes a running number",
                ),
            ),
            (
                "title",
                models.CharField(
                    blank=True,
                    help_text="Only for special issues.",
                    max_length=60,
                    verbose_name="title",
                ),
            ),
            (
                "planned_time",
                models.DateTimeField(
                    blank=True,
                    help_text="A plan; scheduling sets the hour.",
                    null=True,
                    verbose_name="planned for",
                ),
            ),
            (
                "copy_due_at",
                models.DateTimeField(blank=True, null=True, verbose_name="copy deadline"),
            ),
            (
                "closes_by",
                models.DateTimeField(blank=True, null=True, verbose_name="closing deadline"),
            ),
            (
                "slot",
                models.DateField(
                    blank=True,
                    editable=False,
                    help_text="The day for which it was planned; it keeps it when it is moved.",
                    null=True,
                    verbose_name="day of the publication calendar",
                ),
            ),
            (
                "status",
                models.CharField(
                    choices=[
                        ("planning", "In planning"),
                        ("closed", "Closed"),
                        ("cancelled", "Cancelled"),
                    ],
                    default="planning",
                    max_length=9,
                    verbose_name="status",
                ),
            ),
            (
                "release",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.release",
                    verbose_name="release",
                ),
            ),
            ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.IssueEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.IssueEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="IssueRelease",
        fields=[],
        options={
            "verbose_name": "release of an issue",
            "verbose_name_plural": "releases of issues",
            "proxy": True,
            "indexes": [],
            "constraints": [],
        },
        bases=("articles.release",),
    ),
    migrations.CreateModel(
        name="Page",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "issue",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="pages",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            ("number", models.PositiveSmallIntegerField(verbose_name="page number")),
            ("name", models.CharField(blank=True, max_length=30, verbose_name="name")),
            (
                "format",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="pages",
                    to="issues.pageformat",
                    verbose_name="format",
                ),
            ),
        ],
        options={
            "verbose_name": "page",
            "verbose_name_plural": "pages",
            "ordering": ["issue", "number"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("issue", "number"),
                    name="page_number_is_unique_in_its_issue",
                    violation_error_message="The issue has a page of this number already.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("number__gte", 1)), name="pages_count_from_one"
                ),
            ],
            "triggers": [
                trigger(
                    "issues.Page",
                    "pages_of_a_closed_issue_stay",
                    """
    IF EXISTS (
        SELECT 1 FROM issues_issue i
         WHERE i.status = 'closed'
           AND i.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.issue_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.issue_id END)
    ) THEN
        RAISE EXCEPTION 'the pages of a closed issue stay as they are; reopen it first' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE OR DELETE",
                ),
                refuse("issues.Page", "never_truncated", "TRUNCATE", "A page is never emptied"),
                *history("issues.Page", "id issue_id number name format_id"),
            ],
        },
    ),
    migrations.CreateModel(
        name="PageEvent",
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
                    to="issues.page",
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
            ("number", models.PositiveSmallIntegerField(verbose_name="page number")),
            ("name", models.CharField(blank=True, max_length=30, verbose_name="name")),
            (
                "format",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.pageformat",
                    verbose_name="format",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.PageEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.PageEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Placement",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "page",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="placements",
                    to="issues.page",
                    verbose_name="page",
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
            ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            (
                "weight",
                models.CharField(
                    choices=[("lead", "Lead"), ("normal", "Normal"), ("brief", "Brief")],
                    default="normal",
                    max_length=6,
                    verbose_name="weight",
                ),
            ),
        ],
        options={
            "verbose_name": "placement",
            "verbose_name_plural": "placements",
            "ordering": ["page__number", "position", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                    fields=("page", "position"),
                    name="one_piece_stands_in_one_place",
                    violation_error_message="Two pieces stand in the same place.",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("weight", "lead")),
                    fields=("page",),
                    name="page_has_one_lead",
                    violation_error_message="A page has one lead.",
                ),
            ],
            "triggers": [
                trigger(
                    "issues.Placement",
                    "layout_of_a_closed_issue_stays",
                    """
    IF EXISTS (
        SELECT 1 FROM issues_issue i JOIN issues_page g ON g.issue_id = i.id
         WHERE i.status = 'closed'
           AND g.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.page_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.page_id END)
    ) THEN
        RAISE EXCEPTION 'the layout of a closed issue stays as it is; reopen it first' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE OR DELETE",
                ),
                trigger(
                    "issues.Placement",
                    "piece_stands_once_in_an_issue",
                    """
    IF EXISTS (
        SELECT 1 FROM issues_placement mine
          JOIN issues_page here ON here.id = mine.page_id
          JOIN issues_placement p ON p.article_id = mine.article_id AND p.id <> mine.id
          JOIN issues_page g ON g.id = p.page_id
         WHERE mine.id = NEW.id AND g.issue_id = here.issue_id
    ) THEN
        RAISE EXCEPTION 'a piece stands once in an issue' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT OR UPDATE",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    constraint="CONSTRAINT",
                ),
                trigger(
                    "issues.Placement",
                    "cancelled_issue_takes_no_piece",
                    """
    IF EXISTS (
        SELECT 1 FROM issues_issue i JOIN issues_page g ON g.issue_id = i.id
         WHERE g.id = NEW.page_id AND i.status = 'cancelled'
    ) THEN
        RAISE EXCEPTION 'a cancelled issue takes no piece; bring it back first' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                trigger(
                    "issues.Placement",
                    "issues_hold_news",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_article a
         WHERE a.id = NEW.article_id AND a.kind IN ('page', 'topic')) THEN
        RAISE EXCEPTION 'a page or a topic stands in no issue' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                refuse(
                    "issues.Placement",
                    "never_truncated",
                    "TRUNCATE",
                    "A placement is never emptied",
                ),
                *history("issues.Placement", "id page_id article_id position weight"),
            ],
        },
    ),
    migrations.CreateModel(
        name="PlacementEvent",
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
                    to="issues.placement",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "page",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.page",
                    verbose_name="page",
                ),
            ),
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
            ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            (
                "weight",
                models.CharField(
                    choices=[("lead", "Lead"), ("normal", "Normal"), ("brief", "Brief")],
                    default="normal",
                    max_length=6,
                    verbose_name="weight",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.PlacementEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.PlacementEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # What was done to an issue, by whom and when.
    migrations.CreateModel(
        name="IssueAct",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "issue",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="acts",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            ("verb", models.CharField(max_length=20, verbose_name="verb")),
            (
                "by",
                models.ForeignKey(
                    blank=True,
                    help_text="Nobody: the publication calendar did it.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="issue_acts",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ("note", models.TextField(blank=True, verbose_name="note")),
        ],
        options={
            "verbose_name": "act on an issue",
            "verbose_name_plural": "acts on issues",
            "ordering": ["-pk"],
            "triggers": [
                refuse(
                    "issues.IssueAct",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of acts on issues is neither changed nor deleted",
                ),
                refuse(
                    "issues.IssueAct",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of acts on issues is never emptied",
                ),
            ],
        },
    ),
    # Issues that were restored from an archive, and files that somebody is looking through first.
    migrations.CreateModel(
        name="RestoredIssue",
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
                    related_name="restored",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            (
                "batch",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.archivebatch",
                    verbose_name="restored archive",
                ),
            ),
            ("closed_at", models.DateTimeField(verbose_name="closed where it was archived")),
        ],
        options={
            "verbose_name": "restored issue",
            "verbose_name_plural": "restored issues",
            "ordering": ["pk"],
            "triggers": [
                refuse(
                    "issues.RestoredIssue",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A restored issue is neither changed nor deleted",
                ),
                refuse(
                    "issues.RestoredIssue",
                    "never_truncated",
                    "TRUNCATE",
                    "A restored issue is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ArchiveFile",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("digest", models.CharField(max_length=64, unique=True, verbose_name="digest")),
            ("file_name", models.CharField(max_length=200, verbose_name="file")),
            ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
            (
                "uploaded_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="uploaded by",
                ),
            ),
            ("uploaded_at", models.DateTimeField(auto_now=True, verbose_name="uploaded at")),
            (
                "batch",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.archivebatch",
                    verbose_name="restored archive",
                ),
            ),
        ],
        options={
            "verbose_name": "archive brought in",
            "verbose_name_plural": "archives brought in",
            "ordering": ["-uploaded_at", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                    name="archive_brought_in_is_named_by_a_digest",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.ArchiveFile",
                    "never_deleted",
                    "DELETE",
                    "An archive brought in is never deleted; discard it instead",
                ),
                refuse(
                    "issues.ArchiveFile",
                    "never_truncated",
                    "TRUNCATE",
                    "An archive brought in is never emptied",
                ),
            ],
        },
    ),
    # A piece before it is written: what the newsroom asks for (约稿), what it is offered (报题).
    migrations.CreateModel(
        name="Assignment",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("topic", models.CharField(max_length=120, verbose_name="topic")),
            (
                "brief",
                models.TextField(
                    blank=True,
                    help_text="Angle, whom to ask, what must be in it.",
                    verbose_name="what it should tell",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("news", "News"),
                        ("brief", "Brief"),
                        ("feature", "Feature"),
                        ("notice", "Notice"),
                        ("photo_story", "Photo story"),
                        ("correction_notice", "Correction notice"),
                    ],
                    default="news",
                    max_length=18,
                    verbose_name="kind",
                ),
            ),
            (
                "length",
                models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="characters wanted"
                ),
            ),
            (
                "section",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.section",
                    verbose_name="section",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("offered", "Offered"),
                        ("open", "Asked for"),
                        ("taken", "Being written"),
                        ("declined", "Not taken up"),
                        ("dropped", "Called off"),
                    ],
                    default="open",
                    max_length=8,
                    verbose_name="state",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="asked of",
                ),
            ),
            (
                "unit",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="people.unit",
                    verbose_name="asked of a unit",
                ),
            ),
            ("due_at", models.DateTimeField(verbose_name="wanted by")),
            (
                "issue",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignments",
                    to="issues.issue",
                    verbose_name="for the issue",
                ),
            ),
            (
                "page",
                models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for page"),
            ),
            (
                "asked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="asked by",
                ),
            ),
            (
                "offered_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="offered by",
                ),
            ),
            (
                "taken_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="written by",
                ),
            ),
            (
                "article",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
        ],
        options={
            "verbose_name": "assignment",
            "verbose_name_plural": "assignments",
            "ordering": ["due_at", "pk"],
            "indexes": [
                models.Index(fields=["due_at"], name="assignment_by_deadline"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("topic", ""), _negated=True), name="assignment_has_a_topic"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("person__isnull", False), ("unit", None)),
                        models.Q(("person", None), ("unit__isnull", False)),
                        _connector="OR",
                    ),
                    name="assignment_is_of_somebody_or_of_a_unit",
                    violation_error_message="Name one person or one unit to write it.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("asked_by__isnull", False), ("offered_by__isnull", False), _connector="OR"
                    ),
                    name="assignment_was_asked_for_or_offered",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state__in", ("open", "taken")), _negated=True),
                        ("asked_by__isnull", False),
                        _connector="OR",
                    ),
                    name="assignment_at_work_names_who_asked",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("article__isnull", False),
                            ("state", "taken"),
                            ("taken_by__isnull", False),
                        ),
                        models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            ("article", None),
                            ("taken_by", None),
                        ),
                        _connector="OR",
                    ),
                    name="taken_assignment_has_its_piece_and_its_writer",
                ),
                models.UniqueConstraint(
                    fields=("article",),
                    name="a_piece_answers_one_assignment",
                    violation_error_message="The piece answers another assignment already.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("page", None),
                        models.Q(("issue__isnull", False), ("page__range", (1, 999))),
                        _connector="OR",
                    ),
                    name="assignment_names_a_page_of_an_issue",
                    violation_error_message="A page is named with its issue.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "due_at__range",
                            (
                                datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                datetime.datetime(2999, 12, 31, 0, 0, tzinfo=datetime.UTC),
                            ),
                        )
                    ),
                    name="assignment_is_due_in_the_calendar",
                    violation_error_message="Look at the year once more.",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.Assignment",
                    "never_deleted",
                    "DELETE",
                    "An assignment is never deleted; discard it instead",
                ),
                refuse(
                    "issues.Assignment",
                    "never_truncated",
                    "TRUNCATE",
                    "An assignment is never emptied",
                ),
                trigger(
                    "issues.Assignment",
                    "assignment_moves_by_the_table",
                    'SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{declined:open,dropped:open,offered:declined,offered:dropped,offered:open,open:dropped,open:taken,taken:dropped,taken:taken}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    when="BEFORE",
                    operation="UPDATE",
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                ),
                refuse(
                    "issues.Assignment",
                    "assignment_begins_open_or_offered",
                    "INSERT",
                    "an assignment begins with somebody asking or offering",
                    condition="WHEN (NEW.state NOT IN ('open', 'offered'))",
                ),
                *history(
                    "issues.Assignment",
                    (
                        "id topic brief kind length section_id state person_id unit_id due_at issue_id "
                        "page asked_by_id offered_by_id taken_by_id article_id made_at"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AssignmentEvent",
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
                    to="issues.assignment",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("topic", models.CharField(max_length=120, verbose_name="topic")),
            (
                "brief",
                models.TextField(
                    blank=True,
                    help_text="Angle, whom to ask, what must be in it.",
                    verbose_name="what it should tell",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("news", "News"),
                        ("brief", "Brief"),
                        ("feature", "Feature"),
                        ("notice", "Notice"),
                        ("photo_story", "Photo story"),
                        ("correction_notice", "Correction notice"),
                    ],
                    default="news",
                    max_length=18,
                    verbose_name="kind",
                ),
            ),
            (
                "length",
                models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="characters wanted"
                ),
            ),
            (
                "section",
                models.ForeignKey(
                    blank=True,
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
                "state",
                models.CharField(
                    choices=[
                        ("offered", "Offered"),
                        ("open", "Asked for"),
                        ("taken", "Being written"),
                        ("declined", "Not taken up"),
                        ("dropped", "Called off"),
                    ],
                    default="open",
                    max_length=8,
                    verbose_name="state",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="asked of",
                ),
            ),
            (
                "unit",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="people.unit",
                    verbose_name="asked of a unit",
                ),
            ),
            ("due_at", models.DateTimeField(verbose_name="wanted by")),
            (
                "issue",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.issue",
                    verbose_name="for the issue",
                ),
            ),
            (
                "page",
                models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for page"),
            ),
            (
                "asked_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="asked by",
                ),
            ),
            (
                "offered_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="offered by",
                ),
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
                    verbose_name="written by",
                ),
            ),
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
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.AssignmentEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.AssignmentEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="AssignmentAct",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "assignment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="acts",
                    to="issues.assignment",
                    verbose_name="assignment",
                ),
            ),
            ("verb", models.CharField(max_length=20, verbose_name="verb")),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="assignment_acts",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ("note", models.TextField(blank=True, verbose_name="note")),
        ],
        options={
            "verbose_name": "act on an assignment",
            "verbose_name_plural": "acts on assignments",
            "ordering": ["-pk"],
            "triggers": [
                refuse(
                    "issues.AssignmentAct",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of acts on assignments is neither changed nor deleted",
                ),
                refuse(
                    "issues.AssignmentAct",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of acts on assignments is never emptied",
                ),
            ],
        },
    ),
    # Dry runs that were made, and what the newsroom has made of their checks.
    migrations.CreateModel(
        name="DryRunRule",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("code", models.CharField(max_length=20, unique=True, verbose_name="check")),
            (
                "level",
                models.CharField(
                    choices=[
                        ("off", "Not checked"),
                        ("warn", "Reminds"),
                        ("block", "Stops the closing"),
                    ],
                    max_length=5,
                    verbose_name="what it does",
                ),
            ),
        ],
        options={
            "verbose_name": "rule of the dry run",
            "verbose_name_plural": "rules of the dry run",
            "ordering": ["pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("code__in", ["unsigned", "withdrawn", "held", "elsewhere", "empty"]),
                            _negated=True,
                        ),
                        ("level", "block"),
                        _connector="OR",
                    ),
                    name="what_never_goes_out_always_stops_an_issue",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.DryRunRule",
                    "never_truncated",
                    "TRUNCATE",
                    "A rule of the dry run is never emptied",
                ),
                *history("issues.DryRunRule", "id code level"),
            ],
        },
    ),
    migrations.CreateModel(
        name="DryRunRuleEvent",
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
                    to="issues.dryrunrule",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("code", models.CharField(max_length=20, verbose_name="check")),
            (
                "level",
                models.CharField(
                    choices=[
                        ("off", "Not checked"),
                        ("warn", "Reminds"),
                        ("block", "Stops the closing"),
                    ],
                    max_length=5,
                    verbose_name="what it does",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.DryRunRuleEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.DryRunRuleEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="DryRun",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "issue",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="dry_runs",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            (
                "occasion",
                models.CharField(
                    choices=[
                        ("asked", "Asked for"),
                        ("closing", "Before closing"),
                        ("hour", "An hour before time"),
                    ],
                    max_length=7,
                    verbose_name="occasion",
                ),
            ),
            ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            (
                "by",
                models.ForeignKey(
                    blank=True,
                    help_text="Empty where time made it.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            (
                "hour",
                models.DateTimeField(
                    blank=True,
                    help_text="The hour it was made before.",
                    null=True,
                    verbose_name="hour",
                ),
            ),
            ("blocking", models.PositiveSmallIntegerField(verbose_name="what stops the issue")),
            ("reminding", models.PositiveSmallIntegerField(verbose_name="what reminds")),
            (
                "found",
                models.JSONField(
                    default=list,
                    help_text="Each with its key, its sentence in every language, and who could mend it.",
                    verbose_name="what was found",
                ),
            ),
        ],
        options={
            "verbose_name": "dry run",
            "verbose_name_plural": "dry runs",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("by", None), ("hour__isnull", False), ("occasion", "hour")),
                        models.Q(
                            models.Q(("occasion", "hour"), _negated=True),
                            ("by__isnull", False),
                            ("hour", None),
                        ),
                        _connector="OR",
                    ),
                    name="dry_run_is_made_by_somebody_or_by_time",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("occasion", "hour")),
                    fields=("issue", "hour"),
                    name="an_hour_is_rehearsed_once",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.DryRun",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A dry run is neither changed nor deleted",
                ),
                refuse(
                    "issues.DryRun", "never_truncated", "TRUNCATE", "A dry run is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Imprint",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "version",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            ("marks", models.BinaryField(verbose_name="marks")),
        ],
        options={
            "verbose_name": "imprint of a version",
            "verbose_name_plural": "imprints of versions",
            "triggers": [
                refuse(
                    "issues.Imprint",
                    "never_truncated",
                    "TRUNCATE",
                    "An imprint of a version is never emptied",
                ),
            ],
        },
    ),
    # A raw edition brought in, and which of its pieces became which article.
    migrations.CreateModel(
        name="EditionImport",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("date", models.DateField(verbose_name="date of the issue")),
            (
                "sequence",
                models.PositiveSmallIntegerField(default=1, verbose_name="sequence on that date"),
            ),
            (
                "number",
                models.PositiveIntegerField(blank=True, null=True, verbose_name="running number"),
            ),
            ("file_name", models.CharField(blank=True, max_length=200, verbose_name="file")),
            ("digest", models.CharField(db_index=True, max_length=64, verbose_name="digest")),
            ("text", models.TextField(verbose_name="text as it came")),
            ("proposal", models.JSONField(default=dict, verbose_name="proposal")),
            (
                "issue",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="imports",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
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
            (
                "confirmed_at",
                models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
            ),
        ],
        options={
            "verbose_name": "edition import",
            "verbose_name_plural": "edition imports",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("confirmed_at", None), ("issue__isnull", False), _connector="OR"
                    ),
                    name="confirmed_import_has_its_issue",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.EditionImport",
                    "never_deleted",
                    "DELETE",
                    "An edition import is never deleted; discard it instead",
                ),
                refuse(
                    "issues.EditionImport",
                    "never_truncated",
                    "TRUNCATE",
                    "An edition import is never emptied",
                ),
                *history(
                    "issues.EditionImport",
                    (
                        "id date sequence number file_name digest issue_id uploaded_by_id uploaded_at "
                        "confirmed_at"
                    ),
                    changed='OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."date" IS DISTINCT FROM (NEW."date") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issue_id" IS DISTINCT FROM (NEW."issue_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."sequence" IS DISTINCT FROM (NEW."sequence") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id")',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="EditionImportEvent",
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
                    to="issues.editionimport",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("date", models.DateField(verbose_name="date of the issue")),
            (
                "sequence",
                models.PositiveSmallIntegerField(default=1, verbose_name="sequence on that date"),
            ),
            (
                "number",
                models.PositiveIntegerField(blank=True, null=True, verbose_name="running number"),
            ),
            ("file_name", models.CharField(blank=True, max_length=200, verbose_name="file")),
            ("digest", models.CharField(max_length=64, verbose_name="digest")),
            (
                "issue",
                models.ForeignKey(
                    blank=True,
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
                "uploaded_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="uploaded by",
                ),
            ),
            ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded at")),
            (
                "confirmed_at",
                models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.EditionImportEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.EditionImportEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ImportedPiece",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "edition_import",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="pieces",
                    to="issues.editionimport",
                    verbose_name="import",
                ),
            ),
            (
                "issue",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="imported_pieces",
                    to="issues.issue",
                    verbose_name="issue",
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
            ("fingerprint", models.CharField(max_length=64, verbose_name="fingerprint")),
            ("beginning", models.CharField(max_length=80, verbose_name="how it begins")),
        ],
        options={
            "verbose_name": "imported piece",
            "verbose_name_plural": "imported pieces",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("issue", "fingerprint"), name="piece_is_imported_once_into_an_issue"
                ),
            ],
            "triggers": [
                refuse(
                    "issues.ImportedPiece",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "An imported piece is neither changed nor deleted",
                ),
                refuse(
                    "issues.ImportedPiece",
                    "never_truncated",
                    "TRUNCATE",
                    "An imported piece is never emptied",
                ),
            ],
        },
    ),
    # What happens on the board: who moved which piece from where to where, and who looks at it.
    migrations.CreateModel(
        name="LayoutMove",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "issue",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="moves",
                    to="issues.issue",
                    verbose_name="issue",
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
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            (
                "at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                ),
            ),
            ("from_page", models.PositiveSmallIntegerField(null=True, verbose_name="from page")),
            (
                "from_position",
                models.PositiveSmallIntegerField(null=True, verbose_name="from position"),
            ),
            (
                "from_weight",
                models.CharField(blank=True, max_length=6, verbose_name="weight before"),
            ),
            ("to_page", models.PositiveSmallIntegerField(null=True, verbose_name="to page")),
            (
                "to_position",
                models.PositiveSmallIntegerField(null=True, verbose_name="to position"),
            ),
            ("to_weight", models.CharField(blank=True, max_length=6, verbose_name="weight after")),
            (
                "unseated",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.article",
                    verbose_name="piece that led the page before",
                ),
            ),
            (
                "undoes",
                models.OneToOneField(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="undone_by",
                    to="issues.layoutmove",
                    verbose_name="undoes",
                ),
            ),
        ],
        options={
            "verbose_name": "move on the board",
            "verbose_name_plural": "moves on the board",
            "ordering": ["-pk"],
            "indexes": [
                models.Index(fields=["issue", "article", "-id"], name="layout_move_of_a_piece"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("from_page", None), ("from_position", None), ("from_weight", "")),
                        models.Q(
                            ("from_page__gte", 1),
                            ("from_position__gte", 0),
                            ("from_weight__in", ["lead", "normal", "brief"]),
                        ),
                        _connector="OR",
                    ),
                    name="a_move_comes_from_a_place_or_from_the_tray",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("to_page", None), ("to_position", None), ("to_weight", "")),
                        models.Q(
                            ("to_page__gte", 1),
                            ("to_position__gte", 0),
                            ("to_weight__in", ["lead", "normal", "brief"]),
                        ),
                        _connector="OR",
                    ),
                    name="a_move_leads_to_a_place_or_to_the_tray",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.LayoutMove",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of moves on the board is neither changed nor deleted",
                ),
                refuse(
                    "issues.LayoutMove",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of moves on the board is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="BoardPresence",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "issue",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
            (
                "since",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="here since"
                ),
            ),
            (
                "seen_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(),
                    verbose_name="last seen at",
                ),
            ),
        ],
        options={
            "verbose_name": "presence at a board",
            "verbose_name_plural": "presences at boards",
            "constraints": [
                models.UniqueConstraint(
                    fields=("issue", "person"), name="somebody_is_at_a_board_once"
                ),
            ],
        },
    ),
    # What is known of pages of other sites that our texts link to.
    migrations.CreateModel(
        name="OutsideLink",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("address", models.CharField(max_length=2000, unique=True, verbose_name="address")),
            ("asked_at", models.DateTimeField(verbose_name="asked at")),
            (
                "status",
                models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="status"),
            ),
            ("problem", models.CharField(blank=True, max_length=12, verbose_name="problem")),
        ],
        options={
            "verbose_name": "link to another site",
            "verbose_name_plural": "links to other sites",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("problem", ""), ("status__isnull", False)),
                        models.Q(("status", None), models.Q(("problem", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="an_outside_link_gave_a_status_or_a_problem",
                ),
            ],
        },
    ),
    # What became of a signed correction in print: the piece that prints it, or why none does.
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
                "correction",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.correction",
                    verbose_name="correction",
                ),
            ),
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
                "not_needed_because",
                models.CharField(blank=True, max_length=200, verbose_name="not printed because"),
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
            ("decided_at", models.DateTimeField(auto_now=True, verbose_name="decided at")),
        ],
        options={
            "verbose_name": "notice of a correction",
            "verbose_name_plural": "notices of corrections",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("article__isnull", False), ("not_needed_because", "")),
                        models.Q(
                            ("article", None), models.Q(("not_needed_because", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="correction_is_printed_or_there_is_a_reason",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.CorrectionNotice",
                    "never_deleted",
                    "DELETE",
                    "A notice of a correction is never deleted; discard it instead",
                ),
                refuse(
                    "issues.CorrectionNotice",
                    "never_truncated",
                    "TRUNCATE",
                    "A notice of a correction is never emptied",
                ),
                *history(
                    "issues.CorrectionNotice",
                    "id correction_id article_id not_needed_because decided_by_id decided_at",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CorrectionNoticeEvent",
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
                    to="issues.correctionnotice",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
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
                "not_needed_because",
                models.CharField(blank=True, max_length=200, verbose_name="not printed because"),
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
            ("decided_at", models.DateTimeField(auto_now=True, verbose_name="decided at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.CorrectionNoticeEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.CorrectionNoticeEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # The publication calendar: on which days the paper comes out, by when, with which pages.
    migrations.CreateModel(
        name="PageTemplate",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
            (
                "is_offered",
                models.BooleanField(
                    default=True,
                    help_text="Whether it can be chosen for new issues.",
                    verbose_name="offered",
                ),
            ),
        ],
        options={
            "verbose_name": "page template",
            "verbose_name_plural": "page templates",
            "ordering": ["name"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("name", ""), _negated=True), name="page_template_has_a_name"
                ),
            ],
            "triggers": [
                refuse(
                    "issues.PageTemplate",
                    "never_deleted",
                    "DELETE",
                    "A page template is never deleted; discard it instead",
                ),
                refuse(
                    "issues.PageTemplate",
                    "never_truncated",
                    "TRUNCATE",
                    "A page template is never emptied",
                ),
                *history("issues.PageTemplate", "id name is_offered"),
            ],
        },
    ),
    migrations.CreateModel(
        name="PageTemplateEvent",
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
                    to="issues.pagetemplate",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=40, verbose_name="name")),
            (
                "is_offered",
                models.BooleanField(
                    default=True,
                    help_text="Whether it can be chosen for new issues.",
                    verbose_name="offered",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.PageTemplateEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.PageTemplateEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="TemplatePage",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "template",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="pages",
                    to="issues.pagetemplate",
                    verbose_name="page template",
                ),
            ),
            (
                "number",
                models.PositiveSmallIntegerField(
                    validators=[
                        django.core.validators.MinValueValidator(1),
                        django.core.validators.MaxValueValidator(999),
                    ],
                    verbose_name="page number",
                ),
            ),
            ("name", models.CharField(blank=True, max_length=30, verbose_name="page name")),
            (
                "format",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.pageformat",
                    verbose_name="page format",
                ),
            ),
        ],
        options={
            "verbose_name": "page of a template",
            "verbose_name_plural": "pages of a template",
            "ordering": ["template", "number"],
            "constraints": [
                models.UniqueConstraint(
                    deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                    fields=("template", "number"),
                    name="page_number_is_unique_in_its_template",
                    violation_error_message="The template has a page of this number already.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("number__range", (1, 999))),
                    name="pages_of_templates_count_from_one",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.TemplatePage",
                    "never_truncated",
                    "TRUNCATE",
                    "A page of a template is never emptied",
                ),
                *history("issues.TemplatePage", "id template_id number name format_id"),
            ],
        },
    ),
    migrations.CreateModel(
        name="TemplatePageEvent",
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
                    to="issues.templatepage",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "template",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.pagetemplate",
                    verbose_name="page template",
                ),
            ),
            (
                "number",
                models.PositiveSmallIntegerField(
                    validators=[
                        django.core.validators.MinValueValidator(1),
                        django.core.validators.MaxValueValidator(999),
                    ],
                    verbose_name="page number",
                ),
            ),
            ("name", models.CharField(blank=True, max_length=30, verbose_name="page name")),
            (
                "format",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.pageformat",
                    verbose_name="page format",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.TemplatePageEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.TemplatePageEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Schedule",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "weekdays",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveSmallIntegerField(),
                    size=None,
                    verbose_name="comes out on",
                ),
            ),
            ("starts_on", models.DateField(verbose_name="from")),
            (
                "ends_on",
                models.DateField(
                    blank=True,
                    help_text="Empty: until it is changed.",
                    null=True,
                    verbose_name="to",
                ),
            ),
            (
                "goes_out_at",
                models.TimeField(default=datetime.time(6, 0), verbose_name="goes out at"),
            ),
            (
                "copy_days_before",
                models.PositiveSmallIntegerField(
                    default=1,
                    validators=[django.core.validators.MaxValueValidator(14)],
                    verbose_name="copy is due, days before",
                ),
            ),
            (
                "copy_at",
                models.TimeField(default=datetime.time(17, 0), verbose_name="copy is due at"),
            ),
            (
                "closing_days_before",
                models.PositiveSmallIntegerField(
                    default=1,
                    validators=[django.core.validators.MaxValueValidator(14)],
                    verbose_name="is closed, days before",
                ),
            ),
            (
                "closing_at",
                models.TimeField(default=datetime.time(20, 0), verbose_name="is closed by"),
            ),
            (
                "template",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="schedules",
                    to="issues.pagetemplate",
                    verbose_name="page template",
                ),
            ),
            (
                "on_holiday",
                models.CharField(
                    choices=[
                        ("skip", "does not come out"),
                        ("appear", "comes out all the same"),
                        ("move", "comes out on the next working day"),
                    ],
                    default="skip",
                    max_length=6,
                    verbose_name="on a public holiday",
                ),
            ),
            (
                "on_make_up_days",
                models.BooleanField(
                    default=False,
                    help_text="Saturdays and Sundays that are worked for a holiday (调休).",
                    verbose_name="an issue on make-up working days, too",
                ),
            ),
        ],
        options={
            "verbose_name": "rule of the publication calendar",
            "verbose_name_plural": "rules of the publication calendar",
            "ordering": ["-starts_on", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("weekdays__contained_by", [1, 2, 3, 4, 5, 6, 7]), ("weekdays__len__gte", 1)
                    ),
                    name="rule_has_weekdays",
                    violation_error_message="Choose at least one weekday.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                    ),
                    name="rule_ends_after_it_starts",
                    violation_error_message="The last day is before the first.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        (
                            "starts_on__range",
                            (datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)),
                        ),
                        models.Q(
                            ("ends_on", None),
                            ("ends_on__lte", datetime.date(2999, 12, 31)),
                            _connector="OR",
                        ),
                    ),
                    name="rule_stands_in_the_calendar",
                    violation_error_message="Look at the year once more.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("closing_days_before__lte", 14), ("copy_days_before__lte", 14)
                    ),
                    name="deadlines_lie_two_weeks_before_at_most",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("copy_days_before__gt", models.F("closing_days_before")),
                        models.Q(
                            ("copy_at__lte", models.F("closing_at")),
                            ("copy_days_before", models.F("closing_days_before")),
                        ),
                        _connector="OR",
                    ),
                    name="copy_is_due_before_closing",
                    violation_error_message="The copy deadline comes after the closing deadline.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("closing_days_before__gt", 0),
                        ("closing_at__lte", models.F("goes_out_at")),
                        _connector="OR",
                    ),
                    name="closing_comes_before_going_out",
                    violation_error_message="A deadline comes after the hour it goes out.",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.Schedule",
                    "never_deleted",
                    "DELETE",
                    "A rule of the publication calendar is never deleted; discard it instead",
                ),
                refuse(
                    "issues.Schedule",
                    "never_truncated",
                    "TRUNCATE",
                    "A rule of the publication calendar is never emptied",
                ),
                *history(
                    "issues.Schedule",
                    (
                        "id weekdays starts_on ends_on goes_out_at copy_days_before copy_at "
                        "closing_days_before closing_at template_id on_holiday on_make_up_days"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ScheduleEvent",
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
                    to="issues.schedule",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "weekdays",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveSmallIntegerField(),
                    size=None,
                    verbose_name="comes out on",
                ),
            ),
            ("starts_on", models.DateField(verbose_name="from")),
            (
                "ends_on",
                models.DateField(
                    blank=True,
                    help_text="Empty: until it is changed.",
                    null=True,
                    verbose_name="to",
                ),
            ),
            (
                "goes_out_at",
                models.TimeField(default=datetime.time(6, 0), verbose_name="goes out at"),
            ),
            (
                "copy_days_before",
                models.PositiveSmallIntegerField(
                    default=1,
                    validators=[django.core.validators.MaxValueValidator(14)],
                    verbose_name="copy is due, days before",
                ),
            ),
            (
                "copy_at",
                models.TimeField(default=datetime.time(17, 0), verbose_name="copy is due at"),
            ),
            (
                "closing_days_before",
                models.PositiveSmallIntegerField(
                    default=1,
                    validators=[django.core.validators.MaxValueValidator(14)],
                    verbose_name="is closed, days before",
                ),
            ),
            (
                "closing_at",
                models.TimeField(default=datetime.time(20, 0), verbose_name="is closed by"),
            ),
            (
                "template",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="issues.pagetemplate",
                    verbose_name="page template",
                ),
            ),
            (
                "on_holiday",
                models.CharField(
                    choices=[
                        ("skip", "does not come out"),
                        ("appear", "comes out all the same"),
                        ("move", "comes out on the next working day"),
                    ],
                    default="skip",
                    max_length=6,
                    verbose_name="on a public holiday",
                ),
            ),
            (
                "on_make_up_days",
                models.BooleanField(
                    default=False,
                    help_text="Saturdays and Sundays that are worked for a holiday (调休).",
                    verbose_name="an issue on make-up working days, too",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.ScheduleEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.ScheduleEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SpecialDay",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("day", models.DateField(unique=True, verbose_name="day")),
            (
                "appears",
                models.CharField(
                    choices=[("rule", "as the rules say"), ("no", "no issue"), ("yes", "an issue")],
                    max_length=4,
                    verbose_name="decision",
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
            (
                "decided_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="decided by",
                ),
            ),
            ("decided_at", models.DateTimeField(auto_now=True, verbose_name="decided at")),
        ],
        options={
            "verbose_name": "special day",
            "verbose_name_plural": "special days",
            "ordering": ["day"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("day__range", (datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)))
                    ),
                    name="special_day_stands_in_the_calendar",
                    violation_error_message="Look at the year once more.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("appears", "rule"),
                        models.Q(("reason", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="special_day_says_why",
                    violation_error_message="Say why.",
                ),
            ],
            "triggers": [
                refuse(
                    "issues.SpecialDay",
                    "never_deleted",
                    "DELETE",
                    "A special day is never deleted; discard it instead",
                ),
                refuse(
                    "issues.SpecialDay",
                    "never_truncated",
                    "TRUNCATE",
                    "A special day is never emptied",
                ),
                *history("issues.SpecialDay", "id day appears reason decided_by_id decided_at"),
            ],
        },
    ),
    migrations.CreateModel(
        name="SpecialDayEvent",
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
                    to="issues.specialday",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("day", models.DateField(verbose_name="day")),
            (
                "appears",
                models.CharField(
                    choices=[("rule", "as the rules say"), ("no", "no issue"), ("yes", "an issue")],
                    max_length=4,
                    verbose_name="decision",
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
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
            ("decided_at", models.DateTimeField(auto_now=True, verbose_name="decided at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "issues.SpecialDayEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "issues.SpecialDayEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(TABLES),
        AddTrigger(
            model_name="issuerelease",
            trigger=trigger(
                "issues.IssueRelease",
                "hour_only_for_a_closed_issue",
                """
    IF NEW.publish_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM issues_issue i WHERE i.release_id = NEW.id AND i.status <> 'closed'
    ) THEN
        RAISE EXCEPTION 'an issue gets its hour only when it is closed' USING ERRCODE = '23514';
    END IF;
    IF NEW.publish_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM issues_issue i
          JOIN issues_page g ON g.issue_id = i.id
          JOIN issues_placement p ON p.page_id = g.id
          JOIN articles_article a ON a.id = p.article_id AND a.withdrawn_at IS NULL
          JOIN articles_release r ON r.id = a.release_id AND r.alone
         WHERE i.release_id = NEW.id AND (r.held OR r.publish_at > NEW.publish_at)
    ) THEN
        RAISE EXCEPTION 'every piece of an issue is out when the issue is' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                table="articles_release",
                when="BEFORE",
                operation="UPDATE",
            ),
        ),
        AddTrigger(
            model_name="issuerelease",
            trigger=trigger(
                "issues.IssueRelease",
                "piece_is_out_when_its_issue_is",
                """
    IF NEW.alone AND (NEW.held OR NEW.publish_at IS DISTINCT FROM OLD.publish_at) AND EXISTS (
        SELECT 1 FROM articles_article a
          JOIN issues_placement p ON p.article_id = a.id
          JOIN issues_page g ON g.id = p.page_id
          JOIN issues_issue i ON i.id = g.issue_id AND i.status = 'closed'
          JOIN articles_release r ON r.id = i.release_id
         WHERE a.release_id = NEW.id AND a.withdrawn_at IS NULL
           AND (NEW.held OR NEW.publish_at IS NULL OR NEW.publish_at > r.publish_at)
    ) THEN
        RAISE EXCEPTION 'a piece of a closed issue is out when the issue is; reopen the issue first' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                table="articles_release",
                when="BEFORE",
                operation="UPDATE",
            ),
        ),
        # Who looks at a board is of no use after a crash.
        migrations.RunSQL(
            "ALTER TABLE issues_boardpresence SET UNLOGGED",
            "ALTER TABLE issues_boardpresence SET LOGGED",
        ),
    ]
