"""The questions about many pictures: what looks alike, who sees which, what is known of them.

A picture stands in pieces by its digest. What somebody may be told of that is said by ``Uses``:
the photographs of working copies they see, and those that residents see.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat, Least, Lower, Replace

from articles.likeness import NEAR, Apart
from articles.renditions import WIDTHS, names
from articles.search import LONGEST_QUERY, MOST_TERMS, normal

# What is printed with a picture.
_PRINTED = ("caption", "credit", "alternative_text")


@dataclass(frozen=True)
class Uses:
    """Where somebody sees pictures stand: in working copies, and in what residents read."""

    drafts: models.QuerySet
    public: models.QuerySet


class _Among(models.Func):
    """Whether a key, the first argument, is in the array that is the second."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = models.BooleanField()


class PictureQuestions(models.QuerySet):
    def _model(self, name: str):
        return self.model._meta.apps.get_model("articles", name)

    def by_digest(self, digests) -> dict:
        """Return the pictures of these digests by their digest, in one statement."""
        return {picture.digest: picture for picture in self.filter(digest__in=set(digests))}

    def unfinished(self):
        """Pictures that lack renditions, or what only their pixels tell."""
        upto = (When(width__lte=width, then=len(names(width))) for width in WIDTHS)
        wanted = Case(*upto, default=len(names(WIDTHS[-1] + 1)))
        return self.filter(Q(ready__len__lt=wanted) | Q(colour=""))

    def unused(self):
        """Pictures that no piece shows, in no version and at no time of its history.

        Nor waits one of them for a form to be saved.
        """
        photos = self._model("Photo")
        models_naming_it = (
            photos,
            photos.pgh_event_model,
            self._model("VersionPhoto"),
            self._model("Upload"),
        )
        uses = (naming.objects for naming in models_naming_it)
        here = {"digest": OuterRef("digest")}
        return self.filter(*(~Exists(use.filter(**here)) for use in uses))

    def named(self, digest: str):
        """The picture of a digest."""
        return self.filter(digest=digest)

    def like(self, fingerprint: int | None, within: int = NEAR):
        """Pictures that look like one of this fingerprint, the nearest first.

        Differing by at most ``within`` of 64 bits, as ``bits`` says. A picture without a
        fingerprint is like none.
        """
        if fingerprint is None:
            return self.none()
        given = Value(fingerprint, models.BigIntegerField())
        distance = Apart(F("fingerprint"), given)
        # Keys alone first: they are in the index, and through a table of wide rows it takes longer.
        near = self.model._default_manager.alias(bits=distance).filter(bits__lte=within)
        keys = ArraySubquery(near.order_by().values("pk"))
        found = self.filter(fingerprint__isnull=False).filter(_Among(F("pk"), keys))
        return found.annotate(bits=distance).order_by("bits", "-pk")

    def seen_by(self, user, can_see_all: bool):
        """What somebody may see in the library; ``can_see_all`` comes from the permission.

        One's own pictures, those in pieces one may see, and those residents see.
        ``permissions.may_see_picture`` says the same of one, and a test holds the two equal.
        """
        if can_see_all:
            return self
        own = Q(uploaded_by=user) | self._sent_by(user)
        return self.filter(own | self._in_pieces_of(user) | self._public())

    def _sent_by(self, user) -> Q:
        """What somebody has sent too, after another who sent the same file first."""
        sent = self._model("Upload").objects.of(user)
        return Q(Exists(sent.filter(digest=OuterRef("digest"))))

    def _in_pieces_of(self, user) -> Q:
        pieces = self._model("Article").objects.written_by(user).values("pk")
        drafts = self._model("Photo").objects.filter(article__in=pieces)
        signed = self._model("VersionPhoto").objects.filter(version__article__in=pieces)
        here = {"digest": OuterRef("digest")}
        return Q(Exists(drafts.filter(**here))) | Q(Exists(signed.filter(**here)))

    def _public(self, at=None) -> Q:
        return Q(Exists(self._model("VersionPhoto").objects.public(OuterRef("digest"), at)))

    def uses_seen_by(self, user, can_see_all: bool, at=None) -> Uses:
        """Return where somebody sees pictures stand, as two questions to narrow further."""
        pieces = self._model("Article").objects.seen_by(user, can_see_all).kept()
        photos = self._model("Photo").objects.exclude(digest="")
        drafts = photos.filter(article__in=pieces.values("pk"))
        return Uses(drafts, self._model("VersionPhoto").objects.live(at))

    def alike(self):
        """Pictures of which these have another that looks like them.

        Those that look like the same one have the same ``group``, the least of their keys.
        """
        pairs = self._model("Likeness").objects.filter(other__in=self.order_by().values("pk"))
        others = pairs.filter(picture=OuterRef("pk")).order_by().values("picture")
        least = Subquery(others.annotate(least=Min("other")).values("least"))
        return self.annotate(group=Least(F("pk"), least)).filter(Exists(others))

    # What somebody narrows the library to. What is said of a use counts where they see the use.

    def with_words(self, words: str, uses: Uses):
        """Pictures that have every word: printed with them, in the headline over them, of the shot.

        Two characters are enough, or one. Captions are short, so they are read through: 30,000
        uses cost 11 ms, an index of pairs would have to be kept for five tables.
        """
        found = self
        for term in words.replace("\0", "")[:LONGEST_QUERY].split()[:MOST_TERMS]:
            drafts = _having(uses.drafts, term, *_PRINTED, "article__headline")
            public = _having(uses.public, term, *_PRINTED, "version__headline")
            shot = _having(self.model._default_manager.all(), term, "place", "rights")
            found = found.filter(
                Q(digest__in=drafts.values("digest"))
                | Q(digest__in=public.values("digest"))
                | Q(pk__in=shot.values("pk"))
            )
        return found

    def by_person(self, name: str, uses: Uses, senders: bool):
        """Pictures somebody took, by a part of their name; with ``senders`` also those they sent.

        Spaces that set a name wide do not count.
        """
        tight = "".join(name.split())
        named = ("credit", "photographer__name")
        by_name = Q(uploaded_by__name__icontains=tight) if senders else Q()
        for each in (uses.drafts, uses.public):
            by_name |= _standing_in(_having(each, tight, *named, tight=True))
        return self.filter(by_name)

    def sent_by(self, user):
        """Pictures somebody was the first to send."""
        return self.filter(uploaded_by=user)

    def dated(self, field: str, first=None, end=None):
        """Pictures of which a day or moment lies from ``first`` on and before ``end``."""
        bounds = {f"{field}__gte": first, f"{field}__lt": end}
        return self.filter(**{name: at for name, at in bounds.items() if at is not None})

    def in_section(self, section: int | None, uses: Uses):
        """Pictures in pieces of a section, given by its key, or of none."""
        drafts = uses.drafts.filter(article__section=section)
        public = uses.public.filter(version__section=section)
        return self.filter(_standing_in(drafts) | _standing_in(public))

    def residents_see(self, uses: Uses):
        """Pictures in live pieces."""
        return self.filter(_standing_in(uses.public))

    def only_in_drafts(self, uses: Uses):
        """Pictures in pieces of which residents see none."""
        return self.filter(_standing_in(uses.drafts)).exclude(_standing_in(uses.public))

    def standing_nowhere(self, uses: Uses):
        """Pictures that stand in no piece."""
        return self.exclude(_standing_in(uses.drafts)).exclude(_standing_in(uses.public))

    def showing_minors(self, *, without_consent: bool = False):
        """Pictures that show minors; only those of which nobody noted who agreed."""
        found = self.filter(shows_minors=True)
        return found.filter(consent="") if without_consent else found

    def lacking(self, word: str, uses: Uses):
        """Pictures that stand somewhere without ``alternative_text``, ``credit`` or ``caption``."""
        lacks = {word: ""}
        return self.filter(
            _standing_in(uses.drafts.filter(**lacks)) | _standing_in(uses.public.filter(**lacks))
        )


def _standing_in(uses: models.QuerySet) -> Q:
    return Q(digest__in=uses.values("digest"))


def _having(rows: models.QuerySet, term: str, *fields: str, tight: bool = False):
    """Return the rows with a term in their fields, as it was typed or in its normal form."""
    parts = [part for field in fields for part in (_unmarked(field), Value("|"))]
    said = Lower(Concat(*parts, output_field=models.TextField()))
    if tight:
        narrow = Replace(said, Value(" "), output_field=models.TextField())
        said = Replace(narrow, Value("\u3000"), output_field=models.TextField())
    either = Q(said__contains=term.lower()) | Q(said__contains=normal(term))
    return rows.alias(said=said).filter(either).order_by()


def _unmarked(field: str):
    """Return a field without the marks where a headline may break."""
    return Replace(field, Value("|")) if field.endswith("headline") else models.F(field)
