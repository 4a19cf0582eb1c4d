"""By which triggers what pieces are found by follows them: in the desk, and in public."""

import pgtrigger

from articles import triggers

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
]
