"""The bodies of the triggers by which the database guards the record itself.

Each raises one sentence. They hold whatever program writes to the tables; the verbs in
``workflow.py`` refuse earlier, and in the user's language.
"""


def _refuse(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'"


# A minute's grace: “publish now” is written with the clock of the transaction's beginning.
WHAT_IS_LIVE_STAYS = f"""
    IF TG_OP = 'UPDATE' AND NOT OLD.held AND OLD.publish_at <= clock_timestamp()
       AND (NEW.publish_at IS DISTINCT FROM OLD.publish_at OR NEW.held) THEN
        {_refuse("what has gone out is neither moved nor held; correct or withdraw it")};
    END IF;
    IF NEW.publish_at IS NOT NULL
       AND (TG_OP = 'INSERT' OR NEW.publish_at IS DISTINCT FROM OLD.publish_at
            OR (OLD.held AND NOT NEW.held))
       AND NEW.publish_at < clock_timestamp() - interval '1 minute' THEN
        {_refuse("nothing goes out in the past")};
    END IF;
    RETURN NEW;
"""

ROUND_IN_USE_STAYS = f"""
    IF EXISTS (SELECT 1 FROM articles_review WHERE route_id = NEW.route_id)
       AND (TG_OP = 'INSERT' OR NEW.position <> OLD.position OR NEW.route_id <> OLD.route_id
            OR NEW.group_id <> OLD.group_id) THEN
        {_refuse("a route that pieces have taken keeps its rounds; make a new route")};
    END IF;
    RETURN NEW;
"""

VERSION_STAYS_AS_MADE = f"""
    IF to_jsonb(NEW) - 'basis' - 'basis_note' - 'sealed_at'
       <> to_jsonb(OLD) - 'basis' - 'basis_note' - 'sealed_at' THEN
        {_refuse("a version is never changed; make another")};
    END IF;
    IF OLD.sealed_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        {_refuse("a seal is never changed")};
    END IF;
    RETURN NEW;
"""

SIGNATURE_STAYS_AS_GIVEN = f"""
    IF to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at' OR OLD.voided_at IS NOT NULL THEN
        {_refuse("a signature is never changed; a later change of the piece may void it")};
    END IF;
    RETURN NEW;
"""

NOBODY_SIGNS_THEIR_OWN_PIECE = f"""
    IF EXISTS (
        SELECT 1 FROM articles_version v
          JOIN articles_article a ON a.id = v.article_id
          LEFT JOIN articles_versionbyline b ON b.version_id = v.id
          LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
         WHERE v.id = NEW.version_id
           AND (a.filed_by_id IN (NEW.signer_id, NEW.on_behalf_of_id)
                OR c.user_id IN (NEW.signer_id, NEW.on_behalf_of_id))
    ) THEN
        {_refuse("nobody signs a piece they filed or are named in")};
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM articles_review w
          JOIN articles_round r ON r.route_id = w.route_id
          JOIN articles_version v ON v.article_id = w.article_id
         WHERE w.id = NEW.review_id AND r.id = NEW.round_id AND v.id = NEW.version_id
           AND w.ended_at IS NULL
    ) THEN
        {_refuse("a signature stands in a round of its own piece, while it is in review")};
    END IF;
    RETURN NEW;
"""

# Rounds: some review of this piece has every round signed, and the last round signed this version.
SEALED_VERSION_HAS_ITS_SIGNATURES = f"""
    IF NEW.basis = 'rounds' AND NOT EXISTS (
        SELECT 1 FROM articles_review w
         WHERE w.article_id = NEW.article_id
           AND NOT EXISTS (
               SELECT 1 FROM articles_round r
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
    ) THEN
        {_refuse("a version sealed by its rounds has the signature of every round")};
    END IF;
    RETURN NULL;
"""

ARTICLE_SHOWS_ITS_OWN_SEALED_VERSION = f"""
    IF NEW.sealed_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_version v
         WHERE v.id = NEW.sealed_id AND v.article_id = NEW.id AND v.sealed_at IS NOT NULL
    ) THEN
        {_refuse("an article goes out in a sealed version of its own, or not at all")};
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.sealed_id IS NOT NULL AND NEW.sealed_id IS NULL THEN
        {_refuse("a seal is not taken back; withdraw the piece")};
    END IF;
    RETURN NEW;
"""
