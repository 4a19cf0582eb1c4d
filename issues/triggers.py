"""The bodies of the triggers by which the database guards an issue; each raises one sentence."""

from django.utils.translation import gettext_noop as _

from newsroom.people.guards import refusing

# Deferred, so it asks for the issue as it is by then.
CLOSED_ISSUE_IS_WHOLE = refusing(
    """
    IF NOT EXISTS (SELECT 1 FROM issues_issue i WHERE i.id = NEW.id AND i.status = 'closed') THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM issues_placement p JOIN issues_page g ON g.id = p.page_id
         WHERE g.issue_id = NEW.id
    ) THEN
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM issues_placement p
          JOIN issues_page g ON g.id = p.page_id
          JOIN articles_article a ON a.id = p.article_id
         WHERE g.issue_id = NEW.id
           AND (a.sealed_id IS NULL OR a.withdrawn_at <= NEW.closed_at
                OR a.release_id IS NULL AND a.left_out_of_id IS DISTINCT FROM NEW.release_id)
    ) THEN
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM issues_placement p
          JOIN issues_page g ON g.id = p.page_id
          JOIN articles_article a ON a.id = p.article_id
          JOIN articles_release r ON r.id = a.release_id
         WHERE g.issue_id = NEW.id AND r.id <> NEW.release_id
           AND (r.held OR r.publish_at IS NULL
                OR (NOT r.alone AND r.publish_at > clock_timestamp()))
    ) THEN
        REFUSE;
    END IF;
    RETURN NULL;
""",
    _("an issue without a piece is not closed"),
    _("a closed issue holds only pieces that are signed off and not withdrawn"),
    _("every piece of a closed issue goes out with it or before it"),
)

ISSUE_BEGINS_WITHOUT_AN_HOUR = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND (r.publish_at IS NOT NULL OR r.alone)
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("an issue begins with a release of its own and without an hour"),
)

LIVE_ISSUE_STAYS = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = OLD.release_id AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) AND (NEW.status, NEW.date, NEW.sequence, NEW.number, NEW.combines, NEW.kind, NEW.title)
          IS DISTINCT FROM
          (OLD.status, OLD.date, OLD.sequence, OLD.number, OLD.combines, OLD.kind, OLD.title) THEN
        REFUSE;
    END IF;
    IF NEW.release_id <> OLD.release_id THEN
        REFUSE;
    END IF;
    IF NEW.status = 'planning' AND EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND r.publish_at IS NOT NULL
    ) THEN
        REFUSE;
    END IF;
    IF OLD.number IS NOT NULL
       AND (NEW.number, NEW.combines) IS DISTINCT FROM (OLD.number, OLD.combines) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("an issue that is live changes only by correction and withdrawal"),
    _("an issue keeps its release"),
    _("an issue in planning has no hour; recall it before it is reopened"),
    _("a running number once given is kept"),
)

CANCELLED_ISSUE_IS_EMPTY = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM issues_placement p JOIN issues_page g ON g.id = p.page_id
         WHERE g.issue_id = NEW.id
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a cancelled issue holds no piece"),
)

CANCELLED_ISSUE_TAKES_NO_PIECE = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM issues_issue i JOIN issues_page g ON g.issue_id = i.id
         WHERE g.id = NEW.page_id AND i.status = 'cancelled'
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a cancelled issue takes no piece; bring it back first"),
)

HOUR_ONLY_FOR_A_CLOSED_ISSUE = refusing(
    """
    IF NEW.publish_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM issues_issue i WHERE i.release_id = NEW.id AND i.status <> 'closed'
    ) THEN
        REFUSE;
    END IF;
    IF NEW.publish_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM issues_issue i
          JOIN issues_page g ON g.issue_id = i.id
          JOIN issues_placement p ON p.page_id = g.id
          JOIN articles_article a ON a.id = p.article_id AND a.withdrawn_at IS NULL
          JOIN articles_release r ON r.id = a.release_id AND r.alone
         WHERE i.release_id = NEW.id AND (r.held OR r.publish_at > NEW.publish_at)
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("an issue gets its hour only when it is closed"),
    _("every piece of an issue is out when the issue is"),
)

PIECE_IS_OUT_WHEN_ITS_ISSUE_IS = refusing(
    """
    IF NEW.alone AND (NEW.held OR NEW.publish_at IS DISTINCT FROM OLD.publish_at) AND EXISTS (
        SELECT 1 FROM articles_article a
          JOIN issues_placement p ON p.article_id = a.id
          JOIN issues_page g ON g.id = p.page_id
          JOIN issues_issue i ON i.id = g.issue_id AND i.status = 'closed'
          JOIN articles_release r ON r.id = i.release_id
         WHERE a.release_id = NEW.id AND a.withdrawn_at IS NULL
           AND (NEW.held OR NEW.publish_at IS NULL OR NEW.publish_at > r.publish_at)
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a piece of a closed issue is out when the issue is; reopen the issue first"),
)

PAGES_OF_A_CLOSED_ISSUE_STAY = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM issues_issue i
         WHERE i.status = 'closed'
           AND i.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.issue_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.issue_id END)
    ) THEN
        REFUSE;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
    _("the pages of a closed issue stay as they are; reopen it first"),
)

LAYOUT_OF_A_CLOSED_ISSUE_STAYS = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM issues_issue i JOIN issues_page g ON g.issue_id = i.id
         WHERE i.status = 'closed'
           AND g.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.page_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.page_id END)
    ) THEN
        REFUSE;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
    _("the layout of a closed issue stays as it is; reopen it first"),
)

PIECE_STANDS_ONCE_IN_AN_ISSUE = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM issues_placement mine
          JOIN issues_page here ON here.id = mine.page_id
          JOIN issues_placement p ON p.article_id = mine.article_id AND p.id <> mine.id
          JOIN issues_page g ON g.id = p.page_id
         WHERE mine.id = NEW.id AND g.issue_id = here.issue_id
    ) THEN
        REFUSE;
    END IF;
    RETURN NULL;
""",
    _("a piece stands once in an issue"),
)

ISSUES_HOLD_NEWS = refusing(
    """
    IF EXISTS (
        SELECT 1 FROM articles_article a
         WHERE a.id = NEW.article_id AND a.kind IN ('page', 'topic')) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a page or a topic stands in no issue"),
)

ISSUE_BEGINS_IN_PLANNING = refusing("REFUSE;", _("an issue begins in planning"))

ASSIGNMENT_BEGINS_OPEN_OR_OFFERED = refusing(
    "REFUSE;", _("an assignment begins with somebody asking or offering")
)
