"""The bodies of the triggers that guard the grounds of a seal: what each of them demands."""

from django.utils.translation import gettext_noop as _

from newsroom.people.guards import refusing

# Of a review ``w``: the last round has signed this very version.
_LAST_ROUND_SIGNED_IT = """EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN articles_round r ON r.id = s.round_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL AND s.version_id = NEW.id
                  AND r.position = (SELECT max(position) FROM articles_round
                                     WHERE route_id = w.route_id))"""

# A name that belongs to no account counts for everybody who is called so.
_NOBODY_WHO_SIGNED_IS_NAMED = """NOT EXISTS (
               SELECT 1 FROM articles_signature s
                 JOIN people_user u ON u.id IN (s.signer_id, s.on_behalf_of_id)
                 JOIN articles_versionbyline b ON b.version_id = NEW.id
                 LEFT JOIN articles_correspondent c ON c.id = b.correspondent_id
                WHERE s.review_id = w.id AND s.voided_at IS NULL
                  AND (c.user_id = u.id
                       OR (c.user_id IS NULL AND translate(b.name, ' \u3000', '') = u.name)))"""

_ROUND_WITHOUT_A_SIGNATURE = """SELECT 1 FROM articles_round r
                WHERE r.route_id = w.route_id
                  AND NOT EXISTS (
                      SELECT 1 FROM articles_signature s
                       WHERE s.review_id = w.id AND s.round_id = r.id AND s.voided_at IS NULL)"""

# The version that was out before this one.
_SEALED_BEFORE = """SELECT v.* FROM articles_version v
         WHERE v.article_id = NEW.article_id AND v.number < NEW.number AND v.sealed_at IS NOT NULL
         ORDER BY v.number DESC LIMIT 1"""

_WORDS = "e.body, e.summary, e.headline, e.kicker, e.deck, e.column_label, e.dateline, e.source"

# Rounds: some review of this piece has every round signed, the last round signed this version,
# and nobody who signed is named in it. Emergency: the last round signed it, the others owe.
# Minor: the last round signed it, by somebody who typed nothing since the piece last read as it
# was sealed before. Archive: somebody restored it from a file that is named.
SEALED_VERSION_HAS_ITS_SIGNATURES = refusing(
    f"""
    IF NEW.basis = 'rounds' AND NOT EXISTS (
        SELECT 1 FROM articles_review w
         WHERE w.article_id = NEW.article_id
           AND NOT EXISTS ({_ROUND_WITHOUT_A_SIGNATURE})
           AND {_LAST_ROUND_SIGNED_IT}
           AND {_NOBODY_WHO_SIGNED_IS_NAMED}
    ) THEN
        REFUSE;
    END IF;
    IF NEW.basis = 'emergency' AND NOT EXISTS (
        SELECT 1 FROM articles_review w
         WHERE w.article_id = NEW.article_id
           AND NOT EXISTS ({_ROUND_WITHOUT_A_SIGNATURE}
                  AND NOT EXISTS (
                      SELECT 1 FROM articles_owedsignature o
                       WHERE o.review_id = w.id AND o.round_id = r.id AND o.version_id = NEW.id))
           AND {_LAST_ROUND_SIGNED_IT}
           AND {_NOBODY_WHO_SIGNED_IS_NAMED}
    ) THEN
        REFUSE;
    END IF;
    IF NEW.basis = 'archive' AND NOT EXISTS (
        SELECT 1 FROM articles_archivedpiece p WHERE p.version_id = NEW.id
    ) THEN
        REFUSE;
    END IF;
    IF NEW.basis = 'archive' AND NEW.number <> 1 THEN
        REFUSE;
    END IF;
    IF NEW.basis <> 'minor' THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS ({_SEALED_BEFORE}) THEN
        REFUSE;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM articles_review w
         WHERE w.article_id = NEW.article_id
           AND {_LAST_ROUND_SIGNED_IT}
           AND {_NOBODY_WHO_SIGNED_IS_NAMED}
    ) THEN
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM ({_SEALED_BEFORE}) b
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
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM (
            SELECT h.*, max(h.pgh_id) FILTER (WHERE h.as_sealed) OVER () AS given_up FROM (
                SELECT e.pgh_id, e.pgh_context,
                       e.words IS DISTINCT FROM lag(e.words) OVER in_order AS typed,
                       e.words = first_value(e.words) OVER in_order AS as_sealed
                  FROM (SELECT e.pgh_id, e.pgh_context, jsonb_build_array({_WORDS}) AS words
                          FROM articles_articleevent e
                         WHERE e.pgh_obj_id = NEW.article_id
                           AND e.sealed_id = (SELECT b.id FROM ({_SEALED_BEFORE}) b)) e
                WINDOW in_order AS (ORDER BY e.pgh_id)
            ) h
        ) t
          JOIN articles_signature s ON s.version_id = NEW.id AND s.voided_at IS NULL
         WHERE t.typed AND t.pgh_id > t.given_up
           AND (t.pgh_context->>'user')::bigint IN (s.signer_id, s.on_behalf_of_id)
    ) THEN
        REFUSE;
    END IF;
    RETURN NULL;
""",  # noqa: S608 - put together from the texts above
    _("a version sealed by its rounds has the signature of every round, by others"),
    _("an emergency has the signature of the last round, by another, and owes those of the others"),
    _("what nobody has signed here is sealed by an archive that somebody has restored"),
    _("an archive brings pieces in and changes none that are here"),
    _("a minor change is one to a piece that has been signed before"),
    _("a minor change has the signature of the last round, by another"),
    _("a minor change touches the text alone, no title, name, picture or file"),
    _("who typed a minor change does not sign it"),
)

ONLY_AN_EMERGENCY_OWES = refusing(
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
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a signature is owed by a round that an emergency passed over"),
)

DEBT_STAYS_UNTIL_ANSWERED = refusing(
    """
    IF to_jsonb(NEW) - 'signature_id' - 'refused_by_id' - 'refused_at' - 'refusal'
       <> to_jsonb(OLD) - 'signature_id' - 'refused_by_id' - 'refused_at' - 'refusal'
       OR (OLD.signature_id IS NOT NULL OR OLD.refused_at IS NOT NULL)
          AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        REFUSE;
    END IF;
    IF NEW.signature_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_signature s
         WHERE s.id = NEW.signature_id AND s.review_id = NEW.review_id
           AND s.round_id = NEW.round_id AND s.version_id = NEW.version_id
    ) THEN
        REFUSE;
    END IF;
    IF NEW.refused_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM articles_round r
          JOIN people_user_groups m ON m.group_id = r.group_id
         WHERE r.id = NEW.round_id
           AND (m.user_id = NEW.refused_by_id OR EXISTS (
               SELECT 1 FROM people_deputy d
                WHERE d.principal_id = m.user_id AND d.deputy_id = NEW.refused_by_id))
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("what is owed stays as it is until it is signed or refused, and then for good"),
    _("an owed signature is settled by a signature of its own round, on its own version"),
    _("an owed signature is refused by who would give it"),
)

SIGNATURE_IS_TAKEN_BACK_BY_WHO_GAVE_IT = refusing(
    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_signature s
          JOIN articles_review w ON w.id = s.review_id
         WHERE s.id = NEW.signature_id AND w.article_id = NEW.article_id AND s.voided_at IS NULL
           AND NEW.by_id IN (s.signer_id, s.on_behalf_of_id)
    ) THEN
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_article a JOIN articles_release r ON r.id = a.release_id
         WHERE a.id = NEW.article_id AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a signature is taken back by who gave it, or for whom it was given"),
    _("what has gone out is neither moved nor held; correct or withdraw it"),
)
