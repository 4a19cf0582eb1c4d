"""How lists are bound into volumes, and where a piece stands in them."""

from articles.periods import PER_PART, Part, Volume, Volumes

COUNTS = [
    {"year": 2022, "month": 12, "count": 3},
    {"year": 2023, "month": 1, "count": PER_PART + 1},
    {"year": 2023, "month": 3, "count": 1},
]


def test_every_piece_stands_on_exactly_one_page():
    for monthly in (True, False):
        volumes = Volumes(COUNTS, monthly=monthly)
        places = [volumes.holding(place) for place in range(volumes.total)]
        for part in set(places):
            shown = range(part.volume.count)[part.rows]
            assert places.count(part) == len(shown)
        assert volumes.holding(volumes.total) is None


def test_pages_follow_each_other_across_volumes():
    volumes = Volumes(COUNTS, monthly=True)
    (january, part_of_it) = (volumes.part(2023, 1, number) for number in (1, 2))
    assert volumes.around(january) == (volumes.part(2022, 12, 1), part_of_it)
    assert volumes.around(part_of_it) == (january, volumes.part(2023, 3, 1))
    assert volumes.around(volumes.part(2023, 3, 1))[1] is None
    assert volumes.part(2023, 2, 1) is None
    assert volumes.part(2023, 1, 3) is None


def test_a_volume_reaches_from_midnight_to_midnight_where_the_newspaper_is():
    december = Volume(2023, 12, 1)
    assert december.first.isoformat() == "2023-12-01T00:00:00+08:00"
    assert december.end.isoformat() == "2024-01-01T00:00:00+08:00"
    assert Volume(2023, None, 1).first.isoformat() == "2023-01-01T00:00:00+08:00"
    assert Part(december, 2).rows == slice(PER_PART, 2 * PER_PART)
