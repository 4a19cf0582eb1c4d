"""The bodies of the triggers that guard pages and topics, and what topics gather."""

from django.utils.translation import gettext_noop as _

from newsroom.people.guards import refusing

# A signer reads the address beside the words. A release of an issue is none of a page's.
WHAT_LASTS_STAYS = refusing(
    """
    IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind
       AND (OLD.kind IN ('page', 'topic') OR NEW.kind IN ('page', 'topic')) THEN
        REFUSE;
    END IF;
    IF NEW.kind NOT IN ('page', 'topic') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.slug <> OLD.slug AND (
        OLD.sealed_id IS NOT NULL OR EXISTS (
            SELECT 1 FROM articles_signature s JOIN articles_review r ON r.id = s.review_id
             WHERE r.article_id = NEW.id AND r.ended_at IS NULL AND s.voided_at IS NULL)
    ) THEN
        REFUSE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM articles_release r WHERE r.id IN (NEW.release_id, NEW.left_out_of_id)
           AND NOT r.alone
    ) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("what is news stays news, and a page or a topic stays what it is"),
    _("an address stays from the first signature on"),
    _("a page or a topic goes out by itself, not with an issue"),
)

TOPIC_GATHERS_NEWS = refusing(
    """
    IF NOT EXISTS (SELECT 1 FROM articles_article t WHERE t.id = NEW.topic_id AND t.kind = 'topic')
       OR NOT EXISTS (
           SELECT 1 FROM articles_article a
            WHERE a.id = NEW.article_id AND a.kind NOT IN ('page', 'topic')) THEN
        REFUSE;
    END IF;
    RETURN NEW;
""",
    _("a topic gathers news, and nothing else gathers anything"),
)

BESIDE_ITS_KIND = """
    IF NOT EXISTS (
        SELECT 1 FROM articles_article p WHERE p.id = NEW.{column} AND p.kind = '{kind}') THEN
        REFUSE;
    END IF;
    RETURN NEW;
"""
COURSE_IS_A_TOPICS = refusing(
    BESIDE_ITS_KIND.format(column="topic_id", kind="topic"), _("only a topic has a course")
)
FOOT_IS_FOR_PAGES = refusing(
    BESIDE_ITS_KIND.format(column="page_id", kind="page"),
    _("only pages stand in the foot of the site"),
)
