"""The bodies of the triggers that guard what is restored from an archive."""

from django.utils.translation import gettext_noop as _

from newsroom.people.guards import refusing

# The roles of articles.permissions.restoring; a test holds the two equal.
ARCHIVE_IS_RESTORED_BY_WHO_MAY = refusing(
    """
    IF NOT EXISTS (
        SELECT 1 FROM people_user u
         WHERE u.id = NEW.by_id AND u.is_active
           AND (u.is_superuser OR EXISTS (
               SELECT 1 FROM people_user_groups m JOIN auth_group g ON g.id = m.group_id
                WHERE m.user_id = u.id AND g.name IN ('chief editor', 'administrator')))
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("an archive is restored by a chief editor or an administrator"),
)

# Deferred: the version is sealed after its row in the batch is written.
RESTORED_PIECE_IS_SEALED_BY_ITS_BATCH = refusing(
    """
    IF NOT EXISTS (
        SELECT 1 FROM articles_version v WHERE v.id = NEW.version_id AND v.basis = 'archive'
    ) THEN
        REFUSE;
    END IF;
    RETURN NULL;
""",
    _("a restored piece is sealed on the ground of its archive"),
)
