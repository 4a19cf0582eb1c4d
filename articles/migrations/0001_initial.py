"""What the newsroom writes: pieces, their versions, reviews and releases, and who may be named.

Each table stands with everything that holds for it: columns, indexes, constraints, and the triggers
by which the database guards it. The functions that some triggers call follow in 0002.
"""

import datetime
import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pghistory.utils
from django.conf import settings
from django.db import migrations, models

import articles.fields
import articles.video_links
from articles.variants import SIMPLIFIED, TRADITIONAL
from newsroom.people.migrations._tables import Tables
from newsroom.people.migrations._triggers import history, refuse, trigger

# Words as they are compared: full-width letters narrow, capitals small, traditional characters
# simplified one for one, and every stretch of what is neither Han, kana, a Latin letter nor a digit
# as one bar. ``articles.search`` reads queries alike, and with the same table of characters: that
# one thing stands in ``articles.variants`` only. Few texts have any of them; only those are gone
# through.
SIMPLE = rf"""
CREATE FUNCTION articles_simple(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN words ~ '[{TRADITIONAL}]' THEN (
        SELECT translate(words, string_agg(one, '' ORDER BY one), string_agg(
                   substr('{SIMPLIFIED}', strpos('{TRADITIONAL}', one), 1), '' ORDER BY one))
          FROM (SELECT DISTINCT part[1] AS one
                  FROM regexp_matches(words, '[{TRADITIONAL}]', 'g') AS part) AS parts)
        ELSE words END;
END
"""  # noqa: S608 - made of a table of characters of ours
SEARCHABLE = r"""
CREATE FUNCTION articles_searchable(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(
        articles_simple(lower(normalize(words, NFKC) COLLATE "C")),
        U&'[^0-9a-z\00c0-\024f\3005\3007\3040-\30ff\3400-\9fff\+020000-\+03ffff]+', '|', 'g');
END
"""
# Each pair of neighbouring units, and the last unit of a run; the argument is searchable.
LEXEMES = r"""
CREATE FUNCTION articles_lexemes(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(array_agg(CASE WHEN following = '|' THEN unit ELSE unit || following END), '{}')
      FROM (SELECT left(part, 40) AS unit,
                   left(lead(part, 1, '|') OVER (ORDER BY place), 40) AS following
              FROM unnest(string_to_array(regexp_replace(words,
                       U&'([\3005\3007\3040-\30ff\3400-\9fff\+020000-\+03ffff|])',
                       E'\x01\\1\x01', 'g'), E'\x01')) WITH ORDINALITY AS cut(part, place)
             WHERE part <> '') AS parts
     WHERE unit <> '|';
END
"""
# Every character of a text that is no letter and no digit, one by one: a common one by its
# beginning would be gathered from the lists of thousands of pairs. Characters beyond the basic
# plane are left to that: a text of nothing but them would burst a vector.
CHARACTERS = r"""
CREATE FUNCTION articles_characters(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_to_array(regexp_replace(words,
        U&'[^\3005\3007\3040-\30ff\3400-\9fff]+', '', 'g'), NULL);
END
"""
# Zones, facets and months are marks before a lexeme: positions and weights are not in an index.
PUBLIC_LEXEMES = """
CREATE FUNCTION articles_public_lexemes(
    headline text, deck text, words text, names text[], section bigint, month integer)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN month IS NOT NULL THEN array_to_tsvector(
        articles_lexemes(words) || articles_characters(words)
        || ARRAY(SELECT '^' || one FROM unnest(
               articles_lexemes(headline) || articles_characters(headline)) AS one)
        || ARRAY(SELECT '~' || one FROM unnest(
               articles_lexemes(deck) || articles_characters(deck)) AS one)
        || ARRAY(SELECT '@b' || one FROM unnest(names) AS one)
        || ARRAY['@s' || coalesce(section, 0), '@' || month, '@' || month / 100]) END;
END
"""


