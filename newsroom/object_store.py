"""Files in an object store that speaks S3: an optional extra, asked for by ``S3_BUCKET``."""

from botocore.config import Config
from storages.backends.s3 import S3Storage


class ObjectStorage(S3Storage):
    """A bucket that nobody else reads: a file is put whole, and one of the same name replaced."""

    def get_default_settings(self) -> dict:
        """Return what holds for every bucket of ours."""
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "auto"},
            # Checksums that Amazon asks for and many that speak like it don't know.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,  # seconds
            read_timeout=30,
            retries={"max_attempts": 3, "mode": "standard"},
        )
        private = {"default_acl": None, "querystring_auth": True, "file_overwrite": True}
        return super().get_default_settings() | private | {"client_config": config}
