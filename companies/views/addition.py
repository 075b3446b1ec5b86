from __future__ import annotations

from functools import cached_property

from django.utils.translation import gettext as _

from companies.comparison import MOST
from companies.models import Company
from companies.views.arrangement import Arrangement

# As many as a visitor might read through; whoever looks for another types its name.
_OFFERED, _MEANT = 200, 6


class Addition:
    """A company that a visitor of a comparison asked for by name, or the reason why not."""

    def __init__(self, text: str, arrangement: Arrangement) -> None:
        """An empty text asks for none."""
        self.text = text
        self._arrangement = arrangement
        self._found = self._look() if text and self.is_possible else []

    @property
    def is_possible(self) -> bool:
        return len(self._arrangement.slugs) < MOST

    @property
    def company(self) -> Company | None:
        """The company, if it is clear which one is meant and it is not there yet."""
        if len(self._found) == 1 and self._found[0].slug not in self._arrangement.slugs:
            return self._found[0]
        return None

    @property
    def refusal(self) -> str:
        if not self.text or self.company:
            return ""
        if not self.is_possible:
            return _("%(most)s companies are here already, and no more fit side by side.") % {
                "most": MOST
            }
        if not self._found:
            return _(
                "No company is called “%(name)s”. Choose one of those offered as you type."
            ) % {"name": self.text}
        if len(self._found) == 1:
            return _("%(name)s is here already.") % {"name": self._found[0].name}
        return _("Several companies fit “%(name)s”. Choose one, or write more of its name.") % {
            "name": self.text
        }

    @property
    def meant(self) -> list[tuple[Company, str]]:
        """Companies that may be meant, each with the address of the comparison with it."""
        return [
            (company, self._arrangement.along_with(company.slug).address)
            for company in self._found
            if self.refusal and company.slug not in self._arrangement.slugs
        ]

    @cached_property
    def offered(self) -> list[str]:
        """Names to choose from; by slug, which is an index, however many there are."""
        others = Company.objects.published().exclude(slug__in=self._arrangement.slugs)
        return list(others.order_by("slug").values_list("name", flat=True)[:_OFFERED])

    def _look(self) -> list[Company]:
        companies = Company.objects.published()
        exact = list(companies.called(self.text).order_by("slug")[:_MEANT])
        return exact or list(companies.called(self.text, in_part=True).order_by("slug")[:_MEANT])
