"""What the desk keeps for the people who work at it: notices, invitations, previews, its watch."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import newsroom.desk.models.invitations
from newsroom.people.migrations._tables import Tables
from newsroom.people.migrations._triggers import history, refuse

TABLES = [
    # Invitations: the only way to an account, by a link that works once and runs out.
    migrations.CreateModel(
        name="Invitation",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=40, verbose_name="full name")),
            (
                "email",
                models.EmailField(
                    blank=True,
                    help_text="Empty: you hand the link over yourself.",
                    max_length=254,
                    verbose_name="e-mail",
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
                    verbose_name="unit",
                ),
            ),
            (
                "roles",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("correspondent", "Correspondent"),
                            ("editor", "Editor"),
                            ("desk head", "Desk head"),
                            ("chief editor", "Chief editor"),
                            ("issue editor", "Issue editor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                    size=None,
                    verbose_name="roles",
                ),
            ),
            (
                "correspondent",
                models.ForeignKey(
                    blank=True,
                    help_text="Whose earlier pieces are theirs. Empty: nobody's yet.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.correspondent",
                    verbose_name="correspondent",
                ),
            ),
            (
                "makes_correspondent",
                models.BooleanField(
                    default=False, verbose_name="make a new correspondent of this name"
                ),
            ),
            (
                "invited_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invitations_sent",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="invited by",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="invited at")),
            ("expires_at", models.DateTimeField(verbose_name="runs out at")),
            (
                "mark",
                models.CharField(
                    default=newsroom.desk.models.invitations.new_mark,
                    editable=False,
                    max_length=24,
                    verbose_name="mark",
                ),
            ),
            (
                "accepted_at",
                models.DateTimeField(blank=True, null=True, verbose_name="accepted at"),
            ),
            (
                "user",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="invitation",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="account",
                ),
            ),
            ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
        ],
        options={
            "verbose_name": "invitation",
            "verbose_name_plural": "invitations",
            "ordering": ["-made_at", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("accepted_at", None), ("user", None)),
                        models.Q(("accepted_at__isnull", False), ("user__isnull", False)),
                        _connector="OR",
                    ),
                    name="accepted_invitation_names_its_account",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("accepted_at", None), ("revoked_at", None), _connector="OR"
                    ),
                    name="invitation_is_accepted_or_revoked_not_both",
                ),
                models.CheckConstraint(
                    condition=models.Q(("expires_at__gt", models.F("made_at"))),
                    name="invitation_runs_out_after_it_is_made",
                ),
                models.CheckConstraint(
                    condition=models.Q(("roles", []), _negated=True), name="invitation_gives_a_role"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("correspondent", None), ("makes_correspondent", False), _connector="OR"
                    ),
                    name="invitation_means_one_correspondent",
                    violation_error_message="Choose a correspondent or make a new one, not both.",
                ),
            ],
            "triggers": [
                refuse(
                    "desk.Invitation",
                    "never_deleted",
                    "DELETE",
                    "An invitation is never deleted; discard it instead",
                ),
                refuse(
                    "desk.Invitation",
                    "never_truncated",
                    "TRUNCATE",
                    "An invitation is never emptied",
                ),
                *history(
                    "desk.Invitation",
                    (
                        "id unit_id roles correspondent_id makes_correspondent invited_by_id made_at "
                        "expires_at accepted_at user_id revoked_at"
                    ),
                    changed='OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."correspondent_id" IS DISTINCT FROM (NEW."correspondent_id") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."makes_correspondent" IS DISTINCT FROM (NEW."makes_correspondent") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."roles" IS DISTINCT FROM (NEW."roles") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id")',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="InvitationEvent",
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
                    to="desk.invitation",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
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
                    verbose_name="unit",
                ),
            ),
            (
                "roles",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("correspondent", "Correspondent"),
                            ("editor", "Editor"),
                            ("desk head", "Desk head"),
                            ("chief editor", "Chief editor"),
                            ("issue editor", "Issue editor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                    size=None,
                    verbose_name="roles",
                ),
            ),
            (
                "correspondent",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="Whose earlier pieces are theirs. Empty: nobody's yet.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.correspondent",
                    verbose_name="correspondent",
                ),
            ),
            (
                "makes_correspondent",
                models.BooleanField(
                    default=False, verbose_name="make a new correspondent of this name"
                ),
            ),
            (
                "invited_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="invited by",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="invited at")),
            ("expires_at", models.DateTimeField(verbose_name="runs out at")),
            (
                "accepted_at",
                models.DateTimeField(blank=True, null=True, verbose_name="accepted at"),
            ),
            (
                "user",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="account",
                ),
            ),
            ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "desk.InvitationEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "desk.InvitationEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # Letters on their way to people, and the mailbox they land in where there is no mail server.
    migrations.CreateModel(
        name="Letter",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "recipient",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="recipient",
                ),
            ),
            (
                "rhythm",
                models.CharField(
                    choices=[
                        ("at_once", "at once"),
                        ("hourly", "every hour, together"),
                        ("daily", "every morning, together"),
                        ("off", "no e-mail"),
                    ],
                    max_length=8,
                    verbose_name="rhythm",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "Waiting"),
                        ("sent", "Sent"),
                        ("needless", "Nothing left to tell"),
                        ("failed", "Given up"),
                    ],
                    default="waiting",
                    max_length=8,
                    verbose_name="state",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ("due_at", models.DateTimeField(verbose_name="next try")),
            ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
            ("last_error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
            ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
        ],
        options={
            "verbose_name": "letter",
            "verbose_name_plural": "letters",
            "ordering": ["-pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("state", "waiting")),
                    fields=["due_at"],
                    name="letter_by_hour",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("sent_at__isnull", False), ("state", "sent")),
                        models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at", None)),
                        _connector="OR",
                    ),
                    name="sent_letter_has_its_hour",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("state", "failed"), _negated=True),
                        models.Q(("last_error", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="letter_given_up_says_why",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReceivedLetter",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("to", models.CharField(max_length=254, verbose_name="to")),
            ("subject", models.CharField(max_length=500, verbose_name="subject")),
            ("text", models.TextField(verbose_name="text")),
            ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="received at")),
        ],
        options={
            "verbose_name": "received letter",
            "verbose_name_plural": "received letters",
            "ordering": ["-pk"],
        },
    ),
    # What is lent to people without an account before it is out, what they opened, what they said.
    migrations.CreateModel(
        name="PreviewLink",
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
                    blank=True,
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
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            ("page", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="page")),
            ("recipient", models.CharField(max_length=40, verbose_name="for whom")),
            (
                "organisation",
                models.CharField(blank=True, max_length=60, verbose_name="of which organisation"),
            ),
            (
                "purpose",
                models.CharField(
                    blank=True,
                    help_text="For instance: the figures.",
                    max_length=200,
                    verbose_name="what to look at",
                ),
            ),
            (
                "email",
                models.EmailField(
                    blank=True,
                    help_text="Empty: you hand the link over yourself.",
                    max_length=254,
                    verbose_name="e-mail",
                ),
            ),
            (
                "token_hash",
                models.CharField(max_length=64, unique=True, verbose_name="hash of the link"),
            ),
            ("code_hash", models.CharField(max_length=64, verbose_name="hash of the code")),
            (
                "code_tries",
                models.PositiveSmallIntegerField(default=0, verbose_name="tries at the code"),
            ),
            (
                "code_used_at",
                models.DateTimeField(blank=True, null=True, verbose_name="code used at"),
            ),
            (
                "made_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="lent by",
                ),
            ),
            (
                "made_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="lent at"
                ),
            ),
            ("expires_at", models.DateTimeField(verbose_name="runs out at")),
            ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
            (
                "revoked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="revoked by",
                ),
            ),
        ],
        options={
            "verbose_name": "link to a preview",
            "verbose_name_plural": "links to previews",
            "ordering": ["-made_at", "-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("article__isnull", False), ("issue", None), ("page", None)),
                        models.Q(("article", None), ("issue__isnull", False)),
                        _connector="OR",
                    ),
                    name="preview_link_lends_one_thing",
                ),
                models.CheckConstraint(
                    condition=models.Q(("recipient", ""), _negated=True),
                    name="preview_link_names_whom_it_is_for",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("expires_at__gt", models.F("made_at")),
                        (
                            "expires_at__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("made_at"), "+", models.Value(datetime.timedelta(days=14))
                            ),
                        ),
                    ),
                    name="preview_link_runs_out_in_two_weeks",
                    violation_error_message="A link runs out after fourteen days at most.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("revoked_at", None), ("revoked_by", None)),
                        models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="revoked_preview_link_names_who_revoked_it",
                ),
                models.CheckConstraint(
                    condition=models.Q(("code_tries__lte", 5)),
                    name="a_code_of_a_preview_is_tried_a_few_times",
                ),
            ],
            "triggers": [
                refuse(
                    "desk.PreviewLink",
                    "never_deleted",
                    "DELETE",
                    "A link to a preview is never deleted; discard it instead",
                ),
                refuse(
                    "desk.PreviewLink",
                    "never_truncated",
                    "TRUNCATE",
                    "A link to a preview is never emptied",
                ),
                refuse(
                    "desk.PreviewLink",
                    "stays_as_it_was_lent",
                    "UPDATE",
                    "A link to a preview stays as it was lent; revoke it and lend anew",
                    condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."issue_id" IS DISTINCT FROM (NEW."issue_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."organisation" IS DISTINCT FROM (NEW."organisation") OR OLD."page" IS DISTINCT FROM (NEW."page") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."recipient" IS DISTINCT FROM (NEW."recipient") OR OLD."token_hash" IS DISTINCT FROM (NEW."token_hash"))',
                ),
                refuse(
                    "desk.PreviewLink",
                    "stays_revoked",
                    "UPDATE",
                    "A link to a preview that was revoked stays revoked",
                    condition="WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)",
                ),
                *history(
                    "desk.PreviewLink",
                    (
                        "id article_id issue_id page purpose code_tries code_used_at made_by_id made_at "
                        "expires_at revoked_at revoked_by_id"
                    ),
                    changed='OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."code_tries" IS DISTINCT FROM (NEW."code_tries") OR OLD."code_used_at" IS DISTINCT FROM (NEW."code_used_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issue_id" IS DISTINCT FROM (NEW."issue_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."page" IS DISTINCT FROM (NEW."page") OR OLD."purpose" IS DISTINCT FROM (NEW."purpose") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id")',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PreviewLinkEvent",
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
                    to="desk.previewlink",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
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
            ("page", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="page")),
            (
                "purpose",
                models.CharField(
                    blank=True,
                    help_text="For instance: the figures.",
                    max_length=200,
                    verbose_name="what to look at",
                ),
            ),
            (
                "code_tries",
                models.PositiveSmallIntegerField(default=0, verbose_name="tries at the code"),
            ),
            (
                "code_used_at",
                models.DateTimeField(blank=True, null=True, verbose_name="code used at"),
            ),
            (
                "made_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="lent by",
                ),
            ),
            (
                "made_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="lent at"
                ),
            ),
            ("expires_at", models.DateTimeField(verbose_name="runs out at")),
            ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
            (
                "revoked_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="revoked by",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "desk.PreviewLinkEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "desk.PreviewLinkEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PreviewOpening",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "link",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="openings",
                    to="desk.previewlink",
                    verbose_name="link",
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
            (
                "fingerprint",
                models.CharField(blank=True, max_length=64, verbose_name="fingerprint"),
            ),
            ("version", models.PositiveIntegerField(blank=True, null=True, verbose_name="version")),
            (
                "at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                ),
            ),
            ("device", models.CharField(blank=True, max_length=40, verbose_name="device")),
        ],
        options={
            "verbose_name": "opening of a preview",
            "verbose_name_plural": "openings of previews",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("article", None), ("fingerprint", "")),
                        models.Q(
                            ("article__isnull", False), models.Q(("fingerprint", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="opened_piece_has_its_fingerprint",
                ),
            ],
            "triggers": [
                refuse(
                    "desk.PreviewOpening",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of opened previews is neither changed nor deleted",
                ),
                refuse(
                    "desk.PreviewOpening",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of opened previews is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PreviewAnswer",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "link",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="answers",
                    to="desk.previewlink",
                    verbose_name="link",
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
                "verdict",
                models.CharField(
                    choices=[("correct", "Correct"), ("remark", "Remark")],
                    max_length=8,
                    verbose_name="verdict",
                ),
            ),
            ("words", models.TextField(blank=True, verbose_name="words")),
            ("fingerprint", models.CharField(max_length=64, verbose_name="fingerprint")),
            ("version", models.PositiveIntegerField(blank=True, null=True, verbose_name="version")),
            ("name", models.CharField(max_length=40, verbose_name="name")),
            (
                "organisation",
                models.CharField(blank=True, max_length=60, verbose_name="organisation"),
            ),
            (
                "sitting",
                models.UUIDField(
                    help_text="What was sent together, by one code.", verbose_name="sitting"
                ),
            ),
            (
                "at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                ),
            ),
        ],
        options={
            "verbose_name": "answer from outside",
            "verbose_name_plural": "answers from outside",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("verdict", "correct"),
                        models.Q(("words", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="remark_from_outside_has_words",
                ),
                models.UniqueConstraint(
                    fields=("sitting", "article"), name="one_answer_to_a_piece_in_a_sitting"
                ),
            ],
            "triggers": [
                refuse(
                    "desk.PreviewAnswer",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of answers from outside is neither changed nor deleted",
                ),
                refuse(
                    "desk.PreviewAnswer",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of answers from outside is never emptied",
                ),
            ],
        },
    ),
    # What residents got at one time or another, and how long it was not what it should be.
    migrations.CreateModel(
        name="Check",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("at", models.DateTimeField(db_index=True, verbose_name="began at")),
            ("took", models.PositiveIntegerField(help_text="Milliseconds.", verbose_name="took")),
            (
                "occasion",
                models.CharField(
                    choices=[
                        ("round", "every few minutes"),
                        ("hour", "after an hour"),
                        ("hand", "by hand"),
                        ("command", "by command"),
                    ],
                    max_length=8,
                    verbose_name="occasion",
                ),
            ),
            (
                "state",
                models.CharField(
                    choices=[
                        ("ok", "as it should be"),
                        ("warn", "to be looked at"),
                        ("alarm", "alarm"),
                    ],
                    max_length=5,
                    verbose_name="what residents get",
                ),
            ),
            (
                "counts",
                models.JSONField(
                    default=dict, help_text="How many of each kind.", verbose_name="addresses asked"
                ),
            ),
            (
                "wanted",
                models.PositiveSmallIntegerField(default=0, verbose_name="addresses chosen"),
            ),
            ("findings", models.JSONField(default=list, verbose_name="differences")),
        ],
        options={
            "verbose_name": "check",
            "verbose_name_plural": "checks",
            "ordering": ["-pk"],
            "triggers": [
                refuse("desk.Check", "never_changed", "UPDATE", "A check is never changed"),
                refuse("desk.Check", "never_truncated", "TRUNCATE", "A check is never emptied"),
            ],
        },
    ),
    migrations.CreateModel(
        name="Alarm",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("began_at", models.DateTimeField(verbose_name="began at")),
            ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            (
                "findings",
                models.JSONField(
                    help_text="The first of each kind, as people were told.",
                    verbose_name="differences",
                ),
            ),
        ],
        options={
            "verbose_name": "alarm",
            "verbose_name_plural": "alarms",
            "ordering": ["-pk"],
            "constraints": [
                models.UniqueConstraint(
                    models.ExpressionWrapper(
                        models.Q(("ended_at", None)), output_field=models.BooleanField()
                    ),
                    condition=models.Q(("ended_at", None)),
                    name="one_alarm_sounds_at_a_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"
                    ),
                    name="alarm_ends_after_it_began",
                ),
            ],
            "triggers": [
                refuse(
                    "desk.Alarm",
                    "never_deleted",
                    "DELETE",
                    "An alarm is never deleted; discard it instead",
                ),
                refuse("desk.Alarm", "never_truncated", "TRUNCATE", "An alarm is never emptied"),
            ],
        },
    ),
    # What people are told: who, of what, when they read it; and how they want to be told.
    migrations.CreateModel(
        name="Notice",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "recipient",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="recipient",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("waiting", "A piece waits for me"),
                        ("overdue", "A piece is overdue"),
                        ("void", "My signature became void"),
                        ("returned", "My piece was returned or rejected"),
                        ("signed", "My piece was signed"),
                        ("claimed", "My piece was claimed, or one was handed to me"),
                        ("mention", "Somebody asked me something with an @"),
                        ("comment", "Somebody commented on my piece, or where I had"),
                        ("scheduled", "Scheduled, moved or held"),
                        ("live", "Gone live"),
                        ("missed", "An hour was missed, or a signature is owed"),
                        ("risk", "An issue that is to go out soon is at risk"),
                        ("alarm", "Residents do not get what should be live"),
                        ("withdrawn", "Withdrawn or brought back"),
                        ("corrected", "Corrected"),
                        ("assigned", "Assignments"),
                        ("checked", "Somebody outside answered about the facts"),
                        ("report", "A reader reports an error"),
                        ("other", "Everything else that happens to my pieces"),
                    ],
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            (
                "occasion",
                models.CharField(
                    help_text="What it tells of. A task done twice tells nobody twice.",
                    max_length=80,
                    verbose_name="occasion",
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
            (
                "issue",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.issue",
                    verbose_name="issue",
                ),
            ),
            (
                "act",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.act",
                    verbose_name="act",
                ),
            ),
            (
                "issue_act",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.issueact",
                    verbose_name="act",
                ),
            ),
            (
                "assignment",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.assignment",
                    verbose_name="assignment",
                ),
            ),
            (
                "assignment_act",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="issues.assignmentact",
                    verbose_name="act",
                ),
            ),
            (
                "alarm",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="desk.alarm",
                    verbose_name="alarm",
                ),
            ),
            (
                "preview_answer",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="desk.previewanswer",
                    verbose_name="answer from outside",
                ),
            ),
            (
                "report",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="readers.errorreport",
                    verbose_name="report of an error",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            (
                "hour",
                models.DateTimeField(
                    blank=True, help_text="The hour it speaks of.", null=True, verbose_name="hour"
                ),
            ),
            ("pieces", models.PositiveSmallIntegerField(default=1, verbose_name="pieces")),
            ("in_app", models.BooleanField(default=True, verbose_name="shown in the desk")),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
            (
                "letter",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="notices",
                    to="desk.letter",
                    verbose_name="letter",
                ),
            ),
        ],
        options={
            "verbose_name": "notice",
            "verbose_name_plural": "notices",
            "ordering": ["-pk"],
            "indexes": [
                models.Index(fields=["recipient", "-id"], name="notice_by_person"),
                models.Index(
                    condition=models.Q(("in_app", True), ("read_at", None)),
                    fields=["recipient"],
                    name="notice_unread",
                ),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("recipient", "occasion"), name="person_is_told_once_of_an_occasion"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("article__isnull", False),
                        ("issue__isnull", False),
                        ("assignment__isnull", False),
                        ("alarm__isnull", False),
                        _connector="OR",
                    ),
                    name="notice_speaks_of_something",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="NoticePreference",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notice_preferences",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("waiting", "A piece waits for me"),
                        ("overdue", "A piece is overdue"),
                        ("void", "My signature became void"),
                        ("returned", "My piece was returned or rejected"),
                        ("signed", "My piece was signed"),
                        ("claimed", "My piece was claimed, or one was handed to me"),
                        ("mention", "Somebody asked me something with an @"),
                        ("comment", "Somebody commented on my piece, or where I had"),
                        ("scheduled", "Scheduled, moved or held"),
                        ("live", "Gone live"),
                        ("missed", "An hour was missed, or a signature is owed"),
                        ("risk", "An issue that is to go out soon is at risk"),
                        ("alarm", "Residents do not get what should be live"),
                        ("withdrawn", "Withdrawn or brought back"),
                        ("corrected", "Corrected"),
                        ("assigned", "Assignments"),
                        ("checked", "Somebody outside answered about the facts"),
                        ("report", "A reader reports an error"),
                        ("other", "Everything else that happens to my pieces"),
                    ],
                    max_length=10,
                    verbose_name="kind",
                ),
            ),
            ("in_app", models.BooleanField(default=True, verbose_name="in the desk")),
            (
                "rhythm",
                models.CharField(
                    choices=[
                        ("at_once", "at once"),
                        ("hourly", "every hour, together"),
                        ("daily", "every morning, together"),
                        ("off", "no e-mail"),
                    ],
                    default="off",
                    max_length=8,
                    verbose_name="e-mail",
                ),
            ),
        ],
        options={
            "verbose_name": "notice preference",
            "verbose_name_plural": "notice preferences",
            "ordering": ["person", "kind"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("person", "kind"), name="person_chooses_once_for_a_kind"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Told",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("occasion", models.CharField(max_length=80, unique=True, verbose_name="occasion")),
            ("told_at", models.DateTimeField(auto_now_add=True, verbose_name="told at")),
        ],
        options={
            "verbose_name": "told occasion",
            "verbose_name_plural": "told occasions",
            "ordering": ["-pk"],
        },
    ),
    # What somebody keeps at their own desk: the views of a list they come back to.
    migrations.CreateModel(
        name="SavedView",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "owner",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="saved_views",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="owner",
                ),
            ),
            ("name", models.CharField(max_length=20, verbose_name="name")),
            ("query", models.CharField(max_length=600, verbose_name="query")),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
        ],
        options={
            "verbose_name": "saved view",
            "verbose_name_plural": "saved views",
            "ordering": ["position", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("owner", "name"),
                    name="saved_view_is_unique_by_its_owners_name",
                    violation_error_message="You have a view of this name already.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("name", ""), _negated=True),
                        models.Q(("query", ""), _negated=True),
                    ),
                    name="saved_view_has_a_name_and_a_query",
                ),
            ],
            "triggers": [
                refuse(
                    "desk.SavedView", "never_truncated", "TRUNCATE", "A saved view is never emptied"
                ),
            ],
        },
    ),
    # What went wrong in a task, for the people who look after it.
    migrations.CreateModel(
        name="TaskFailure",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("job", models.BigIntegerField(unique=True, verbose_name="job")),
            ("text", models.CharField(max_length=300, verbose_name="error")),
            ("failed_at", models.DateTimeField(auto_now=True, verbose_name="failed at")),
        ],
        options={
            "verbose_name": "failure of a task",
            "verbose_name_plural": "failures of tasks",
            "ordering": ["-failed_at"],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("readers", "0001_initial"),
        ("issues", "0001_initial"),
        ("articles", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(TABLES),
    ]
