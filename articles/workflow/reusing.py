"""Verbs of the library: use a picture in another piece."""

from django.db import transaction
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Photo, Picture, Upload
from articles.reusing import proposed, uses_of
from articles.typed import MOST_ROWS
from articles.workflow.moving import acting
from articles.workflow.writing import save
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection


def put_into(article: Article, *, by: User, picture: Picture) -> Photo:
    """Put a picture of the library into a piece, as its last photograph; a save like any other.

    The words of its last use come with it, to be checked. Raises RefusalError.
    """
    with acting(by, "save"):
        # Whose picture it is and whether it is there already is asked once nobody else can change
        # the piece; ``save`` takes the same lock again.
        locked = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        demand(permissions.may_put_into(by, locked, picture))
        many = locked.photos.count() >= MOST_ROWS
        demand(first_objection((many, _("The piece has as many photos as a piece can have."))))
        seen = Picture.objects.uses_seen_by(by, permissions.sees_everything(by))
        words = proposed(picture, uses_of([picture.digest], seen)[picture.digest])
        photo = Photo.of(picture, article=locked, position=locked.photos.count(), **words)
        save(locked, by=by, write=photo.save)
    return photo


def lend(picture: Picture, article: Article | None, *, by: User) -> Upload:
    """Offer a picture of the library to the form of a piece, or with None of a new one.

    It is taken up by the next save, like one that was sent; twice is once. Raises RefusalError.
    """
    demand(permissions.may_keep(by, article))
    demand(permissions.may_see_picture(by, picture.digest))
    there = article is not None and article.photos.filter(digest=picture.digest).exists()
    demand(first_objection((there, _("The picture stands in this piece already."))))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks lend one
        lent = Upload.objects.loose(by, article).showing(picture.digest).first()
        return lent or Upload.objects.create(
            person=by,
            article=article,
            digest=picture.digest,
            number=Upload.objects.number(),
            name=_("Picture {number}").format(number=picture.pk),
            kept_apart=True,  # whoever chose it knows that it is there
            size=1,
            received=1,
        )
