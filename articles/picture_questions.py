"""The questions about many pictures: what looks alike, who sees which, what is known of them.

A picture stands in pieces by its digest. What somebody may be told of that is said by ``Uses``:
the photographs of working copies they see, and those that residents see.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When

from articles.likeness import NEAR, Apart
from articles.renditions import WIDTHS, names


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

    def like(self, fingerprint: int | None, within: int = NEAR):
        """Pictures that look like one of this fingerprint, the nearest first.

        Differing by at most ``within`` of 64 bits, as ``bits`` says. A picture without a
        fingerprint is like none.
        """
        if fingerprint is None:
            return self.none()
        given = models.Value(fingerprint, models.BigIntegerField())
        distance = Apart(F("fingerprint"), given)
        # Keys alone first, from the index: through the table it takes four times as long.
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
        """Pictures of which the library has another that looks like them."""
        pairs = self._model("Likeness").objects
        return self.filter(Exists(pairs.filter(picture=OuterRef("pk"))))
