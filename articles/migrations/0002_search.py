"""What pieces are found by: in the desk, in public, and on the shelves of the site.

The triggers of the tables call these functions; the desk and the public pages ask some of them.
"""

from django.db import migrations

# A text's words without its markup: blocks end a stretch, what is inside a line does not.
BARE = r"""
CREATE FUNCTION articles_bare(html text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(regexp_replace(regexp_replace(html,
        '</(p|h2|h3|li|blockquote|tr|td|th|figure)>|<(br|hr)[[:space:]]*/?>', '|', 'gi'),
        '<[^<>]*>', '', 'g'),
        '&[a-z0-9#]+;', '|', 'gi');
END
"""
# Names set wide to three characters are the same names; those in Latin letters keep their spaces.
TIGHT = r"""
CREATE FUNCTION articles_tight(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN name ~ '[A-Za-z]' THEN name ELSE translate(name, U&' \3000', '') END;
END
"""

# In the desk: the words of every working copy.

WORDS_OF = r"""
CREATE FUNCTION articles_words_of(piece bigint) RETURNS text
LANGUAGE sql STABLE
AS $$
    SELECT left(articles_searchable(concat_ws('|',
        replace(a.headline, '|', ''), a.kicker, a.deck, a.column_label,
        regexp_replace(regexp_replace(regexp_replace(a.body,
            '</(p|h2|h3|li|blockquote|tr|td|th|figure)>|<(br|hr)[[:space:]]*/?>', '|', 'gi'),
            '<[^<>]*>', '', 'g'),
            '&[a-z0-9#]+;', '|', 'gi'),
        (SELECT string_agg(concat_ws('|', CASE WHEN b.name ~ '[A-Za-z]' THEN b.name ELSE translate(b.name, U&' \3000', '') END, CASE WHEN c.name ~ '[A-Za-z]' THEN c.name ELSE translate(c.name, U&' \3000', '') END), '|' ORDER BY b.id)
           FROM articles_byline b LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
          WHERE b.article_id = a.id))), 100000)
      FROM articles_article a WHERE a.id = piece
$$
"""
# The lock before the reading: of two transactions, the later one reads what the earlier one wrote.
SEARCH_AGAIN = """
CREATE FUNCTION articles_search_again(pieces bigint[]) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO articles_searchentry (article_id, text, lexemes)
    SELECT a.id, '', '' FROM articles_article a WHERE a.id = ANY(pieces) ORDER BY a.id
        ON CONFLICT (article_id) DO NOTHING;
    PERFORM FROM articles_searchentry e WHERE e.article_id = ANY(pieces)
      ORDER BY e.article_id FOR NO KEY UPDATE;
    UPDATE articles_searchentry e
       SET text = found.words,
           lexemes = array_to_tsvector(articles_lexemes(found.words) || ('#' || e.article_id))
      FROM (SELECT piece, articles_words_of(piece) AS words FROM unnest(pieces) AS piece) AS found
     WHERE e.article_id = found.piece AND (e.text <> found.words OR e.lexemes = '');
END
$$
"""
# The planner does not reckon with unpacking vectors: left alone it reads them all for a word that
# many pieces have. The stretches are compared only in what the lexemes have found.
FOUND = """
CREATE FUNCTION articles_found(asked tsquery, stretches text[]) RETURNS bigint[]
LANGUAGE sql STABLE
SET enable_seqscan = off SET jit = off
AS $$
    SELECT coalesce(array_agg(article_id), '{}') FROM articles_searchentry
     WHERE lexemes @@ asked AND (stretches = '{}' OR text LIKE ALL (stretches))
$$
"""

# In public: the words of sealed versions.