TABLES = [
    # The standing lists: sections, tags, correspondents.
    migrations.CreateModel(
        name="Section",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=20, unique=True, verbose_name="name")),
            ("slug", models.SlugField(max_length=40, unique=True, verbose_name="address")),
            (
                "description",
                models.CharField(blank=True, max_length=160, verbose_name="description"),
            ),
            ("keywords", models.CharField(blank=True, max_length=120, verbose_name="keywords")),
            (
                "column_type",
                models.CharField(
                    choices=[
                        ("工作动态", "工作动态 news of work"),
                        ("政策文件", "政策文件 policy documents"),
                        ("政策解读", "政策解读 policy explained"),
                        ("回应关切", "回应关切 response to concerns"),
                        ("概况信息", "概况信息 overview"),
                        ("办事服务", "办事服务 services"),
                        ("征集调查", "征集调查 surveys"),
                    ],
                    default="工作动态",
                    max_length=10,
                    verbose_name="column type",
                ),
            ),
            (
                "review_hours",
                models.PositiveSmallIntegerField(
                    blank=True,
                    help_text="Empty: as long as everywhere in the newsroom.",
                    null=True,
                    verbose_name="time for a round, in working hours",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ("retired", models.BooleanField(default=False, verbose_name="retired")),
        ],
        options={
            "verbose_name": "section",
            "verbose_name_plural": "sections",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("review_hours", None), ("review_hours__range", (1, 200)), _connector="OR"
                    ),
                    name="a_section_gives_a_round_1_to_200_hours",
                    violation_error_message="A round is given 1 to 200 working hours.",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Section",
                    "never_deleted",
                    "DELETE",
                    "A section is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Section", "never_truncated", "TRUNCATE", "A section is never emptied"
                ),
                *history(
                    "articles.Section",
                    "id name slug description keywords column_type review_hours position retired",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SectionEvent",
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
                    to="articles.section",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=20, verbose_name="name")),
            ("slug", models.SlugField(db_index=False, max_length=40, verbose_name="address")),
            (
                "description",
                models.CharField(blank=True, max_length=160, verbose_name="description"),
            ),
            ("keywords", models.CharField(blank=True, max_length=120, verbose_name="keywords")),
            (
                "column_type",
                models.CharField(
                    choices=[
                        ("工作动态", "工作动态 news of work"),
                        ("政策文件", "政策文件 policy documents"),
                        ("政策解读", "政策解读 policy explained"),
                        ("回应关切", "回应关切 response to concerns"),
                        ("概况信息", "概况信息 overview"),
                        ("办事服务", "办事服务 services"),
                        ("征集调查", "征集调查 surveys"),
                    ],
                    default="工作动态",
                    max_length=10,
                    verbose_name="column type",
                ),
            ),
            (
                "review_hours",
                models.PositiveSmallIntegerField(
                    blank=True,
                    help_text="Empty: as long as everywhere in the newsroom.",
                    null=True,
                    verbose_name="time for a round, in working hours",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ("retired", models.BooleanField(default=False, verbose_name="retired")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.SectionEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.SectionEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Tag",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=30, verbose_name="name")),
            (
                "kind",
                models.CharField(
                    choices=[("place", "Place"), ("person", "Person"), ("topic", "Topic")],
                    default="topic",
                    max_length=6,
                    verbose_name="kind of tag",
                ),
            ),
        ],
        options={
            "verbose_name": "tag",
            "verbose_name_plural": "tags",
            "ordering": ["kind", "name"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("kind", "name"),
                    name="tag_is_unique_in_its_kind",
                    violation_error_message="There is such a tag already.",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Tag",
                    "never_deleted",
                    "DELETE",
                    "A tag is never deleted; discard it instead",
                ),
                refuse("articles.Tag", "never_truncated", "TRUNCATE", "A tag is never emptied"),
                *history("articles.Tag", "id name kind"),
            ],
        },
    ),
    migrations.CreateModel(
        name="TagEvent",
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
                    to="articles.tag",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=30, verbose_name="name")),
            (
                "kind",
                models.CharField(
                    choices=[("place", "Place"), ("person", "Person"), ("topic", "Topic")],
                    default="topic",
                    max_length=6,
                    verbose_name="kind of tag",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.TagEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.TagEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Correspondent",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=40, verbose_name="full name")),
            (
                "unit",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="correspondents",
                    to="people.unit",
                    verbose_name="unit",
                ),
            ),
            (
                "user",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="correspondent",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="account",
                ),
            ),
            ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
            ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
            ("retired", models.BooleanField(default=False, verbose_name="retired")),
        ],
        options={
            "verbose_name": "correspondent",
            "verbose_name_plural": "correspondents",
            "ordering": ["name", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("name", ""), _negated=True), name="correspondent_has_a_name"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Correspondent",
                    "never_deleted",
                    "DELETE",
                    "A correspondent is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Correspondent",
                    "never_truncated",
                    "TRUNCATE",
                    "A correspondent is never emptied",
                ),
                trigger(
                    "articles.Correspondent",
                    "search_follows_a_name",
                    """
    PERFORM articles_search_again(ARRAY(
        SELECT DISTINCT article_id FROM articles_byline WHERE correspondent_id = NEW.id));
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))',
                ),
                trigger(
                    "articles.Correspondent",
                    "shelves_follow_a_name",
                    """
    PERFORM articles_shelve_again(ARRAY(
        SELECT DISTINCT v.article_id FROM articles_versionbyline b
          JOIN articles_version v ON v.id = b.version_id
         WHERE b.correspondent_id = NEW.id));
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))',
                ),
                *history(
                    "articles.Correspondent",
                    "id name unit_id user_id retired",
                    changed='OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."retired" IS DISTINCT FROM (NEW."retired") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id")',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CorrespondentEvent",
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
                    to="articles.correspondent",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=40, verbose_name="full name")),
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
            ("retired", models.BooleanField(default=False, verbose_name="retired")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.CorrespondentEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.CorrespondentEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # Pictures: what is known of a master file, however many pieces show it.
    migrations.CreateModel(
        name="Picture",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "digest",
                models.CharField(
                    editable=False,
                    help_text="SHA-256 of the master, by which photos and signed versions name it.",
                    max_length=64,
                    unique=True,
                    verbose_name="digest",
                ),
            ),
            ("width", models.PositiveIntegerField(editable=False, verbose_name="width in pixels")),
            (
                "height",
                models.PositiveIntegerField(editable=False, verbose_name="height in pixels"),
            ),
            (
                "original_digest",
                models.CharField(
                    blank=True,
                    db_index=True,
                    editable=False,
                    max_length=64,
                    verbose_name="digest of the original",
                ),
            ),
            (
                "original_format",
                models.CharField(
                    blank=True, editable=False, max_length=8, verbose_name="format of the original"
                ),
            ),
            (
                "original_size",
                models.PositiveIntegerField(
                    default=0, editable=False, verbose_name="size of the original in bytes"
                ),
            ),
            (
                "fingerprint",
                models.BigIntegerField(
                    blank=True,
                    editable=False,
                    null=True,
                    verbose_name="fingerprint of what it shows",
                ),
            ),
            (
                "colour",
                models.CharField(
                    blank=True, editable=False, max_length=12, verbose_name="placeholder colour"
                ),
            ),
            (
                "ready",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=12),
                    blank=True,
                    default=list,
                    editable=False,
                    size=None,
                    verbose_name="renditions that are ready",
                ),
            ),
            ("taken_on", models.DateField(blank=True, null=True, verbose_name="taken on")),
            (
                "place",
                models.CharField(
                    blank=True,
                    help_text="In words, for instance 石桥街道菜场.",
                    max_length=100,
                    verbose_name="place",
                ),
            ),
            (
                "rights",
                models.CharField(
                    blank=True,
                    help_text="Whose it is, and what it may be used for.",
                    max_length=200,
                    verbose_name="rights",
                ),
            ),
            ("shows_minors", models.BooleanField(default=False, verbose_name="shows minors")),
            (
                "consent",
                models.TextField(
                    blank=True,
                    help_text="Who agreed to be shown, when, and where that is kept.",
                    verbose_name="consent",
                ),
            ),
            (
                "noted",
                models.JSONField(
                    blank=True,
                    default=dict,
                    editable=False,
                    help_text="What the camera or an agency wrote: proposals only.",
                    verbose_name="read from the file",
                ),
            ),
            (
                "uploaded_by",
                models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="uploaded by",
                ),
            ),
            (
                "uploaded_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(),
                    editable=False,
                    verbose_name="uploaded at",
                ),
            ),
        ],
        options={
            "verbose_name": "picture",
            "verbose_name_plural": "pictures",
            "ordering": ["-uploaded_at", "-pk"],
            "indexes": [
                models.Index(fields=["-uploaded_at", "-id"], name="picture_by_upload"),
                models.Index(
                    fields=["fingerprint"], include=("id",), name="picture_by_fingerprint"
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                    name="picture_is_named_by_a_digest",
                ),
                models.CheckConstraint(
                    condition=models.Q(("height__gt", 0), ("width__gt", 0)),
                    name="picture_has_a_size",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("original_digest", ""), ("original_format", ""), ("original_size", 0)
                        ),
                        models.Q(
                            ("original_digest__regex", "^[0-9a-f]{64}$"),
                            ("original_size__gt", 0),
                            models.Q(("original_format", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="original_of_a_picture_is_known_whole",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Picture", "never_truncated", "TRUNCATE", "A picture is never emptied"
                ),
                trigger(
                    "articles.Picture",
                    "picture_stays_the_same_file",
                    """
    IF (NEW.digest, NEW.width, NEW.height) IS DISTINCT FROM (OLD.digest, OLD.width, OLD.height) THEN
        RAISE EXCEPTION 'a picture stays the same file; take another one' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                trigger(
                    "articles.Picture",
                    "picture_in_use_is_kept",
                    """
    IF EXISTS (SELECT 1 FROM articles_photo WHERE digest = OLD.digest)
       OR EXISTS (SELECT 1 FROM articles_versionphoto WHERE digest = OLD.digest)
       OR EXISTS (SELECT 1 FROM articles_photoevent WHERE digest = OLD.digest)
       OR EXISTS (SELECT 1 FROM articles_upload WHERE digest = OLD.digest) THEN
        RAISE EXCEPTION 'a picture that a piece shows or has shown is kept' USING ERRCODE = '23514';
    END IF;
    RETURN OLD;
""",
                    when="BEFORE",
                    operation="DELETE",
                ),
                trigger(
                    "articles.Picture",
                    "likeness_follows_a_new_picture",
                    """
    PERFORM pg_advisory_xact_lock(hashtext('articles_likeness'));
    DELETE FROM articles_likeness WHERE NEW.id IN (picture_id, other_id);
    WITH near AS (
        SELECT one.id, other.id AS other,
               bit_count((one.fingerprint # other.fingerprint)::bit(64)) AS bits
          FROM articles_picture one, articles_picture other
         WHERE one.id = NEW.id AND other.id <> NEW.id
           AND bit_count((one.fingerprint # other.fingerprint)::bit(64)) <= 7
    )
    INSERT INTO articles_likeness (picture_id, other_id, bits)
    SELECT id, other, bits FROM near UNION ALL SELECT other, id, bits FROM near;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    constraint="CONSTRAINT",
                    condition="WHEN (NEW.fingerprint IS NOT NULL)",
                ),
                trigger(
                    "articles.Picture",
                    "likeness_follows_its_number",
                    """
    PERFORM pg_advisory_xact_lock(hashtext('articles_likeness'));
    DELETE FROM articles_likeness WHERE NEW.id IN (picture_id, other_id);
    WITH near AS (
        SELECT one.id, other.id AS other,
               bit_count((one.fingerprint # other.fingerprint)::bit(64)) AS bits
          FROM articles_picture one, articles_picture other
         WHERE one.id = NEW.id AND other.id <> NEW.id
           AND bit_count((one.fingerprint # other.fingerprint)::bit(64)) <= 7
    )
    INSERT INTO articles_likeness (picture_id, other_id, bits)
    SELECT id, other, bits FROM near UNION ALL SELECT other, id, bits FROM near;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    constraint="CONSTRAINT",
                    condition='WHEN (OLD."fingerprint" IS DISTINCT FROM (NEW."fingerprint"))',
                ),
                *history(
                    "articles.Picture",
                    (
                        "id digest width height original_digest original_format original_size "
                        "fingerprint colour taken_on place rights shows_minors consent uploaded_by_id "
                        "uploaded_at"
                    ),
                    changed='OLD."colour" IS DISTINCT FROM (NEW."colour") OR OLD."consent" IS DISTINCT FROM (NEW."consent") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."fingerprint" IS DISTINCT FROM (NEW."fingerprint") OR OLD."height" IS DISTINCT FROM (NEW."height") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."original_digest" IS DISTINCT FROM (NEW."original_digest") OR OLD."original_format" IS DISTINCT FROM (NEW."original_format") OR OLD."original_size" IS DISTINCT FROM (NEW."original_size") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."rights" IS DISTINCT FROM (NEW."rights") OR OLD."shows_minors" IS DISTINCT FROM (NEW."shows_minors") OR OLD."taken_on" IS DISTINCT FROM (NEW."taken_on") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."width" IS DISTINCT FROM (NEW."width")',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PictureEvent",
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
                    to="articles.picture",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "digest",
                models.CharField(
                    editable=False,
                    help_text="SHA-256 of the master, by which photos and signed versions name it.",
                    max_length=64,
                    verbose_name="digest",
                ),
            ),
            ("width", models.PositiveIntegerField(editable=False, verbose_name="width in pixels")),
            (
                "height",
                models.PositiveIntegerField(editable=False, verbose_name="height in pixels"),
            ),
            (
                "original_digest",
                models.CharField(
                    blank=True, editable=False, max_length=64, verbose_name="digest of the original"
                ),
            ),
            (
                "original_format",
                models.CharField(
                    blank=True, editable=False, max_length=8, verbose_name="format of the original"
                ),
            ),
            (
                "original_size",
                models.PositiveIntegerField(
                    default=0, editable=False, verbose_name="size of the original in bytes"
                ),
            ),
            (
                "fingerprint",
                models.BigIntegerField(
                    blank=True,
                    editable=False,
                    null=True,
                    verbose_name="fingerprint of what it shows",
                ),
            ),
            (
                "colour",
                models.CharField(
                    blank=True, editable=False, max_length=12, verbose_name="placeholder colour"
                ),
            ),
            ("taken_on", models.DateField(blank=True, null=True, verbose_name="taken on")),
            (
                "place",
                models.CharField(
                    blank=True,
                    help_text="In words, for instance 石桥街道菜场.",
                    max_length=100,
                    verbose_name="place",
                ),
            ),
            (
                "rights",
                models.CharField(
                    blank=True,
                    help_text="Whose it is, and what it may be used for.",
                    max_length=200,
                    verbose_name="rights",
                ),
            ),
            ("shows_minors", models.BooleanField(default=False, verbose_name="shows minors")),
            (
                "consent",
                models.TextField(
                    blank=True,
                    help_text="Who agreed to be shown, when, and where that is kept.",
                    verbose_name="consent",
                ),
            ),
            (
                "uploaded_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="uploaded by",
                ),
            ),
            (
                "uploaded_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(),
                    editable=False,
                    verbose_name="uploaded at",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.PictureEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.PictureEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Likeness",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "picture",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="likenesses",
                    to="articles.picture",
                    verbose_name="picture",
                ),
            ),
            (
                "other",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="articles.picture",
                    verbose_name="looks like",
                ),
            ),
            ("bits", models.PositiveSmallIntegerField(verbose_name="bits that differ")),
        ],
        options={
            "verbose_name": "likeness of pictures",
            "verbose_name_plural": "likenesses of pictures",
            "constraints": [
                models.UniqueConstraint(
                    fields=("picture", "other"), name="pair_of_pictures_is_one"
                ),
                models.CheckConstraint(
                    condition=models.Q(("picture", models.F("other")), _negated=True),
                    name="picture_is_compared_with_another",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Likeness",
                    "never_truncated",
                    "TRUNCATE",
                    "Which pictures look alike is never emptied",
                ),
            ],
        },
    ),
    # The rounds a piece passes, who signed what in them, and the record of every act.
    migrations.CreateModel(
        name="Route",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=40, verbose_name="name")),
            ("is_in_force", models.BooleanField(default=False, verbose_name="in force")),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="made by",
                ),
            ),
            ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
        ],
        options={
            "verbose_name": "route",
            "verbose_name_plural": "routes",
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("is_in_force", True)),
                    fields=("is_in_force",),
                    name="one_route_is_in_force",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("retired_at", None), ("is_in_force", False), _connector="OR"
                    ),
                    name="retired_route_is_not_in_force",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Route",
                    "never_deleted",
                    "DELETE",
                    "A route is never deleted; discard it instead",
                ),
                refuse("articles.Route", "never_truncated", "TRUNCATE", "A route is never emptied"),
                *history("articles.Route", "id name is_in_force made_at made_by_id retired_at"),
            ],
        },
    ),
    migrations.CreateModel(
        name="RouteEvent",
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
                    to="articles.route",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=40, verbose_name="name")),
            ("is_in_force", models.BooleanField(default=False, verbose_name="in force")),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            (
                "made_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="made by",
                ),
            ),
            ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.RouteEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.RouteEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Round",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "route",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="rounds",
                    to="articles.route",
                    verbose_name="route",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ("name", models.CharField(max_length=12, verbose_name="name")),
            (
                "seal",
                models.CharField(help_text="One character.", max_length=1, verbose_name="seal"),
            ),
            (
                "group",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="auth.group",
                    verbose_name="signed by",
                ),
            ),
        ],
        options={
            "verbose_name": "round",
            "verbose_name_plural": "rounds",
            "ordering": ["route", "position"],
            "constraints": [
                models.UniqueConstraint(fields=("route", "position"), name="round_has_its_place"),
                models.UniqueConstraint(fields=("route", "name"), name="round_has_its_name"),
                models.UniqueConstraint(fields=("route", "seal"), name="round_has_its_seal"),
                models.CheckConstraint(
                    condition=models.Q(("position__range", (1, 5))),
                    name="route_has_one_to_five_rounds",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Round",
                    "never_deleted",
                    "DELETE",
                    "A round is never deleted; discard it instead",
                ),
                refuse("articles.Round", "never_truncated", "TRUNCATE", "A round is never emptied"),
                trigger(
                    "articles.Round",
                    "round_in_use_stays",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_review
         WHERE route_id IN (NEW.route_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.route_id END))
       AND (TG_OP = 'INSERT' OR NEW.position <> OLD.position OR NEW.route_id <> OLD.route_id
            OR NEW.group_id <> OLD.group_id) THEN
        RAISE EXCEPTION 'a route that pieces have taken keeps its rounds; make a new route' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                trigger(
                    "articles.Round",
                    "round_is_signed_by_editors",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM auth_group g WHERE g.id = NEW.group_id
           AND g.name IN ('editor', 'desk head', 'chief editor', 'issue editor')
    ) THEN
        RAISE EXCEPTION 'a round is signed by editors, desk heads, chief editors or issue editors' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                *history("articles.Round", "id route_id position name seal group_id"),
            ],
        },
    ),
    migrations.CreateModel(
        name="RoundEvent",
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
                    to="articles.round",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "route",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.route",
                    verbose_name="route",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ("name", models.CharField(max_length=12, verbose_name="name")),
            (
                "seal",
                models.CharField(help_text="One character.", max_length=1, verbose_name="seal"),
            ),
            (
                "group",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="auth.group",
                    verbose_name="signed by",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.RoundEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.RoundEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    # What goes out together, and when.
    migrations.CreateModel(
        name="Release",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "publish_at",
                models.DateTimeField(
                    blank=True,
                    help_text="Empty until it is scheduled.",
                    null=True,
                    verbose_name="goes out at",
                ),
            ),
            ("held", models.BooleanField(default=False, verbose_name="held")),
            (
                "held_because",
                models.CharField(blank=True, max_length=200, verbose_name="held because"),
            ),
            (
                "held_by_change",
                models.BooleanField(
                    default=False,
                    help_text="A piece was taken up again; the hold ends when it is signed.",
                    verbose_name="held because of a change",
                ),
            ),
            (
                "backdated_because",
                models.CharField(
                    blank=True,
                    help_text="Only for what was published elsewhere before it came here.",
                    max_length=200,
                    verbose_name="why its hour lies before it was set",
                ),
            ),
            (
                "alone",
                models.BooleanField(
                    default=False, help_text="A single piece, not an issue.", verbose_name="alone"
                ),
            ),
        ],
        options={
            "verbose_name": "release",
            "verbose_name_plural": "releases",
            "ordering": ["-publish_at", "-pk"],
            "indexes": [
                models.Index(fields=["publish_at"], name="release_by_hour"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("held", False),
                        models.Q(("held_because", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="held_release_says_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(("held_by_change", False), ("held", True), _connector="OR"),
                    name="what_a_change_holds_is_held",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Release",
                    "never_deleted",
                    "DELETE",
                    "A release is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Release", "never_truncated", "TRUNCATE", "A release is never emptied"
                ),
                trigger(
                    "articles.Release",
                    "what_is_live_stays",
                    """
    IF TG_OP = 'UPDATE' AND NOT OLD.held AND OLD.publish_at <= clock_timestamp()
       AND (NEW.publish_at IS DISTINCT FROM OLD.publish_at OR NEW.held) THEN
        RAISE EXCEPTION 'what has gone out is neither moved nor held; correct or withdraw it' USING ERRCODE = '23514';
    END IF;
    IF NEW.publish_at IS NOT NULL
       AND (TG_OP = 'INSERT' OR NEW.publish_at IS DISTINCT FROM OLD.publish_at
            OR (OLD.held AND NOT NEW.held))
       AND NEW.publish_at < clock_timestamp() - interval '1 minute'
       AND NOT (NEW.backdated_because <> '' AND (TG_OP = 'INSERT' OR OLD.publish_at IS NULL)) THEN
        RAISE EXCEPTION 'nothing goes out in the past' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.publish_at IS NOT NULL
       AND NEW.backdated_because <> OLD.backdated_because THEN
        RAISE EXCEPTION 'why an hour lies in the past is said before it is set, and kept' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.alone <> OLD.alone THEN
        RAISE EXCEPTION 'a release is for one piece or for an issue, for good' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                trigger(
                    "articles.Release",
                    "public_words_follow_the_hour",
                    """
    UPDATE articles_publicentry entry SET month = NULL
      FROM articles_article piece
     WHERE piece.release_id = NEW.id AND entry.article_id = piece.id
       AND entry.month IS DISTINCT FROM articles_month(NEW.publish_at);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    condition='WHEN (OLD."publish_at" IS DISTINCT FROM (NEW."publish_at"))',
                ),
                *history(
                    "articles.Release",
                    "id publish_at held held_because held_by_change backdated_because alone",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReleaseEvent",
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
                    to="articles.release",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "publish_at",
                models.DateTimeField(
                    blank=True,
                    help_text="Empty until it is scheduled.",
                    null=True,
                    verbose_name="goes out at",
                ),
            ),
            ("held", models.BooleanField(default=False, verbose_name="held")),
            (
                "held_because",
                models.CharField(blank=True, max_length=200, verbose_name="held because"),
            ),
            (
                "held_by_change",
                models.BooleanField(
                    default=False,
                    help_text="A piece was taken up again; the hold ends when it is signed.",
                    verbose_name="held because of a change",
                ),
            ),
            (
                "backdated_because",
                models.CharField(
                    blank=True,
                    help_text="Only for what was published elsewhere before it came here.",
                    max_length=200,
                    verbose_name="why its hour lies before it was set",
                ),
            ),
            (
                "alone",
                models.BooleanField(
                    default=False, help_text="A single piece, not an issue.", verbose_name="alone"
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.ReleaseEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.ReleaseEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # The working copy: what is being written, by whom, and where in its life it stands.
    migrations.CreateModel(
        name="Article",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        ("page", "Page of the site"),
                        ("topic", "Topic page"),
                    ],
                    default="news",
                    max_length=18,
                    verbose_name="kind",
                ),
            ),
            (
                "slug",
                models.CharField(
                    blank=True,
                    default="",
                    help_text="Small letters, digits and hyphens. It stays from the first signature on.",
                    max_length=60,
                    validators=[
                        django.core.validators.RegexValidator(
                            "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Small letters, digits and hyphens only."
                        )
                    ],
                    verbose_name="name in the address",
                ),
            ),
            (
                "kicker",
                models.CharField(
                    blank=True,
                    help_text="The line above the headline (引题).",
                    max_length=120,
                    verbose_name="kicker",
                ),
            ),
            (
                "headline",
                models.CharField(
                    blank=True,
                    help_text="15 to 23 characters read best. A | marks where a line may break.",
                    max_length=120,
                    verbose_name="headline",
                ),
            ),
            (
                "deck",
                models.CharField(
                    blank=True,
                    help_text="The line below the headline (副题).",
                    max_length=200,
                    verbose_name="deck",
                ),
            ),
            (
                "column_label",
                models.CharField(
                    blank=True,
                    help_text="A standing head (栏题).",
                    max_length=60,
                    verbose_name="column label",
                ),
            ),
            ("body", articles.fields.ProseField(blank=True, verbose_name="text")),
            (
                "summary",
                models.CharField(
                    blank=True,
                    help_text="One or two sentences for lists and sharing.",
                    max_length=300,
                    verbose_name="summary",
                ),
            ),
            (
                "source",
                models.CharField(
                    blank=True,
                    help_text="Empty means this newspaper.",
                    max_length=60,
                    verbose_name="source",
                ),
            ),
            (
                "dateline",
                models.CharField(
                    blank=True,
                    help_text="For instance 本报讯.",
                    max_length=60,
                    verbose_name="dateline",
                ),
            ),
            (
                "section",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="articles",
                    to="articles.section",
                    verbose_name="section",
                ),
            ),
            (
                "unit_head",
                models.CharField(blank=True, max_length=40, verbose_name="unit head who approved"),
            ),
            (
                "change_note",
                models.CharField(
                    blank=True,
                    help_text="What this revision changes, for residents who have read the piece before.",
                    max_length=200,
                    verbose_name="change note",
                ),
            ),
            (
                "status",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("in_review", "In review"),
                        ("approved", "Signed off"),
                        ("rejected", "Rejected"),
                        ("discarded", "Discarded"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="status",
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
                "claimed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="claimed_articles",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="claimed by",
                ),
            ),
            ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed at")),
            (
                "moved_at",
                models.DateTimeField(
                    auto_now_add=True,
                    help_text="When it came to where it is now.",
                    verbose_name="waiting since",
                ),
            ),
            (
                "due_at",
                models.DateTimeField(
                    blank=True,
                    help_text="By when its round should be done.",
                    null=True,
                    verbose_name="due",
                ),
            ),
            (
                "sealed",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.version",
                    verbose_name="sealed version",
                ),
            ),
            (
                "release",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="articles",
                    to="articles.release",
                    verbose_name="release",
                ),
            ),
            (
                "left_out_of",
                models.ForeignKey(
                    blank=True,
                    help_text="The issue's release that goes out without it until it is signed again.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="left_out",
                    to="articles.release",
                    verbose_name="left out of",
                ),
            ),
            (
                "stays_out",
                models.BooleanField(
                    default=False,
                    help_text="Left out by a person: it comes back when one takes it in, not by itself.",
                    verbose_name="stays out",
                ),
            ),
            (
                "withdrawn_at",
                models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
            ),
            (
                "filed_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="filed_articles",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="filed by",
                ),
            ),
            (
                "kept_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="kept_articles",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="looked after by",
                ),
            ),
            ("filed_at", models.DateTimeField(auto_now_add=True, verbose_name="filed at")),
            ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
            (
                "revision",
                models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
            ),
            (
                "tags",
                models.ManyToManyField(
                    blank=True, related_name="articles", to="articles.tag", verbose_name="tags"
                ),
            ),
        ],
        options={
            "verbose_name": "article",
            "verbose_name_plural": "articles",
            "ordering": ["-pk"],
            "indexes": [
                models.Index(fields=["status", "round", "moved_at"], name="article_by_status"),
                models.Index(fields=["release"], name="article_by_release"),
                models.Index(fields=["-moved_at", "-id"], name="article_by_move"),
                models.Index(
                    condition=models.Q(("kind__in", ["page", "topic"])),
                    fields=["kind", "slug"],
                    name="lasting_by_name",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("kind__in", ["page", "topic"]),
                            ("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$"),
                        ),
                        models.Q(
                            models.Q(("kind__in", ["page", "topic"]), _negated=True), ("slug", "")
                        ),
                        _connector="OR",
                    ),
                    name="what_lasts_has_a_name_in_its_address_and_no_news_has",
                ),
                models.UniqueConstraint(
                    condition=models.Q(
                        ("kind__in", ["page", "topic"]),
                        models.Q(("status", "discarded"), _negated=True),
                    ),
                    fields=("kind", "slug"),
                    name="a_name_in_an_address_leads_to_one_piece",
                    violation_error_message="Another one stands at this address.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("round__isnull", False), ("status", "in_review")),
                        models.Q(models.Q(("status", "in_review"), _negated=True), ("round", None)),
                        _connector="OR",
                    ),
                    name="article_in_review_stands_in_a_round",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("due_at__isnull", False), ("status", "in_review")),
                        models.Q(
                            models.Q(("status", "in_review"), _negated=True), ("due_at", None)
                        ),
                        _connector="OR",
                    ),
                    name="piece_is_due_exactly_while_in_review",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("status", "approved"), _negated=True),
                        ("sealed__isnull", False),
                        _connector="OR",
                    ),
                    name="approved_article_is_sealed",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("release", None), ("sealed__isnull", False), _connector="OR"
                    ),
                    name="only_a_sealed_article_has_a_release",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("left_out_of", None),
                        ("release", None),
                        models.Q(("release", models.F("left_out_of")), _negated=True),
                        _connector="OR",
                    ),
                    name="what_is_left_out_does_not_go_out_with_it",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("stays_out", False), ("left_out_of__isnull", False), _connector="OR"
                    ),
                    name="only_what_is_left_out_stays_out",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("withdrawn_at", None), ("sealed__isnull", False), _connector="OR"
                    ),
                    name="only_a_sealed_article_is_withdrawn",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("claimed_at", None), ("claimed_by", None)),
                        models.Q(("claimed_at__isnull", False), ("claimed_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="claim_has_a_name_and_a_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("claimed_by", None), ("status", "in_review"), _connector="OR"
                    ),
                    name="only_a_piece_in_review_is_claimed",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Article",
                    "never_deleted",
                    "DELETE",
                    "An article is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Article", "never_truncated", "TRUNCATE", "An article is never emptied"
                ),
                trigger(
                    "articles.Article",
                    "status_moves_by_the_table",
                    'SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{approved:draft,discarded:draft,draft:approved,draft:discarded,draft:in_review,in_review:approved,in_review:draft,in_review:in_review,in_review:rejected,rejected:discarded,rejected:draft}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    when="BEFORE",
                    operation="UPDATE",
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                ),
                trigger(
                    "articles.Article",
                    "article_shows_its_own_seal",
                    """
    IF NEW.sealed_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.sealed_id AND v.article_id = NEW.id AND v.sealed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an article goes out in a sealed version of its own, or not at all' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.sealed_id IS NOT NULL AND NEW.sealed_id IS NULL THEN
        RAISE EXCEPTION 'a seal is not taken back; withdraw the piece' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.sealed_id <> OLD.sealed_id AND (
        SELECT number FROM articles_version WHERE id = NEW.sealed_id
    ) < (
        SELECT number FROM articles_version WHERE id = OLD.sealed_id
    ) THEN
        RAISE EXCEPTION 'what goes out is the last version signed, not an earlier one' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                trigger(
                    "articles.Article",
                    "article_keeps_what_was_done",
                    """
    IF TG_OP = 'UPDATE' AND NEW.filed_by_id <> OLD.filed_by_id THEN
        RAISE EXCEPTION 'who filed a piece stays' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NOT NULL
       AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
       AND (NEW.withdrawn_at IS NOT NULL OR NOT EXISTS (
           SELECT 1 FROM articles_reinstatement back
            WHERE back.withdrawal_id = (
                SELECT max(w.id) FROM articles_withdrawal w WHERE w.article_id = NEW.id))) THEN
        RAISE EXCEPTION 'a withdrawal is taken back by a reinstatement only' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.release_id IS NOT DISTINCT FROM OLD.release_id THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = OLD.release_id AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) THEN
        RAISE EXCEPTION 'what has gone out is neither moved nor held; correct or withdraw it' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND NOT r.alone
           AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) THEN
        RAISE EXCEPTION 'nothing joins what has gone out' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_release r JOIN articles_article a ON a.release_id = r.id
         WHERE r.id = NEW.release_id AND r.alone AND a.id <> NEW.id
    ) THEN
        RAISE EXCEPTION 'a release of its own is for one piece' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                trigger(
                    "articles.Article",
                    "what_lasts_stays_what_and_where_it_is",
                    """
    IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind
       AND (OLD.kind IN ('page', 'topic') OR NEW.kind IN ('page', 'topic')) THEN
        RAISE EXCEPTION 'what is news stays news, and a page or a topic stays what it is' USING ERRCODE = '23514';
    END IF;
    IF NEW.kind NOT IN ('page', 'topic') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.slug <> OLD.slug AND (
        OLD.sealed_id IS NOT NULL OR EXISTS (
            SELECT 1 FROM articles_signature s JOIN articles_review r ON r.id = s.review_id
             WHERE r.article_id = NEW.id AND r.ended_at IS NULL AND s.voided_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'an address stays from the first signature on' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_release r WHERE r.id IN (NEW.release_id, NEW.left_out_of_id)
           AND NOT r.alone
    ) THEN
        RAISE EXCEPTION 'a page or a topic goes out by itself, not with an issue' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                trigger(
                    "articles.Article",
                    "article_in_review_has_a_review",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_article a
         WHERE a.id = NEW.id AND (a.status = 'in_review') <> EXISTS (
             SELECT 1 FROM articles_review w
              WHERE w.article_id = a.id AND w.ended_at IS NULL
                AND (a.round_id IS NULL OR w.route_id = (
                    SELECT route_id FROM articles_round WHERE id = a.round_id)))
    ) THEN
        RAISE EXCEPTION 'a piece is in review exactly while a review of it is under way' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT OR UPDATE",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    constraint="CONSTRAINT",
                ),
                refuse(
                    "articles.Article",
                    "article_begins_as_a_draft",
                    "INSERT",
                    "an article begins as a draft",
                    condition="WHEN (NEW.status <> 'draft')",
                ),
                trigger(
                    "articles.Article",
                    "search_follows_a_new_piece",
                    """
    PERFORM articles_search_again(ARRAY[NEW.id]);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT",
                ),
                trigger(
                    "articles.Article",
                    "search_follows_the_text",
                    """
    PERFORM articles_search_again(ARRAY[NEW.id]);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    condition='WHEN (OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."column_label" IS DISTINCT FROM (NEW."column_label") OR OLD."deck" IS DISTINCT FROM (NEW."deck") OR OLD."headline" IS DISTINCT FROM (NEW."headline") OR OLD."kicker" IS DISTINCT FROM (NEW."kicker"))',
                ),
                trigger(
                    "articles.Article",
                    "public_words_follow_the_seal",
                    """
    PERFORM articles_public_again(NEW.id);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    condition='WHEN (OLD."release_id" IS DISTINCT FROM (NEW."release_id") OR OLD."sealed_id" IS DISTINCT FROM (NEW."sealed_id"))',
                ),
                trigger(
                    "articles.Article",
                    "public_words_follow_a_new_piece",
                    """
    PERFORM articles_public_again(NEW.id);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT",
                    condition="WHEN (NEW.sealed_id IS NOT NULL)",
                ),
                trigger(
                    "articles.Article",
                    "shelves_follow_the_seal",
                    """
    PERFORM articles_shelve_again(ARRAY[NEW.id]);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="UPDATE",
                    condition='WHEN (OLD."release_id" IS DISTINCT FROM (NEW."release_id") OR OLD."sealed_id" IS DISTINCT FROM (NEW."sealed_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))',
                ),
                *history(
                    "articles.Article",
                    (
                        "id kind slug kicker headline deck column_label body summary source dateline "
                        "section_id unit_head change_note status round_id claimed_by_id claimed_at "
                        "moved_at due_at sealed_id release_id left_out_of_id stays_out withdrawn_at "
                        "filed_by_id kept_by_id filed_at changed_at revision"
                    ),
                ),
            ],
        },
    ),
    # What a signature covers: immutable snapshots of a piece, and what residents read.
    migrations.CreateModel(
        name="Version",
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
                    related_name="versions",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("number", models.PositiveIntegerField(verbose_name="number")),
            (
                "reason",
                models.CharField(
                    choices=[
                        ("submitted", "Submitted"),
                        ("mended", "Mended and signed"),
                        ("replaced", "Kept before another was restored"),
                        ("restored", "Restored"),
                        ("named", "Kept under a name"),
                        ("imported", "Imported"),
                        ("sitting", "One sitting"),
                    ],
                    max_length=10,
                    verbose_name="reason",
                ),
            ),
            (
                "restored",
                models.ForeignKey(
                    blank=True,
                    help_text="Which version was brought back by this one.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.version",
                    verbose_name="restores",
                ),
            ),
            (
                "made_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="made by",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ("fingerprint", models.CharField(max_length=64, verbose_name="fingerprint")),
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
                        ("page", "Page of the site"),
                        ("topic", "Topic page"),
                    ],
                    max_length=18,
                    verbose_name="kind",
                ),
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
            ("kicker", models.CharField(blank=True, max_length=120, verbose_name="kicker")),
            ("headline", models.CharField(blank=True, max_length=120, verbose_name="headline")),
            ("deck", models.CharField(blank=True, max_length=200, verbose_name="deck")),
            (
                "column_label",
                models.CharField(blank=True, max_length=60, verbose_name="column label"),
            ),
            ("dateline", models.CharField(blank=True, max_length=60, verbose_name="dateline")),
            ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
            ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
            ("body", articles.fields.ProseField(blank=True, verbose_name="text")),
            (
                "change_note",
                models.CharField(blank=True, max_length=200, verbose_name="change note"),
            ),
            ("html", models.TextField(blank=True, verbose_name="public HTML")),
            ("characters", models.PositiveIntegerField(default=0, verbose_name="characters")),
            (
                "basis",
                models.CharField(
                    blank=True,
                    choices=[
                        ("rounds", "Signed in every round"),
                        ("minor", "Minor change to a live piece"),
                        ("emergency", "Emergency, signatures to follow"),
                        ("archive", "Archive import"),
                    ],
                    max_length=9,
                    verbose_name="ground of the seal",
                ),
            ),
            (
                "basis_note",
                models.CharField(blank=True, max_length=300, verbose_name="note on the ground"),
            ),
            ("sealed_at", models.DateTimeField(blank=True, null=True, verbose_name="sealed at")),
        ],
        options={
            "verbose_name": "version",
            "verbose_name_plural": "versions",
            "ordering": ["article", "number"],
            "indexes": [
                models.Index(fields=["section"], name="version_by_section"),
            ],
            "constraints": [
                models.UniqueConstraint(
                    fields=("article", "number"), name="version_has_its_number"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("basis", ""), ("sealed_at", None)),
                        models.Q(
                            ("sealed_at__isnull", False), models.Q(("basis", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="sealed_version_has_its_ground",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("reason", "restored"), ("restored__isnull", False)),
                        models.Q(
                            models.Q(("reason", "restored"), _negated=True), ("restored", None)
                        ),
                        _connector="OR",
                    ),
                    name="restored_version_says_which",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("basis__in", ["", "rounds", "minor"]),
                        models.Q(("basis_note", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="ground_other_than_rounds_is_written_down",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Version",
                    "never_deleted",
                    "DELETE",
                    "A version is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Version", "never_truncated", "TRUNCATE", "A version is never emptied"
                ),
                trigger(
                    "articles.Version",
                    "version_stays_as_made",
                    """
    IF to_jsonb(NEW) - 'basis' - 'basis_note' - 'sealed_at'
       <> to_jsonb(OLD) - 'basis' - 'basis_note' - 'sealed_at' THEN
        RAISE EXCEPTION 'a version is never changed; make another' USING ERRCODE = '23514';
    END IF;
    IF OLD.sealed_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'a seal is never changed' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                trigger(
                    "articles.Version",
                    "sealed_version_has_its_signatures",
                    """
    IF NEW.basis = 'rounds' AND NOT EXISTS (
        SELECT 1 FROM articles_review w
         WHERE w.article_id = NEW.article_id
           AND NOT EXISTS (SELECT 1 FROM articles_round r
                WHERE r.route_id = w.route_id
                  AND NOT EXISTS (
                      SELECT 1 FROM articles_signature s
                       WHERE s.review_id = w.id AND s.round_id = r.id AND s.voided_at IS NULL))
           AND EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN articles_round r ON r.id = s.round_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL AND s.version_id = NEW.id
                  AND r.position = (SELECT max(position) FROM articles_round
                                     WHERE route_id = w.route_id))
           AND NOT EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN people_user u ON u.id IN (s.signer_id, s.on_behalf_of_id)
                 JOIN articles_versionbyline b ON b.version_id = NEW.id
                 LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL
                  AND (c.user_id = u.id
                       OR (c.user_id IS NULL AND translate(b.name, ' \u3000', '') = u.name)))
    ) THEN
        RAISE EXCEPTION 'a version sealed by its rounds has the signature of every round, by others' USING ERRCODE = '23514';
    END IF;
    IF NEW.basis = 'emergency' AND NOT EXISTS (
        SELECT 1 FROM articles_review w
         WHERE w.article_id = NEW.article_id
           AND NOT EXISTS (SELECT 1 FROM articles_round r
                WHERE r.route_id = w.route_id
                  AND NOT EXISTS (
                      SELECT 1 FROM articles_signature s
                       WHERE s.review_id = w.id AND s.round_id = r.id AND s.voided_at IS NULL)
                  AND NOT EXISTS (
                      SELECT 1 FROM articles_owedsignature o
                       WHERE o.review_id = w.id AND o.round_id = r.id AND o.version_id = NEW.id))
           AND EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN articles_round r ON r.id = s.round_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL AND s.version_id = NEW.id
                  AND r.position = (SELECT max(position) FROM articles_round
                                     WHERE route_id = w.route_id))
           AND NOT EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN people_user u ON u.id IN (s.signer_id, s.on_behalf_of_id)
                 JOIN articles_versionbyline b ON b.version_id = NEW.id
                 LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL
                  AND (c.user_id = u.id
                       OR (c.user_id IS NULL AND translate(b.name, ' \u3000', '') = u.name)))
    ) THEN
        RAISE EXCEPTION 'an emergency has the signature of the last round, by another, and owes those of the others' USING ERRCODE = '23514';
    END IF;
    IF NEW.basis = 'archive' AND NOT EXISTS (
        SELECT 1 FROM articles_archivedpiece p WHERE p.version_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'what nobody has signed here is sealed by an archive that somebody has restored' USING ERRCODE = '23514';
    END IF;
    IF NEW.basis = 'archive' AND NEW.number <> 1 THEN
        RAISE EXCEPTION 'an archive brings pieces in and changes none that are here' USING ERRCODE = '23514';
    END IF;
    IF NEW.basis <> 'minor' THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT v.* FROM articles_version v
         WHERE v.article_id = NEW.article_id AND v.number < NEW.number AND v.sealed_at IS NOT NULL
         ORDER BY v.number DESC LIMIT 1) THEN
        RAISE EXCEPTION 'a minor change is one to a piece that has been signed before' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM articles_review w
         WHERE w.article_id = NEW.article_id
           AND EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN articles_round r ON r.id = s.round_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL AND s.version_id = NEW.id
                  AND r.position = (SELECT max(position) FROM articles_round
                                     WHERE route_id = w.route_id))
           AND NOT EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN people_user u ON u.id IN (s.signer_id, s.on_behalf_of_id)
                 JOIN articles_versionbyline b ON b.version_id = NEW.id
                 LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL
                  AND (c.user_id = u.id
                       OR (c.user_id IS NULL AND translate(b.name, ' \u3000', '') = u.name)))
    ) THEN
        RAISE EXCEPTION 'a minor change has the signature of the last round, by another' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (SELECT v.* FROM articles_version v
         WHERE v.article_id = NEW.article_id AND v.number < NEW.number AND v.sealed_at IS NOT NULL
         ORDER BY v.number DESC LIMIT 1) b
         WHERE (b.kind, b.section_id, b.headline, b.kicker, b.deck, b.column_label, b.dateline,
                b.source)
               IS DISTINCT FROM
               (NEW.kind, NEW.section_id, NEW.headline, NEW.kicker, NEW.deck, NEW.column_label,
                NEW.dateline, NEW.source)
            OR (SELECT array_agg((n.correspondent_id, n.name, n.role, n.credit) ORDER BY n.position)
                  FROM articles_versionbyline n WHERE n.version_id = b.id)
               IS DISTINCT FROM
               (SELECT array_agg((n.correspondent_id, n.name, n.role, n.credit) ORDER BY n.position)
                  FROM articles_versionbyline n WHERE n.version_id = NEW.id)
            OR (SELECT array_agg((p.digest, p.caption, p.credit, p.alternative_text, p.video_url)
                                 ORDER BY p.position)
                  FROM articles_versionphoto p WHERE p.version_id = b.id)
               IS DISTINCT FROM
               (SELECT array_agg((p.digest, p.caption, p.credit, p.alternative_text, p.video_url)
                                 ORDER BY p.position)
                  FROM articles_versionphoto p WHERE p.version_id = NEW.id)
            OR (SELECT array_agg((f.digest, f.kind, f.title) ORDER BY f.position)
                  FROM articles_versionattachment f WHERE f.version_id = b.id)
               IS DISTINCT FROM
               (SELECT array_agg((f.digest, f.kind, f.title) ORDER BY f.position)
                  FROM articles_versionattachment f WHERE f.version_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'a minor change touches the text alone, no title, name, picture or file' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (
            SELECT h.*, max(h.pgh_id) FILTER (WHERE h.as_sealed) OVER () AS given_up FROM (
                SELECT e.pgh_id, e.pgh_context,
                       e.words IS DISTINCT FROM lag(e.words) OVER in_order AS typed,
                       e.words = first_value(e.words) OVER in_order AS as_sealed
                  FROM (SELECT e.pgh_id, e.pgh_context, jsonb_build_array(e.body, e.summary, e.headline, e.kicker, e.deck, e.column_label, e.dateline, e.source) AS words
                          FROM articles_articleevent e
                         WHERE e.pgh_obj_id = NEW.article_id
                           AND e.sealed_id = (SELECT b.id FROM (SELECT v.* FROM articles_version v
         WHERE v.article_id = NEW.article_id AND v.number < NEW.number AND v.sealed_at IS NOT NULL
         ORDER BY v.number DESC LIMIT 1) b)) e
                WINDOW in_order AS (ORDER BY e.pgh_id)
            ) h
        ) t
          JOIN articles_signature s ON s.version_id = NEW.id AND s.voided_at IS NULL
         WHERE t.typed AND t.pgh_id > t.given_up
           AND (t.pgh_context->>'user')::bigint IN (s.signer_id, s.on_behalf_of_id)
    ) THEN
        RAISE EXCEPTION 'who typed a minor change does not sign it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT OR UPDATE",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    constraint="CONSTRAINT",
                    condition="WHEN (NEW.sealed_at IS NOT NULL)",
                ),
                *history(
                    "articles.Version",
                    (
                        "id article_id number reason restored_id made_by_id made_at fingerprint kind "
                        "section_id kicker headline deck column_label dateline source summary "
                        "change_note characters basis basis_note sealed_at"
                    ),
                    changed='OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."basis_note" IS DISTINCT FROM (NEW."basis_note") OR OLD."change_note" IS DISTINCT FROM (NEW."change_note") OR OLD."characters" IS DISTINCT FROM (NEW."characters") OR OLD."column_label" IS DISTINCT FROM (NEW."column_label") OR OLD."dateline" IS DISTINCT FROM (NEW."dateline") OR OLD."deck" IS DISTINCT FROM (NEW."deck") OR OLD."fingerprint" IS DISTINCT FROM (NEW."fingerprint") OR OLD."headline" IS DISTINCT FROM (NEW."headline") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kicker" IS DISTINCT FROM (NEW."kicker") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."restored_id" IS DISTINCT FROM (NEW."restored_id") OR OLD."sealed_at" IS DISTINCT FROM (NEW."sealed_at") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."summary" IS DISTINCT FROM (NEW."summary")',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="VersionEvent",
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
                    to="articles.version",
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
            ("number", models.PositiveIntegerField(verbose_name="number")),
            (
                "reason",
                models.CharField(
                    choices=[
                        ("submitted", "Submitted"),
                        ("mended", "Mended and signed"),
                        ("replaced", "Kept before another was restored"),
                        ("restored", "Restored"),
                        ("named", "Kept under a name"),
                        ("imported", "Imported"),
                        ("sitting", "One sitting"),
                    ],
                    max_length=10,
                    verbose_name="reason",
                ),
            ),
            (
                "restored",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="Which version was brought back by this one.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.version",
                    verbose_name="restores",
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
                    verbose_name="made by",
                ),
            ),
            ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ("fingerprint", models.CharField(max_length=64, verbose_name="fingerprint")),
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
                        ("page", "Page of the site"),
                        ("topic", "Topic page"),
                    ],
                    max_length=18,
                    verbose_name="kind",
                ),
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
            ("kicker", models.CharField(blank=True, max_length=120, verbose_name="kicker")),
            ("headline", models.CharField(blank=True, max_length=120, verbose_name="headline")),
            ("deck", models.CharField(blank=True, max_length=200, verbose_name="deck")),
            (
                "column_label",
                models.CharField(blank=True, max_length=60, verbose_name="column label"),
            ),
            ("dateline", models.CharField(blank=True, max_length=60, verbose_name="dateline")),
            ("source", models.CharField(blank=True, max_length=60, verbose_name="source")),
            ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
            (
                "change_note",
                models.CharField(blank=True, max_length=200, verbose_name="change note"),
            ),
            ("characters", models.PositiveIntegerField(default=0, verbose_name="characters")),
            (
                "basis",
                models.CharField(
                    blank=True,
                    choices=[
                        ("rounds", "Signed in every round"),
                        ("minor", "Minor change to a live piece"),
                        ("emergency", "Emergency, signatures to follow"),
                        ("archive", "Archive import"),
                    ],
                    max_length=9,
                    verbose_name="ground of the seal",
                ),
            ),
            (
                "basis_note",
                models.CharField(blank=True, max_length=300, verbose_name="note on the ground"),
            ),
            ("sealed_at", models.DateTimeField(blank=True, null=True, verbose_name="sealed at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.VersionEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.VersionEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ArticleEvent",
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
                    to="articles.article",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
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
                        ("page", "Page of the site"),
                        ("topic", "Topic page"),
                    ],
                    default="news",
                    max_length=18,
                    verbose_name="kind",
                ),
            ),
            (
                "slug",
                models.CharField(
                    blank=True,
                    default="",
                    help_text="Small letters, digits and hyphens. It stays from the first signature on.",
                    max_length=60,
                    validators=[
                        django.core.validators.RegexValidator(
                            "^[a-z0-9]+(-[a-z0-9]+)*\\Z", "Small letters, digits and hyphens only."
                        )
                    ],
                    verbose_name="name in the address",
                ),
            ),
            (
                "kicker",
                models.CharField(
                    blank=True,
                    help_text="The line above the headline (引题).",
                    max_length=120,
                    verbose_name="kicker",
                ),
            ),
            (
                "headline",
                models.CharField(
                    blank=True,
                    help_text="15 to 23 characters read best. A | marks where a line may break.",
                    max_length=120,
                    verbose_name="headline",
                ),
            ),
            (
                "deck",
                models.CharField(
                    blank=True,
                    help_text="The line below the headline (副题).",
                    max_length=200,
                    verbose_name="deck",
                ),
            ),
            (
                "column_label",
                models.CharField(
                    blank=True,
                    help_text="A standing head (栏题).",
                    max_length=60,
                    verbose_name="column label",
                ),
            ),
            ("body", articles.fields.ProseField(blank=True, verbose_name="text")),
            (
                "summary",
                models.CharField(
                    blank=True,
                    help_text="One or two sentences for lists and sharing.",
                    max_length=300,
                    verbose_name="summary",
                ),
            ),
            (
                "source",
                models.CharField(
                    blank=True,
                    help_text="Empty means this newspaper.",
                    max_length=60,
                    verbose_name="source",
                ),
            ),
            (
                "dateline",
                models.CharField(
                    blank=True,
                    help_text="For instance 本报讯.",
                    max_length=60,
                    verbose_name="dateline",
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
                "unit_head",
                models.CharField(blank=True, max_length=40, verbose_name="unit head who approved"),
            ),
            (
                "change_note",
                models.CharField(
                    blank=True,
                    help_text="What this revision changes, for residents who have read the piece before.",
                    max_length=200,
                    verbose_name="change note",
                ),
            ),
            (
                "status",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("in_review", "In review"),
                        ("approved", "Signed off"),
                        ("rejected", "Rejected"),
                        ("discarded", "Discarded"),
                    ],
                    default="draft",
                    max_length=10,
                    verbose_name="status",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            (
                "claimed_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="claimed by",
                ),
            ),
            ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed at")),
            (
                "moved_at",
                models.DateTimeField(
                    auto_now_add=True,
                    help_text="When it came to where it is now.",
                    verbose_name="waiting since",
                ),
            ),
            (
                "due_at",
                models.DateTimeField(
                    blank=True,
                    help_text="By when its round should be done.",
                    null=True,
                    verbose_name="due",
                ),
            ),
            (
                "sealed",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.version",
                    verbose_name="sealed version",
                ),
            ),
            (
                "release",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.release",
                    verbose_name="release",
                ),
            ),
            (
                "left_out_of",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="The issue's release that goes out without it until it is signed again.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.release",
                    verbose_name="left out of",
                ),
            ),
            (
                "stays_out",
                models.BooleanField(
                    default=False,
                    help_text="Left out by a person: it comes back when one takes it in, not by itself.",
                    verbose_name="stays out",
                ),
            ),
            (
                "withdrawn_at",
                models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
            ),
            (
                "filed_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="filed by",
                ),
            ),
            (
                "kept_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="looked after by",
                ),
            ),
            ("filed_at", models.DateTimeField(auto_now_add=True, verbose_name="filed at")),
            ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
            (
                "revision",
                models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.ArticleEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.ArticleEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="VersionName",
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
                    related_name="naming",
                    to="articles.version",
                    verbose_name="version",
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
            ("name", models.CharField(max_length=40, verbose_name="name")),
            (
                "named_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="named by",
                ),
            ),
            ("named_at", models.DateTimeField(auto_now=True, verbose_name="named at")),
        ],
        options={
            "verbose_name": "name of a version",
            "verbose_name_plural": "names of versions",
            "ordering": ["version"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("article", "name"),
                    name="name_of_a_version_is_unique_in_its_piece",
                    violation_error_message="Another version of this piece is called so.",
                ),
                models.CheckConstraint(
                    condition=models.Q(("name", ""), _negated=True),
                    name="version_is_called_something",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.VersionName",
                    "never_deleted",
                    "DELETE",
                    "The name of a version is never deleted; discard it instead",
                ),
                refuse(
                    "articles.VersionName",
                    "never_truncated",
                    "TRUNCATE",
                    "The name of a version is never emptied",
                ),
                trigger(
                    "articles.VersionName",
                    "name_stays_with_its_version",
                    """
    IF TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id OR NOT EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id AND v.article_id = NEW.article_id
    ) THEN
        RAISE EXCEPTION 'the name of a version stays with it and its piece' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                *history(
                    "articles.VersionName", "id version_id article_id name named_by_id named_at"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="VersionNameEvent",
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
                    to="articles.versionname",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "version",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.version",
                    verbose_name="version",
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
            ("name", models.CharField(max_length=40, verbose_name="name")),
            (
                "named_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="named by",
                ),
            ),
            ("named_at", models.DateTimeField(auto_now=True, verbose_name="named at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.VersionNameEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.VersionNameEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="VersionByline",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="bylines",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            (
                "correspondent",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="version_bylines",
                    to="articles.correspondent",
                    verbose_name="correspondent",
                ),
            ),
            ("name", models.CharField(max_length=40, verbose_name="name")),
            ("role", models.CharField(blank=True, max_length=30, verbose_name="role")),
            (
                "credit",
                models.CharField(
                    choices=[
                        ("text", "Text"),
                        ("photo", "Photos"),
                        ("both", "Text and photos"),
                        ("video", "Video"),
                        ("editing", "Editing"),
                    ],
                    max_length=10,
                    verbose_name="did",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(verbose_name="position")),
        ],
        options={
            "verbose_name": "byline of a version",
            "verbose_name_plural": "bylines of versions",
            "ordering": ["version", "position"],
            "triggers": [
                refuse(
                    "articles.VersionByline",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A byline of a version is neither changed nor deleted",
                ),
                refuse(
                    "articles.VersionByline",
                    "never_truncated",
                    "TRUNCATE",
                    "A byline of a version is never emptied",
                ),
                trigger(
                    "articles.VersionByline",
                    "signed_version_takes_no_more",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id
           AND (v.sealed_at IS NOT NULL
                OR EXISTS (SELECT 1 FROM articles_signature s WHERE s.version_id = v.id))
    ) THEN
        RAISE EXCEPTION 'a version is never changed; make another' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="VersionPhoto",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="photos",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            (
                "identity",
                models.PositiveBigIntegerField(
                    help_text="What the text's photo nodes name it by.",
                    verbose_name="number of the photo",
                ),
            ),
            ("digest", models.CharField(db_index=True, max_length=64, verbose_name="digest")),
            ("width", models.PositiveIntegerField(verbose_name="width in pixels")),
            ("height", models.PositiveIntegerField(verbose_name="height in pixels")),
            (
                "widths",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    size=None,
                    verbose_name="widths of the renditions",
                ),
            ),
            ("caption", models.CharField(blank=True, max_length=300, verbose_name="caption")),
            ("credit", models.CharField(blank=True, max_length=80, verbose_name="credit")),
            (
                "photographer",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signed_photos",
                    to="articles.correspondent",
                    verbose_name="photographer",
                ),
            ),
            (
                "alternative_text",
                models.CharField(blank=True, max_length=200, verbose_name="alternative text"),
            ),
            (
                "video_url",
                models.CharField(blank=True, max_length=300, verbose_name="page of a video"),
            ),
            (
                "focal_x",
                models.FloatField(default=0.5, verbose_name="focal point, share of the width"),
            ),
            (
                "focal_y",
                models.FloatField(default=0.5, verbose_name="focal point, share of the height"),
            ),
            ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ("inline", models.BooleanField(default=False, verbose_name="stands in the text")),
        ],
        options={
            "verbose_name": "photo of a version",
            "verbose_name_plural": "photos of versions",
            "ordering": ["version", "position"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("video_url", ""), ("video_url__startswith", "https://"), _connector="OR"
                    ),
                    name="video_of_a_photo_of_a_version_is_on_a_secure_page",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.VersionPhoto",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A photo of a version is neither changed nor deleted",
                ),
                refuse(
                    "articles.VersionPhoto",
                    "never_truncated",
                    "TRUNCATE",
                    "A photo of a version is never emptied",
                ),
                trigger(
                    "articles.VersionPhoto",
                    "signed_version_takes_no_more",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id
           AND (v.sealed_at IS NOT NULL
                OR EXISTS (SELECT 1 FROM articles_signature s WHERE s.version_id = v.id))
    ) THEN
        RAISE EXCEPTION 'a version is never changed; make another' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
            ],
        },
    ),
    # Pieces that were signed elsewhere or in another time, and came back from an archived issue.
    migrations.CreateModel(
        name="ArchiveBatch",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            (
                "digest",
                models.CharField(
                    db_index=True,
                    help_text="SHA-256 of the archive's file.",
                    max_length=64,
                    verbose_name="digest",
                ),
            ),
            ("site", models.CharField(max_length=200, verbose_name="archived at")),
            (
                "paper",
                models.CharField(blank=True, max_length=40, verbose_name="name of the paper"),
            ),
            ("label", models.CharField(max_length=40, verbose_name="what it holds")),
        ],
        options={
            "verbose_name": "restored archive",
            "verbose_name_plural": "restored archives",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                    name="restored_archive_is_named_by_a_digest",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("site", ""), _negated=True),
                        models.Q(("label", ""), _negated=True),
                    ),
                    name="restored_archive_says_where_it_is_from",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.ArchiveBatch",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A restored archive is neither changed nor deleted",
                ),
                refuse(
                    "articles.ArchiveBatch",
                    "never_truncated",
                    "TRUNCATE",
                    "A restored archive is never emptied",
                ),
                trigger(
                    "articles.ArchiveBatch",
                    "archive_is_restored_by_who_may",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM people_user u
         WHERE u.id = NEW.by_id AND u.is_active
           AND (u.is_superuser OR EXISTS (
               SELECT 1 FROM people_user_groups m JOIN auth_group g ON g.id = m.group_id
                WHERE m.user_id = u.id AND g.name IN ('chief editor', 'administrator')))
    ) THEN
        RAISE EXCEPTION 'an archive is restored by a chief editor or an administrator' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ArchivedPiece",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "batch",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="pieces",
                    to="articles.archivebatch",
                    verbose_name="restored archive",
                ),
            ),
            (
                "version",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="archived",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            ("site", models.CharField(max_length=200, verbose_name="archived at")),
            ("number", models.PositiveBigIntegerField(verbose_name="number of the piece there")),
            (
                "fingerprint",
                models.CharField(blank=True, max_length=64, verbose_name="fingerprint there"),
            ),
            ("record", models.JSONField(default=dict, verbose_name="record")),
        ],
        options={
            "verbose_name": "restored piece",
            "verbose_name_plural": "restored pieces",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(fields=("site", "number"), name="piece_is_restored_once"),
            ],
            "triggers": [
                refuse(
                    "articles.ArchivedPiece",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A restored piece is neither changed nor deleted",
                ),
                refuse(
                    "articles.ArchivedPiece",
                    "never_truncated",
                    "TRUNCATE",
                    "A restored piece is never emptied",
                ),
                trigger(
                    "articles.ArchivedPiece",
                    "restored_piece_is_sealed_by_its_batch",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_version v WHERE v.id = NEW.version_id AND v.basis = 'archive'
    ) THEN
        RAISE EXCEPTION 'a restored piece is sealed on the ground of its archive' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    constraint="CONSTRAINT",
                    condition="WHEN (NEW.version_id IS NOT NULL)",
                ),
            ],
        },
    ),
    # The rounds a piece passes, who signed what in them, and the record of every act.
    migrations.CreateModel(
        name="Review",
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
                    related_name="reviews",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "route",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="reviews",
                    to="articles.route",
                    verbose_name="route",
                ),
            ),
            (
                "submitted",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.version",
                    verbose_name="as submitted",
                ),
            ),
            (
                "follows",
                models.ForeignKey(
                    blank=True,
                    help_text="Of a minor change: the review of the version that it changes.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.review",
                    verbose_name="whose signatures go on to stand",
                ),
            ),
            ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started at")),
            ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            (
                "outcome",
                models.CharField(
                    blank=True,
                    choices=[
                        ("approved", "Signed off"),
                        ("returned", "Returned"),
                        ("recalled", "Recalled"),
                        ("rejected", "Rejected"),
                    ],
                    max_length=8,
                    verbose_name="outcome",
                ),
            ),
        ],
        options={
            "verbose_name": "review",
            "verbose_name_plural": "reviews",
            "ordering": ["-pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("ended_at", None)),
                    fields=("article",),
                    name="piece_is_in_one_review_at_a_time",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("ended_at", None), ("outcome", "")),
                        models.Q(
                            ("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="ended_review_has_an_outcome",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Review",
                    "never_deleted",
                    "DELETE",
                    "A review is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Review", "never_truncated", "TRUNCATE", "A review is never emptied"
                ),
                trigger(
                    "articles.Review",
                    "review_keeps_its_route",
                    """
    IF OLD.ended_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'a review that has ended stays as it ended' USING ERRCODE = '23514';
    END IF;
    IF to_jsonb(NEW) - 'ended_at' - 'outcome' <> to_jsonb(OLD) - 'ended_at' - 'outcome' THEN
        RAISE EXCEPTION 'a piece keeps the route it started with' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                *history(
                    "articles.Review",
                    "id article_id route_id submitted_id follows_id started_at ended_at outcome",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="ReviewEvent",
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
                    to="articles.review",
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
                "route",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.route",
                    verbose_name="route",
                ),
            ),
            (
                "submitted",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.version",
                    verbose_name="as submitted",
                ),
            ),
            (
                "follows",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="Of a minor change: the review of the version that it changes.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.review",
                    verbose_name="whose signatures go on to stand",
                ),
            ),
            ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started at")),
            ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            (
                "outcome",
                models.CharField(
                    blank=True,
                    choices=[
                        ("approved", "Signed off"),
                        ("returned", "Returned"),
                        ("recalled", "Recalled"),
                        ("rejected", "Rejected"),
                    ],
                    max_length=8,
                    verbose_name="outcome",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.ReviewEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.ReviewEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Signature",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "review",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures",
                    to="articles.review",
                    verbose_name="review",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            (
                "signer",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            (
                "on_behalf_of",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures_by_deputies",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="on behalf of",
                ),
            ),
            ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
            ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="voided at")),
        ],
        options={
            "verbose_name": "signature",
            "verbose_name_plural": "signatures",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("voided_at", None)),
                    fields=("review", "round"),
                    name="round_is_signed_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("voided_at", None)),
                    fields=("review", "signer"),
                    name="nobody_signs_two_rounds_of_one_piece",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("on_behalf_of", None),
                        models.Q(("on_behalf_of", models.F("signer")), _negated=True),
                        _connector="OR",
                    ),
                    name="nobody_signs_on_their_own_behalf",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Signature",
                    "never_deleted",
                    "DELETE",
                    "A signature is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Signature",
                    "never_truncated",
                    "TRUNCATE",
                    "A signature is never emptied",
                ),
                trigger(
                    "articles.Signature",
                    "signature_stays_as_given",
                    """
    IF to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at' OR OLD.voided_at IS NOT NULL
       OR EXISTS (SELECT 1 FROM articles_review w
                   WHERE w.id = OLD.review_id AND w.ended_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a signature is never changed; a later change of the piece may void it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                trigger(
                    "articles.Signature",
                    "nobody_signs_their_own_piece",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_version v
          JOIN articles_article a ON a.id = v.article_id
          JOIN people_user u ON u.id IN (NEW.signer_id, NEW.on_behalf_of_id)
          LEFT JOIN articles_versionbyline b ON b.version_id = v.id
          LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
         WHERE v.id = NEW.version_id
           AND (a.filed_by_id = u.id OR c.user_id = u.id
                OR (c.user_id IS NULL AND translate(b.name, ' \u3000', '') = u.name))
    ) THEN
        RAISE EXCEPTION 'nobody signs a piece they filed or are named in' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
                trigger(
                    "articles.Signature",
                    "signature_stands_in_its_round",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_review w
          JOIN articles_article a ON a.id = w.article_id
          JOIN articles_round r ON r.id = a.round_id AND r.route_id = w.route_id
          JOIN articles_version v ON v.article_id = w.article_id
         WHERE w.id = NEW.review_id AND r.id = NEW.round_id AND v.id = NEW.version_id
           AND w.ended_at IS NULL
    ) AND NOT EXISTS (
        SELECT 1 FROM articles_owedsignature o
         WHERE o.review_id = NEW.review_id AND o.round_id = NEW.round_id
           AND o.version_id = NEW.version_id AND o.signature_id IS NULL AND o.refused_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a signature stands in the round its piece is in, or in one that owes it' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM articles_round r
          JOIN people_user_groups m ON m.group_id = r.group_id
         WHERE r.id = NEW.round_id AND m.user_id = COALESCE(NEW.on_behalf_of_id, NEW.signer_id)
    ) OR (
        NEW.on_behalf_of_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM people_deputy d
             WHERE d.principal_id = NEW.on_behalf_of_id AND d.deputy_id = NEW.signer_id)
    ) THEN
        RAISE EXCEPTION 'a round is signed by its members or by a deputy of one' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_signature s
         WHERE s.review_id = NEW.review_id AND s.voided_at IS NULL
           AND (s.signer_id IN (NEW.signer_id, NEW.on_behalf_of_id)
                OR s.on_behalf_of_id IN (NEW.signer_id, NEW.on_behalf_of_id))
    ) THEN
        RAISE EXCEPTION 'nobody signs two rounds of one piece' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
                trigger(
                    "articles.Signature",
                    "deputy_has_been_used",
                    """
    UPDATE people_deputy
       SET used_until = GREATEST(used_until, starts_on, LEAST(ends_on, CURRENT_DATE))
     WHERE principal_id = NEW.on_behalf_of_id AND deputy_id = NEW.signer_id
       AND CURRENT_DATE BETWEEN starts_on - 1 AND ends_on + 1;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT",
                    condition="WHEN (NEW.on_behalf_of_id IS NOT NULL)",
                ),
                *history(
                    "articles.Signature",
                    "id review_id round_id version_id signer_id on_behalf_of_id signed_at voided_at",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="SignatureEvent",
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
                    to="articles.signature",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "review",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.review",
                    verbose_name="review",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.round",
                    verbose_name="round",
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
                    verbose_name="version",
                ),
            ),
            (
                "signer",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            (
                "on_behalf_of",
                models.ForeignKey(
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
            ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
            ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="voided at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.SignatureEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.SignatureEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Act",
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
                    related_name="acts",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("verb", models.CharField(max_length=20, verbose_name="verb")),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="acts",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            (
                "on_behalf_of",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="acts_by_deputies",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="on behalf of",
                ),
            ),
            (
                "to",
                models.ForeignKey(
                    blank=True,
                    help_text="Who was given the piece.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="acts_towards",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="to",
                ),
            ),
            ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
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
                "version",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=30, verbose_name="reason")),
            ("note", models.TextField(blank=True, verbose_name="note")),
        ],
        options={
            "verbose_name": "act",
            "verbose_name_plural": "acts",
            "ordering": ["pk"],
            "triggers": [
                refuse(
                    "articles.Act",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of acts is neither changed nor deleted",
                ),
                refuse(
                    "articles.Act",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of acts is never emptied",
                ),
                trigger(
                    "articles.Act",
                    "deputy_has_been_used",
                    """
    UPDATE people_deputy
       SET used_until = GREATEST(used_until, starts_on, LEAST(ends_on, CURRENT_DATE))
     WHERE principal_id = NEW.on_behalf_of_id AND deputy_id = NEW.by_id
       AND CURRENT_DATE BETWEEN starts_on - 1 AND ends_on + 1;
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT",
                    condition="WHEN (NEW.on_behalf_of_id IS NOT NULL)",
                ),
            ],
        },
    ),
    # Files offered with a piece: those of the working copy, and those a version was signed with.
    migrations.CreateModel(
        name="Attachment",
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
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="attachments",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("pdf", "PDF file"),
                        ("docx", "Word document"),
                        ("xlsx", "Excel table"),
                        ("pptx", "PowerPoint slides"),
                    ],
                    editable=False,
                    max_length=4,
                    verbose_name="kind of file",
                ),
            ),
            ("size", models.PositiveIntegerField(editable=False, verbose_name="size in bytes")),
            (
                "title",
                models.CharField(
                    blank=True,
                    help_text="What the file is, without its ending: 报名表.",
                    max_length=80,
                    verbose_name="name for residents",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
        ],
        options={
            "verbose_name": "attachment",
            "verbose_name_plural": "attachments",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("digest", ""), _negated=True),
                        ("kind__in", ["pdf", "docx", "xlsx", "pptx"]),
                        ("size__gt", 0),
                    ),
                    name="attachment_has_a_file",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Attachment",
                    "never_truncated",
                    "TRUNCATE",
                    "An attachment is never emptied",
                ),
                *history("articles.Attachment", "id article_id digest kind size title position"),
            ],
        },
    ),
    migrations.CreateModel(
        name="AttachmentEvent",
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
                    to="articles.attachment",
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
            ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("pdf", "PDF file"),
                        ("docx", "Word document"),
                        ("xlsx", "Excel table"),
                        ("pptx", "PowerPoint slides"),
                    ],
                    editable=False,
                    max_length=4,
                    verbose_name="kind of file",
                ),
            ),
            ("size", models.PositiveIntegerField(editable=False, verbose_name="size in bytes")),
            (
                "title",
                models.CharField(
                    blank=True,
                    help_text="What the file is, without its ending: 报名表.",
                    max_length=80,
                    verbose_name="name for residents",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.AttachmentEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.AttachmentEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="VersionAttachment",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="attachments",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            ("digest", models.CharField(db_index=True, max_length=64, verbose_name="digest")),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("pdf", "PDF file"),
                        ("docx", "Word document"),
                        ("xlsx", "Excel table"),
                        ("pptx", "PowerPoint slides"),
                    ],
                    max_length=4,
                    verbose_name="kind of file",
                ),
            ),
            ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
            (
                "title",
                models.CharField(blank=True, max_length=80, verbose_name="name for residents"),
            ),
            ("position", models.PositiveSmallIntegerField(verbose_name="position")),
        ],
        options={
            "verbose_name": "attachment of a version",
            "verbose_name_plural": "attachments of versions",
            "ordering": ["version", "position"],
            "triggers": [
                refuse(
                    "articles.VersionAttachment",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "An attachment of a version is neither changed nor deleted",
                ),
                refuse(
                    "articles.VersionAttachment",
                    "never_truncated",
                    "TRUNCATE",
                    "An attachment of a version is never emptied",
                ),
                trigger(
                    "articles.VersionAttachment",
                    "signed_version_takes_no_more",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id
           AND (v.sealed_at IS NOT NULL
                OR EXISTS (SELECT 1 FROM articles_signature s WHERE s.version_id = v.id))
    ) THEN
        RAISE EXCEPTION 'a version is never changed; make another' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
            ],
        },
    ),
    # Typing that is not a revision yet, and sittings whose revisions are not a version yet.
    migrations.CreateModel(
        name="Autosave",
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
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
            (
                "article",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="autosaves",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("page", models.CharField(max_length=36, verbose_name="page")),
            (
                "sequence",
                models.PositiveBigIntegerField(verbose_name="number among what the page sent"),
            ),
            (
                "began_from",
                models.PositiveIntegerField(null=True, verbose_name="revision it began from"),
            ),
            ("content", models.JSONField(default=dict, verbose_name="what was typed")),
            (
                "kept_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="kept at"
                ),
            ),
            (
                "seen_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(),
                    verbose_name="page last heard of at",
                ),
            ),
            (
                "folded_revision",
                models.PositiveIntegerField(null=True, verbose_name="revision it was saved as"),
            ),
            (
                "kept_because",
                models.CharField(
                    blank=True, max_length=10, verbose_name="why it was not saved by itself"
                ),
            ),
        ],
        options={
            "verbose_name": "typing not saved yet",
            "verbose_name_plural": "typing not saved yet",
            "indexes": [
                models.Index(fields=["seen_at"], name="autosave_by_seen_at"),
            ],
            "constraints": [
                models.UniqueConstraint(fields=("person", "page"), name="page_is_kept_once"),
                models.CheckConstraint(
                    condition=models.Q(("page", ""), _negated=True), name="page_has_its_key"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Autosave",
                    "typing_never_goes_back",
                    "UPDATE",
                    "What was typed later is not overwritten by what was typed earlier",
                    condition="WHEN (NEW.sequence < OLD.sequence)",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Sitting",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "article",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="sitting",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
            (
                "began_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="began at"
                ),
            ),
            (
                "saved_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(),
                    verbose_name="last saved at",
                ),
            ),
            ("is_open", models.BooleanField(default=True, verbose_name="not a version yet")),
        ],
        options={
            "verbose_name": "sitting",
            "verbose_name_plural": "sittings",
            "indexes": [
                models.Index(
                    condition=models.Q(("is_open", True)),
                    fields=["saved_at"],
                    name="sitting_to_fold",
                ),
            ],
        },
    ),
    # The names under the working copy.
    migrations.CreateModel(
        name="Byline",
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
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="bylines",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "correspondent",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="bylines",
                    to="articles.correspondent",
                    verbose_name="correspondent",
                ),
            ),
            (
                "name",
                models.CharField(
                    blank=True,
                    help_text="Empty means the correspondent's name.",
                    max_length=40,
                    verbose_name="name as printed",
                ),
            ),
            (
                "role",
                models.CharField(blank=True, default="通讯员", max_length=30, verbose_name="role"),
            ),
            (
                "credit",
                models.CharField(
                    choices=[
                        ("text", "Text"),
                        ("photo", "Photos"),
                        ("both", "Text and photos"),
                        ("video", "Video"),
                        ("editing", "Editing"),
                    ],
                    default="text",
                    max_length=10,
                    verbose_name="did",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
        ],
        options={
            "verbose_name": "byline",
            "verbose_name_plural": "bylines",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("correspondent__isnull", False),
                        models.Q(("name", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="byline_names_somebody",
                    violation_error_message="Choose a correspondent or write a name.",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Byline", "never_truncated", "TRUNCATE", "A byline is never emptied"
                ),
                trigger(
                    "articles.Byline",
                    "search_follows_the_names",
                    """
    PERFORM articles_search_again(ARRAY[
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.article_id END,
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.article_id END
    ]);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT OR UPDATE OR DELETE",
                ),
                *history(
                    "articles.Byline", "id article_id correspondent_id name role credit position"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="BylineEvent",
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
                    to="articles.byline",
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
                "correspondent",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.correspondent",
                    verbose_name="correspondent",
                ),
            ),
            (
                "name",
                models.CharField(
                    blank=True,
                    help_text="Empty means the correspondent's name.",
                    max_length=40,
                    verbose_name="name as printed",
                ),
            ),
            (
                "role",
                models.CharField(blank=True, default="通讯员", max_length=30, verbose_name="role"),
            ),
            (
                "credit",
                models.CharField(
                    choices=[
                        ("text", "Text"),
                        ("photo", "Photos"),
                        ("both", "Text and photos"),
                        ("video", "Video"),
                        ("editing", "Editing"),
                    ],
                    default="text",
                    max_length=10,
                    verbose_name="did",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.BylineEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.BylineEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # What the newsroom has made of the checks of a piece: which remind, which stop it.
    migrations.CreateModel(
        name="ChecklistRule",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("key", models.CharField(max_length=20, unique=True, verbose_name="check")),
            (
                "level",
                models.CharField(
                    choices=[
                        ("off", "Not checked"),
                        ("warn", "Reminds"),
                        ("sign", "Needed for a signature"),
                        ("review", "Needed for review"),
                    ],
                    max_length=6,
                    verbose_name="what it does",
                ),
            ),
        ],
        options={
            "verbose_name": "checklist",
            "verbose_name_plural": "checklist",
            "ordering": ["pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("key__in", ["headline", "content", "section"]), _negated=True),
                        ("level__in", ["review"]),
                        _connector="OR",
                    ),
                    name="no_piece_without_headline_content_section",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("key__in", ["alternative_text"]), _negated=True),
                        ("level__in", ["sign", "review"]),
                        _connector="OR",
                    ),
                    name="no_signature_without_alternative_texts",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.ChecklistRule",
                    "never_truncated",
                    "TRUNCATE",
                    "A rule of the checklist is never emptied",
                ),
                *history("articles.ChecklistRule", "id key level"),
            ],
        },
    ),
    migrations.CreateModel(
        name="ChecklistRuleEvent",
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
                    to="articles.checklistrule",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("key", models.CharField(max_length=20, verbose_name="check")),
            (
                "level",
                models.CharField(
                    choices=[
                        ("off", "Not checked"),
                        ("warn", "Reminds"),
                        ("sign", "Needed for a signature"),
                        ("review", "Needed for review"),
                    ],
                    max_length=6,
                    verbose_name="what it does",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.ChecklistRuleEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.ChecklistRuleEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # What is said of a piece or of one of its paragraphs, by whom, to whom, and whether it is done.
    migrations.CreateModel(
        name="Comment",
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
                    related_name="comments",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    blank=True,
                    help_text="In which it was noted down; empty for what was said at once.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            (
                "answers",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="replies",
                    to="articles.comment",
                    verbose_name="answer to",
                ),
            ),
            ("inside", models.BooleanField(default=False, verbose_name="for the newsroom alone")),
            (
                "paragraph",
                models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
            ),
            ("quote", models.TextField(blank=True, verbose_name="quote")),
            ("note", models.TextField(max_length=1000, verbose_name="note")),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="comments",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
            (
                "dropped_at",
                models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
            ),
            (
                "act",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="comments",
                    to="articles.act",
                    verbose_name="sent with",
                ),
            ),
            ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
            (
                "resolved_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="done by",
                ),
            ),
        ],
        options={
            "verbose_name": "comment",
            "verbose_name_plural": "comments",
            "ordering": ["pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("note", ""), _negated=True),
                    name="comment_says_something",
                    violation_error_message="Say what should be changed.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("paragraph", None), ("quote", "")),
                        models.Q(
                            ("paragraph__isnull", False), models.Q(("quote", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="comment_on_a_paragraph_quotes_it",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("resolved_at", None), ("resolved_by", None)),
                        models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="done_comment_names_who_did_it",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("resolved_at", None), ("act__isnull", False), _connector="OR"
                    ),
                    name="only_a_sent_comment_is_done",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("dropped_at", None), ("act", None), ("round", None), _connector="OR"
                    ),
                    name="sent_remark_of_a_round_is_not_taken_back",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("answers", None),
                            ("inside", False),
                            ("round__isnull", False),
                            ("version__isnull", False),
                        ),
                        models.Q(("act__isnull", False), ("round", None)),
                        _connector="OR",
                    ),
                    name="comment_is_noted_in_a_round_or_said_at_once",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("answers", None),
                        models.Q(("paragraph", None), ("resolved_at", None)),
                        _connector="OR",
                    ),
                    name="answer_stands_and_is_done_with_what_it_answers",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Comment",
                    "never_deleted",
                    "DELETE",
                    "A comment is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Comment", "never_truncated", "TRUNCATE", "A comment is never emptied"
                ),
                trigger(
                    "articles.Comment",
                    "comment_stays_as_sent",
                    """
    IF TG_OP = 'UPDATE' AND (
        to_jsonb(NEW) - 'act_id' - 'dropped_at' - 'resolved_at' - 'resolved_by_id'
        <> to_jsonb(OLD) - 'act_id' - 'dropped_at' - 'resolved_at' - 'resolved_by_id'
        OR OLD.dropped_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD)
        OR OLD.act_id IS NOT NULL AND NEW.act_id IS DISTINCT FROM OLD.act_id
    ) THEN
        RAISE EXCEPTION 'a comment stays as it was written and sent' USING ERRCODE = '23514';
    END IF;
    IF NEW.act_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_act a
         WHERE a.id = NEW.act_id AND a.article_id = NEW.article_id AND a.by_id = NEW.by_id
    ) THEN
        RAISE EXCEPTION 'a comment goes out with an act of its writer on its piece' USING ERRCODE = '23514';
    END IF;
    IF NEW.version_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id AND v.article_id = NEW.article_id
    ) THEN
        RAISE EXCEPTION 'a comment is on a version of its piece' USING ERRCODE = '23514';
    END IF;
    IF NEW.answers_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_comment c
         WHERE c.id = NEW.answers_id AND c.article_id = NEW.article_id
           AND c.answers_id IS NULL AND c.act_id IS NOT NULL AND c.inside = NEW.inside
    ) THEN
        RAISE EXCEPTION 'an answer stands under a comment of its piece that was sent, for the same readers' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                *history(
                    "articles.Comment",
                    (
                        "id article_id version_id round_id answers_id inside paragraph quote note by_id "
                        "written_at dropped_at act_id resolved_at resolved_by_id"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CommentEvent",
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
                    to="articles.comment",
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
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="In which it was noted down; empty for what was said at once.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            (
                "answers",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.comment",
                    verbose_name="answer to",
                ),
            ),
            ("inside", models.BooleanField(default=False, verbose_name="for the newsroom alone")),
            (
                "paragraph",
                models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
            ),
            ("quote", models.TextField(blank=True, verbose_name="quote")),
            ("note", models.TextField(max_length=1000, verbose_name="note")),
            (
                "by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
            (
                "dropped_at",
                models.DateTimeField(blank=True, null=True, verbose_name="taken back at"),
            ),
            (
                "act",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.act",
                    verbose_name="sent with",
                ),
            ),
            ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
            (
                "resolved_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="done by",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.CommentEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.CommentEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Mention",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "comment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="mentions",
                    to="articles.comment",
                    verbose_name="comment",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
        ],
        options={
            "verbose_name": "mention",
            "verbose_name_plural": "mentions",
            "ordering": ["comment", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("comment", "person"), name="comment_mentions_a_person_once"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Mention",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A mention is neither changed nor deleted",
                ),
                refuse(
                    "articles.Mention", "never_truncated", "TRUNCATE", "A mention is never emptied"
                ),
            ],
        },
    ),
    # Corrections: what was wrong and what is right, signed in rounds like a piece.
    migrations.CreateModel(
        name="Correction",
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
                    related_name="corrections",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("wrong", models.CharField(max_length=300, verbose_name="wrong")),
            ("right", models.CharField(max_length=300, verbose_name="right")),
            ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            (
                "printed_where",
                models.CharField(
                    blank=True,
                    help_text="Issue and page. Empty: it stood on the website only.",
                    max_length=120,
                    verbose_name="where it was printed",
                ),
            ),
            (
                "route",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="corrections",
                    to="articles.route",
                    verbose_name="route",
                ),
            ),
            (
                "batch",
                models.ForeignKey(
                    blank=True,
                    help_text="Of one that came with a restored piece: it was signed where that was.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="corrections",
                    to="articles.archivebatch",
                    verbose_name="restored archive",
                ),
            ),
            (
                "revision",
                models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
            ),
            (
                "drawn_up_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="drawn up by",
                ),
            ),
            ("drawn_up_at", models.DateTimeField(auto_now_add=True, verbose_name="drawn up at")),
            (
                "returned_at",
                models.DateTimeField(blank=True, null=True, verbose_name="returned at"),
            ),
            (
                "returned_note",
                models.CharField(blank=True, max_length=300, verbose_name="what to change"),
            ),
            ("dropped_at", models.DateTimeField(blank=True, null=True, verbose_name="dropped at")),
            (
                "signed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed at")),
        ],
        options={
            "verbose_name": "correction",
            "verbose_name_plural": "corrections",
            "ordering": ["-drawn_up_at"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("signed_at", None), ("signed_by", None)),
                        models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                        models.Q(("batch__isnull", False), ("signed_at__isnull", False)),
                        _connector="OR",
                    ),
                    name="signed_correction_names_its_signer",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_by", None),
                        models.Q(("signed_by", models.F("drawn_up_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="correction_is_signed_by_another",
                    violation_error_message="A correction is signed by somebody else.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("route__isnull", False), ("signed_at__isnull", False), _connector="OR"
                    ),
                    name="unsigned_correction_has_its_route",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("signed_at", None),
                        models.Q(("dropped_at", None), ("returned_at", None)),
                        _connector="OR",
                    ),
                    name="correction_is_public_or_put_away_never_both",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("returned_at", None),
                        models.Q(("returned_note", ""), _negated=True),
                        _connector="OR",
                    ),
                    name="returned_correction_says_what_to_change",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Correction",
                    "never_deleted",
                    "DELETE",
                    "A correction is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Correction",
                    "never_truncated",
                    "TRUNCATE",
                    "A correction is never emptied",
                ),
                trigger(
                    "articles.Correction",
                    "correction_begins_unsigned",
                    """
    IF NEW.batch_id IS NULL THEN
        RAISE EXCEPTION 'a correction begins unsigned, with the route it is to pass' USING ERRCODE = '23514';
    END IF;
    IF NEW.signed_at IS NULL OR NEW.signed_by_id IS NOT NULL OR NEW.route_id IS NOT NULL
       OR NEW.signed_at > clock_timestamp()
       OR NOT EXISTS (
           SELECT 1 FROM articles_archivedpiece p JOIN articles_version v ON v.id = p.version_id
            WHERE p.batch_id = NEW.batch_id AND v.article_id = NEW.article_id) THEN
        RAISE EXCEPTION 'a correction that comes with an archive was signed there, on a piece that came with it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                    condition="WHEN (NEW.signed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL OR NEW.returned_at IS NOT NULL OR NEW.route_id IS NULL OR NEW.batch_id IS NOT NULL)",
                ),
                trigger(
                    "articles.Correction",
                    "signed_correction_stays",
                    """
    IF (OLD.signed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL)
       AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'a signed correction stays as it was signed, a dropped one as it was dropped' USING ERRCODE = '23514';
    END IF;
    IF (NEW.article_id, NEW.drawn_up_by_id, NEW.route_id, NEW.batch_id)
       IS DISTINCT FROM (OLD.article_id, OLD.drawn_up_by_id, OLD.route_id, OLD.batch_id) THEN
        RAISE EXCEPTION 'a correction keeps its piece, its route and who drew it up' USING ERRCODE = '23514';
    END IF;
    IF (NEW.wrong, NEW.right, NEW.note, NEW.printed_where)
       IS DISTINCT FROM (OLD.wrong, OLD.right, OLD.note, OLD.printed_where)
       AND (NEW.revision <= OLD.revision OR EXISTS (
           SELECT 1 FROM articles_correctionsignature s
            WHERE s.correction_id = NEW.id AND s.voided_at IS NULL)) THEN
        RAISE EXCEPTION 'words that somebody has signed are not changed under the signature' USING ERRCODE = '23514';
    END IF;
    IF NEW.signed_at IS NOT NULL AND (
        NEW.route_id IS NULL OR EXISTS (
            SELECT 1 FROM articles_round r
             WHERE r.route_id = NEW.route_id AND NOT EXISTS (
                 SELECT 1 FROM articles_correctionsignature s
                  WHERE s.correction_id = NEW.id AND s.round_id = r.id
                    AND s.voided_at IS NULL AND s.revision = NEW.revision))
    ) THEN
        RAISE EXCEPTION 'a correction is public with the signature of every round, under these very words' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                *history(
                    "articles.Correction",
                    (
                        "id article_id wrong right note printed_where route_id batch_id revision "
                        "drawn_up_by_id drawn_up_at returned_at returned_note dropped_at signed_by_id "
                        "signed_at"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CorrectionEvent",
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
                    to="articles.correction",
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
            ("wrong", models.CharField(max_length=300, verbose_name="wrong")),
            ("right", models.CharField(max_length=300, verbose_name="right")),
            ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            (
                "printed_where",
                models.CharField(
                    blank=True,
                    help_text="Issue and page. Empty: it stood on the website only.",
                    max_length=120,
                    verbose_name="where it was printed",
                ),
            ),
            (
                "route",
                models.ForeignKey(
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
            (
                "batch",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="Of one that came with a restored piece: it was signed where that was.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.archivebatch",
                    verbose_name="restored archive",
                ),
            ),
            (
                "revision",
                models.PositiveIntegerField(default=0, editable=False, verbose_name="revision"),
            ),
            (
                "drawn_up_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="drawn up by",
                ),
            ),
            ("drawn_up_at", models.DateTimeField(auto_now_add=True, verbose_name="drawn up at")),
            (
                "returned_at",
                models.DateTimeField(blank=True, null=True, verbose_name="returned at"),
            ),
            (
                "returned_note",
                models.CharField(blank=True, max_length=300, verbose_name="what to change"),
            ),
            ("dropped_at", models.DateTimeField(blank=True, null=True, verbose_name="dropped at")),
            (
                "signed_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.CorrectionEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.CorrectionEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CorrectionSignature",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "correction",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures",
                    to="articles.correction",
                    verbose_name="correction",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            ("revision", models.PositiveIntegerField(verbose_name="revision")),
            (
                "signer",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            (
                "on_behalf_of",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="on behalf of",
                ),
            ),
            ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
            ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="voided at")),
        ],
        options={
            "verbose_name": "signature under a correction",
            "verbose_name_plural": "signatures under corrections",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("voided_at", None)),
                    fields=("correction", "round"),
                    name="round_of_a_correction_is_signed_once",
                ),
                models.UniqueConstraint(
                    condition=models.Q(("voided_at", None)),
                    fields=("correction", "signer"),
                    name="nobody_signs_two_rounds_of_one_correction",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("on_behalf_of", None),
                        models.Q(("on_behalf_of", models.F("signer")), _negated=True),
                        _connector="OR",
                    ),
                    name="nobody_signs_a_correction_on_their_own_behalf",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.CorrectionSignature",
                    "never_deleted",
                    "DELETE",
                    "A signature under a correction is never deleted; discard it instead",
                ),
                refuse(
                    "articles.CorrectionSignature",
                    "never_truncated",
                    "TRUNCATE",
                    "A signature under a correction is never emptied",
                ),
                trigger(
                    "articles.CorrectionSignature",
                    "correction_signature_stays",
                    """
    IF to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at' OR OLD.voided_at IS NOT NULL
       OR EXISTS (SELECT 1 FROM articles_correction c
                   WHERE c.id = OLD.correction_id
                     AND (c.signed_at IS NOT NULL OR c.dropped_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'a signature under a correction is never changed; new words may void it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                trigger(
                    "articles.CorrectionSignature",
                    "nobody_signs_their_own_correction",
                    """
    IF EXISTS (
        SELECT 1 FROM articles_correction n
          JOIN articles_article a ON a.id = n.article_id
          JOIN people_user u ON u.id IN (NEW.signer_id, NEW.on_behalf_of_id)
          LEFT JOIN articles_versionbyline b ON b.version_id = a.sealed_id
          LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
         WHERE n.id = NEW.correction_id
           AND (n.drawn_up_by_id = u.id OR a.filed_by_id = u.id OR c.user_id = u.id
                OR (c.user_id IS NULL AND translate(b.name, ' \u3000', '') = u.name))
    ) THEN
        RAISE EXCEPTION 'nobody signs a correction they drew up, or one of a piece they filed or are named in' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
                trigger(
                    "articles.CorrectionSignature",
                    "correction_signature_stands_in_its_round",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_correction c
          JOIN articles_round r ON r.id = NEW.round_id AND r.route_id = c.route_id
         WHERE c.id = NEW.correction_id AND c.revision = NEW.revision
           AND c.signed_at IS NULL AND c.dropped_at IS NULL AND c.returned_at IS NULL
           AND NOT EXISTS (
               SELECT 1 FROM articles_round earlier
                WHERE earlier.route_id = c.route_id AND earlier.position < r.position
                  AND NOT EXISTS (
                      SELECT 1 FROM articles_correctionsignature s
                       WHERE s.correction_id = c.id AND s.round_id = earlier.id
                         AND s.voided_at IS NULL))
    ) THEN
        RAISE EXCEPTION 'a correction is signed round by round, in the words it has now' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM articles_round r
          JOIN people_user_groups m ON m.group_id = r.group_id
         WHERE r.id = NEW.round_id AND m.user_id = COALESCE(NEW.on_behalf_of_id, NEW.signer_id)
    ) OR (
        NEW.on_behalf_of_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM people_deputy d
             WHERE d.principal_id = NEW.on_behalf_of_id AND d.deputy_id = NEW.signer_id)
    ) THEN
        RAISE EXCEPTION 'a round of a correction is signed by its members or by a deputy of one' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_correctionsignature s
         WHERE s.correction_id = NEW.correction_id AND s.voided_at IS NULL
           AND (s.signer_id IN (NEW.signer_id, NEW.on_behalf_of_id)
                OR s.on_behalf_of_id IN (NEW.signer_id, NEW.on_behalf_of_id))
    ) THEN
        RAISE EXCEPTION 'nobody signs two rounds of one correction' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
                *history(
                    "articles.CorrectionSignature",
                    (
                        "id correction_id round_id revision signer_id on_behalf_of_id signed_at "
                        "voided_at"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="CorrectionSignatureEvent",
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
                    to="articles.correctionsignature",
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
                "round",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            ("revision", models.PositiveIntegerField(verbose_name="revision")),
            (
                "signer",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            (
                "on_behalf_of",
                models.ForeignKey(
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
            ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
            ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="voided at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.CorrectionSignatureEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.CorrectionSignatureEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # How pieces begin: the files some came in, and the templates others are begun from.
    migrations.CreateModel(
        name="FiledFile",
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
                    related_name="filed_files",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="filed_files",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            ("digest", models.CharField(max_length=64, verbose_name="digest")),
            ("name", models.CharField(blank=True, max_length=200, verbose_name="file name")),
            ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
        ],
        options={
            "verbose_name": "filed file",
            "verbose_name_plural": "filed files",
            "ordering": ["pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("by", "digest"),
                    name="nobody_files_a_file_twice",
                    violation_error_message="You have filed this file already.",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.FiledFile",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "The record of filed files is neither changed nor deleted",
                ),
                refuse(
                    "articles.FiledFile",
                    "never_truncated",
                    "TRUNCATE",
                    "The record of filed files is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PieceTemplate",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("name", models.CharField(max_length=20, unique=True, verbose_name="name")),
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
                "headline",
                models.CharField(
                    blank=True,
                    help_text="How such headlines are built; ［…］ is for the writer to fill in.",
                    max_length=120,
                    verbose_name="headline",
                ),
            ),
            (
                "body",
                articles.fields.ProseField(
                    blank=True,
                    help_text="［…］ asks the writer for something.",
                    verbose_name="text",
                ),
            ),
            (
                "hints",
                models.TextField(
                    blank=True,
                    help_text="What such a piece needs, one hint a line; shown beside the form.",
                    max_length=600,
                    verbose_name="hints",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ("retired", models.BooleanField(default=False, verbose_name="retired")),
        ],
        options={
            "verbose_name": "template",
            "verbose_name_plural": "templates",
            "ordering": ["position", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("body", ""), ("headline", ""), _negated=True),
                    name="template_holds_a_headline_or_a_text",
                    violation_error_message="Write a headline or a text to begin from.",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.PieceTemplate",
                    "never_deleted",
                    "DELETE",
                    "A template is never deleted; discard it instead",
                ),
                refuse(
                    "articles.PieceTemplate",
                    "never_truncated",
                    "TRUNCATE",
                    "A template is never emptied",
                ),
                *history(
                    "articles.PieceTemplate",
                    "id name kind section_id headline body hints position retired",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PieceTemplateEvent",
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
                    to="articles.piecetemplate",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            ("name", models.CharField(max_length=20, verbose_name="name")),
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
                "headline",
                models.CharField(
                    blank=True,
                    help_text="How such headlines are built; ［…］ is for the writer to fill in.",
                    max_length=120,
                    verbose_name="headline",
                ),
            ),
            (
                "body",
                articles.fields.ProseField(
                    blank=True,
                    help_text="［…］ asks the writer for something.",
                    verbose_name="text",
                ),
            ),
            (
                "hints",
                models.TextField(
                    blank=True,
                    help_text="What such a piece needs, one hint a line; shown beside the form.",
                    max_length=600,
                    verbose_name="hints",
                ),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ("retired", models.BooleanField(default=False, verbose_name="retired")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.PieceTemplateEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.PieceTemplateEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # What the import found damaged in a working copy.
    migrations.CreateModel(
        name="Gap",
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
                    related_name="gaps",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("code", models.CharField(max_length=40, verbose_name="code")),
            ("message", models.TextField(verbose_name="message")),
            (
                "paragraph",
                models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
            ),
            ("quote", models.TextField(blank=True, verbose_name="quote")),
            ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="found at")),
            ("cleared_at", models.DateTimeField(blank=True, null=True, verbose_name="cleared at")),
            (
                "cleared_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="cleared by",
                ),
            ),
        ],
        options={
            "verbose_name": "warning of the import",
            "verbose_name_plural": "warnings of the import",
            "ordering": ["paragraph", "pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("cleared_at", None), ("cleared_by", None)),
                        models.Q(("cleared_at__isnull", False), ("cleared_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="cleared_gap_names_who_cleared_it",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Gap",
                    "never_deleted",
                    "DELETE",
                    "A warning of the import is never deleted; discard it instead",
                ),
                refuse(
                    "articles.Gap",
                    "never_truncated",
                    "TRUNCATE",
                    "A warning of the import is never emptied",
                ),
                *history(
                    "articles.Gap",
                    "id article_id code message paragraph quote found_at cleared_at cleared_by_id",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="GapEvent",
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
                    to="articles.gap",
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
            ("code", models.CharField(max_length=40, verbose_name="code")),
            ("message", models.TextField(verbose_name="message")),
            (
                "paragraph",
                models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="paragraph"),
            ),
            ("quote", models.TextField(blank=True, verbose_name="quote")),
            ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="found at")),
            ("cleared_at", models.DateTimeField(blank=True, null=True, verbose_name="cleared at")),
            (
                "cleared_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="cleared by",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.GapEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.GapEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Masthead",
        fields=[],
        options={
            "verbose_name": "site settings",
            "verbose_name_plural": "site settings",
            "proxy": True,
            "indexes": [],
            "constraints": [],
        },
        bases=("people.sitesettings",),
    ),
    # Signatures that follow an emergency: which rounds owe one, by when, and what came of it.
    migrations.CreateModel(
        name="OwedSignature",
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
                    related_name="owed_signatures",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "review",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="owed_signatures",
                    to="articles.review",
                    verbose_name="review",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.round",
                    verbose_name="round",
                ),
            ),
            (
                "version",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="owed_signatures",
                    to="articles.version",
                    verbose_name="version",
                ),
            ),
            ("owed_since", models.DateTimeField(verbose_name="owed since")),
            ("due_at", models.DateTimeField(verbose_name="due at")),
            (
                "signature",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="owed",
                    to="articles.signature",
                    verbose_name="signature",
                ),
            ),
            (
                "refused_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="refused by",
                ),
            ),
            ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="refused at")),
            ("refusal", models.TextField(blank=True, verbose_name="why it was refused")),
        ],
        options={
            "verbose_name": "owed signature",
            "verbose_name_plural": "owed signatures",
            "ordering": ["due_at", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("review", "round"), name="round_owes_one_signature_a_review"
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("refusal", ""), ("refused_at", None), ("refused_by", None)),
                        models.Q(
                            ("refused_at__isnull", False),
                            ("refused_by__isnull", False),
                            models.Q(("refusal", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="refused_signature_says_who_when_and_why",
                ),
                models.CheckConstraint(
                    condition=models.Q(("signature", None), ("refused_at", None), _connector="OR"),
                    name="owed_signature_is_given_or_refused",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("due_at__gt", models.F("owed_since")),
                        (
                            "due_at__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("owed_since"),
                                "+",
                                models.Value(datetime.timedelta(days=1)),
                            ),
                        ),
                    ),
                    name="signature_is_owed_within_a_day",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.OwedSignature",
                    "never_deleted",
                    "DELETE",
                    "An owed signature is never deleted; discard it instead",
                ),
                refuse(
                    "articles.OwedSignature",
                    "never_truncated",
                    "TRUNCATE",
                    "An owed signature is never emptied",
                ),
                trigger(
                    "articles.OwedSignature",
                    "only_an_emergency_owes",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_version v
          JOIN articles_review w ON w.article_id = v.article_id
          JOIN articles_round r ON r.route_id = w.route_id
         WHERE v.id = NEW.version_id AND v.basis = 'emergency' AND v.article_id = NEW.article_id
           AND w.id = NEW.review_id AND w.ended_at IS NULL AND r.id = NEW.round_id
           AND NOT EXISTS (
               SELECT 1 FROM articles_signature s
                WHERE s.review_id = w.id AND s.round_id = r.id AND s.voided_at IS NULL)
    ) OR NEW.signature_id IS NOT NULL OR NEW.refused_at IS NOT NULL THEN
        RAISE EXCEPTION 'a signature is owed by a round that an emergency passed over' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
                trigger(
                    "articles.OwedSignature",
                    "debt_stays_until_answered",
                    """
    IF to_jsonb(NEW) - 'signature_id' - 'refused_by_id' - 'refused_at' - 'refusal'
       <> to_jsonb(OLD) - 'signature_id' - 'refused_by_id' - 'refused_at' - 'refusal'
       OR (OLD.signature_id IS NOT NULL OR OLD.refused_at IS NOT NULL)
          AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        RAISE EXCEPTION 'what is owed stays as it is until it is signed or refused, and then for good' USING ERRCODE = '23514';
    END IF;
    IF NEW.signature_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_signature s
         WHERE s.id = NEW.signature_id AND s.review_id = NEW.review_id
           AND s.round_id = NEW.round_id AND s.version_id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'an owed signature is settled by a signature of its own round, on its own version' USING ERRCODE = '23514';
    END IF;
    IF NEW.refused_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_round r
          JOIN people_user_groups m ON m.group_id = r.group_id
         WHERE r.id = NEW.round_id
           AND (m.user_id = NEW.refused_by_id OR EXISTS (
               SELECT 1 FROM people_deputy d
                WHERE d.principal_id = m.user_id AND d.deputy_id = NEW.refused_by_id))
    ) THEN
        RAISE EXCEPTION 'an owed signature is refused by who would give it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="UPDATE",
                ),
                *history(
                    "articles.OwedSignature",
                    (
                        "id article_id review_id round_id version_id owed_since due_at signature_id "
                        "refused_by_id refused_at refusal"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="OwedSignatureEvent",
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
                    to="articles.owedsignature",
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
                "review",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.review",
                    verbose_name="review",
                ),
            ),
            (
                "round",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.round",
                    verbose_name="round",
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
                    verbose_name="version",
                ),
            ),
            ("owed_since", models.DateTimeField(verbose_name="owed since")),
            ("due_at", models.DateTimeField(verbose_name="due at")),
            (
                "signature",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.signature",
                    verbose_name="signature",
                ),
            ),
            (
                "refused_by",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="refused by",
                ),
            ),
            ("refused_at", models.DateTimeField(blank=True, null=True, verbose_name="refused at")),
            ("refusal", models.TextField(blank=True, verbose_name="why it was refused")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.OwedSignatureEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.OwedSignatureEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # Photographs of the working copy: each one use of a picture, with the words printed under it.
    migrations.CreateModel(
        name="Photo",
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
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="photos",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "digest",
                models.CharField(blank=True, editable=False, max_length=64, verbose_name="digest"),
            ),
            (
                "width",
                models.PositiveIntegerField(
                    default=0, editable=False, verbose_name="width in pixels"
                ),
            ),
            (
                "height",
                models.PositiveIntegerField(
                    default=0, editable=False, verbose_name="height in pixels"
                ),
            ),
            (
                "widths",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    blank=True,
                    default=list,
                    editable=False,
                    size=None,
                    verbose_name="widths of the renditions",
                ),
            ),
            ("caption", models.CharField(blank=True, max_length=300, verbose_name="caption")),
            (
                "photographer",
                models.ForeignKey(
                    blank=True,
                    help_text="Whoever is on the list of correspondents; the credit is proposed from it.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="photos",
                    to="articles.correspondent",
                    verbose_name="photographer",
                ),
            ),
            (
                "credit",
                models.CharField(
                    blank=True,
                    help_text="For instance 孟小满 摄.",
                    max_length=80,
                    verbose_name="credit",
                ),
            ),
            (
                "alternative_text",
                models.CharField(
                    blank=True,
                    help_text="What the picture shows, for readers who cannot see it.",
                    max_length=200,
                    verbose_name="alternative text",
                ),
            ),
            (
                "video_url",
                models.CharField(
                    blank=True,
                    help_text="https://… Then the picture leads to it; its alternative text tells the film.",
                    max_length=300,
                    validators=[articles.video_links.a_video_page],
                    verbose_name="page of a video",
                ),
            ),
            (
                "focal_x",
                models.FloatField(default=0.5, verbose_name="focal point, share of the width"),
            ),
            (
                "focal_y",
                models.FloatField(default=0.5, verbose_name="focal point, share of the height"),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
        ],
        options={
            "verbose_name": "photo",
            "verbose_name_plural": "photos",
            "ordering": ["position", "pk"],
            "indexes": [
                models.Index(
                    condition=models.Q(("digest", ""), _negated=True),
                    fields=["digest"],
                    name="photo_by_digest",
                ),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("focal_x__range", (0, 1)), ("focal_y__range", (0, 1))),
                    name="focal_point_lies_in_the_picture",
                    violation_error_message="The focal point lies outside the picture.",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("digest", ""),
                        models.Q(("height__gt", 0), ("width__gt", 0)),
                        _connector="OR",
                    ),
                    name="photo_with_a_file_has_a_size",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("video_url", ""), ("video_url__startswith", "https://"), _connector="OR"
                    ),
                    name="video_of_a_photo_is_on_a_secure_page",
                ),
            ],
            "triggers": [
                refuse("articles.Photo", "never_truncated", "TRUNCATE", "A photo is never emptied"),
                *history(
                    "articles.Photo",
                    (
                        "id article_id digest width height widths caption photographer_id credit "
                        "alternative_text video_url focal_x focal_y position"
                    ),
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="PhotoEvent",
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
                    to="articles.photo",
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
                "digest",
                models.CharField(blank=True, editable=False, max_length=64, verbose_name="digest"),
            ),
            (
                "width",
                models.PositiveIntegerField(
                    default=0, editable=False, verbose_name="width in pixels"
                ),
            ),
            (
                "height",
                models.PositiveIntegerField(
                    default=0, editable=False, verbose_name="height in pixels"
                ),
            ),
            (
                "widths",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.PositiveIntegerField(),
                    blank=True,
                    default=list,
                    editable=False,
                    size=None,
                    verbose_name="widths of the renditions",
                ),
            ),
            ("caption", models.CharField(blank=True, max_length=300, verbose_name="caption")),
            (
                "photographer",
                models.ForeignKey(
                    blank=True,
                    db_constraint=False,
                    help_text="Whoever is on the list of correspondents; the credit is proposed from it.",
                    null=True,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.correspondent",
                    verbose_name="photographer",
                ),
            ),
            (
                "credit",
                models.CharField(
                    blank=True,
                    help_text="For instance 孟小满 摄.",
                    max_length=80,
                    verbose_name="credit",
                ),
            ),
            (
                "alternative_text",
                models.CharField(
                    blank=True,
                    help_text="What the picture shows, for readers who cannot see it.",
                    max_length=200,
                    verbose_name="alternative text",
                ),
            ),
            (
                "video_url",
                models.CharField(
                    blank=True,
                    help_text="https://… Then the picture leads to it; its alternative text tells the film.",
                    max_length=300,
                    validators=[articles.video_links.a_video_page],
                    verbose_name="page of a video",
                ),
            ),
            (
                "focal_x",
                models.FloatField(default=0.5, verbose_name="focal point, share of the width"),
            ),
            (
                "focal_y",
                models.FloatField(default=0.5, verbose_name="focal point, share of the height"),
            ),
            ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.PhotoEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.PhotoEvent", "never_truncated", "TRUNCATE", "History is never emptied"
                ),
            ],
        },
    ),
    # What residents find pieces by: the words of sealed versions, one row for each piece.
    migrations.CreateModel(
        name="PublicEntry",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "article",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="public_entry",
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
                    verbose_name="version",
                ),
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
                "month",
                models.IntegerField(
                    help_text="Such as 202312, in UTC; only for speed.",
                    null=True,
                    verbose_name="month of its hour",
                ),
            ),
            ("headline", models.TextField(verbose_name="headline")),
            ("deck", models.TextField(verbose_name="deck")),
            (
                "names",
                django.contrib.postgres.fields.ArrayField(
                    base_field=models.TextField(), size=None, verbose_name="names"
                ),
            ),
            ("text", models.TextField(verbose_name="text")),
            (
                "lexemes",
                models.GeneratedField(
                    db_persist=True,
                    expression=models.Func(
                        models.F("headline"),
                        models.F("deck"),
                        models.F("text"),
                        models.F("names"),
                        models.F("section"),
                        models.F("month"),
                        function="articles_public_lexemes",
                    ),
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                    verbose_name="lexemes",
                ),
            ),
        ],
        options={
            "verbose_name": "public search entry",
            "verbose_name_plural": "public search entries",
            "indexes": [
                django.contrib.postgres.indexes.GinIndex(
                    fastupdate=False, fields=["lexemes"], name="public_search_by_lexemes"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.PublicEntry",
                    "never_deleted",
                    "DELETE",
                    "What residents find pieces by is never deleted; discard it instead",
                ),
                refuse(
                    "articles.PublicEntry",
                    "never_truncated",
                    "TRUNCATE",
                    "What residents find pieces by is never emptied",
                ),
                trigger(
                    "articles.PublicEntry",
                    "entry_says_what_was_sealed",
                    """
    IF TG_OP = 'UPDATE' THEN
        NEW.article_id := OLD.article_id;
    END IF;
    SELECT piece.sealed_id, articles_month(release.publish_at) AS month INTO found
      FROM articles_article piece LEFT JOIN articles_release release
           ON release.id = piece.release_id
     WHERE piece.id = NEW.article_id;
    IF found.sealed_id IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.text <> '' AND OLD.version_id = found.sealed_id THEN
            NEW := OLD;
            NEW.month := found.month;
            RETURN NEW;
        END IF;
    END IF;
    NEW.month := found.month;
    NEW.version_id := found.sealed_id;
    SELECT words.section, words.headline, words.deck, words.names, words.text
      INTO NEW.section_id, NEW.headline, NEW.deck, NEW.names, NEW.text
      FROM articles_public_words(found.sealed_id) AS words;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                    declare="DECLARE found record;",
                ),
            ],
        },
    ),
    # What pieces are found by. Triggers keep it, whoever writes: verbs, bulk updates, raw SQL.
    migrations.CreateModel(
        name="SearchEntry",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "article",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="search_entry",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("text", models.TextField(verbose_name="text")),
            ("lexemes", django.contrib.postgres.search.SearchVectorField(verbose_name="lexemes")),
        ],
        options={
            "verbose_name": "search entry",
            "verbose_name_plural": "search entries",
            "indexes": [
                django.contrib.postgres.indexes.GinIndex(
                    fastupdate=False, fields=["lexemes"], name="search_by_lexemes"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.SearchEntry",
                    "never_truncated",
                    "TRUNCATE",
                    "What pieces are found by is never emptied",
                ),
            ],
        },
    ),
    # Where residents find a sealed piece again: by section, by a name under it, by what it is about.
    migrations.CreateModel(
        name="SealedTag",
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
                    related_name="sealed_tags",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "tag",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="articles.tag",
                    verbose_name="tag",
                ),
            ),
        ],
        options={
            "verbose_name": "tag of a signed piece",
            "verbose_name_plural": "tags of signed pieces",
            "ordering": ["tag"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("article", "tag"), name="signed_piece_has_a_tag_once"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.SealedTag",
                    "never_truncated",
                    "TRUNCATE",
                    "What signed pieces are about is never emptied",
                ),
                trigger(
                    "articles.SealedTag",
                    "shelves_follow_the_tags",
                    """
    PERFORM articles_shelve_again(ARRAY[
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.article_id END,
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.article_id END
    ]);
    RETURN NULL;
""",
                    when="AFTER",
                    operation="INSERT OR UPDATE OR DELETE",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Listing",
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
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="listings",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "release",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="articles.release",
                    verbose_name="release",
                ),
            ),
            (
                "shelf",
                models.PositiveSmallIntegerField(
                    choices=[(1, "Section"), (2, "Correspondent"), (3, "Tag")],
                    verbose_name="listed by",
                ),
            ),
            ("key", models.BigIntegerField(verbose_name="key")),
        ],
        options={
            "verbose_name": "listing",
            "verbose_name_plural": "listings",
            "constraints": [
                models.UniqueConstraint(
                    fields=("shelf", "key", "release", "article"),
                    name="piece_is_listed_once_in_its_place",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Listing",
                    "never_truncated",
                    "TRUNCATE",
                    "What residents find pieces by is never emptied",
                ),
            ],
        },
    ),
    # Signatures taken back before a piece is out: records that only grow. The seal itself stays.
    migrations.CreateModel(
        name="TakenBackSignature",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "signature",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="taken_back",
                    to="articles.signature",
                    verbose_name="signature",
                ),
            ),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="signatures_taken_back",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("reason", models.TextField(verbose_name="reason, for the record")),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="by",
                ),
            ),
            ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
        ],
        options={
            "verbose_name": "signature taken back",
            "verbose_name_plural": "signatures taken back",
            "ordering": ["-pk"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True),
                    name="signature_is_taken_back_for_a_reason",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.TakenBackSignature",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A signature taken back is neither changed nor deleted",
                ),
                refuse(
                    "articles.TakenBackSignature",
                    "never_truncated",
                    "TRUNCATE",
                    "A signature taken back is never emptied",
                ),
                trigger(
                    "articles.TakenBackSignature",
                    "signature_is_taken_back_by_who_gave_it",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_signature s
          JOIN articles_review w ON w.id = s.review_id
         WHERE s.id = NEW.signature_id AND w.article_id = NEW.article_id AND s.voided_at IS NULL
           AND NEW.by_id IN (s.signer_id, s.on_behalf_of_id)
    ) THEN
        RAISE EXCEPTION 'a signature is taken back by who gave it, or for whom it was given' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_article a JOIN articles_release r ON r.id = a.release_id
         WHERE a.id = NEW.article_id AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) THEN
        RAISE EXCEPTION 'what has gone out is neither moved nor held; correct or withdraw it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
            ],
        },
    ),
    # Two people on one piece: who is here, who has locked it, what one typed and could not save.
    migrations.CreateModel(
        name="Presence",
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
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="articles.article",
                    verbose_name="article",
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
            ("typed_at", models.DateTimeField(null=True, verbose_name="last typed at")),
        ],
        options={
            "verbose_name": "presence",
            "verbose_name_plural": "presences",
            "constraints": [
                models.UniqueConstraint(
                    fields=("article", "person"), name="somebody_is_at_a_piece_once"
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Lock",
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
                    related_name="locks",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "holder",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="holder",
                ),
            ),
            ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
            (
                "began_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="locked at"
                ),
            ),
            ("until", models.DateTimeField(verbose_name="locked until")),
            ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
            (
                "ended_by",
                models.ForeignKey(
                    blank=True,
                    help_text="Nobody: it had run out.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="ended by",
                ),
            ),
        ],
        options={
            "verbose_name": "lock",
            "verbose_name_plural": "locks",
            "ordering": ["-pk"],
            "constraints": [
                models.UniqueConstraint(
                    condition=models.Q(("ended_at", None)),
                    fields=("article",),
                    name="piece_has_one_lock",
                ),
                models.CheckConstraint(
                    condition=models.Q(("minutes__range", (1, 60))),
                    name="lock_runs_out_within_an_hour_of_being_asked_for",
                ),
                models.CheckConstraint(
                    condition=models.Q(("until__gt", models.F("began_at"))),
                    name="lock_ends_after_it_began",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("ended_by", None), ("ended_at__isnull", False), _connector="OR"
                    ),
                    name="only_an_ended_lock_was_ended_by_somebody",
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Lock",
                    "never_deleted",
                    "DELETE",
                    "A lock is never deleted; discard it instead",
                ),
                refuse("articles.Lock", "never_truncated", "TRUNCATE", "A lock is never emptied"),
                refuse(
                    "articles.Lock",
                    "ended_lock_stays_ended",
                    "UPDATE",
                    "A lock that has ended is not changed",
                    condition="WHEN (OLD.ended_at IS NOT NULL)",
                ),
                refuse(
                    "articles.Lock",
                    "lock_keeps_its_holder",
                    "UPDATE",
                    "A lock keeps its piece, its holder and its beginning",
                    condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."began_at" IS DISTINCT FROM (NEW."began_at") OR OLD."holder_id" IS DISTINCT FROM (NEW."holder_id") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes"))',
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="Unsaved",
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
                    related_name="unsaved",
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
            (
                "reason",
                models.CharField(
                    choices=[
                        ("overlap", "Both had changed the same place"),
                        ("refused", "Saving was refused"),
                    ],
                    max_length=8,
                    verbose_name="reason",
                ),
            ),
            ("note", models.TextField(blank=True, verbose_name="what was answered")),
            ("revision", models.PositiveIntegerField(verbose_name="revision that was stored")),
            (
                "places",
                models.JSONField(
                    help_text="Label, typed, stored.", verbose_name="where it differs"
                ),
            ),
            ("body", articles.fields.ProseField(blank=True, verbose_name="text")),
            ("fingerprint", models.CharField(max_length=64, verbose_name="fingerprint")),
        ],
        options={
            "verbose_name": "typing that was not saved",
            "verbose_name_plural": "typing that was not saved",
            "constraints": [
                models.UniqueConstraint(
                    fields=("article", "by", "fingerprint"), name="the_same_typing_is_kept_once"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Unsaved",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "What was typed and not saved is neither changed nor deleted",
                ),
                refuse(
                    "articles.Unsaved",
                    "never_truncated",
                    "TRUNCATE",
                    "What was typed and not saved is never emptied",
                ),
            ],
        },
    ),
    # What a topic gathers and in which order, and which pages stand in the foot of the site.
    migrations.CreateModel(
        name="TopicEntry",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "topic",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="gathered",
                    to="articles.article",
                    verbose_name="topic",
                ),
            ),
            (
                "article",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="topic_entries",
                    to="articles.article",
                    verbose_name="piece",
                ),
            ),
            (
                "heading",
                models.CharField(
                    blank=True,
                    help_text="The words of a heading in the topic's text.",
                    max_length=120,
                    verbose_name="heading",
                ),
            ),
            ("position", models.PositiveIntegerField(verbose_name="position")),
            (
                "added_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="added by",
                ),
            ),
            ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
        ],
        options={
            "verbose_name": "piece in a topic",
            "verbose_name_plural": "pieces in topics",
            "ordering": ["topic", "position", "pk"],
            "constraints": [
                models.UniqueConstraint(
                    fields=("topic", "article"),
                    name="piece_stands_once_in_a_topic",
                    violation_error_message="The topic has this piece already.",
                ),
            ],
            "triggers": [
                trigger(
                    "articles.TopicEntry",
                    "topic_gathers_news",
                    """
    IF NOT EXISTS (SELECT 1 FROM articles_article t WHERE t.id = NEW.topic_id AND t.kind = 'topic')
       OR NOT EXISTS (
           SELECT 1 FROM articles_article a
            WHERE a.id = NEW.article_id AND a.kind NOT IN ('page', 'topic')) THEN
        RAISE EXCEPTION 'a topic gathers news, and nothing else gathers anything' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                refuse(
                    "articles.TopicEntry",
                    "never_truncated",
                    "TRUNCATE",
                    "What a topic gathers is never emptied",
                ),
                *history(
                    "articles.TopicEntry",
                    "id topic_id article_id heading position added_by_id added_at",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="TopicEntryEvent",
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
                    to="articles.topicentry",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "topic",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.article",
                    verbose_name="topic",
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
                    verbose_name="piece",
                ),
            ),
            (
                "heading",
                models.CharField(
                    blank=True,
                    help_text="The words of a heading in the topic's text.",
                    max_length=120,
                    verbose_name="heading",
                ),
            ),
            ("position", models.PositiveIntegerField(verbose_name="position")),
            (
                "added_by",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="added by",
                ),
            ),
            ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.TopicEntryEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.TopicEntryEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="TopicCourse",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "topic",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="course",
                    to="articles.article",
                    verbose_name="topic",
                ),
            ),
            (
                "order",
                models.CharField(
                    choices=[("newest", "Newest first"), ("editors", "As arranged")],
                    default="newest",
                    max_length=7,
                    verbose_name="order",
                ),
            ),
            (
                "ended_at",
                models.DateTimeField(
                    blank=True,
                    help_text="Residents read that it has ended.",
                    null=True,
                    verbose_name="ended at",
                ),
            ),
        ],
        options={
            "verbose_name": "course of a topic",
            "verbose_name_plural": "courses of topics",
            "triggers": [
                trigger(
                    "articles.TopicCourse",
                    "course_is_a_topics",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_article p WHERE p.id = NEW.topic_id AND p.kind = 'topic') THEN
        RAISE EXCEPTION 'only a topic has a course' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                refuse(
                    "articles.TopicCourse",
                    "never_deleted",
                    "DELETE",
                    "The course of a topic is never deleted; discard it instead",
                ),
                refuse(
                    "articles.TopicCourse",
                    "never_truncated",
                    "TRUNCATE",
                    "The course of a topic is never emptied",
                ),
                *history("articles.TopicCourse", "id topic_id order ended_at"),
            ],
        },
    ),
    migrations.CreateModel(
        name="TopicCourseEvent",
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
                    to="articles.topiccourse",
                ),
            ),
            ("pgh_context", pghistory.utils.JSONField(null=True)),
            ("pgh_context_id", models.UUIDField(null=True)),
            ("id", models.BigIntegerField()),
            (
                "topic",
                models.ForeignKey(
                    db_constraint=False,
                    on_delete=django.db.models.deletion.DO_NOTHING,
                    related_name="+",
                    related_query_name="+",
                    to="articles.article",
                    verbose_name="topic",
                ),
            ),
            (
                "order",
                models.CharField(
                    choices=[("newest", "Newest first"), ("editors", "As arranged")],
                    default="newest",
                    max_length=7,
                    verbose_name="order",
                ),
            ),
            (
                "ended_at",
                models.DateTimeField(
                    blank=True,
                    help_text="Residents read that it has ended.",
                    null=True,
                    verbose_name="ended at",
                ),
            ),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.TopicCourseEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.TopicCourseEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    migrations.CreateModel(
        name="FootPlace",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "page",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="foot",
                    to="articles.article",
                    verbose_name="page",
                ),
            ),
            ("position", models.PositiveIntegerField(verbose_name="position")),
        ],
        options={
            "verbose_name": "page in the foot",
            "verbose_name_plural": "pages in the foot",
            "ordering": ["position", "page"],
            "triggers": [
                trigger(
                    "articles.FootPlace",
                    "foot_is_for_pages",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_article p WHERE p.id = NEW.page_id AND p.kind = 'page') THEN
        RAISE EXCEPTION 'only pages stand in the foot of the site' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT OR UPDATE",
                ),
                refuse(
                    "articles.FootPlace",
                    "never_truncated",
                    "TRUNCATE",
                    "The foot of the site is never emptied",
                ),
                *history("articles.FootPlace", "id page_id position"),
            ],
        },
    ),
    migrations.CreateModel(
        name="FootPlaceEvent",
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
                    to="articles.footplace",
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
                    to="articles.article",
                    verbose_name="page",
                ),
            ),
            ("position", models.PositiveIntegerField(verbose_name="position")),
        ],
        options={
            "abstract": False,
            "triggers": [
                refuse(
                    "articles.FootPlaceEvent",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "History is neither changed nor deleted",
                ),
                refuse(
                    "articles.FootPlaceEvent",
                    "never_truncated",
                    "TRUNCATE",
                    "History is never emptied",
                ),
            ],
        },
    ),
    # Photographs on their way into a piece: bytes that still come, pictures no save has taken up yet.
    migrations.CreateModel(
        name="Upload",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "key",
                models.UUIDField(
                    default=uuid.uuid4, editable=False, unique=True, verbose_name="key"
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
                "article",
                models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="uploads",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            (
                "name",
                models.CharField(
                    blank=True, max_length=200, verbose_name="what the file calls itself"
                ),
            ),
            (
                "mark",
                models.CharField(
                    max_length=300, verbose_name="what it is known by when it is chosen again"
                ),
            ),
            ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
            ("received", models.PositiveIntegerField(default=0, verbose_name="bytes received")),
            (
                "number",
                models.PositiveBigIntegerField(null=True, verbose_name="number of the photo"),
            ),
            (
                "digest",
                models.CharField(blank=True, db_index=True, max_length=64, verbose_name="digest"),
            ),
            (
                "why_not",
                models.CharField(blank=True, max_length=300, verbose_name="why it was refused"),
            ),
            (
                "kept_apart",
                models.BooleanField(
                    default=False, verbose_name="kept although one like it was there"
                ),
            ),
            ("hung_at", models.DateTimeField(null=True, verbose_name="taken up by a save at")),
            (
                "begun_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(), verbose_name="begun at"
                ),
            ),
            (
                "heard_at",
                models.DateTimeField(
                    db_default=django.db.models.functions.datetime.Now(),
                    verbose_name="last heard of at",
                ),
            ),
        ],
        options={
            "verbose_name": "photo on its way",
            "verbose_name_plural": "photos on their way",
            "indexes": [
                models.Index(fields=["heard_at"], name="upload_by_heard_at"),
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(
                        ("received__lte", models.F("size")),
                        ("size__gt", 0),
                        ("size__lte", 41943040),
                    ),
                    name="upload_has_a_size_that_is_taken",
                ),
                models.CheckConstraint(
                    condition=models.Q(
                        ("digest", ""),
                        models.Q(
                            ("number__isnull", False),
                            ("received", models.F("size")),
                            ("why_not", ""),
                        ),
                        _connector="OR",
                    ),
                    name="upload_becomes_a_picture_when_it_came_whole",
                ),
                models.UniqueConstraint(fields=("number",), name="upload_has_its_own_number"),
            ],
        },
    ),
    # Withdrawal, and what undoes it: records that only grow.
    migrations.CreateModel(
        name="Withdrawal",
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
                    related_name="withdrawals",
                    to="articles.article",
                    verbose_name="article",
                ),
            ),
            ("reason", models.TextField(verbose_name="reason, for the record")),
            (
                "public_note",
                models.CharField(blank=True, max_length=200, verbose_name="public note"),
            ),
            (
                "signed_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
        ],
        options={
            "verbose_name": "withdrawal",
            "verbose_name_plural": "withdrawals",
            "ordering": ["-signed_at"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True), name="withdrawal_says_why"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Withdrawal",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A withdrawal is neither changed nor deleted",
                ),
                refuse(
                    "articles.Withdrawal",
                    "never_truncated",
                    "TRUNCATE",
                    "A withdrawal is never emptied",
                ),
            ],
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
            (
                "withdrawal",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="reinstatement",
                    to="articles.withdrawal",
                    verbose_name="withdrawal",
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
            (
                "signed_by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="signed by",
                ),
            ),
            ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="signed at")),
        ],
        options={
            "verbose_name": "reinstatement",
            "verbose_name_plural": "reinstatements",
            "ordering": ["-signed_at"],
            "constraints": [
                models.CheckConstraint(
                    condition=models.Q(("reason", ""), _negated=True), name="reinstatement_says_why"
                ),
            ],
            "triggers": [
                refuse(
                    "articles.Reinstatement",
                    "only_grows",
                    "UPDATE OR DELETE",
                    "A reinstatement is neither changed nor deleted",
                ),
                refuse(
                    "articles.Reinstatement",
                    "never_truncated",
                    "TRUNCATE",
                    "A reinstatement is never emptied",
                ),
                trigger(
                    "articles.Reinstatement",
                    "reinstatement_is_of_the_one_in_force",
                    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_withdrawal w
          JOIN articles_article a ON a.id = w.article_id
         WHERE w.id = NEW.withdrawal_id AND a.withdrawn_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM articles_withdrawal later
                            WHERE later.article_id = w.article_id AND later.id > w.id)
    ) THEN
        RAISE EXCEPTION 'what is taken back is the withdrawal in force' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
""",
                    when="BEFORE",
                    operation="INSERT",
                ),
            ],
        },
    ),
]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SIMPLE, "DROP FUNCTION articles_simple(text)"),
        migrations.RunSQL(SEARCHABLE, "DROP FUNCTION articles_searchable(text)"),
        migrations.RunSQL(LEXEMES, "DROP FUNCTION articles_lexemes(text)"),
        migrations.RunSQL(CHARACTERS, "DROP FUNCTION articles_characters(text)"),
        migrations.RunSQL(
            PUBLIC_LEXEMES,
            "DROP FUNCTION articles_public_lexemes(text, text, text, text[], bigint, integer)",
        ),
        Tables(TABLES),
        # Who is here is of no use after a crash.
        migrations.RunSQL(
            "ALTER TABLE articles_presence SET UNLOGGED", "ALTER TABLE articles_presence SET LOGGED"
        ),
    ]
