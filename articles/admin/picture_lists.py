"""The list of pictures: what its cards show, fetched in a constant number of statements."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.lists import NarrowedList, Tab
from articles.admin.picture_filters import ALIKE, ShelfFilter, uses_seen_by
from articles.models import Photo, Picture
from articles.reusing import Use, uses_of, words_of

SHELF, LOOK, ROWS = "shelf", "look", "list"


class LookFilter(admin.SimpleListFilter):
    """Thumbnails or rows; it narrows nothing."""

    title = gettext_lazy("Look")
    parameter_name = LOOK

    def lookups(self, request, model_admin):
        """Return the look that is not the usual one."""
        return [(ROWS, _("Rows"))]

    def queryset(self, request, queryset):
        """Leave the list as it is."""
        return queryset


@dataclass(frozen=True)
class Card:
    """A picture as lists show it: its words where it has some, and where it stands."""

    picture: Picture
    uses: list[Use]

    @property
    def photo(self) -> Photo:
        """What is drawn; the words beside it say what it shows."""
        return Photo.of(self.picture, alternative_text=self.alternative_text)

    @property
    def words(self):
        """The use whose words count, or None where it stands nowhere."""
        return words_of(self.uses)

    @property
    def caption(self) -> str:
        """What is printed under it, or was read from its file."""
        return self.words.caption if self.words else self.picture.noted.get("caption", "")

    @property
    def title(self) -> str:
        """What a link to it is called."""
        return self.caption or _("Picture {number}").format(number=self.picture.pk)

    @property
    def credit(self) -> str:
        """Who took it, as it is printed."""
        return self.words.credit if self.words else self.picture.noted.get("credit", "")

    @property
    def about(self) -> str:
        """Who took it, when and where, as far as that is known."""
        day = self.picture.taken_on
        known = (self.credit, day and day.isoformat(), self.picture.place)
        return " · ".join(part for part in known if part)

    @property
    def alternative_text(self) -> str:
        """What it shows, for who cannot see it."""
        return self.words.alternative_text if self.words else ""

    @property
    def pieces(self) -> list:
        """The pieces it stands in."""
        return [use.article for use in self.uses]

    @property
    def live(self) -> int:
        """In how many pieces residents see it."""
        return sum(1 for use in self.uses if use.printed)

    @property
    def drafts(self) -> int:
        """In how many pieces it stands that residents do not read with it."""
        return sum(1 for use in self.uses if not use.printed)

    @property
    def lacks_alternative_text(self) -> bool:
        """Say whether some use of it has none."""
        return any(not use.words.alternative_text for use in self.uses)

    @property
    def was_withdrawn(self) -> bool:
        """Say whether a piece with it, of those the asker sees, was withdrawn."""
        return any(use.article.withdrawn_at for use in self.uses)


def cards(pictures: list[Picture], user) -> list[Card]:
    """Return pictures as lists show them to somebody."""
    found = uses_of([picture.digest for picture in pictures], uses_seen_by(user))
    return [Card(picture, found[picture.digest]) for picture in pictures]


class PictureList(NarrowedList):
    """The library: its cards, and its shelves as tabs."""

    def get_ordering(self, request, queryset):
        """Put what looks alike side by side on that shelf, else the newest first."""
        return ["-group", "-pk"] if self.shelf == ALIKE else ["-uploaded_at", "-pk"]

    def get_results(self, request):
        """Look up which pictures are on the page, then what is told of them."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        self.cards = cards(self.result_list, request.user)

    def _value(self, name: str) -> str:
        return next((spec.value() for spec in self.filter_specs
                     if getattr(spec, "parameter_name", "") == name), None) or ""  # fmt: skip

    @property
    def shelf(self) -> str:
        """The shelf that was asked for."""
        return self._value(SHELF)

    @property
    def look(self) -> str:
        """The look that was asked for."""
        return self._value(LOOK)

    @property
    def looks(self) -> list[Tab]:
        """The two looks of the page."""
        return [
            Tab(_("Thumbnails"), self._without(LOOK), self.look != ROWS),
            Tab(_("Rows"), self.get_query_string({LOOK: ROWS}), self.look == ROWS),
        ]

    @property
    def whole(self) -> str:
        """The address of the whole shelf."""
        kept = {SHELF: self.shelf, LOOK: self.look}
        return f"?{urlencode({name: value for name, value in kept.items() if value})}"

    @property
    def tabs(self) -> list[Tab]:
        """The shelves."""
        spec = next(spec for spec in self.filter_specs if isinstance(spec, ShelfFilter))
        keep = {LOOK: self.look} if self.look else {}
        return [
            Tab(str(label), f"?{urlencode({SHELF: name, **keep} if name else keep)}", name == here)
            for here in [self.shelf]
            for name, label in [("", _("All")), *spec.lookup_choices]
        ]