MONTH = """
CREATE FUNCTION articles_month(moment timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT to_char(timezone('UTC', moment), 'YYYYMM')::integer;
END
"""
# What residents read of a version, as it is compared. Who edited a piece is not shown to them.
PUBLIC_WORDS = """
CREATE FUNCTION articles_public_words(
    version bigint, OUT section bigint, OUT headline text, OUT deck text, OUT names text[], OUT text text)
LANGUAGE sql STABLE
AS $$
    SELECT v.section_id,
           articles_searchable(v.headline),
           articles_searchable(concat_ws('|', v.kicker, v.deck, v.summary)),
           ARRAY(SELECT articles_searchable(name) FROM unnest(signed.names) AS name),
           left(articles_searchable(concat_ws('|',
               v.headline, v.kicker, v.deck, v.column_label, v.summary, v.dateline,
               articles_bare(v.body),
               (SELECT string_agg(concat_ws('|', caption, credit), '|' ORDER BY position)
                  FROM articles_versionphoto WHERE version_id = v.id),
               (SELECT string_agg(title, '|' ORDER BY position)
                  FROM articles_versionattachment WHERE version_id = v.id),
               array_to_string(signed.names, '|'), v.source)), 100000)
      FROM articles_version v,
           LATERAL (SELECT ARRAY(
               SELECT articles_tight(b.name) FROM articles_versionbyline b
                WHERE b.version_id = v.id AND b.credit <> 'editing' ORDER BY b.position) AS names
           ) AS signed
     WHERE v.id = version
$$
"""
# The release is locked before it is read: of two transactions, the later one sees the earlier one.
PUBLIC_AGAIN = """
CREATE FUNCTION articles_public_again(piece bigint) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM articles_release WHERE id = (
        SELECT release_id FROM articles_article WHERE id = piece) FOR SHARE;
    UPDATE articles_publicentry SET month = NULL WHERE article_id = piece;
    IF NOT FOUND THEN
        INSERT INTO articles_publicentry (article_id) VALUES (piece);
    END IF;
END
$$
"""
# Statistics of lexemes cost more to read, each time a search is planned, than they tell.
PLAIN = "ALTER TABLE articles_publicentry ALTER COLUMN lexemes SET STATISTICS 0"
PLAIN_BEFORE = "ALTER TABLE articles_publicentry ALTER COLUMN lexemes SET STATISTICS -1"

# The public search: what is live, newest first, best first, counted, capped. Searches ask with one
# instant, ``moment``; times without a bound are infinite. ``asked`` is made by ``articles.wishes``.
# Candidates come from the index alone, pair by pair; stretches (patterns of LIKE that must match)
# and shunned ones (that must not) are compared in the candidates' texts, the newest first, and in
# no more of them than one search may read.

