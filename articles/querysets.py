"""The questions about many articles."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Now, NullIf, Replace

from articles.lasting import LastingQuestions
from articles.reading import LINE, WHOLE, kin, line_parts, live_rule, public_rule, whole_parts
from articles.rows import Rows
from articles.search import AmongFound, Asked, Found
from articles.statuses import Status


def _set_tight(name):
    """Return a name without the spaces that set it wide: 李 四 is 李四."""
    return Replace(Replace(name, Value(" ")), Value("\u3000"))


def _names(person) -> Q:
    """Say in SQL that a byline, its name in ``printed``, names somebody."""
    return Q(correspondent__user=person) | Q(correspondent__user=None, printed=person.name)


class ArticleQuerySet(LastingQuestions):
    def live(self, at=None):
        """News residents can read at an instant; the database's own by default."""
        return self.filter(live_rule(at))

    def newest_first(self):
        """In the order of publication, the latest first."""
        return self.order_by("-release__publish_at", "-pk")

    def oldest_first(self):
        """In the order of publication."""
        return self.order_by("release__publish_at", "pk")

    def in_section(self, section):
        """Pieces whose sealed version stands in a section."""
        return self.filter(sealed__section=section)

    def by_correspondent(self, correspondent):
        """Pieces whose sealed version prints a correspondent's name; a pen name is not given away.

        Names set wide to three characters (李 四) are the same names.
        """
        printed = _set_tight("name")
        named = (
            self._version.bylines.rel.related_model.objects.alias(printed=printed)
            .filter(version=OuterRef("sealed"), correspondent=correspondent)
            .filter(printed=correspondent.name)
        )
        return self.filter(Exists(named))

    def with_photo(self, digest: str):
        """Pieces that show a picture, in the working copy or in any version."""
        of_versions = self.model.versions.rel.related_model.photos.rel.related_model.objects
        return self.filter(
            Exists(
                self.model.photos.rel.related_model.objects.filter(
                    article=OuterRef("pk"), digest=digest
                )
            )
            | Exists(of_versions.showing(digest).filter(version__article=OuterRef("pk")))
        )

    def outside_issues(self):
        """Pieces published alone."""
        return self.filter(release__alone=True)

    def released_between(self, first, last):
        """Pieces whose hour was on a day from a first to a last one."""
        return self.filter(release__publish_at__date__range=(first, last))

    def numbered(self, number: int):
        """The piece of a number."""
        return self.filter(pk=number)

    def with_keys(self, keys):
        """The pieces of some numbers, a list or a statement that finds them, in no order."""
        return self.filter(pk__in=keys)

    def since(self, moment):
        """Pieces that went out after a moment."""
        return self.filter(release__publish_at__gt=moment)

    def sealed_since(self, moment):
        """Pieces whose sealed version was sealed after a moment."""
        return self.filter(sealed__sealed_at__gt=moment)

    def scheduled_alone(self, at=None):
        """Pieces that go out by themselves later, the next first; held ones too."""
        coming = Q(release__publish_at__gt=at or Now()) | Q(release__held=True)
        return self.outside_issues().filter(coming).order_by("release__publish_at", "pk")

    def standing_nowhere_in(self, places):
        """Pieces of which ``places``, a queryset with rows that lead to articles, has none."""
        return self.filter(~Exists(places.filter(article=OuterRef("pk"))))

    def for_list(self):
        """With what a line in a public list shows, in one statement and nothing else."""
        return (
            self.select_related("sealed__section", "release")
            .only("sealed", *LINE)
            .annotate(**line_parts(self._version))
        )

    def at_its_address(self, at=None):
        """News as its page shows it, with the topics it belongs to; in one go."""
        entries = self.model.topic_entries.rel.related_model.objects
        return self.news().whole(at).annotate(topics=entries.of_a_piece(at))

    def whole(self, at=None):
        """Pieces that have something to say at their address: live or gone, whole, in one go."""
        Signature = self._version.signatures.rel.related_model  # noqa: N806 - a model
        withdrawals = self.model.withdrawals.rel.related_model.objects.filter(
            article=OuterRef("pk")
        )
        reinstated = withdrawals.model.reinstatement.related.related_model.objects.filter(
            withdrawal__article=OuterRef("pk")
        )
        return (
            (self.public(at) | self.gone(at))
            .select_related("sealed__section", "release")
            .only("sealed", *WHOLE)
            .annotate(
                **whole_parts(self._version),
                kin=kin(self.model, at),
                signed=Rows(
                    Signature.objects.under(OuterRef("sealed")),
                    name=F("signer__name"),
                    for_name=F("on_behalf_of__name"),
                    round_name=F("round__name"),
                    round_position=F("round__position"),
                ),
                # In the order residents met them; nothing that was changed before it was out.
                noted=Rows(
                    self._version.objects.noted().filter(
                        article=OuterRef("pk"), number__lte=OuterRef("sealed__number"),
                        sealed_at__gte=OuterRef("release__publish_at"),
                    ),
                    "change_note", "sealed_at",
                ),
                corrected=Rows(
                    self.model.corrections.rel.related_model.objects.public()
                    .filter(article=OuterRef("pk"))
                    .order_by("signed_at"),
                    "wrong", "right", "note", "printed_where", "signed_at",
                ),
                withdrawals_noted=Rows(
                    withdrawals.order_by("-signed_at")[:1],
                    "public_note", "signed_at",
                ),
                brought_back=Rows(
                    reinstated.exclude(public_note="").order_by("signed_at"),
                    "public_note", "signed_at",
                ),
            )
        )  # fmt: skip

    @property
    def _version(self):
        return self.model.sealed.field.related_model

    def for_desk_list(self):
        """With what a line in a desk list shows."""
        return self.select_related(
            "section",
            "round",
            "round__route",
            "claimed_by",
            "filed_by__unit",
            "kept_by",
            "release",
            "sealed",
        ).prefetch_related("bylines__correspondent")

    def written_by(self, user):
        """What somebody filed, is named in or looks after for somebody who has left."""
        bylines = self.model.bylines.rel.related_model.objects
        named = bylines.filter(correspondent__user=user).values("article")
        return self.filter(Q(filed_by=user) | Q(kept_by=user) | Q(pk__in=named))

    def containing(self, asked: Asked):
        """Working copies with every word of a query in their titles, text or names."""
        return self.filter(AmongFound(F("pk"), Found(asked))) if asked else self.none()

    def in_state(self, state: str, at=None):
        """Pieces in one of the desk's states at an instant; the database's own by default.

        What becomes of a sealed version counts whatever happens to the working copy meanwhile;
        where nothing does, ``standing.state`` says the same. Raise KeyError for an unknown state.
        """
        if state == "withdrawn":
            return self.filter(withdrawn_at__isnull=False)
        pieces = self.filter(withdrawn_at=None)
        free = Q(release=None) | Q(release__publish_at=None, release__held=False)
        rule = {
            "in_review": Q(status=Status.IN_REVIEW),
            "rejected": Q(status=Status.REJECTED),
            "discarded": Q(status=Status.DISCARDED),
            "signed_off": Q(status=Status.APPROVED),
            "approved": Q(status=Status.APPROVED) & free,
            "held": Q(release__held=True),
            "scheduled": Q(release__publish_at__gt=at or Now(), release__held=False),
            "live": public_rule(at),
            "draft": Q(status=Status.DRAFT, sealed=None) & ~Q(outcome="returned"),
            "revised": Q(status=Status.DRAFT, sealed__isnull=False) & ~Q(outcome="returned"),
            "returned": Q(status=Status.DRAFT, outcome="returned"),
        }[state]
        return pieces.alias(outcome=self._last_outcome).filter(rule)

    @property
    def _last_outcome(self):
        reviews = self.model.reviews.rel.related_model.objects.filter(article=OuterRef("pk"))
        newest = models.Subquery(reviews.order_by("-pk").values("outcome")[:1])
        return Coalesce(newest, Value(""))

    def under_way(self, at=None):
        """Pieces that still have a way to go: written, in review, or signed off and not out yet."""
        waiting = Q(status=Status.APPROVED, withdrawn_at=None) & ~public_rule(at)
        return self.filter(Q(status__in=[Status.DRAFT, Status.IN_REVIEW]) | waiting)

    def not_used(self):
        """Pieces that came to nothing: rejected, or withdrawn from residents."""
        withdrawn = Q(status=Status.APPROVED, withdrawn_at__isnull=False)
        return self.filter(Q(status=Status.REJECTED) | withdrawn)

    def use_made_since(self, since, at=None) -> dict[str, int]:
        """Count what was handed in since an instant, what of that is out, and what came out.

        A piece counts when it is first handed in, however often it comes back (用稿率 is what was
        used of what was handed in). One statement.
        """
        acts = self.model.acts.rel.related_model.objects
        first = acts.filter(verb="submit", article=OuterRef("pk")).order_by("at").values("at")[:1]
        since_then = Q(handed_in_at__gte=since)
        return (
            self.news()
            .alias(handed_in_at=models.Subquery(first))
            .aggregate(
                handed_in=Count("pk", filter=since_then),
                used=Count("pk", filter=since_then & live_rule(at)),
                printed=Count("pk", filter=live_rule(at) & Q(release__publish_at__gte=since)),
            )
        )

    def in_hands_of(self, person: int):
        """Pieces it is up to one person to go on with: claimed by them, or their own drafts."""
        theirs = Q(kept_by=person) | Q(kept_by=None, filed_by=person)
        return self.filter(
            Q(claimed_by=person) | theirs & Q(status=Status.DRAFT, withdrawn_at=None)
        )

    def to_be_written_by(self, user, can_handle_all: bool):
        """Pieces somebody may change now: drafts they handle, and what they have claimed.

        ``permissions.may_edit`` says the same of one, and a test holds the two equal.
        """
        theirs = Q() if can_handle_all else Q(filed_by=user) | Q(kept_by=user)
        drafts = theirs & Q(status=Status.DRAFT)
        return self.filter(drafts | Q(status=Status.IN_REVIEW, claimed_by=user))

    def left_unfinished_by(self, person):
        """What somebody filed or looks after that still needs them: drafts, and what is in review.

        A piece that is entrusted to somebody else needs them no more.
        """
        theirs = Q(kept_by=person) | Q(kept_by=None, filed_by=person)
        return self.filter(theirs, status__in=[Status.DRAFT, Status.IN_REVIEW]).order_by("pk")

    def claimed_by_person(self, person):
        """What somebody has claimed."""
        return self.filter(claimed_by=person).order_by("pk")

    def filed_in(self, section: int | None):
        """Working copies in a section, given by its key, or in none."""
        return self.filter(section=section)

    def from_unit(self, unit: int):
        """What somebody of a unit, given by its key, filed or is named in."""
        bylines = self.model.bylines.rel.related_model.objects
        named = bylines.filter(correspondent__unit=unit).values("article")
        return self.filter(Q(filed_by__unit=unit) | Q(pk__in=named))

    def under_name(self, name: str):
        """Pieces with a name, or a part of one, under them; spaces that set it wide don't count."""
        tight = "".join(name.split())
        bylines = self.model.bylines.rel.related_model.objects.alias(
            printed=_set_tight("name"), full=_set_tight("correspondent__name")
        )
        named = bylines.filter(Q(printed__icontains=tight) | Q(full__icontains=tight))
        return self.filter(pk__in=named.values("article"))

    def dated(self, field: str, first=None, end=None):
        """Pieces of which a moment lies from ``first`` on and before ``end``, where given."""
        bounds = {f"{field}__gte": first, f"{field}__lt": end}
        return self.filter(**{name: at for name, at in bounds.items() if at is not None})

    def standing_in(self, places):
        """Pieces of which ``places``, a queryset with rows that lead to articles, has some."""
        return self.filter(pk__in=places.values("article"))

    def discarded(self):
        """What was put aside; it can be brought back."""
        return self.filter(status=Status.DISCARDED)

    def kept(self):
        """Everything that was not put aside."""
        return self.exclude(status=Status.DISCARDED)

    def in_review(self):
        """Pieces that wait for a signature."""
        return self.filter(status=Status.IN_REVIEW)

    def in_round(self, name: str):
        """Pieces that wait in the round of a name, whatever route they took."""
        return self.in_review().filter(round__name=name)

    def unclaimed(self):
        """Pieces in review that nobody has taken on."""
        return self.in_review().filter(claimed_by=None)

    def overdue(self, at=None):
        """Pieces whose round should have been done by an instant; the database's own by default.

        ``Article.is_overdue`` says the same of one, and a test holds the two equal.
        """
        return self.in_review().filter(due_at__lt=at or Now())

    def tally(self, at=None) -> list[dict]:
        """Count the pieces in review by the name of their round: all, unclaimed, overdue."""
        return list(
            self.in_review()
            .order_by()
            .values(name=F("round__name"))
            .annotate(
                count=Count("pk"),
                unclaimed=Count("pk", filter=Q(claimed_by=None)),
                overdue=Count("pk", filter=Q(due_at__lt=at or Now())),
                place=Min("round__position"),
            )
            .order_by("place", "name")
        )

    def due_between(self, begins, ends):
        """Pieces in review by when their round is due, from one instant up to another."""
        return self.in_review().filter(due_at__gte=begins, due_at__lt=ends)

    def going_out_alone(self, begins, ends):
        """Pieces with an hour of their own, from one instant up to another, held ones too."""
        return self.outside_issues().filter(
            release__publish_at__gte=begins, release__publish_at__lt=ends
        )

    def longest_waiting_first(self):
        """In the order of a queue."""
        return self.order_by("moved_at", "pk")

    def waiting_for(self, user, on=None):
        """Pieces this person may take on now: their round, not theirs, not another's, unsigned.

        Deputies see what waits for the person they act for. ``permissions.may_claim`` says the
        same of one piece, and a test holds the two equal.
        """
        if not user.is_active:
            return self.none()
        groups = Group.objects.filter(user=user)
        acting = user.deputyships.on(on).filter(principal__is_active=True)
        mine = Q(round__group__in=groups)
        for deputyship in acting.select_related("principal"):
            principal = deputyship.principal
            theirs = Group.objects.filter(user=principal).exclude(pk__in=groups)
            mine |= Q(round__group__in=theirs) & ~self._own_or_signed(principal)
        return (
            self.filter(mine, ~self._own_or_signed(user), status=Status.IN_REVIEW)
            .filter(Q(claimed_by=None) | Q(claimed_by=user))
            .longest_waiting_first()
        )

    def own_of(self, person):
        """Pieces somebody filed or is named in, in the working copy or as residents read them."""
        sealed = self._version.bylines.rel.related_model.objects.alias(printed=_set_tight("name"))
        named = _names(person) & Q(version=OuterRef("sealed"))
        return self.filter(self._own(person) | Exists(sealed.filter(named)))

    def _own(self, person):
        """Say in SQL what ``is_own`` says."""
        bylines = self.model.bylines.rel.related_model.objects.alias(
            printed=_set_tight(Coalesce(NullIf("name", Value("")), "correspondent__name"))
        ).filter(_names(person), article=OuterRef("pk"))
        return Q(filed_by=person) | Exists(bylines)

    def _own_or_signed(self, person):
        """Say in SQL what keeps somebody from signing: ``is_own``, or a signature of theirs."""
        reviews = self.model.reviews.rel.related_model.objects.open()
        signatures = reviews.model.signatures.rel.related_model.objects.standing().filter(
            Q(signer=person) | Q(on_behalf_of=person),
            review__in=reviews.filter(article=OuterRef(OuterRef("pk"))),
        )
        return self._own(person) | Exists(signatures)

    def seen_by(self, user, can_see_all: bool):
        """What somebody may see in the desk; ``can_see_all`` comes from the permission."""
        return self if can_see_all else self.written_by(user)

    def unsealed(self):
        """Pieces that nobody has signed to the end."""
        return self.filter(sealed=None)

    def with_an_unsigned_version(self):
        """Sealed pieces that say something else by now, or are on their way through the rounds."""
        newer = self.model.objects.changed_since_sealed().values("pk")
        return self.filter(Q(pk__in=newer) | ~Q(status=Status.APPROVED), sealed__isnull=False)

    def taken_up(self):
        """Signed pieces that are being written or reviewed again, withdrawn ones apart."""
        at_work = (Status.DRAFT, Status.IN_REVIEW)
        return self.filter(sealed__isnull=False, withdrawn_at=None, status__in=at_work)

    def with_signature_taken_back(self):
        """Pieces whose seal lacks a signature that somebody has taken back."""
        taken_back = self.model.signatures_taken_back.rel.related_model.objects.standing()
        return self.filter(Exists(taken_back.filter(article=OuterRef("pk"))))

    def going_out_with(self, release: int):
        """Pieces of a release, given by its key."""
        return self.filter(release=release)

    def changed_since_sealed(self):
        """Pieces whose newest version says something else than the sealed one."""
        newest = (
            self.model.versions.rel.related_model.objects.filter(article=OuterRef("pk"))
            .order_by("-number")
            .values("fingerprint")[:1]
        )
        return self.annotate(newest=models.Subquery(newest)).exclude(
            newest=F("sealed__fingerprint")
        )
