"""Photographs that the demo's correspondent has sent: described, one waiting, one broken off."""

from io import BytesIO

from PIL import Image

from articles import staging
from articles.models import Article, Correspondent, Picture, Upload
from articles.workflow import uploading
from articles.workflow.describing import describe_picture
from articles.workflow.uploading import Sent
from newsroom.demo import stock
from newsroom.people.models import User

# Of the first draft: the market's plan, and a corner of the market with children in it.
PLAN = {"place": "石桥早市", "rights": "通讯员供图，授权本报使用"}
CORNER = {"place": "石桥早市", "shows_minors": True}
BROKEN_OFF = 5 * 1024 * 1024  # bytes of a file of which two pieces came


def photographer_of(credit: str) -> Correspondent | None:
    """Return who is credited with a photograph, if the list of correspondents knows them."""
    return Correspondent.objects.named(credit.removesuffix(" 摄")).first()


def leave_photographs(by: User, editor: User) -> None:
    """Describe the photographs of the first draft, and send two more that no save has taken up.

    The editor describes them: residents see these pictures already.
    """
    drafts = Article.objects.filter(filed_by=by, photos__isnull=False, status="draft")
    draft = drafts.order_by("pk").first()
    if draft is None or Upload.objects.of(by).exists():
        return
    for photo, facts in zip(draft.photos.all(), (PLAN, CORNER), strict=False):
        describe_picture(Picture.objects.get(digest=photo.digest), by=editor, **facts)
    uploading.take_at_once(_made_small("bridge"), draft, by=by, name="微信图片_2023120901.jpg")
    broken = uploading.begin(Sent(BROKEN_OFF, "broken off", "IMG_4127.JPG"), draft, by=by)
    for at in (0, staging.PIECE):
        uploading.receive(broken, at, b"\0" * staging.PIECE, by=by)


def _made_small(name: str) -> bytes:
    """Return a picture of the archive as a messenger passes it on: small, and badly packed."""
    with Image.open(stock.PHOTOS / f"{name}.webp") as image:
        raw = BytesIO()
        image.convert("RGB").resize((image.width // 2, image.height // 2)).save(
            raw, "JPEG", quality=60
        )
    return raw.getvalue()
