"""The bodies of the triggers that guard corrections, withdrawals and what undoes them."""

from django.utils.translation import gettext_noop as _

from newsroom.people.guards import refusing

# One that comes with a restored piece was signed where that was archived.
CORRECTION_BEGINS_UNSIGNED = refusing(
    """
    IF NEW.batch_id IS NULL THEN
        REFUSE;
    END IF;
    IF NEW.signed_at IS NULL OR NEW.signed_by_id IS NOT NULL OR NEW.route_id IS NOT NULL
       OR NEW.signed_at > clock_timestamp()
       OR NOT EXISTS (
           SELECT 1 FROM articles_archivedpiece p JOIN articles_version v ON v.id = p.version_id
            WHERE p.batch_id = NEW.batch_id AND v.article_id = NEW.article_id) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a correction begins unsigned, with the route it is to pass"),
    _("a correction that comes with an archive was signed there, on a piece that came with it"),
)

SIGNED_CORRECTION_STAYS = refusing(
    """
    IF (OLD.signed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL)
       AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
        REFUSE;
    END IF;
    IF (NEW.article_id, NEW.drawn_up_by_id, NEW.route_id, NEW.batch_id)
       IS DISTINCT FROM (OLD.article_id, OLD.drawn_up_by_id, OLD.route_id, OLD.batch_id) THEN
        REFUSE;
    END IF;
    IF (NEW.wrong, NEW.right, NEW.note, NEW.printed_where)
       IS DISTINCT FROM (OLD.wrong, OLD.right, OLD.note, OLD.printed_where)
       AND (NEW.revision <= OLD.revision OR EXISTS (
           SELECT 1 FROM articles_correctionsignature s
            WHERE s.correction_id = NEW.id AND s.voided_at IS NULL)) THEN
        REFUSE;
    END IF;
    IF NEW.signed_at IS NOT NULL AND (
        NEW.route_id IS NULL OR EXISTS (
            SELECT 1 FROM articles_round r
             WHERE r.route_id = NEW.route_id AND NOT EXISTS (
                 SELECT 1 FROM articles_correctionsignature s
                  WHERE s.correction_id = NEW.id AND s.round_id = r.id
                    AND s.voided_at IS NULL AND s.revision = NEW.revision))
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a signed correction stays as it was signed, a dropped one as it was dropped"),
    _("a correction keeps its piece, its route and who drew it up"),
    _("words that somebody has signed are not changed under the signature"),
    _("a correction is public with the signature of every round, under these very words"),
)

CORRECTION_SIGNATURE_STAYS = refusing(
    """
    IF to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at' OR OLD.voided_at IS NOT NULL
       OR EXISTS (SELECT 1 FROM articles_correction c
                   WHERE c.id = OLD.correction_id
                     AND (c.signed_at IS NOT NULL OR c.dropped_at IS NOT NULL)) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a signature under a correction is never changed; new words may void it"),
)

# The piece is corrected in the version residents read, so its names count.
NOBODY_SIGNS_THEIR_OWN_CORRECTION = refusing(
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
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("nobody signs a correction they drew up, or one of a piece they filed or are named in"),
)

CORRECTION_SIGNATURE_STANDS_IN_ITS_ROUND = refusing(
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
        SELECT 1 FROM articles_correctionsignature s
         WHERE s.correction_id = NEW.correction_id AND s.voided_at IS NULL
           AND (s.signer_id IN (NEW.signer_id, NEW.on_behalf_of_id)
                OR s.on_behalf_of_id IN (NEW.signer_id, NEW.on_behalf_of_id))
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a correction is signed round by round, in the words it has now"),
    _("a round of a correction is signed by its members or by a deputy of one"),
    _("nobody signs two rounds of one correction"),
)

# The article's own guard lets it come back only where such a row stands.
REINSTATEMENT_IS_OF_THE_WITHDRAWAL_IN_FORCE = refusing(
    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_withdrawal w
          JOIN articles_article a ON a.id = w.article_id
         WHERE w.id = NEW.withdrawal_id AND a.withdrawn_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM articles_withdrawal later
                            WHERE later.article_id = w.article_id AND later.id > w.id)
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("what is taken back is the withdrawal in force"),
)
