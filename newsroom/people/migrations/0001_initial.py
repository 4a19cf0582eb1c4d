"""Who works here: accounts, units, deputies, what is noted of them, and the settings of the site."""

import datetime

import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import pghistory.utils
from django.conf import settings
from django.db import migrations, models
from pgtrigger.migrations import AddTrigger

import newsroom.people.models
from newsroom.people.migrations._tables import Tables
from newsroom.people.migrations._triggers import history, refuse, trigger

# Codes that have been used, and how often things were asked: lost in a crash, and no harm done.
CACHE = """
    CREATE UNLOGGED TABLE people_cache (
        cache_key varchar(255) NOT NULL PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX people_cache_expires ON people_cache (expires);
"""


TABLES = [
    # Who works here, in which unit, with whose deputy.
    migrations.CreateModel(
        name="Unit",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("bureau", "Bureau"),
                        ("street", "Street or town"),
                        ("school", "School"),
                        ("hospital", "Hospital"),
                        ("company", "Company"),
                        ("newsroom", "Newsroom"),
                        ("other", "Other"),
                    ],
                    default="other",
                    max_length=12,
                    verbose_name="kind of unit",
                ),
            ),
            (
                "head_name",
                models.CharField(
                    blank=True,
                    help_text="Who approves what the unit files.",
                    max_length=40,
                    verbose_name="head",
                ),
            ),
        ],
        options={
            "verbose_name": "unit",
            "verbose_name_plural": "units",
            "ordering": ["name"],
            "triggers": [
                refuse(
                    "people.Unit",
                    "never_deleted",
                    "DELETE",
                    "A unit is never deleted; discard it instead",
                ),
                refuse("people.Unit", "never_truncated", "TRUNCATE", "A unit is never emptied"),
                *history("people.Unit", "id name kind head_name"),
            ],
        },
    ),
    migrations.CreateModel(
        name="UnitEvent",
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
                    to="people.unit",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=60, verbose_name="name")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("bureau", "Bureau"),
                        ("street", "Street or town"),
                        ("school", "School"),
                        ("hospital", "Hospital"),
                        ("company", "Company"),
                        ("newsroom", "Newsroom"),
                        ("other", "Other"),
                    ],
                    default="other",
                    max_length=12,
                    verbose_name="kind of unit",
                ),
            ),
            (
                "head_name",
                models.CharField(
                    blank=True,
                    help_text="Who approves what the unit files.",
                    max_length=40,
                    verbose_name="head",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "people.UnitEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "people.UnitEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="User",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("password", models.CharField(max_length=128, verbose_name="password")),
            ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
            (
                "is_superuser",
                models.BooleanField(
                    default=False,
                    help_text="Designates that this user has all permissions without explicitly assigning them.",
                    verbose_name="superuser status",
                ),
            ),
            (
                "username",
                models.CharField(
                    error_messages={"unique": "A user with that username already exists."},
                    help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                    max_length=150,
                    unique=True,
                    validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                    verbose_name="username",
                ),
            ),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
            (
                "is_staff",
                models.BooleanField(
                    default=False,
                    help_text="Designates whether the user can log into this admin site.",
                    verbose_name="staff status",
                ),
            ),
            (
                "is_active",
                models.BooleanField(
                    default=True,
                    help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                    verbose_name="active",
                ),
            ),
            (
                "date_joined",
                models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
            ),
            ("name", models.CharField(max_length=40, verbose_name="full name")),
            ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
            (
                "unit",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="users",
                    to="people.unit",
                    verbose_name="unit",
                ),
            ),
            (
                "language",
                models.CharField(
                    choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                    default="zh-hans",
                    max_length=8,
                    verbose_name="language of the desk",
                ),
            ),
            (
                "sessions_ended",
                models.PositiveIntegerField(
                    default=0, editable=False, verbose_name="how often all sessions were ended"
                ),
            ),
            (
                "groups",
                models.ManyToManyField(
                    blank=True,
                    help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                    related_name="user_set",
                    related_query_name="user",
                    to="auth.group",
                    verbose_name="groups",
                ),
            ),
            (
                "user_permissions",
                models.ManyToManyField(
                    blank=True,
                    help_text="Specific permissions for this user.",
                    related_name="user_set",
                    related_query_name="user",
                    to="auth.permission",
                    verbose_name="user permissions",
                ),
            ),
        ],
        options={
            "verbose_name": "user",
            "verbose_name_plural": "users",
            "ordering": ["name", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    django.db.models.functions.text.Lower("username"),
                    name="user_name_is_one_persons_however_it_is_written",
                    violation_error_message="This user name is taken.",
                ),
            ],
            "triggers": [
                refuse(
                    "people.User",
                    "never_deleted",
                    "DELETE",
                    "A user is never deleted; discard it instead",
                ),
                refuse("people.User", "never_truncated", "TRUNCATE", "A user is never emptied"),
                *history(
                    "people.User",
                    "id is_superuser is_staff is_active date_joined unit_id language",
                    changed='OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id")',
                ),
            ],
        },
        managers=[("objects", newsroom.people.models.PeopleManager())],
    ),
    migrations.CreateModel(
        name="UserEvent",
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
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "is_superuser",
                models.BooleanField(
                    default=False,
                    help_text="Designates that this user has all permissions without explicitly assigning them.",
                    verbose_name="superuser status",
                ),
            ),
            (
                "is_staff",
                models.BooleanField(
                    default=False,
                    help_text="Designates whether the user can log into this admin site.",
                    verbose_name="staff status",
                ),
            ),
            (
                "is_active",
                models.BooleanField(
                    default=True,
                    help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                    verbose_name="active",
                ),
            ),
            (
                "date_joined",
                models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
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
                    verbose_name="unit",
                ),
            ),
            (
                "language",
                models.CharField(
                    choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                    default="zh-hans",
                    max_length=8,
                    verbose_name="language of the desk",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "people.UserEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "people.UserEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="MembershipEvent",
        fields=[
            ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
            ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
            ("pgh_label", models.TextField(help_text="The event label.")),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "user",
                models.ForeignKey(
                    db_constraint=False,
                    db_tablespace="",
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "group",
                models.ForeignKey(
                    db_constraint=False,
                    db_tablespace="",
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="auth.group",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "people.MembershipEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "people.MembershipEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # Who came in and who was kept out: the record of accounts, and the counts of failed attempts.
    migrations.CreateModel(
        name="AccountEvent",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("signed_in", "logged in"),
                        ("failed", "wrong password"),
                        ("locked", "locked"),
                        ("code_failed", "wrong code of the second factor"),
                        ("signed_out", "logged out"),
                        ("sessions_ended", "logged out everywhere"),
                        ("factor_added", "second factor added"),
                        ("factor_removed", "second factor removed"),
                        ("codes_made", "recovery codes made"),
                        ("password_changed", "password changed"),
                        ("password_reset", "password set anew by e-mail"),
                        ("unlocked", "unlocked"),
                        ("joined", "accepted an invitation"),
                        ("left", "left"),
                        ("rejoined", "came back"),
                    ],
                    max_length=20,
                    verbose_name="what",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="account_events",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
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
            ("detail", models.CharField(blank=True, max_length=200, verbose_name="detail")),
            (
                "address",
                models.GenericIPAddressField(blank=True, null=True, verbose_name="address"),
            ),
            ("device", models.CharField(blank=True, max_length=40, verbose_name="device")),
        ],
        options={
            "verbose_name": "account event",
            "verbose_name_plural": "log-ins and accounts",
            "ordering": ["-at", "-pk"],
            "indexes": [
                models.Index(fields=["person", "-at"], name="account_event_of_a_person"),
                models.Index(fields=["-at", "-id"], name="account_event_by_time"),
                models.Index(
                    condition=models.Q(("address__isnull", False)),
                    fields=["at"],
                    name="account_event_with_an_address",
                ),
            ],
            "triggers": [
                refuse(
                    "people.AccountEvent",
                    "never_deleted",
                    "DELETE",
                    "An account event is never deleted",
                ),
                refuse(
                    "people.AccountEvent",
                    "only_forgets_the_address",
                    "UPDATE",
                    "Of an account event only the address is ever taken away",
                    condition="WHEN ((OLD.id, OLD.at, OLD.kind, OLD.person_id, OLD.by_id, OLD.detail) IS DISTINCT FROM (NEW.id, NEW.at, NEW.kind, NEW.person_id, NEW.by_id, NEW.detail) OR NEW.address IS NOT NULL OR NEW.device <> '')",
                ),
                refuse(
                    "people.AccountEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "An account event is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Barrier",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("account", models.CharField(blank=True, max_length=70, verbose_name="account")),
            ("address", models.CharField(blank=True, max_length=45, verbose_name="address")),
            ("failures", models.PositiveIntegerField(default=0, verbose_name="failures")),
            ("began_at", models.DateTimeField(verbose_name="counted since")),
            (
                "locked_until",
                models.DateTimeField(blank=True, null=True, verbose_name="locked until"),
            ),
        ],
        options={
            "verbose_name": "barrier",
            "verbose_name_plural": "barriers",
            "constraints": [
                models.UniqueConstraint(fields=("account", "address"), name="barrier_stands_once"),
                models.CheckConstraint(
                    condition=models.Q(("account", ""), ("address", ""), _negated=True),
                    name="barrier_stands_somewhere",
                ),
            ],
        },
    ),
    # What the newspaper says of itself and how it works: one row of settings.
    migrations.CreateModel(
        name="SiteSettings",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "paper_name",
                models.CharField(
                    default="棠溪时讯", max_length=40, verbose_name="name of the paper"
                ),
            ),
            (
                "place_name",
                models.CharField(default="棠溪区", max_length=40, verbose_name="district"),
            ),
            (
                "slogan",
                models.CharField(
                    blank=True, max_length=60, verbose_name="line beside the nameplate"
                ),
            ),
            (
                "description",
                models.CharField(blank=True, max_length=160, verbose_name="description"),
            ),
            (
                "organiser",
                models.CharField(blank=True, max_length=80, verbose_name="主办单位 organiser"),
            ),
            (
                "publisher",
                models.CharField(blank=True, max_length=80, verbose_name="承办单位 publisher"),
            ),
            ("address", models.CharField(blank=True, max_length=120, verbose_name="address")),
            ("postcode", models.CharField(blank=True, max_length=12, verbose_name="postcode")),
            ("hotline", models.CharField(blank=True, max_length=30, verbose_name="hotline")),
            (
                "email",
                models.EmailField(
                    blank=True, max_length=254, verbose_name="e-mail for contributions"
                ),
            ),
            ("site_domain", models.CharField(blank=True, max_length=80, verbose_name="SiteDomain")),
            (
                "site_id_code",
                models.CharField(blank=True, max_length=20, verbose_name="网站标识码 site code"),
            ),
            ("icp_number", models.CharField(blank=True, max_length=40, verbose_name="ICP备案号")),
            (
                "police_number",
                models.CharField(blank=True, max_length=40, verbose_name="公安备案号"),
            ),
            (
                "substantial_mend",
                models.PositiveIntegerField(
                    default=30,
                    help_text="When a reviewer changes more characters than this, earlier rounds sign again. 0: after every change.",
                    verbose_name="substantial mend, in characters",
                ),
            ),
            (
                "review_hours",
                models.PositiveSmallIntegerField(
                    default=4,
                    help_text="A piece that waits longer in a round is overdue. A section may say otherwise.",
                    verbose_name="time for a round, in working hours",
                ),
            ),
            (
                "work_begins",
                models.TimeField(default=datetime.time(9, 0), verbose_name="work begins at"),
            ),
            (
                "work_ends",
                models.TimeField(default=datetime.time(18, 0), verbose_name="work ends at"),
            ),
            (
                "minor_change",
                models.PositiveIntegerField(
                    default=10,
                    help_text="Typing errors in the text of a piece that is out need one signature, up to this many characters since it last went through its rounds. 0: every change goes through them.",
                    verbose_name="minor change, in characters",
                ),
            ),
            (
                "on_late_change",
                models.CharField(
                    choices=[
                        (
                            "hold",
                            "Everything that goes out with it is held until it is signed again",
                        ),
                        ("drop", "The issue goes out without it"),
                        ("go", "The signed version goes out"),
                    ],
                    default="hold",
                    help_text="A piece that goes out alone is held where an issue would go without it, and whatever this says where somebody has taken their signature back.",
                    max_length=4,
                    verbose_name="when a piece changes after its issue was scheduled",
                ),
            ),
            (
                "tries_outside_links",
                models.BooleanField(
                    default=True,
                    help_text="The worker asks now and then whether the pages that texts of coming issues link to still answer; the dry run says which do not. Other sites see that somebody asked.",
                    verbose_name="try links to other sites",
                ),
            ),
            (
                "second_factor_grace_days",
                models.PositiveSmallIntegerField(
                    default=14,
                    help_text="Everybody above correspondent needs one. Counted from when they were given such a role; 0: at once.",
                    verbose_name="days until the second factor is demanded",
                ),
            ),
            (
                "invitation_days",
                models.PositiveSmallIntegerField(
                    default=7,
                    validators=[django.core.validators.MinValueValidator(1)],
                    verbose_name="days for which an invitation is good",
                ),
            ),
            (
                "address_days",
                models.PositiveSmallIntegerField(
                    default=184,
                    help_text="The Cybersecurity Law asks for six months (第二十一条).",
                    verbose_name="days for which addresses of log-ins are kept",
                ),
            ),
            (
                "photo_characters",
                models.PositiveSmallIntegerField(
                    default=400,
                    help_text="The board counts a photo of a piece as so many characters of its page.",
                    validators=[django.core.validators.MaxValueValidator(5000)],
                    verbose_name="characters a photo takes",
                ),
            ),
            (
                "first_issue_number",
                models.PositiveIntegerField(
                    default=1,
                    help_text="For a paper that has come out before: the running number to go on with.",
                    validators=[django.core.validators.MinValueValidator(1)],
                    verbose_name="number of the first issue closed here",
                ),
            ),
            (
                "issues_ahead_days",
                models.PositiveSmallIntegerField(
                    default=14,
                    help_text="By the publication calendar, every day. 0: only today's.",
                    verbose_name="days for which issues are planned ahead",
                ),
            ),
            (
                "newsletter",
                models.BooleanField(
                    default=False,
                    help_text="Needs a mail server. Off: its pages are not there, and nothing is sent.",
                    verbose_name="newsletter for new issues",
                ),
            ),
            (
                "newsletter_sender",
                models.CharField(
                    blank=True,
                    help_text="Empty: the name of the paper.",
                    max_length=60,
                    verbose_name="sender of letters to readers",
                ),
            ),
            (
                "newsletter_per_minute",
                models.PositiveSmallIntegerField(
                    default=120,
                    help_text="What your mail server allows, and no more.",
                    validators=[
                        django.core.validators.MinValueValidator(1),
                        django.core.validators.MaxValueValidator(6000),
                    ],
                    verbose_name="letters a minute",
                ),
            ),
            (
                "offline_reading",
                models.BooleanField(
                    default=True,
                    help_text="Readers may keep the latest issue on their device. Off: it is deleted there.",
                    verbose_name="reading without a network",
                ),
            ),
            (
                "party_mark_id",
                models.CharField(blank=True, max_length=60, verbose_name="党政机关标识 id"),
            ),
        ],
        options={
            "verbose_name": "site settings",
            "verbose_name_plural": "site settings",
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("pk", 1)), name="site_settings_are_one_row"
                ),
                models.CheckConstraint(
                    condition=models.Q(("review_hours__range", (1, 200))),
                    name="a_round_is_given_1_to_200_hours",
                    violation_error_message="A round is given 1 to 200 working hours.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("issues_ahead_days__lte", 90)),
                    name="issues_are_planned_90_days_ahead_at_most",
                    violation_error_message="Issues are planned 90 days ahead at most.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("work_begins__lt", datetime.time(23, 0)),
                        (
                            "work_ends__gte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("work_begins"),
                                "+",
                                models.Value(datetime.timedelta(seconds=3600)),
                            ),
                        ),
                    ),
                    name="a_working_day_has_an_hour_or_more",
                    violation_error_message="Work ends an hour or more after it begins.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("newsletter_per_minute__range", (1, 6000))),
                    name="newsletter_goes_at_1_to_6000_letters_a_minute",
                    violation_error_message="From 1 to 6,000 letters a minute.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("photo_characters__lte", 5000)),
                    name="a_photo_takes_5000_characters_at_most",
                    violation_error_message="A photo takes 5,000 characters at most.",
                ),
            ],
            "triggers": [
                refuse(
                    "people.SiteSettings",
                    "never_deleted",
                    "DELETE",
                    "A row of site settings is never deleted; discard it instead",
                ),
                refuse(
                    "people.SiteSettings",
                    "never_truncated",
                    "TRUNCATE",
                    "A row of site settings is never emptied",
                ),
                *history(
                    "people.SiteSettings",
                    (
                        "id paper_name place_name slogan description organiser publisher address "
                        "postcode hotline email site_domain site_id_code icp_number police_number "
                        "substantial_mend review_hours work_begins work_ends minor_change "
                        "on_late_change tries_outside_links second_factor_grace_days invitation_days "
                        "address_days photo_characters first_issue_number issues_ahead_days newsletter "
                        "newsletter_sender newsletter_per_minute offline_reading party_mark_id"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SiteSettingsEvent",
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
                    to="people.sitesettings",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "paper_name",
                models.CharField(
                    default="棠溪时讯", max_length=40, verbose_name="name of the paper"
                ),
            ),
            (
                "place_name",
                models.CharField(default="棠溪区", max_length=40, verbose_name="district"),
            ),
            (
                "slogan",
                models.CharField(
                    blank=True, max_length=60, verbose_name="line beside the nameplate"
                ),
            ),
            (
                "description",
                models.CharField(blank=True, max_length=160, verbose_name="description"),
            ),
            (
                "organiser",
                models.CharField(blank=True, max_length=80, verbose_name="主办单位 organiser"),
            ),
            (
                "publisher",
                models.CharField(blank=True, max_length=80, verbose_name="承办单位 publisher"),
            ),
            ("address", models.CharField(blank=True, max_length=120, verbose_name="address")),
            ("postcode", models.CharField(blank=True, max_length=12, verbose_name="postcode")),
            ("hotline", models.CharField(blank=True, max_length=30, verbose_name="hotline")),
            (
                "email",
                models.EmailField(
                    blank=True, max_length=254, verbose_name="e-mail for contributions"
                ),
            ),
            ("site_domain", models.CharField(blank=True, max_length=80, verbose_name="SiteDomain")),
            (
                "site_id_code",
                models.CharField(blank=True, max_length=20, verbose_name="网站标识码 site code"),
            ),
            ("icp_number", models.CharField(blank=True, max_length=40, verbose_name="ICP备案号")),
            (
                "police_number",
                models.CharField(blank=True, max_length=40, verbose_name="公安备案号"),
            ),
            (
                "substantial_mend",
                models.PositiveIntegerField(
                    default=30,
                    help_text="When a reviewer changes more characters than this, earlier rounds sign again. 0: after every change.",
                    verbose_name="substantial mend, in characters",
                ),
            ),
            (
                "review_hours",
                models.PositiveSmallIntegerField(
                    default=4,
                    help_text="A piece that waits longer in a round is overdue. A section may say otherwise.",
                    verbose_name="time for a round, in working hours",
                ),
            ),
            (
                "work_begins",
                models.TimeField(default=datetime.time(9, 0), verbose_name="work begins at"),
            ),
            (
                "work_ends",
                models.TimeField(default=datetime.time(18, 0), verbose_name="work ends at"),
            ),
            (
                "minor_change",
                models.PositiveIntegerField(
                    default=10,
                    help_text="Typing errors in the text of a piece that is out need one signature, up to this many characters since it last went through its rounds. 0: every change goes through them.",
                    verbose_name="minor change, in characters",
                ),
            ),
            (
                "on_late_change",
                models.CharField(
                    choices=[
                        (
                            "hold",
                            "Everything that goes out with it is held until it is signed again",
                        ),
                        ("drop", "The issue goes out without it"),
                        ("go", "The signed version goes out"),
                    ],
                    default="hold",
                    help_text="A piece that goes out alone is held where an issue would go without it, and whatever this says where somebody has taken their signature back.",
                    max_length=4,
                    verbose_name="when a piece changes after its issue was scheduled",
                ),
            ),
            (
                "tries_outside_links",
                models.BooleanField(
                    default=True,
                    help_text="The worker asks now and then whether the pages that texts of coming issues link to still answer; the dry run says which do not. Other sites see that somebody asked.",
                    verbose_name="try links to other sites",
                ),
            ),
            (
                "second_factor_grace_days",
                models.PositiveSmallIntegerField(
                    default=14,
                    help_text="Everybody above correspondent needs one. Counted from when they were given such a role; 0: at once.",
                    verbose_name="days until the second factor is demanded",
                ),
            ),
            (
                "invitation_days",
                models.PositiveSmallIntegerField(
                    default=7,
                    validators=[django.core.validators.MinValueValidator(1)],
                    verbose_name="days for which an invitation is good",
                ),
            ),
            (
                "address_days",
                models.PositiveSmallIntegerField(
                    default=184,
                    help_text="The Cybersecurity Law asks for six months (第二十一条).",
                    verbose_name="days for which addresses of log-ins are kept",
                ),
            ),
            (
                "photo_characters",
                models.PositiveSmallIntegerField(
                    default=400,
                    help_text="The board counts a photo of a piece as so many characters of its page.",
                    validators=[django.core.validators.MaxValueValidator(5000)],
                    verbose_name="characters a photo takes",
                ),
            ),
            (
                "first_issue_number",
                models.PositiveIntegerField(
                    default=1,
                    help_text="For a paper that has come out before: the running number to go on with.",
                    validators=[django.core.validators.MinValueValidator(1)],
                    verbose_name="number of the first issue closed here",
                ),
            ),
            (
                "issues_ahead_days",
                models.PositiveSmallIntegerField(
                    default=14,
                    help_text="By the publication calendar, every day. 0: only today's.",
                    verbose_name="days for which issues are planned ahead",
                ),
            ),
            (
                "newsletter",
                models.BooleanField(
                    default=False,
                    help_text="Needs a mail server. Off: its pages are not there, and nothing is sent.",
                    verbose_name="newsletter for new issues",
                ),
            ),
            (
                "newsletter_sender",
                models.CharField(
                    blank=True,
                    help_text="Empty: the name of the paper.",
                    max_length=60,
                    verbose_name="sender of letters to readers",
                ),
            ),
            (
                "newsletter_per_minute",
                models.PositiveSmallIntegerField(
                    default=120,
                    help_text="What your mail server allows, and no more.",
                    validators=[
                        django.core.validators.MinValueValidator(1),
                        django.core.validators.MaxValueValidator(6000),
                    ],
                    verbose_name="letters a minute",
                ),
            ),
            (
                "offline_reading",
                models.BooleanField(
                    default=True,
                    help_text="Readers may keep the latest issue on their device. Off: it is deleted there.",
                    verbose_name="reading without a network",
                ),
            ),
            (
                "party_mark_id",
                models.CharField(blank=True, max_length=60, verbose_name="党政机关标识 id"),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "people.SiteSettingsEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "people.SiteSettingsEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Membership",
        fields=[],
        options={
            "verbose_name": "membership",
            "verbose_name_plural": "memberships",
            "proxy": True,
            "indexes": [],
            "constraints": [],
        },
        bases=("people.user_groups",),
    ),
    # Who works here, in which unit, with whose deputy.
    migrations.CreateModel(
        name="Deputy",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "principal",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="deputies",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="acts for",
                ),
            ),
            (
                "deputy",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="deputyships",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="deputy",
                ),
            ),
            ("starts_on", models.DateField(verbose_name="from")),
            ("ends_on", models.DateField(verbose_name="to")),
            (
                "used_until",
                models.DateField(
                    blank=True,
                    editable=False,
                    help_text="When something was last signed by this deputy; the database keeps it.",
                    null=True,
                    verbose_name="last used on",
                ),
            ),
        ],
        options={
            "verbose_name": "deputy",
            "verbose_name_plural": "deputies",
            "ordering": ["-starts_on", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                    name="deputy_ends_after_it_starts",
                    violation_error_message="The last day is before the first.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("deputy", models.F("principal")), _negated=True),
                    name="nobody_is_their_own_deputy",
                    violation_error_message="Nobody is their own deputy.",
                ),
            ],
            "triggers": [
                refuse("people.Deputy", "never_truncated", "TRUNCATE", "A deputy is never emptied"),
                trigger(
                    "people.Deputy",
                    "used_deputy_stays",
                    """
    IF OLD.used_until IS NULL THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a deputy who has signed stays on record' USING ERRCODE = '23514';
    END IF;
    IF to_jsonb(NEW) - 'ends_on' - 'used_until' <> to_jsonb(OLD) - 'ends_on' - 'used_until'
       OR NEW.ends_on > OLD.ends_on OR NEW.ends_on < OLD.used_until
       OR NEW.used_until IS NULL OR NEW.used_until < OLD.used_until THEN
        RAISE EXCEPTION 'a deputy who has signed can only end earlier, after what was signed' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE OR DELETE",
                ),
                *history("people.Deputy", "id principal_id deputy_id starts_on ends_on used_until"),
            ],
        },
    ),
    migrations.CreateModel(
        name="DeputyEvent",
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
                    to="people.deputy",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "principal",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="acts for",
                ),
            ),
            (
                "deputy",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="deputy",
                ),
            ),
            ("starts_on", models.DateField(verbose_name="from")),
            ("ends_on", models.DateField(verbose_name="to")),
            (
                "used_until",
                models.DateField(
                    blank=True,
                    editable=False,
                    help_text="When something was last signed by this deputy; the database keeps it.",
                    null=True,
                    verbose_name="last used on",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "people.DeputyEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "people.DeputyEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        Tables(TABLES),
        AddTrigger(
            model_name="membership",
            trigger=refuse(
                "people.Membership",
                "never_truncated",
                "TRUNCATE",
                "A membership is never emptied",
                table="people_user_groups",
            ),
        ),
        AddTrigger(
            model_name="membership",
            trigger=trigger(
                "people.Membership",
                "insert_insert",
                'INSERT INTO "people_membershipevent" ("group_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (NEW."group_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."user_id"); RETURN NULL;',
                table="people_user_groups",
                when="AFTER",
                operation="INSERT",
            ),
        ),
        AddTrigger(
            model_name="membership",
            trigger=trigger(
                "people.Membership",
                "update_update",
                'INSERT INTO "people_membershipevent" ("group_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (NEW."group_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."user_id"); RETURN NULL;',
                table="people_user_groups",
                when="AFTER",
                operation="UPDATE",
                condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
            ),
        ),
        AddTrigger(
            model_name="membership",
            trigger=trigger(
                "people.Membership",
                "delete_delete",
                'INSERT INTO "people_membershipevent" ("group_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (OLD."group_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."user_id"); RETURN NULL;',
                table="people_user_groups",
                when="AFTER",
                operation="DELETE",
            ),
        ),
        migrations.RunSQL(CACHE, "DROP TABLE people_cache"),
    ]
