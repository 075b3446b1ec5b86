from __future__ import annotations

import datetime
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from companies.exchange.progress import no_bar, terminal_bar
from companies.link_check.archive import Archive
from companies.link_check.check import Check
from companies.link_check.manners import Turns
from companies.link_check.record import Record
from companies.link_check.robot import Robot, user_agent
from companies.models import LinkCheck, LinkOutcome, Source

MOST_AT_ONCE = 32
INTERRUPTED = 130  # what a shell says of a program that Ctrl+C has ended


class Command(BaseCommand):
    help = (
        "Asks for the documents of sources and keeps what came of it: politely, those first that "
        "were asked longest ago. Documents that don't answer are no error of the command, which "
        "ends with code 0. It never changes a source, a claim or their status."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Numbers are read below: a mistake shall be one sentence, not a page on usage.
        parser.add_argument(
            "keys", nargs="*", metavar="KEY", help="only the sources with these keys"
        )
        parser.add_argument("--limit", metavar="N", help="ask for at most so many")
        parser.add_argument(
            "--older-than", metavar="DAYS", help="leave out those that were asked since"
        )
        parser.add_argument(
            "--concurrency",
            metavar="N",
            default="8",
            help="how many hosts are asked at once (8); each is asked one thing at a time",
        )
        parser.add_argument(
            "--archive",
            action="store_true",
            help="ask the Internet Archive for a copy of those without one",
        )
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        started = datetime.datetime.now(tz=datetime.UTC)
        sources = list(self.sources(options))
        turns = Turns()
        robot = Robot(user_agent(settings.SITE_NAME, settings.ALLOWED_HOSTS), turn=turns)
        archive = Archive(robot) if options["archive"] else None
        concurrency = _number(options, "concurrency", 1, MOST_AT_ONCE) or 1
        check = Check(robot, turns, concurrency=concurrency, archive=archive)
        record = Record()
        bar = no_bar if options["no_progress"] or not options["verbosity"] else terminal_bar
        was_stopped = False
        try:
            with bar("Asking", len(sources)) as progress:
                for finding in check.findings(sources):
                    record.take(finding)
                    progress.update(1)
        except KeyboardInterrupt:
            was_stopped = True
        finally:
            turns.stop.set()
            # Also when it breaks off: what has been found out is kept.
            record.finish()
        if options["verbosity"]:
            self.report(record, archive, started, len(sources))
        if was_stopped:
            self.stderr.write("Stopped. What had been found out by then is kept.")
            raise SystemExit(INTERRUPTED)
        if record.is_offline:
            raise CommandError(
                "Nothing was heard from any host, which says more about this machine's connection "
                "than about the sources: no failure was counted."
            )

    def sources(self, options: dict[str, Any]) -> Any:
        wanted = Source.objects.select_related("link_check").longest_unchecked_first()
        limit = _number(options, "limit", 1, 1_000_000)
        days = _number(options, "older_than", 0, 9999)
        keys = options["keys"]
        if keys:
            wanted = wanted.filter(key__in=keys)
            unknown = sorted(set(keys) - {source.key for source in wanted})
            if unknown:
                raise CommandError(f"There is no source with the key {', '.join(unknown)}.")
        if days is not None:
            since = datetime.datetime.now(tz=datetime.UTC) - datetime.timedelta(days=days)
            recent = LinkCheck.objects.current().filter(checked_at__gt=since)
            wanted = wanted.filter(~Q(link_check__in=recent))
        return wanted[:limit]

    def report(
        self, record: Record, archive: Archive | None, started: datetime.datetime, number: int
    ) -> None:
        self.stdout.write(f"Documents asked for: {record.outcomes.total()} of {number}")
        labels = [(outcome.label, record.outcomes[outcome]) for outcome in LinkOutcome]
        labels.append(("Put off, since their host wanted a rest", record.put_off))
        for label, count in labels:
            if count:
                self.stdout.write(f"  {count:>6}  {label}")
        if archive and archive.gave_up:
            self.stdout.write("The Internet Archive refused, so not all were looked up there.")
        silent = LinkCheck.objects.not_answering().filter(checked_at__gte=started)
        if silent:
            self.stdout.write("These count as not answering:")
        for check in silent.select_related("source").order_by("source__key"):
            status = f" ({check.status_code})" if check.status_code else ""
            self.stdout.write(
                f"  {check.source.key}  {check.get_outcome_display().lower()}{status} "
                f"since {check.failing_since}: {check.url}"
            )


def _number(options: dict[str, Any], name: str, least: int, most: int) -> int | None:
    """Raises CommandError for anything but a whole number in the range."""
    given = options[name]
    if given is None:
        return None
    text = str(given)
    if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:  # noqa: PLR2004
        return int(text)
    raise CommandError(
        f"--{name.replace('_', '-')} is {text!r}; allowed is a whole number from {least} to {most}."
    )
