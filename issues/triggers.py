"""The bodies of the triggers by which the database guards an issue; each raises one sentence."""


def _refuse(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'"


# Deferred, so it asks for the issue as it is by then.
CLOSED_ISSUE_IS_WHOLE = f"""
    IF NOT EXISTS (SELECT 1 FROM issues_issue i WHERE i.id = NEW.id AND i.status = 'closed') THEN
        RETURN NULL;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM issues_placement p JOIN issues_page g ON g.id = p.page_id
         WHERE g.issue_id = NEW.id
    ) THEN
        {_refuse("an issue without a piece is not closed")};
    END IF;
    IF EXISTS (
        SELECT 1 FROM issues_placement p
          JOIN issues_page g ON g.id = p.page_id
          JOIN articles_article a ON a.id = p.article_id
         WHERE g.issue_id = NEW.id
           AND (a.sealed_id IS NULL OR a.withdrawn_at <= NEW.closed_at OR a.release_id IS NULL)
    ) THEN
        {_refuse("a closed issue holds only pieces that are signed off and not withdrawn")};
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
        {_refuse("every piece of a closed issue goes out with it or before it")};
    END IF;
    RETURN NULL;
"""

ISSUE_BEGINS_WITHOUT_AN_HOUR = f"""
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND (r.publish_at IS NOT NULL OR r.alone)
    ) THEN
        {_refuse("an issue begins with a release of its own and without an hour")};
    END IF;
    RETURN NEW;
"""

LIVE_ISSUE_STAYS = f"""
    IF EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = OLD.release_id AND NOT r.held AND r.publish_at <= clock_timestamp()
    ) AND (NEW.status, NEW.date, NEW.sequence, NEW.number, NEW.title)
          IS DISTINCT FROM (OLD.status, OLD.date, OLD.sequence, OLD.number, OLD.title) THEN
        {_refuse("an issue that is live changes only by correction and withdrawal")};
    END IF;
    IF NEW.release_id <> OLD.release_id THEN
        {_refuse("an issue keeps its release")};
    END IF;
    IF NEW.status = 'planning' AND EXISTS (
        SELECT 1 FROM articles_release r
         WHERE r.id = NEW.release_id AND r.publish_at IS NOT NULL
    ) THEN
        {_refuse("an issue in planning has no hour; recall it before it is reopened")};
    END IF;
    IF OLD.number IS NOT NULL AND NEW.number IS DISTINCT FROM OLD.number THEN
        {_refuse("a running number once given is kept")};
    END IF;
    RETURN NEW;
"""

HOUR_ONLY_FOR_A_CLOSED_ISSUE = f"""
    IF NEW.publish_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM issues_issue i WHERE i.release_id = NEW.id AND i.status <> 'closed'
    ) THEN
        {_refuse("an issue gets its hour only when it is closed")};
    END IF;
    IF NEW.publish_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM issues_issue i
          JOIN issues_page g ON g.issue_id = i.id
          JOIN issues_placement p ON p.page_id = g.id
          JOIN articles_article a ON a.id = p.article_id AND a.withdrawn_at IS NULL
          JOIN articles_release r ON r.id = a.release_id AND r.alone
         WHERE i.release_id = NEW.id AND (r.held OR r.publish_at > NEW.publish_at)
    ) THEN
        {_refuse("every piece of an issue is out when the issue is")};
    END IF;
    RETURN NEW;
"""

PIECE_IS_OUT_WHEN_ITS_ISSUE_IS = f"""
    IF NEW.alone AND (NEW.held OR NEW.publish_at IS DISTINCT FROM OLD.publish_at) AND EXISTS (
        SELECT 1 FROM articles_article a
          JOIN issues_placement p ON p.article_id = a.id
          JOIN issues_page g ON g.id = p.page_id
          JOIN issues_issue i ON i.id = g.issue_id AND i.status = 'closed'
          JOIN articles_release r ON r.id = i.release_id
         WHERE a.release_id = NEW.id AND a.withdrawn_at IS NULL
           AND (NEW.held OR NEW.publish_at IS NULL OR NEW.publish_at > r.publish_at)
    ) THEN
        {_refuse("a piece of a closed issue is out when the issue is; reopen the issue first")};
    END IF;
    RETURN NEW;
"""

PAGES_OF_A_CLOSED_ISSUE_STAY = f"""
    IF EXISTS (
        SELECT 1 FROM issues_issue i
         WHERE i.status = 'closed'
           AND i.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.issue_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.issue_id END)
    ) THEN
        {_refuse("the pages of a closed issue stay as they are; reopen it first")};
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

LAYOUT_OF_A_CLOSED_ISSUE_STAYS = f"""
    IF EXISTS (
        SELECT 1 FROM issues_issue i JOIN issues_page g ON g.issue_id = i.id
         WHERE i.status = 'closed'
           AND g.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.page_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.page_id END)
    ) THEN
        {_refuse("the layout of a closed issue stays as it is; reopen it first")};
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

PIECE_STANDS_ONCE_IN_AN_ISSUE = f"""
    IF EXISTS (
        SELECT 1 FROM issues_placement mine
          JOIN issues_page here ON here.id = mine.page_id
          JOIN issues_placement p ON p.article_id = mine.article_id AND p.id <> mine.id
          JOIN issues_page g ON g.id = p.page_id
         WHERE mine.id = NEW.id AND g.issue_id = here.issue_id
    ) THEN
        {_refuse("a piece stands once in an issue")};
    END IF;
    RETURN NULL;
"""
