"""By which triggers what pieces are found by follows them: in the desk, and in public."""

import pgtrigger

from articles import triggers

# Where residents find a piece listed follows its seal, its names and its tags.
SHELVES_FOLLOW_THE_PIECE = """
    PERFORM articles_shelve_again(ARRAY[NEW.id]);
    RETURN NULL;
"""

SHELVES_FOLLOW_A_ROW_OF_THE_PIECE = """
    PERFORM articles_shelve_again(ARRAY[
        CASE WHEN TG_OP <> 'DELETE' THEN NEW.article_id END,
        CASE WHEN TG_OP <> 'INSERT' THEN OLD.article_id END
    ]);
    RETURN NULL;
"""

SHELVES_FOLLOW_A_CORRESPONDENTS_NAME = """
    PERFORM articles_shelve_again(ARRAY(
        SELECT DISTINCT v.article_id FROM articles_versionbyline b
          JOIN articles_version v ON v.id = b.version_id
         WHERE b.correspondent_id = NEW.id));
    RETURN NULL;
"""

FOLLOWED = [
    pgtrigger.Trigger(
        name="search_follows_a_new_piece",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=triggers.SEARCH_FOLLOWS_THE_PIECE,
    ),
    pgtrigger.Trigger(
        name="search_follows_the_text",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("kicker", "headline", "deck", "column_label", "body"),
        func=triggers.SEARCH_FOLLOWS_THE_PIECE,
    ),
    pgtrigger.Trigger(
        name="public_words_follow_the_seal",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("sealed", "release"),
        func=triggers.PUBLIC_WORDS_FOLLOW_THE_PIECE,
    ),
    pgtrigger.Trigger(
        name="public_words_follow_a_new_piece",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.sealed_id IS NOT NULL"),
        func=triggers.PUBLIC_WORDS_FOLLOW_THE_PIECE,
    ),
    pgtrigger.Trigger(
        name="shelves_follow_the_seal",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("sealed", "release", "withdrawn_at"),
        func=SHELVES_FOLLOW_THE_PIECE,
    ),
]
