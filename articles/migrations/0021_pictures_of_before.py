from django.db import migrations

# What history says of who put a picture on a piece first, and when; no file is read. What only a
# file can tell is added by ``manage.py renditions --missing``.
ADOPT = """
INSERT INTO articles_picture (
    digest, width, height, ready, uploaded_by_id, uploaded_at,
    original_digest, original_format, original_size, colour, place, rights, shows_minors, consent,
    noted)
SELECT used.digest, used.width, used.height,
       ARRAY(SELECT each || '.webp' FROM unnest(used.widths) AS each ORDER BY each),
       person.id, coalesce(first.at, statement_timestamp()),
       '', '', 0, '', '', '', false, '', '{}'
  FROM (
        SELECT DISTINCT ON (digest) digest, width, height, widths
          FROM (SELECT digest, width, height, widths FROM articles_versionphoto
                 UNION ALL
                SELECT digest, width, height, widths FROM articles_photo) AS uses
         WHERE digest ~ '^[0-9a-f]{64}$' AND width > 0 AND height > 0
         ORDER BY digest, width DESC
       ) AS used
  LEFT JOIN (
        SELECT DISTINCT ON (digest) digest, pgh_created_at AS at, pgh_context->>'user' AS person
          FROM articles_photoevent
         ORDER BY digest, pgh_id
       ) AS first ON first.digest = used.digest
  LEFT JOIN people_user AS person ON person.id::text = first.person
    ON CONFLICT (digest) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_pictures")]

    operations = [migrations.RunSQL(ADOPT, migrations.RunSQL.noop)]
