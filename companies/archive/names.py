"""The sources, technologies and domains that an entry named on a day, as they stood then."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from companies.archive import instances
from companies.archive.chain import NotThenError, end_of
from companies.models import Action, Domain, Revision, Source, Subject, Technology

Content = dict[str, Any]
Named = dict[Subject, set[str]]


class Things:
    """What is named, by name. Entries are asked for by the name they had then."""

    def __init__(self, found: Mapping[tuple[str, str], Revision]) -> None:
        self._found = found
        self._made: dict[tuple[str, int], Any] = {}

    @property
    def ids(self) -> dict[str, set[int]]:
        """By subject."""
        ids: dict[str, set[int]] = {}
        for revision in self._found.values():
            ids.setdefault(revision.subject, set()).add(revision.subject_id)
        return ids

    def source(self, key: str) -> Source:
        return self._made_once(Subject.SOURCE, key, instances.source)

    def technology(self, slug: str) -> Technology:
        return self._made_once(Subject.TECHNOLOGY, slug, instances.technology)

    def domain(self, slug: str) -> Domain:
        return self._made_once(Subject.DOMAIN, slug, instances.domain)

    def _made_once(self, subject: Subject, name: str, make: Any) -> Any:
        revision = self._found.get((subject, name))
        if revision is None:
            words = _(
                "The history does not hold the %(subject)s “%(name)s”, which this page names."
            )
            raise NotThenError(words % {"subject": subject.noun, "name": name})
        place = (subject, revision.subject_id)
        if place not in self._made:
            self._made[place] = make(revision)
        return self._made[place]


def named_by(contents: Iterable[Content]) -> Named:
    """What claims and findings name, all in the exchange shape."""
    names: Named = {subject: set() for subject in _SUBJECTS.values()}
    for content in contents:
        for field, subject in _SUBJECTS.items():
            names[subject].add(content.get(field, ""))
        for part in ("technologies", "shares", "citations", "gaps"):
            for row in content.get(part, []):
                for field, subject in _SUBJECTS.items():
                    names[subject].add(row.get(field, ""))
    return {subject: those - {""} for subject, those in names.items()}


_SUBJECTS = {
    "source": Subject.SOURCE,
    "technology": Subject.TECHNOLOGY,
    "domain": Subject.DOMAIN,
}


def things(names: Named, day: datetime.date) -> Things:
    """Two queries, however much is named.

    Of what the history does not know yet that day, it is the first that it knows: an entry may be
    recorded a moment after the one that names it, and midnight may fall between.
    """
    called = Q(pk__in=[])
    for subject, those in names.items():
        called |= Q(subject=subject, name__in=those)
    end = end_of(day)
    rows: list[Any] = list(
        Revision.objects.filter(called)
        .order_by()
        .values("subject", "subject_id", "name")
        .annotate(then=Max("pk", filter=Q(made_at__lt=end)), first=Min("pk"))
    )
    ids: dict[str, set[int]] = {}
    for row in rows:
        if row["then"]:
            ids.setdefault(row["subject"], set()).add(row["subject_id"])
    known = Q(pk__in=[])
    for subject_known, found in ids.items():
        known |= Q(subject=subject_known, subject_id__in=found)
    latest = (
        Revision.objects.filter(known, made_at__lt=end)
        .order_by()
        .values("subject", "subject_id")
        .annotate(latest=Max("pk"))
        .values("latest")
    )
    firsts = [row["first"] for row in rows if not row["then"]]
    revisions = Revision.objects.filter(Q(pk__in=latest) | Q(pk__in=firsts))
    by_entry = {(one.subject, one.subject_id): one for one in revisions}

    def fitness(row: dict[str, Any]) -> tuple[bool, bool, int]:
        revision = by_entry[row["subject"], row["subject_id"]]
        return bool(row["then"]), revision.action != Action.DELETED, row["then"] or row["first"]

    rows.sort(key=fitness)
    return Things(
        {(row["subject"], row["name"]): by_entry[row["subject"], row["subject_id"]] for row in rows}
    )
