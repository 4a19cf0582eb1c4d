"""The sign-off sheet (审签单) of a piece as plain data: who signed which version, when, and why."""

from collections import defaultdict, deque
from datetime import datetime

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from articles import standing
from articles.comparing import attachment_words
from articles.forms import NoteForm
from articles.models import Act, ArchivedPiece, Article, OwedSignature, Signature
from articles.sealing import covered_by_version
from articles.typeset import Row, Sheet, Table
from newsroom.people.models import SiteSettings, User

# As many steps as one page holds in small type beside everything else.
STEPS, AFTERWARDS = 24, 8
NOTE = 100  # characters of a note
SIGNING = {"sign", "sign_late", "sign_minor", "publish_at_once"}


def steps_in_words() -> dict[str, str]:
    """Return what the steps of a review are called on the sheet, by verb."""
    return {
        "submit": pgettext("sheet", "Handed in"),
        "recall": pgettext("sheet", "Taken back"),
        "return": pgettext("sheet", "Returned"),
        "reject": pgettext("sheet", "Rejected"),
        "revise": pgettext("sheet", "Revised"),
        "take_back_signature": pgettext("sheet", "Signature taken back"),
        "drop_revision": pgettext("sheet", "Given up"),
        "discard": pgettext("sheet", "Discarded"),
        "restore": pgettext("sheet", "Brought back"),
        "refuse_late": pgettext("sheet", "Refused"),
        "sign": "",
        "sign_late": pgettext("sheet", "late"),
        "sign_minor": pgettext("sheet", "minor change"),
        "publish_at_once": pgettext("sheet", "emergency"),
    }


def moment(at: datetime | None) -> str:
    """Return an instant as a sheet prints it, with its year, in the newspaper's zone."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def grouped(fingerprint: str, most: int = 64) -> str:
    """Return the beginning of a fingerprint in groups of four, as people compare it."""
    shown = fingerprint[:most]
    return " ".join(shown[place : place + 4] for place in range(0, len(shown), 4))


def signed_as(signer, on_behalf_of) -> str:
    """Return a name as it stands under a piece: a deputy's with whom they signed for."""
    if on_behalf_of is None:
        return str(signer)
    return _("{deputy} for {name}").format(deputy=signer, name=on_behalf_of)


def printed_by(user: User, at: datetime) -> str:
    """Return when and by whom a sheet was printed."""
    return _("Printed {at} by {name}").format(at=moment(at), name=user)


def frame(user: User, at: datetime) -> dict:
    """Return what every sheet has: the paper, its foot, its language."""
    return {
        "paper": SiteSettings.current().paper_name,
        "name": _("Sign-off sheet"),
        "printed": printed_by(user, at),
        "language": (get_language() or "zh")[:2],
        "pages": _("page {page} of {pages}"),
    }


def piece_sheet(article: Article, *, by: User, at: datetime, printed: list[str]) -> Sheet:
    """Return the sheet of a piece; ``printed`` says where it stands in print, line by line.

    ``by`` is who prints it. What stands on it is for the newsroom.
    """
    newest = article.versions.order_by("-number").first()
    seal = article.sealed
    shown = seal or article
    return Sheet(
        **frame(by, at),
        number=_("Piece {number}").format(number=article.pk),
        title=(seal.headline if seal else "") or article.title,
        above=shown.kicker,
        below=shown.deck,
        facts=_facts(article, newest, at),
        tables=[
            *_elsewhere(article),
            _steps(article, newest),
            *_owed(article),
            *_afterwards(article),
        ],
        notes=_notes(article, seal, newest, printed),
        hands=[_("Checked"), _("Date")],
    )


def _facts(article: Article, newest, at: datetime) -> list[tuple[str, str]]:
    names = "、".join(byline.printed_name for byline in article.bylines.all())
    return [
        (_("Section"), str(article.section or "—")),
        (_("Kind"), str(article.get_kind_display())),
        (_("Names"), names or "—"),
        (_("Characters"), str(article.characters)),
        (_("Filed by"), f"{article.filed_by}　{moment(article.filed_at)}"),
        (_("Unit head who approved"), article.unit_head or "—"),
        (_("Status"), standing.state(article, at).word),
        (_("Versions"), str(newest.number) if newest else "0"),
    ]


def _steps(article: Article, newest) -> Table:
    """Return what happened in review, oldest first; of a long history the newest steps."""
    words = steps_in_words()
    acts = (
        article.acts.filter(verb__in=words)
        .select_related("by", "on_behalf_of", "round", "version")
        .order_by("pk")
    )
    given = _given(article)
    rows = [_step(act, words[act.verb], given) for act in acts]
    left_out = max(0, len(rows) - STEPS)
    more = ngettext(
        "and {count} earlier step; {versions} versions in all",
        "and {count} earlier steps; {versions} versions in all",
        left_out,
    ).format(count=left_out, versions=newest.number if newest else 0)
    return Table(
        title=_("Reviews"),
        heads=[_("Step"), _("Who"), _("When"), _("Version"), _("Fingerprint"), _("Note")],
        widths=[5, 6, 7, 3, 7, 11],
        rows=rows[left_out:],
        more=more if left_out else "",
        codes=[4],
    )


