"""What the newsroom writes: the working copy, its sealed versions, its reviews and its release."""

from articles.models.archives import ArchiveBatch, ArchivedPiece
from articles.models.article import Article
from articles.models.attachments import Attachment, VersionAttachment
from articles.models.autosaves import Autosave, Sitting
from articles.models.bylines import Byline
from articles.models.checklist import ChecklistRule
from articles.models.comments import Comment, Mention
from articles.models.corrections import Correction, CorrectionSignature
from articles.models.directory import Correspondent, Section, Tag
from articles.models.filing import FiledFile, PieceTemplate
from articles.models.gaps import Gap
from articles.models.masthead import Masthead
from articles.models.owed import OwedSignature
from articles.models.photos import Photo
from articles.models.pictures import Likeness, Picture
from articles.models.public_search import PublicEntry
from articles.models.releases import Release
from articles.models.reviews import Act, Review, Round, Route, Signature
from articles.models.search import SearchEntry
from articles.models.shelves import (
    Listing,
    SealedTag,
    Shelf,
    listed_by_month,
    listed_somewhere,
    listings_of,
)
from articles.models.taken_back import TakenBackSignature
from articles.models.together import Lock, Presence, Unsaved
from articles.models.topics import FootPlace, TopicCourse, TopicEntry
from articles.models.uploads import Upload
from articles.models.versions import Version, VersionByline, VersionName, VersionPhoto
from articles.models.withdrawals import Reinstatement, Withdrawal

__all__ = [
    "Act",
    "ArchiveBatch",
    "ArchivedPiece",
    "Article",
    "Attachment",
    "Autosave",
    "Byline",
    "ChecklistRule",
    "Comment",
    "Correction",
    "CorrectionSignature",
    "Correspondent",
    "FiledFile",
    "FootPlace",
    "Gap",
    "Likeness",
    "Listing",
    "Lock",
    "Masthead",
    "Mention",
    "OwedSignature",
    "Photo",
    "Picture",
    "PieceTemplate",
    "Presence",
    "PublicEntry",
    "Reinstatement",
    "Release",
    "Review",
    "Round",
    "Route",
    "SealedTag",
    "SearchEntry",
    "Section",
    "Shelf",
    "Signature",
    "Sitting",
    "Tag",
    "TakenBackSignature",
    "TopicCourse",
    "TopicEntry",
    "Unsaved",
    "Upload",
    "Version",
    "VersionAttachment",
    "VersionByline",
    "VersionName",
    "VersionPhoto",
    "Withdrawal",
    "listed_by_month",
    "listed_somewhere",
    "listings_of",
]
