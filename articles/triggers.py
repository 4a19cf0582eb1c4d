"""The bodies of the triggers by which the database guards the record itself.

Each raises one sentence. They hold whatever program writes to the tables; the verbs in
``workflow.py`` refuse earlier, and in the user's language.
"""

from django.utils.translation import gettext_noop as _

from newsroom.people.guards import refusing

# A minute's grace: “publish now” is written with the clock of the transaction's beginning.
WHAT_IS_LIVE_STAYS = refusing(
    """
    IF TG_OP = 'UPDATE' AND NOT OLD.held AND OLD.publish_at <= clock_timestamp()
       AND (NEW.publish_at IS DISTINCT FROM OLD.publish_at OR NEW.held) THEN
        REFUSE;
    END IF;
    IF NEW.publish_at IS NOT NULL
       AND (TG_OP = 'INSERT' OR NEW.publish_at IS DISTINCT FROM OLD.publish_at
            OR (OLD.held AND NOT NEW.held))
       AND NEW.publish_at < clock_timestamp() - interval '1 minute'
       AND NOT (NEW.backdated_because <> '' AND (TG_OP = 'INSERT' OR OLD.publish_at IS NULL)) THEN
        REFUSE;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.publish_at IS NOT NULL
       AND NEW.backdated_because <> OLD.backdated_because THEN
        REFUSE;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.alone <> OLD.alone THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("what has gone out is neither moved nor held; correct or withdraw it"),
    _("nothing goes out in the past"),
    _("why an hour lies in the past is said before it is set, and kept"),
    _("a release is for one piece or for an issue, for good"),
)

ROUND_IN_USE_STAYS = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM articles_review
         WHERE route_id IN (NEW.route_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.route_id END))
       AND (TG_OP = 'INSERT' OR NEW.position <> OLD.position OR NEW.route_id <> OLD.route_id
            OR NEW.group_id <> OLD.group_id) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a route that pieces have taken keeps its rounds; make a new route"),
)

# The roles of newsroom.people.roles.SIGNERS; a test holds the two equal.
ROUND_IS_SIGNED_BY_EDITORS = refusing(
    """
    IF NOT EXISTS (
        SELECT 1 FROM auth_group g WHERE g.id = NEW.group_id
           AND g.name IN ('editor', 'desk head', 'chief editor', 'issue editor')
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a round is signed by editors, desk heads, chief editors or issue editors"),
)

VERSION_STAYS_AS_MADE = refusing(
    """
    IF to_jsonb(NEW) - 'basis' - 'basis_note' - 'sealed_at'
       <> to_jsonb(OLD) - 'basis' - 'basis_note' - 'sealed_at' THEN
        REFUSE;
    END IF;
    IF OLD.sealed_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a version is never changed; make another"),
    _("a seal is never changed"),
)

NAME_STAYS_WITH_ITS_VERSION = refusing(
    """
    IF TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id OR NOT EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id AND v.article_id = NEW.article_id
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("the name of a version stays with it and its piece"),
)

# Names and photos are part of a version, and rows of their own.
SIGNED_VERSION_TAKES_NO_MORE = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id
           AND (v.sealed_at IS NOT NULL
                OR EXISTS (SELECT 1 FROM articles_signature s WHERE s.version_id = v.id))
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a version is never changed; make another"),
)

REVIEW_KEEPS_ITS_ROUTE = refusing(
    """
    IF OLD.ended_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        REFUSE;
    END IF;
    IF to_jsonb(NEW) - 'ended_at' - 'outcome' <> to_jsonb(OLD) - 'ended_at' - 'outcome' THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a review that has ended stays as it ended"),
    _("a piece keeps the route it started with"),
)

SIGNATURE_STAYS_AS_GIVEN = refusing(
    """
    IF to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at' OR OLD.voided_at IS NOT NULL
       OR EXISTS (SELECT 1 FROM articles_review w
                   WHERE w.id = OLD.review_id AND w.ended_at IS NOT NULL) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a signature is never changed; a later change of the piece may void it"),
)

