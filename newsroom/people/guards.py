"""Guards the database keeps itself: history that only grows, rows that never change or vanish.

No code of the project lifts them; ``tests/newsroom/people/test_guards.py`` sees to that.
"""

import pghistory
import pgtrigger


def _raising(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'"


def refusing(body: str, *sentences: str) -> str:
    """Return the body of a trigger in which each REFUSE, in order, raises one of the sentences.

    The sentences are texts to translate: a verb that loses a race tells them to people.
    """
    first, *rest = body.split("REFUSE")
    pairs = zip(sentences, rest, strict=True)
    return first + "".join(_raising(sentence) + between for sentence, between in pairs)


class Refuse(pgtrigger.Trigger):
    """Refuse an operation with a sentence."""

    when = pgtrigger.Before
    sentence: str

    def __init__(self, *, sentence: str, **kwargs):
        """Take the sentence the database answers with; it is for operators, so English."""
        super().__init__(**kwargs)
        self.sentence = sentence

    def get_func(self, model) -> str:
        """Return the body of the trigger function."""
        return f"{_raising(self.sentence)};"


def never_truncated(subject: str) -> Refuse:
    """Return the trigger that refuses TRUNCATE of a table; ``subject`` begins the sentence.

    TRUNCATE fires no row triggers, so it would pass a table's history by.
    """
    return Refuse(
        name="never_truncated",
        level=pgtrigger.Statement,
        operation=pgtrigger.Truncate,
        sentence=f"{subject} is never emptied",
    )


def only_grows(subject: str) -> list[Refuse]:
    """Return the triggers that let rows be added and nothing else."""
    return [
        Refuse(
            name="only_grows",
            operation=pgtrigger.Update | pgtrigger.Delete,
            sentence=f"{subject} is neither changed nor deleted",
        ),
        never_truncated(subject),
    ]


def never_deleted(subject: str) -> list[Refuse]:
    """Return the triggers that keep rows for good; they may change."""
    return [
        Refuse(
            name="never_deleted",
            operation=pgtrigger.Delete,
            sentence=f"{subject} is never deleted; discard it instead",
        ),
        never_truncated(subject),
    ]


def keeps_history(*, exclude: tuple[str, ...] = (), **kwargs):
    """Decorate a model so that triggers record every insert and update, with who and from where.

    ``exclude`` names the fields that hold a person's particulars: history keeps ids, so that a
    person can be erased later without touching it.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        append_only=False,
        meta={"triggers": only_grows("History")},
        **kwargs,
    )
