"""Pictures live in a bucket as they do in a folder: proven against a server that speaks S3."""

import io
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles import darkroom, renditions, stocktaking
from articles.models import Picture
from articles.workflow.developing import finish_picture, take_picture
from newsroom.environment import Environment, EnvironmentProblemError
from tests import factories
from tests.serving import free_port

boto3 = pytest.importorskip("boto3", reason="the extra s3 is not installed")
moto_server = pytest.importorskip("moto.server", reason="moto is not installed")
KEYS = {"access_key": "tangxi", "secret_key": "tangxi-secret", "region_name": "cn-north-1"}


@pytest.fixture(scope="module")
def endpoint():
    port = free_port()
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings):
    store = boto3.resource(
        "s3", endpoint_url=endpoint, region_name="cn-north-1",
        aws_access_key_id="tangxi", aws_secret_access_key="tangxi-secret",
    )  # fmt: skip
    bucket = store.create_bucket(
        Bucket=f"paper-{timezone.now():%H%M%S%f}",
        CreateBucketConfiguration={"LocationConstraint": "cn-north-1"},
    )
    options = {"bucket_name": bucket.name, "endpoint_url": endpoint, "location": "times", **KEYS}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "newsroom.object_store.ObjectStorage", "OPTIONS": options},
    }
    return bucket


@pytest.fixture
def cast(db):
    return factories.Cast()


def jpeg():
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1000, 400)).save(file, "JPEG")
    return file.getvalue()


def keys(bucket):
    return {each.key for each in bucket.objects.all()}


def test_a_picture_is_taken_finished_checked_and_opened(bucket, cast):
    data = jpeg()
    picture = take_picture(data, by=cast.writer)
    finish_picture(picture)
    wanted = {darkroom.path(picture.digest, name) for name in renditions.names(1000)}
    wanted.add(darkroom.original_path(picture.original_digest))
    assert keys(bucket) == {f"times/{place}" for place in wanted}
    assert stocktaking.faults(picture) == []
    assert finish_picture(picture) == []
    with darkroom.open(picture.digest, "960.jpg") as file:
        assert Image.open(file).size == (960, 384)
    with darkroom.open_original(picture.original_digest) as file:
        assert file.read() == data
    with pytest.raises(FileNotFoundError):
        darkroom.open("0" * 64, "480.webp").read()


def test_nobody_else_may_read_what_is_kept(bucket, cast):
    picture = take_picture(jpeg(), by=cast.writer)
    grants = bucket.Object(f"times/{darkroom.path(picture.digest, '1000.webp')}").Acl().grants
    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]


def test_all_are_made_anew_in_place(bucket, cast):
    picture = take_picture(jpeg(), by=cast.writer)
    finish_picture(picture)
    before = keys(bucket)
    darkroom.make_anew(darkroom.path(picture.digest, "480.jpg"), b"older")
    finish_picture(picture, anew=True)
    assert keys(bucket) == before
    with darkroom.open(picture.digest, "480.jpg") as file:
        assert Image.open(file).size == (480, 192)


def test_orphans_are_found_and_removed(bucket, cast, monkeypatch):
    picture = take_picture(jpeg(), by=cast.writer)
    finish_picture(picture)
    stray = f"photos/ff/{'f' * 64}/480.webp"
    default_storage.save(stray, io.BytesIO(b"stray"))
    assert not stocktaking.orphans()
    monkeypatch.setattr(stocktaking, "FILES_ORPHANED_AFTER", timedelta(seconds=-5))
    assert stocktaking.orphans().files == [stray]
    stocktaking.remove(stocktaking.orphans())
    assert f"times/{stray}" not in keys(bucket)
    Picture.objects.update(uploaded_at=timezone.now() - timedelta(days=60))
    stocktaking.remove(stocktaking.orphans())
    assert keys(bucket) == set()


def test_the_desk_is_served_from_the_bucket(bucket, cast, client):
    picture = take_picture(jpeg(), by=cast.writer)
    factories.with_photo(factories.draft(cast), digest=picture.digest)
    client.force_login(cast.writer)
    answer = client.get(reverse("admin:photo", args=[picture.digest, "960.webp"]))
    assert answer.status_code == 200
    whole = b"".join(answer.streaming_content)
    assert Image.open(io.BytesIO(whole)).size == (960, 384)
    assert answer["Content-Type"] == "image/jpeg"  # what stands in until the worker has been
    part = client.get(answer.request["PATH_INFO"], headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[10:20]


class TestTheEnvironment:
    """What names a bucket, and what is wrong with it."""

    @pytest.fixture(autouse=True)
    def _no_bucket(self, monkeypatch):
        for name in ("BUCKET", "ENDPOINT", "REGION", "ACCESS_KEY", "SECRET_KEY", "PREFIX"):
            monkeypatch.delenv(f"S3_{name}", raising=False)
        self.name = monkeypatch.setenv

    def test_without_a_bucket_files_lie_in_a_folder(self):
        assert Environment().files() == project.STORAGES["default"]
        assert "FileSystemStorage" in Environment().files()["BACKEND"]

    def test_a_bucket_is_named_with_what_belongs_to_it(self):
        self.name("S3_BUCKET", "paper")
        self.name("S3_ENDPOINT", "https://store.example.cn")
        self.name("S3_ACCESS_KEY", "a")
        self.name("S3_SECRET_KEY", "b")
        assert Environment().files()["OPTIONS"] == {
            "bucket_name": "paper", "endpoint_url": "https://store.example.cn",
            "access_key": "a", "secret_key": "b",
        }  # fmt: skip

    def test_half_a_key_stops_the_start(self):
        self.name("S3_BUCKET", "paper")
        self.name("S3_ACCESS_KEY", "a")
        with pytest.raises(EnvironmentProblemError, match="S3_SECRET_KEY"):
            Environment().files()

    def test_without_the_extra_the_start_says_what_to_install(self, monkeypatch):
        self.name("S3_BUCKET", "paper")
        monkeypatch.setattr("newsroom.environment.find_spec", lambda name: None)
        with pytest.raises(EnvironmentProblemError, match="requirements-s3.txt"):
            Environment().files()