# The one condition of being live in SQL, as ``reading.public_rule`` has it in Django.
OUT = """
CREATE FUNCTION articles_public_out(
    withdrawn timestamptz, held boolean, published timestamptz, moment timestamptz)
RETURNS boolean LANGUAGE sql IMMUTABLE
AS $$ SELECT withdrawn IS NULL AND NOT held AND published <= moment $$
"""
# Which entries may be found: ``reading.live_rule``, and the version that is public now; news alone,
# no page and no topic. A function of one statement without settings is planned into what asks it.
MATCHING = """
CREATE FUNCTION articles_public_matching(
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
       AND articles_public_out(piece.withdrawn_at, release.held, release.publish_at, moment)
       AND release.publish_at >= since AND release.publish_at < until
       AND piece.kind NOT IN ('page', 'topic')
$$
"""
SAYS = """
CREATE FUNCTION articles_public_says(piece bigint, stretches text[], shunned text[])
RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT entry.text LIKE ALL (stretches) AND NOT entry.text LIKE ANY (shunned)
      FROM articles_publicentry entry WHERE entry.article_id = piece
$$
"""
# The months or years of a span as lexemes, so that it is cut out within the index.
SPAN = """
CREATE FUNCTION articles_public_span(asked tsquery, since timestamptz, until timestamptz)
RETURNS tsquery LANGUAGE plpgsql IMMUTABLE
AS $$
DECLARE
    low timestamp; high timestamp; marks text;
BEGIN
    IF since = '-infinity' OR until = 'infinity' OR since > until THEN
        RETURN asked;
    END IF;
    low := date_trunc('month', since AT TIME ZONE 'UTC');
    high := until AT TIME ZONE 'UTC';
    IF high < low + interval '24 months' THEN
        SELECT string_agg(to_char(month, '"''@"YYYYMM"''"'), '|') INTO marks
          FROM generate_series(low, high, interval '1 month') AS month;
    ELSIF high < low + interval '90 years' THEN
        SELECT string_agg(to_char(year, '"''@"YYYY"''"'), '|') INTO marks
          FROM generate_series(date_trunc('year', low), high, interval '1 year') AS year;
    ELSE
        RETURN asked;
    END IF;
    RETURN asked && marks::tsquery;
END
$$
"""
# Windows grow backwards from the newest release; a gap in the archive is leapt over. How far the
# next window goes back follows from how many there were in the ones before; a rare word is asked for
# everywhere at once. The planner does not reckon with unpacking vectors: left alone it reads them
# all for a word that many have. And the order is by a sum, for which there is no index, lest it walk
# from the newest release back and unpack the vector of every piece, whether it has the word or not.
# A row without a piece comes last where texts remained unread: how far it was searched.
# A candidate's text is compared in the question that finds it: a function called for each costs
# thrice as much. Rows are read as they are wanted, so no more texts are unpacked.
NEWEST = (
    """
CREATE FUNCTION articles_public_newest(
    asked tsquery, stretches text[], shunned text[],
    moment timestamptz, since timestamptz, until timestamptz, wanted integer)
RETURNS TABLE(article_id bigint, published timestamptz)
LANGUAGE plpgsql STABLE ROWS 100
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
            SELECT found.article_id, found.published, sure OR (
                       SELECT entry.text LIKE ALL (stretches) AND NOT entry.text LIKE ANY (shunned)
                         FROM articles_publicentry entry
                        WHERE entry.article_id = found.article_id) AS says
              FROM (SELECT matching.article_id, matching.published
                      FROM articles_public_matching(
                               articles_public_span(asked, low, newest), moment, low, high) AS matching
                     ORDER BY matching.published + interval '0' DESC, matching.article_id DESC
                     LIMIT CASE WHEN sure THEN wanted - got ELSE {unsure} - seen + 1 END) AS found
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
                CONTINUE WHEN NOT candidate.says;
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
# How many there are, by section and by age, exactly; or only how many of the pairs were found,
# and none by section, where that is beyond what is counted or read. Piece by piece, so that it ends
# after a thousand: joined otherwise, everything that has the word is gone through first. Without
# bounds in time no window is cut out.
TALLY = """
CREATE FUNCTION articles_public_tally(
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
# Whatever the word, at most 350 pieces are scored: the newest, and those with it in the headline or
# the deck; 250 where texts must be compared. Each text is unpacked once, and measured in bytes, which
# its header tells. Left to choose, the planner joins by going through all entries.
RANKED = """
CREATE FUNCTION articles_public_ranked(
    asked tsquery, in_headline tsquery, in_deck tsquery, stretches text[], shunned text[],
    phrases text[], moment timestamptz, since timestamptz, until timestamptz)
RETURNS TABLE(article_id bigint, published timestamptz)
LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
    WITH found AS MATERIALIZED (
        SELECT * FROM articles_public_newest(
            asked, stretches, shunned, moment, since, until,
            CASE WHEN cardinality(stretches) + cardinality(shunned) = 0 THEN 200 ELSE 100 END)
        UNION
        SELECT * FROM articles_public_newest(
            asked && in_headline, stretches, shunned, moment, since, until, 100)
        UNION
        SELECT * FROM articles_public_newest(
            asked && in_deck, stretches, shunned, moment, since, until, 50)
    ), scored AS (
        SELECT found.article_id, found.published, (
                   SELECT avg(4.0 * (strpos(entry.headline, phrase) > 0)::integer
                              + 2.0 * (strpos(entry.deck, phrase) > 0)::integer
                              + 1.5 * ln(1 + (octet_length(words) - octet_length(replace(words, phrase, '')))
                                             / octet_length(phrase)))
                     FROM unnest(phrases) AS phrase)
               + 2 * exp(-extract(epoch FROM moment - found.published) / (365 * 86400)) AS score
          FROM found JOIN articles_publicentry entry USING (article_id),
               LATERAL (SELECT entry.text || '' AS words OFFSET 0) AS unpacked
    )
    (SELECT scored.article_id, scored.published FROM scored
      ORDER BY score DESC, published DESC, article_id DESC)
    UNION ALL
    (SELECT NULL, max(found.published) FROM found WHERE found.article_id IS NULL
     HAVING count(*) > 0)
$$
"""
SOUGHT = """
CREATE FUNCTION articles_public_sought(ask jsonb, moment timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE
AS $$
DECLARE
    asked CONSTANT tsquery := (ask ->> 'lexemes')::tsquery;
    narrow CONSTANT tsquery := (ask ->> 'narrow')::tsquery;
    stretches CONSTANT text[] := ARRAY(SELECT jsonb_array_elements_text(ask -> 'stretches'));
    shunned CONSTANT text[] := ARRAY(SELECT jsonb_array_elements_text(ask -> 'shunned'));
    phrases CONSTANT text[] := ARRAY(SELECT jsonb_array_elements_text(ask -> 'phrases'));
    since CONSTANT timestamptz := (ask ->> 'since')::timestamptz;
    until CONSTANT timestamptz := (ask ->> 'until')::timestamptz;
    narrow_since CONSTANT timestamptz := (ask ->> 'narrow_since')::timestamptz;
    narrow_until CONSTANT timestamptz := (ask ->> 'narrow_until')::timestamptz;
    ages CONSTANT timestamptz[] :=
        ARRAY[moment - interval '1 year', moment - interval '1 month'];
    hits jsonb; tally jsonb; narrowed jsonb;
BEGIN
    IF ask ->> 'order' = 'best' THEN
        SELECT jsonb_agg(jsonb_build_array(article_id, published)) INTO hits FROM (
            SELECT * FROM articles_public_ranked(
                narrow, (ask ->> 'headline')::tsquery, (ask ->> 'deck')::tsquery, stretches,
                shunned, phrases, moment, narrow_since, narrow_until)) AS best;
    ELSE
        SELECT jsonb_agg(jsonb_build_array(article_id, published)) INTO hits FROM (
            SELECT * FROM articles_public_newest(
                narrow, stretches, shunned, moment, narrow_since, narrow_until,
                (ask ->> 'wanted')::integer)) AS newest;
    END IF;
    tally := articles_public_tally(asked, stretches, shunned, moment, since, until, ages);
    IF tally ->> 'cells' IS NULL AND (ask -> 'narrows')::boolean THEN
        narrowed := articles_public_tally(
            narrow, stretches, shunned, moment, narrow_since, narrow_until, ages);
    END IF;
    RETURN jsonb_build_object(
        'hits', coalesce(hits, '[]'), 'tally', tally, 'narrowed', narrowed);
END
$$
"""
# Topics and pages that have what is asked in their title or in what stands before their first
# heading: those with all of it in the title first, three at most.
LASTING = """
CREATE FUNCTION articles_public_lasting(ask jsonb, moment timestamptz) RETURNS jsonb
LANGUAGE sql STABLE
SET enable_seqscan = off SET jit = off
AS $$
    WITH asked AS MATERIALIZED (
        SELECT (ask ->> 'lexemes')::tsquery AS lexemes,
               ARRAY(SELECT jsonb_array_elements_text(ask -> 'phrases')) AS phrases,
               ARRAY(SELECT jsonb_array_elements_text(ask -> 'shunned')) AS shunned
    ), found AS (
        SELECT piece.id, piece.kind, piece.slug, version.headline, opening, release.publish_at,
               (SELECT bool_and(strpos(entry.headline, phrase) > 0)
                  FROM unnest(phrases) AS phrase) AS titled
          FROM asked, articles_article piece
          JOIN articles_release release ON release.id = piece.release_id
          JOIN articles_version version ON version.id = piece.sealed_id
          JOIN articles_publicentry entry
            ON entry.article_id = piece.id AND entry.version_id = piece.sealed_id,
               split_part(version.body, '<h2', 1) AS opening,
               LATERAL (SELECT concat_ws('|', entry.headline, entry.deck,
                   articles_searchable(articles_bare(opening))) AS words) AS said
         WHERE piece.kind IN ('page', 'topic')
           AND articles_public_out(piece.withdrawn_at, release.held, release.publish_at, moment)
           AND entry.lexemes @@ asked.lexemes AND NOT entry.text LIKE ANY (shunned)
           AND (SELECT bool_and(strpos(said.words, phrase) > 0) FROM unnest(phrases) AS phrase)
         ORDER BY titled DESC, release.publish_at DESC, piece.id DESC
         LIMIT 3
    )
    SELECT coalesce(jsonb_agg(jsonb_build_array(kind, slug, headline, opening)
                              ORDER BY titled DESC, publish_at DESC, id DESC), '[]')
      FROM found
$$
"""
# The first of the asks, in order, that finds something, and which; else which words by themselves
# would. And the topics and pages of the first ask that has one.
SEARCH = """
CREATE FUNCTION articles_public_search(asks jsonb, words text[], moment timestamptz)
RETURNS jsonb LANGUAGE plpgsql STABLE
AS $$
DECLARE
    ask jsonb; place integer := 0; answer jsonb; lasting jsonb := '[]';
BEGIN
    FOR ask IN SELECT jsonb_array_elements(asks) LOOP
        IF lasting = '[]' AND (ask -> 'lasting')::boolean THEN
            lasting := articles_public_lasting(ask, moment);
        END IF;
        answer := articles_public_sought(ask, moment);
        IF jsonb_array_length(answer -> 'hits') > 0 THEN
            RETURN answer || jsonb_build_object('by', place, 'lasting', lasting);
        END IF;
        place := place + 1;
    END LOOP;
    RETURN jsonb_build_object('by', NULL, 'lasting', lasting, 'words', ARRAY(
        SELECT EXISTS (SELECT FROM articles_public_newest(
                   word::tsquery, '{}', '{}', moment, '-infinity', 'infinity', 1))
          FROM unnest(words) AS word));
END
$$
"""

# On the shelves. The lock before the reading: of two transactions, the later one reads what the
# earlier one wrote.
SHELVE_AGAIN = """
CREATE FUNCTION articles_shelve_again(pieces bigint[]) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM FROM articles_article a WHERE a.id = ANY(pieces) ORDER BY a.id FOR NO KEY UPDATE;
    DELETE FROM articles_listing WHERE article_id = ANY(pieces);
    INSERT INTO articles_listing (article_id, release_id, shelf, key)
    SELECT a.id, a.release_id, place.shelf, place.key
      FROM articles_article a
      JOIN articles_version v ON v.id = a.sealed_id
     CROSS JOIN LATERAL (
            SELECT 1 AS shelf, v.section_id AS key WHERE v.section_id IS NOT NULL
             UNION
            SELECT 2, b.correspondent_id FROM articles_versionbyline b
              JOIN articles_correspondent c ON c.id = b.correspondent_id
             WHERE b.version_id = v.id AND translate(b.name, ' \u3000', '') = c.name
             UNION
            SELECT 3, t.tag_id FROM articles_sealedtag t WHERE t.article_id = a.id
           ) AS place
     WHERE a.id = ANY(pieces) AND a.release_id IS NOT NULL AND a.withdrawn_at IS NULL
       AND a.kind NOT IN ('page', 'topic');
END
$$
"""

FUNCTIONS = {
    "articles_bare(text)": BARE,
    "articles_tight(text)": TIGHT,
    "articles_words_of(bigint)": WORDS_OF,
    "articles_search_again(bigint[])": SEARCH_AGAIN,
    "articles_found(tsquery, text[])": FOUND,
    "articles_month(timestamptz)": MONTH,
    "articles_public_words(bigint)": PUBLIC_WORDS,
    "articles_public_again(bigint)": PUBLIC_AGAIN,
    "articles_public_out(timestamptz, boolean, timestamptz, timestamptz)": OUT,
    "articles_public_matching(tsquery, timestamptz, timestamptz, timestamptz)": MATCHING,
    "articles_public_says(bigint, text[], text[])": SAYS,
    "articles_public_span(tsquery, timestamptz, timestamptz)": SPAN,
    "articles_public_newest(tsquery, text[], text[], timestamptz, timestamptz, timestamptz, integer)": NEWEST,
    "articles_public_tally(tsquery, text[], text[], timestamptz, timestamptz, timestamptz, timestamptz[])": TALLY,
    "articles_public_ranked(tsquery, tsquery, tsquery, text[], text[], text[], timestamptz, timestamptz, timestamptz)": RANKED,
    "articles_public_sought(jsonb, timestamptz)": SOUGHT,
    "articles_public_lasting(jsonb, timestamptz)": LASTING,
    "articles_public_search(jsonb, text[], timestamptz)": SEARCH,
    "articles_shelve_again(bigint[])": SHELVE_AGAIN,
}


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(made, f"DROP FUNCTION {signature}")
            for signature, made in FUNCTIONS.items()
        ),
        migrations.RunSQL(PLAIN, PLAIN_BEFORE),
    ]
