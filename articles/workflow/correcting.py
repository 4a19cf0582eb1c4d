"""Verbs of correction: say what was wrong and what is right, and have it signed like a piece."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Correction, CorrectionSignature, Route
from articles.workflow.moving import acting, record, required
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection

WORDS = ("wrong", "right", "note", "printed_where")


def draw_up_correction(
    article: Article, *, by: User, wrong: str, right: str, note: str = "", printed_where: str = ""
) -> Correction:
    """Write down what was wrong and what is right, for the rounds of the route in force."""
    with acting(by, "draw_up_correction"):
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        demand(permissions.may_correct(by, locked))
        correction = Correction.objects.create(
            article=locked,
            route=Route.objects.in_force().get(),
            drawn_up_by=by,
            **_words(wrong, right, note, printed_where),
        )
        record(locked, "draw_up_correction", by=by, note=str(correction))
    return correction


def redraw_correction(
    correction: Correction, *, by: User, wrong: str, right: str, note: str = "",
    printed_where: str = "",
) -> Correction:  # fmt: skip
    """Change the words before they are public; signatures under the old ones are void."""
    with acting(by, "redraw_correction"):
        locked = _locked(correction)
        demand(permissions.may_redraw_correction(by, locked))
        words = _words(wrong, right, note, printed_where)
        same = all(getattr(locked, name) == value for name, value in words.items())
        demand(
            first_objection(
                (same and locked.returned_at is None, _("These are the words it has already."))
            )
        )
        _void(locked)
        for name, value in words.items():
            setattr(locked, name, value)
        locked.revision += 1
        locked.returned_at, locked.returned_note = None, ""
        locked.save(update_fields=[*WORDS, "revision", "returned_at", "returned_note"])
        record(locked.article, "redraw_correction", by=by, note=str(locked))
    return locked


def sign_correction(correction: Correction, *, by: User, seen: int | None = None) -> Correction:
    """Sign a correction in the round it stands in; the last signature makes it public.

    ``seen`` is the revision the signer read: where the words are others by now, nothing is signed.
    """
    with acting(by, "sign_correction"):
        locked = _locked(correction)
        demand(permissions.may_sign_correction(by, locked))
        demand(
            first_objection(
                (
                    seen is not None and seen != locked.revision,
                    _("It has been changed since you opened it. Read it again, then sign."),
                )
            )
        )
        here = locked.next_round()
        person = permissions.represented_in_correction(by, locked)
        on_behalf_of = None if person == by else person
        CorrectionSignature.objects.create(
            correction=locked, round=here, revision=locked.revision, signer=by,
            on_behalf_of=on_behalf_of,
        )  # fmt: skip
        if locked.next_round() is None:
            locked.signed_by, locked.signed_at = by, timezone.now()
            locked.save(update_fields=["signed_by", "signed_at"])
        record(
            locked.article, "sign_correction", by=by, on_behalf_of=on_behalf_of, round=here,
            note=str(locked),
        )  # fmt: skip
    return locked


def return_correction(correction: Correction, *, by: User, note: str) -> Correction:
    """Give a correction back to who drew it up; the note says what to change."""
    with acting(by, "return_correction"):
        locked = _locked(correction)
        demand(permissions.may_return_correction(by, locked))
        note = required(note, _("Say what should be changed."))
        here = locked.next_round()
        _void(locked)
        locked.returned_at, locked.returned_note = timezone.now(), note
        locked.save(update_fields=["returned_at", "returned_note"])
        record(locked.article, "return_correction", by=by, round=here, note=note)
    return locked


def drop_correction(correction: Correction, *, by: User, note: str) -> Correction:
    """Put a correction away that is not public and not needed; it stays on record."""
    with acting(by, "drop_correction"):
        locked = _locked(correction)
        demand(permissions.may_drop_correction(by, locked))
        note = required(note, _("Say why it is dropped."))
        _void(locked)
        locked.dropped_at = timezone.now()
        locked.save(update_fields=["dropped_at"])
        record(locked.article, "drop_correction", by=by, note=note)
    return locked


def _locked(correction: Correction) -> Correction:
    """Lock the row, and its piece before it, so that it is not withdrawn meanwhile."""
    Article.objects.select_for_update(no_key=True).get(pk=correction.article_id)
    return Correction.objects.select_for_update(no_key=True).get(pk=correction.pk)


def _words(wrong: str, right: str, note: str, printed_where: str) -> dict[str, str]:
    return {
        "wrong": required(wrong, _("Quote the wrong words.")),
        "right": required(right, _("Give the right words.")),
        "note": note.strip(),
        "printed_where": printed_where.strip(),
    }


def _void(correction: Correction) -> None:
    correction.signatures.standing().update(voided_at=timezone.now())