COMMENT_STAYS_AS_SENT = refusing(
    """
    IF TG_OP = 'UPDATE' AND (
        to_jsonb(NEW) - 'act_id' - 'dropped_at' - 'resolved_at' - 'resolved_by_id'
        <> to_jsonb(OLD) - 'act_id' - 'dropped_at' - 'resolved_at' - 'resolved_by_id'
        OR OLD.dropped_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD)
        OR OLD.act_id IS NOT NULL AND NEW.act_id IS DISTINCT FROM OLD.act_id
    ) THEN
        REFUSE;
    END IF;
    IF NEW.act_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_act a
         WHERE a.id = NEW.act_id AND a.article_id = NEW.article_id AND a.by_id = NEW.by_id
    ) THEN
        REFUSE;
    END IF;
    IF NEW.version_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.version_id AND v.article_id = NEW.article_id
    ) THEN
        REFUSE;
    END IF;
    IF NEW.answers_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_comment c
         WHERE c.id = NEW.answers_id AND c.article_id = NEW.article_id
           AND c.answers_id IS NULL AND c.act_id IS NOT NULL AND c.inside = NEW.inside
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a comment stays as it was written and sent"),
    _("a comment goes out with an act of its writer on its piece"),
    _("a comment is on a version of its piece"),
    _("an answer stands under a comment of its piece that was sent, for the same readers"),
)

# Whoever signs for somebody has used the days on which they may; the row below keeps it.
DEPUTY_HAS_BEEN_USED = """
    UPDATE people_deputy
       SET used_until = GREATEST(used_until, starts_on, LEAST(ends_on, CURRENT_DATE))
     WHERE principal_id = NEW.on_behalf_of_id AND deputy_id = NEW.{person}
       AND CURRENT_DATE BETWEEN starts_on - 1 AND ends_on + 1;
    RETURN NULL;
"""

# A name that belongs to no account counts for everybody who is called so.
NOBODY_SIGNS_THEIR_OWN_PIECE = refusing(
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
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("nobody signs a piece they filed or are named in"),
)

# After an emergency the rounds it passed over sign what is out already.
SIGNATURE_STANDS_IN_ITS_ROUND = refusing(
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
        REFUSE;
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
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_signature s
         WHERE s.review_id = NEW.review_id AND s.voided_at IS NULL
           AND (s.signer_id IN (NEW.signer_id, NEW.on_behalf_of_id)
                OR s.on_behalf_of_id IN (NEW.signer_id, NEW.on_behalf_of_id))
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a signature stands in the round its piece is in, or in one that owes it"),
    _("a round is signed by its members or by a deputy of one"),
    _("nobody signs two rounds of one piece"),
)

ARTICLE_SHOWS_ITS_OWN_SEALED_VERSION = refusing(
    """
    IF NEW.sealed_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.sealed_id AND v.article_id = NEW.id AND v.sealed_at IS NOT NULL
    ) THEN
        REFUSE;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.sealed_id IS NOT NULL AND NEW.sealed_id IS NULL THEN
        REFUSE;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.sealed_id <> OLD.sealed_id AND (
        SELECT number FROM articles_version WHERE id = NEW.sealed_id
    ) < (
        SELECT number FROM articles_version WHERE id = OLD.sealed_id
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("an article goes out in a sealed version of its own, or not at all"),
    _("a seal is not taken back; withdraw the piece"),
    _("what goes out is the last version signed, not an earlier one"),
)

