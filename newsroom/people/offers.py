"""A verb as it stands on a page of the desk: may it be done now, and what it wants to know."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import Form

from newsroom.people.verdicts import Verdict


@dataclass(frozen=True)
class Offer:
    """A verb of some table, its verdict now, and its form, bound after a refusal."""

    verb: Any
    verdict: Verdict
    form: Form = field(compare=False)

    @property
    def asks(self) -> bool:
        """Say whether the verb wants anything typed."""
        return bool(self.form.visible_fields())