def _elsewhere(article: Article) -> list[Table]:
    """Return who signed a restored piece where it was archived."""
    restored = ArchivedPiece.objects.of_articles([article.pk]).first()
    if restored is None:
        return []
    signed = restored.record["signed"]
    rows = [
        Row([
            hand["round"],
            signed_as(hand["name"], hand["on_behalf_of"] or None),
            moment(datetime.fromisoformat(hand["at"])),
            grouped(signed["fingerprint"], 12),
        ])
        for hand in signed["signatures"]
    ]  # fmt: skip
    heads = [_("Round"), _("Who"), _("When"), _("Fingerprint")]
    title = _("Signed where it was archived: {site}").format(site=restored.site)
    return [Table(title, heads, [5, 8, 8, 9], rows, codes=[3])]


def _given(article: Article) -> dict[tuple, deque]:
    """Return the signatures of a piece by round, version and signer, in the order given."""
    found = defaultdict(deque)
    for signature in Signature.objects.filter(review__article=article).order_by("pk"):
        key = (signature.round_id, signature.version_id, signature.signer_id)
        found[key].append(signature)
    return found


def _step(act: Act, word: str, given: dict[tuple, deque]) -> Row:
    here = given[act.round_id, act.version_id, act.by_id] if act.verb in SIGNING else None
    signature = here.popleft() if here else None
    voided = signature.voided_at if signature else None
    reason = dict(NoteForm.REASONS).get(act.reason, act.reason)
    told = [str(part) for part in (reason, act.note) if part]
    if voided:
        told.append(_("void since {at}").format(at=moment(voided)))
    in_round = "" if act.verb == "submit" else act.round
    name = " ".join(str(part) for part in (in_round, word) if part)
    return Row(
        [
            name,
            signed_as(act.by, act.on_behalf_of),
            moment(act.at),
            str(act.version.number) if act.version else "",
            grouped(act.version.fingerprint, 12) if act.version else "",
            Truncator("；".join(told)).chars(NOTE),
        ],
        struck=voided is not None,
    )


def _owed(article: Article) -> list[Table]:
    """Return what an emergency left to be signed, and how that was answered."""
    owed = OwedSignature.objects.filter(article=article).for_display()
    rows = [
        Row([str(debt.round), moment(debt.owed_since), moment(debt.due_at), _answer(debt)])
        for debt in owed
    ]
    heads = [_("Round"), _("Owed since"), _("Due"), _("Answer")]
    return [Table(_("Signatures owed"), heads, [4, 6, 6, 14], rows)] if rows else []


def _answer(debt: OwedSignature) -> str:
    if debt.signature:
        signed = debt.signature
        return f"{signed_as(signed.signer, signed.on_behalf_of)}　{moment(signed.signed_at)}"
    if debt.refused_at:
        said = _("refused by {name}, {at}: {why}")
        said = said.format(name=debt.refused_by, at=moment(debt.refused_at), why=debt.refusal)
        return Truncator(said).chars(NOTE)
    return _("not signed yet")


def _afterwards(article: Article) -> list[Table]:
    """Return the corrections, withdrawals and what undid them, by their day."""
    found = [
        (
            each.signed_at,
            [
                _("Correction"),
                str(each.signed_by or _("Archive import")),
                f"“{each.wrong}”→“{each.right}”",
            ],
        )
        for each in article.corrections.public().select_related("signed_by")
    ]
    for gone in article.withdrawals.select_related("signed_by", "reinstatement__signed_by"):
        found.append((gone.signed_at, [_("Withdrawn"), str(gone.signed_by), gone.reason]))
        if back := getattr(gone, "reinstatement", None):
            found.append((back.signed_at, [_("Put up again"), str(back.signed_by), back.reason]))
    found.sort(key=lambda each: each[0])
    rows = [
        Row([cells[0], cells[1], moment(at), Truncator(cells[2]).chars(NOTE)])
        for at, cells in found[-AFTERWARDS:]
    ]
    left_out = len(found) - len(rows)
    more = _("and {count} earlier").format(count=left_out) if left_out else ""
    heads = [_("What"), _("Who"), _("When"), _("Words")]
    table = Table(pgettext("sheet", "Since it went out"), heads, [4, 5, 6, 15], rows, more)
    return [table] if rows else []


def _notes(article: Article, seal, newest, printed: list[str]) -> list[tuple[str, str]]:
    found = [(_("Sealed"), _seal(seal) if seal else _("not yet"))]
    if seal:
        found.append((_("Its fingerprint"), grouped(seal.fingerprint)))
    found += _beside(seal or newest)
    found.append((_("Going out"), _going_out(article)))
    found.append((_("In print"), "；".join(printed) or "—"))
    return found


def _beside(version) -> list[tuple[str, str]]:
    """Return the files and videos that a version was signed with, if there are any."""
    if version is None:
        return []
    content = covered_by_version(version)
    files = [attachment_words(file) for file in content.get("attachments", [])]
    videos = [link for photo in content["photos"] for link in photo[4:]]
    told = [(pgettext("heading", "Attachments"), files), (_("Videos"), videos)]
    return [(label, "；".join(words)) for label, words in told if words]


def _seal(seal) -> str:
    said = _("version {number}, {at}: {ground}").format(
        number=seal.number, at=moment(seal.sealed_at), ground=seal.get_basis_display()
    )
    return f"{said}（{seal.basis_note}）" if seal.basis_note else said


def _going_out(article: Article) -> str:
    release = article.release
    if release is None or release.publish_at is None:
        return _("not scheduled")
    way = _("by itself") if release.alone else _("with its issue")
    said = f"{moment(release.publish_at)}　{way}"
    return f"{said}　{_('held')}：{release.held_because}" if release.held else said
