"""Newest first without walking through all releases, in as few steps as the word is frequent."""

from django.db import migrations

# As in 0029, but for the steps: how far the next window goes back follows from how many there were
# in the first. A rare word is asked for everywhere at once. The order is by a sum, for which there
# is no index: left alone the planner walks from the newest release back and unpacks the vector of
# every piece, whether it has the word or not.
NEWEST = (
    """
CREATE OR REPLACE FUNCTION articles_public_newest(
    asked tsquery, stretches text[], shunned text[],
    moment timestamptz, since timestamptz, until timestamptz, wanted integer)
RETURNS TABLE(article_id bigint, published timestamptz)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET jit = off SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    begun CONSTANT timestamptz := clock_timestamp();
    sure CONSTANT boolean := cardinality(stretches) + cardinality(shunned) = 0;
    high timestamptz := least(until, moment + interval '1 microsecond');
    low timestamptz; newest timestamptz; candidate record;
    got integer := 0; seen integer := 0; step integer := 0; months integer := 0;
BEGIN
    LOOP
        SELECT max(publish_at) INTO newest FROM articles_release WHERE publish_at < high;
        EXIT WHEN newest IS NULL OR newest < since;
        low := greatest(since, (date_trunc('month', newest AT TIME ZONE 'UTC')
                                - make_interval(months => step)) AT TIME ZONE 'UTC');
        FOR candidate IN
            SELECT found.article_id, found.published
              FROM articles_public_matching(
                       articles_public_span(asked, low, newest), moment, low, high) AS found
             ORDER BY found.published + interval '0' DESC, found.article_id DESC
             LIMIT CASE WHEN sure THEN wanted - got ELSE {unsure} - seen + 1 END
        LOOP
            article_id := candidate.article_id;
            published := candidate.published;
            IF NOT sure THEN
                IF seen >= {unsure}
                   OR seen % 64 = 63 AND clock_timestamp() > begun + interval '{patience} ms' THEN
                    article_id := NULL;
                    RETURN NEXT;
                    RETURN;
                END IF;
                seen := seen + 1;
                CONTINUE WHEN NOT articles_public_says(candidate.article_id, stretches, shunned);
            END IF;
            got := got + 1;
            RETURN NEXT;
            EXIT WHEN got >= wanted;
        END LOOP;
        EXIT WHEN got >= wanted OR low <= since;
        high := low;
        months := months + step + 1;
        step := CASE WHEN got = 0 THEN {all} ELSE least({all}, 2 * (wanted - got) * months / got) END;
        IF seen > 0 THEN
            step := least(step, ({unsure} - seen) * months / seen);
        END IF;
    END LOOP;
END
$$
""".replace("{unsure}", "2000")
    .replace("{patience}", "400")
    .replace("{all}", "2400")
)
# As in 0029, but piece by piece, so that it ends after a thousand; joined otherwise, everything that
# has the word is gone through first. Without bounds in time no window is cut out.
TALLY = """
CREATE OR REPLACE FUNCTION articles_public_tally(
    asked tsquery, stretches text[], shunned text[],
    moment timestamptz, since timestamptz, until timestamptz, ages timestamptz[])
RETURNS jsonb LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off SET plan_cache_mode = force_custom_plan
AS $$
    WITH bounds AS (
        SELECT greatest(since, (SELECT min(publish_at) FROM articles_release)) AS low,
               cardinality(stretches) + cardinality(shunned) = 0 AS sure
    ), base AS MATERIALIZED (
        SELECT found.* FROM articles_public_matching(
            CASE WHEN since = '-infinity' AND until = 'infinity' THEN asked
                 ELSE articles_public_span(asked, (SELECT low FROM bounds), least(until, moment))
            END,
            moment, since, until) AS found
         LIMIT {most} + 1
    ), size AS (
        SELECT count(*) AS n, count(*) <= CASE WHEN sure THEN {most} ELSE {read} END AS exact
          FROM bounds LEFT JOIN base ON true GROUP BY sure
    ), cells AS (
        SELECT coalesce(section_id, 0) AS section, width_bucket(published, ages) AS age,
               count(*) AS n
          FROM base, bounds
         WHERE (SELECT exact FROM size)
           AND (sure OR articles_public_says(article_id, stretches, shunned))
         GROUP BY 1, 2
    )
    SELECT jsonb_build_object('n', (SELECT count(*) FROM base), 'cells',
        CASE WHEN exact THEN (
            SELECT coalesce(jsonb_agg(jsonb_build_array(section, age, n)), '[]') FROM cells) END)
      FROM size
$$
""".replace("{most}", "1000").replace("{read}", "300")
# Statistics of lexemes cost more to read, each time a search is planned, than they tell.
PLAIN = "ALTER TABLE articles_publicentry ALTER COLUMN lexemes SET STATISTICS 0"
PLAIN_BEFORE = "ALTER TABLE articles_publicentry ALTER COLUMN lexemes SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("articles", "0032_shelves_of_the_site")]
    operations = [
        migrations.RunSQL(NEWEST, migrations.RunSQL.noop),
        migrations.RunSQL(TALLY, migrations.RunSQL.noop),
        migrations.RunSQL(PLAIN, PLAIN_BEFORE),
    ]