ARTICLE_KEEPS_WHAT_WAS_DONE = refusing(
    """
    IF TG_OP = 'UPDATE' AND NEW.filed_by_id <> OLD.filed_by_id THEN
        REFUSE;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NOT NULL
       AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
       AND (NEW.withdrawn_at IS NOT NULL OR NOT EXISTS (
           SELECT 1 FROM articles_reinstatement back
            WHERE back.withdrawal_id = (
                SELECT max(w.id) FROM articles_withdrawal w WHERE w.article_id = NEW.id))) THEN
        REFUSE;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.release_id IS NOT DISTINCT FROM OLD.release_id THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = OLD.release_id AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) THEN
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND NOT r.alone
           AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) THEN
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_release r JOIN articles_article a ON a.release_id = r.id
         WHERE r.id = NEW.release_id AND r.alone AND a.id <> NEW.id
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("who filed a piece stays"),
    _("a withdrawal is taken back by a reinstatement only"),
    _("what has gone out is neither moved nor held; correct or withdraw it"),
    _("nothing joins what has gone out"),
    _("a release of its own is for one piece"),
)

# Deferred, so it asks for the row as it is by then.
ARTICLE_IN_REVIEW_HAS_A_REVIEW = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM articles_article a
         WHERE a.id = NEW.id AND (a.status = 'in_review') <> EXISTS (
             SELECT 1 FROM articles_review w
              WHERE w.article_id = a.id AND w.ended_at IS NULL
                AND (a.round_id IS NULL OR w.route_id = (
                    SELECT route_id FROM articles_round WHERE id = a.round_id)))
    ) THEN
        REFUSE;
    END IF;
    RETURN NULL;
""",
    _("a piece is in review exactly while a review of it is under way"),
)

ARTICLE_BEGINS_AS_A_DRAFT = refusing("REFUSE;", _("an article begins as a draft"))

# What pieces are found by follows whatever writes them (articles.models.search).
SEARCH_FOLLOWS_THE_PIECE = """
    PERFORM articles_search_again(ARRAY[NEW.id]);
    RETURN NULL;
"""

SEARCH_FOLLOWS_THE_NAMES = """
    PERFORM articles_search_again(ARRAY[
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.article_id END,
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.article_id END
    ]);
    RETURN NULL;
"""

SEARCH_FOLLOWS_A_CORRESPONDENTS_NAME = """
    PERFORM articles_search_again(ARRAY(
        SELECT DISTINCT article_id FROM articles_byline WHERE correspondent_id = NEW.id));
    RETURN NULL;
"""

# What residents find a piece by follows its seal and its hour (articles.models.public_search).
PUBLIC_WORDS_FOLLOW_THE_PIECE = """
    PERFORM articles_public_again(NEW.id);
    RETURN NULL;
"""

PUBLIC_WORDS_FOLLOW_THE_HOUR = """
    UPDATE articles_publicentry entry SET month = NULL
      FROM articles_article piece
     WHERE piece.release_id = NEW.id AND entry.article_id = piece.id
       AND entry.month IS DISTINCT FROM articles_month(NEW.publish_at);
    RETURN NULL;
"""

# Whatever is written: an entry without its text is made anew, another keeps what it says.
ENTRY_SAYS_WHAT_WAS_SEALED = """
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
"""

PICTURE_STAYS_THE_SAME_FILE = refusing(
    """
    IF (NEW.digest, NEW.width, NEW.height) IS DISTINCT FROM (OLD.digest, OLD.width, OLD.height) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a picture stays the same file; take another one"),
)

# History counts as a use: who restores what stood there before gets its picture too. So does what
# somebody has sent and no save has taken up yet.
PICTURE_IN_USE_IS_KEPT = refusing(
    """
    IF EXISTS (SELECT 1 FROM articles_photo WHERE digest = OLD.digest)
       OR EXISTS (SELECT 1 FROM articles_versionphoto WHERE digest = OLD.digest)
       OR EXISTS (SELECT 1 FROM articles_photoevent WHERE digest = OLD.digest)
       OR EXISTS (SELECT 1 FROM articles_upload WHERE digest = OLD.digest) THEN
        REFUSE;
    END IF;
    RETURN OLD;
""",
    _("a picture that a piece shows or has shown is kept"),
)

# As near as likeness.NEAR; a test holds the two equal.
# At the end of the transaction, one after the other: two uploads of one moment see each other.
LIKENESS_FOLLOWS_THE_PICTURE = """
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
"""
