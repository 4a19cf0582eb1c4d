"""The public search finds news, as ``reading.live_rule`` has it by now: no page and no topic."""

from django.db import migrations

MATCHING = """
CREATE OR REPLACE FUNCTION articles_public_matching(
    asked tsquery, moment timestamptz, since timestamptz, until timestamptz)
RETURNS TABLE(article_id bigint, published timestamptz, section_id bigint)
LANGUAGE sql STABLE
AS $$
    SELECT entry.article_id, release.publish_at, entry.section_id
      FROM articles_publicentry entry
      JOIN articles_article piece
        ON piece.id = entry.article_id AND piece.sealed_id = entry.version_id
      JOIN articles_release release ON release.id = piece.release_id
     WHERE entry.lexemes @@ asked
       AND piece.withdrawn_at IS NULL AND NOT release.held AND release.publish_at <= moment
       AND release.publish_at >= since AND release.publish_at < until
       AND piece.kind NOT IN ('page', 'topic')
$$
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0030_lasting_pieces")]

    operations = [migrations.RunSQL(MATCHING, migrations.RunSQL.noop)]
