"""Writing down what was found out, a few at a time, so that editors can save in between."""

from __future__ import annotations

import time
from collections import Counter

from django.db import transaction

from companies.link_check.check import Finding
from companies.models import LinkCheck, LinkOutcome, Source
from companies.source_address import host_of

BATCH = 20
# Nothing that was found out waits longer than this, in seconds.
LONGEST_WAIT = 10.0
# When this many hosts are silent and none speaks, it is this machine that can't be heard.
HOSTS_TO_BLAME_OURSELVES = 3


class Record:
    """Takes findings one by one and stores them in link checks; never touches a source or claim."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        # Those that were put off because their host wanted a rest.
        self.put_off = 0
        # Whether nothing was heard from anybody, so that silence says nothing about the sources.
        self.is_offline = False
        self._ready: list[Finding] = []
        self._silent: list[Finding] = []
        self._heard = False
        self._written_at = time.monotonic()

    def take(self, finding: Finding) -> None:
        if finding.answer is None:
            self.put_off += 1
            return
        if finding.answer.outcome == LinkOutcome.NO_ANSWER and not self._heard:
            self._silent.append(finding)
        else:
            # An address that may not be asked was refused by us; nobody was heard.
            self._heard = self._heard or finding.answer.outcome != LinkOutcome.NOT_ALLOWED
            self._ready.append(finding)
        if len(self._ready) >= BATCH or time.monotonic() - self._written_at > LONGEST_WAIT:
            self._write()

    def finish(self) -> None:
        """Write what is left, unless it is silence on all sides."""
        hosts = {host_of(finding.source.url) for finding in self._silent}
        if not self._heard and len(hosts) >= HOSTS_TO_BLAME_OURSELVES:
            self.is_offline = True
            self._silent = []
        self._heard = True
        self._write()

    def _write(self) -> None:
        self._written_at = time.monotonic()
        findings, self._ready = self._ready, []
        if self._heard:
            findings += self._silent
            self._silent = []
        if not findings:
            return
        with transaction.atomic():
            wanted = [finding.source.pk for finding in findings]
            # Held, so that none is deleted meanwhile. Those that are gone already are left out.
            there = set(
                Source.objects.select_for_update(no_key=True)
                .filter(pk__in=wanted)
                .values_list("pk", flat=True)
            )
            checks = {
                check.source_id: check for check in LinkCheck.objects.filter(source__in=there)
            }
            for finding in findings:
                if finding.source.pk in there:
                    _store(finding, checks.get(finding.source.pk))
        for finding in findings:
            if finding.answer and finding.source.pk in there:
                self.outcomes[finding.answer.outcome] += 1


def _store(finding: Finding, check: LinkCheck | None) -> None:
    url = finding.source.url
    check = check or LinkCheck(source_id=finding.source.pk, url=url)
    if finding.answer:
        check.take(url, finding.answer, finding.at)
    if finding.copy:
        check.keep_copy(finding.copy.url, finding.copy.day)
    check.save()
