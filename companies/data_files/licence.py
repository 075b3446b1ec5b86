"""What the operator of the site allows with its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings


@dataclass(frozen=True)
class Licence:
    """`name` is an identifier such as CC-BY-4.0; empty if the operator has chosen none."""

    name: str = ""
    address: str = ""

    @classmethod
    def of_the_site(cls) -> Self:
        name, _, address = settings.DATA_LICENSE.partition(" ")
        return cls(name, address.strip())

    def property(self) -> dict[str, Any]:
        """What a data package says of it: nothing at all if there is none."""
        if not self.name:
            return {}
        address = {"path": self.address} if self.address else {}
        return {"licenses": [{"name": self.name, **address}]}

    def note(self) -> str:
        if not self.name:
            chosen = (
                f"The operator of {settings.SITE_NAME} has not chosen a licence for this data. "
                "Ask before you publish it elsewhere."
            )
        else:
            where = f" (<{self.address}>)" if self.address else ""
            chosen = f"{settings.SITE_NAME} offers this data under {self.name}{where}."
        return f"# Licence\n\n{chosen}\n\n{_OTHERS}\n"


_OTHERS = """\
That is about the catalogue: its descriptions, figures and selection. Quotations and titles belong
to those who wrote or spoke them and stand here as citations; names may be trade marks of their
owners."""
