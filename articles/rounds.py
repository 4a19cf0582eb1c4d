"""The route the newsroom ships with; afterwards rounds are data."""

from newsroom.people.roles import Role

SHIPPED = [
    ("初审", "初", Role.EDITOR),
    ("复审", "复", Role.DESK_HEAD),
    ("终审签发", "终", Role.CHIEF_EDITOR),
]


def furnish(*, route_model, round_model, group_model) -> None:
    """Make the shipped route where there is none; takes models so that a migration can call it."""
    if route_model.objects.exists():
        return
    route = route_model.objects.create(name="三审", is_in_force=True)
    for position, (name, seal, role) in enumerate(SHIPPED, start=1):
        round_model.objects.create(
            route=route,
            position=position,
            name=name,
            seal=seal,
            group=group_model.objects.get(name=role.value),
        )
