from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Q

from companies.models.company_attention import CompanyAttentionQuerySet


class CompanyNamesQuerySet(CompanyAttentionQuerySet):
    """By what companies are called: names, other names, and addresses present and former."""

    def hidden(self, slugs: Collection[str]) -> set[str]:
        """Those of the slugs, present or former, at which visitors find no company."""
        if not slugs:
            return set()
        present, former = (
            rows.objects.published().filter(slug__in=slugs).order_by().values_list("slug")
            for rows in (_model("Company"), _model("FormerSlug"))
        )
        return set(slugs) - {slug for (slug,) in present.union(former)}

    def known_as(self, text: str) -> Any:
        """The one at the address, present or former, or else the first so called, or None.

        Up to three queries.
        """
        former = _model("FormerSlug").objects.filter(slug=text)
        return (
            self.filter(slug=text).first()
            or self.filter(pk__in=former.values("company")).first()
            or self.called(text).first()
        )

    def with_other_names(self) -> Self:
        """Each company once per other name, annotated as `other_name`; None where it has none."""
        return self.annotate(other_name=F("aliases__name")).order_by("aliases__pk")

    def named_like(self, text: str) -> Self:
        """Companies with the text in their name, another name or their summary."""
        alias = _model("CompanyAlias").objects.filter(company=OuterRef("pk"), name__icontains=text)
        return self.filter(Q(name__icontains=text) | Q(summary__icontains=text) | Exists(alias))

    def called(self, text: str, *, in_part: bool = False) -> Self:
        """Companies with the text as slug, name or other name, or in one; whatever the case."""
        lookup = "icontains" if in_part else "iexact"
        alias = _model("CompanyAlias").objects.filter(
            company=OuterRef("pk"), **{f"name__{lookup}": text}
        )
        names = [Q(**{f"{field}__{lookup}": text}) for field in ("slug", "name")]
        return self.filter(names[0] | names[1] | Exists(alias))


def _model(name: str) -> Any:
    return apps.get_model("companies", name)
