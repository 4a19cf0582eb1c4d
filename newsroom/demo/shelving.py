"""What the demo's library tells of its pictures, and two that stand in no piece."""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageEnhance

from articles.models import Photo, Picture
from articles.workflow.describing import describe_picture
from articles.workflow.developing import take_picture
from issues.models import Issue
from newsroom.demo import stock
from newsroom.people.models import User
from newsroom.readers.workflow.redirecting import lead_pages_on

GATE = "石桥小学门口"
# What a caption has in it, days since it was taken, and the facts of the shot.
KNOWN = [
    ("园丁", 9, {"place": "第二实验小学", "rights": "学校供图，授权本报使用", "shows_minors": True,
                 "consent": "12名学生的家长签过同意书，原件存学校德育处。"}),
    ("电梯", 3, {"place": "听雨巷14号楼", "rights": "本报拍摄"}),
    ("老桥", 40, {"place": "棠河老桥", "rights": "宋槐序供图，仅限本报使用一次"}),
    ("修鞋摊", 2, {"place": "石桥街道", "rights": "通讯员供图，授权本报使用"}),
    ("夜读", 6, {"place": "学府街", "rights": "本报拍摄"}),
]  # fmt: skip


def shelve(people: dict[str, User], today: date) -> None:
    """Say what is known of some pictures, and send two more; once."""
    _lead_on_from_before(people)
    if Picture.objects.filter(place=GATE).exists():
        return
    for words, days, facts in KNOWN:
        photo = Photo.objects.filter(caption__contains=words).exclude(digest="").first()
        if photo:
            taken_on = today - timedelta(days=days)
            describe_picture(photo.picture, by=people["editor"], taken_on=taken_on, **facts)
    take_picture(_forwarded("market.webp"), by=people["correspondent"])
    darker = take_picture(_evening("walkbus.webp"), by=people["editor"])
    facts = {"place": GATE, "rights": "本报拍摄", "shows_minors": True}
    describe_picture(darker, by=people["editor"], taken_on=today, **facts)


def _forwarded(name: str) -> bytes:
    """Return a photo as it comes by a messenger: smaller, trimmed a little, as a poor JPEG."""
    image = _photo(name)
    wide, high = image.size
    trimmed = image.crop((wide // 100, high // 100, wide - wide // 100, high - high // 100))
    return _saved(trimmed.resize((900, round(900 * trimmed.height / trimmed.width))), 55)


def _evening(name: str) -> bytes:
    return _saved(ImageEnhance.Brightness(_photo(name)).enhance(0.7), 85)


def _photo(name: str) -> Image.Image:
    return Image.open(stock.PHOTOS / name).convert("RGB")


def _saved(image: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def _lead_on_from_before(people) -> None:
    """Let addresses lead on that the first issue had in an e-paper, /html/…/node_1.htm."""
    first = Issue.objects.live().oldest_first().first()
    if first:
        lead_pages_on(first.address, by=people["issues"])
