from __future__ import annotations

import datetime
from typing import NamedTuple, Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from companies.models.constraints import FieldCheck, choice_check, url_check
from companies.models.record import validate_past_day


class LinkOutcome(models.TextChoices):
    """What asking for a document at its address came to."""

    ANSWERS = "answers", "Answers"
    MOVED = "moved", "Answers, but has moved for good"
    REFUSED = "refused", "Refuses robots"
    ROUND = "round", "Redirects without end"
    GONE = "gone", "Not found"
    SERVER_ERROR = "server_error", "Server error"
    NO_ANSWER = "no_answer", "No answer"
    BAD_TLS = "bad_tls", "No valid certificate"
    NOT_ALLOWED = "not_allowed", "Leads where it may not be followed"


# The document wasn't there. A site that turns robots away says nothing about it.
FAILURES = (
    LinkOutcome.GONE,
    LinkOutcome.SERVER_ERROR,
    LinkOutcome.NO_ANSWER,
    LinkOutcome.BAD_TLS,
    LinkOutcome.NOT_ALLOWED,
)


class Answer(NamedTuple):
    outcome: LinkOutcome
    # None when no answer came at all.
    status_code: int | None = None
    detail: str = ""
    moved_to: str = ""


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def current(self) -> Self:
        """Those of the address that the source has now: an editor may have changed it since."""
        return self.filter(url=F("source__url"))

    def failing(self) -> Self:
        return self.current().filter(outcome__in=FAILURES)

    def not_answering(self) -> Self:
        """Those that failed often enough, over enough days, to be told to visitors."""
        days = datetime.timedelta(days=settings.LINK_FAILURE_DAYS)
        return self.failing().filter(
            failures__gte=settings.LINK_FAILURES, checked_at__gte=F("failing_since") + days
        )


class LinkCheck(models.Model):
    """The last time a program asked for a source's document.

    A table of its own, because a check is no change of the source: it must not touch `updated`,
    and is neither part of its history nor of the exchange format.
    """

    source = models.OneToOneField(
        "companies.Source", on_delete=models.CASCADE, related_name="link_check"
    )
    # The address that was asked for: the source's own, unless it was changed afterwards.
    url = models.CharField(max_length=500, validators=[URLValidator(["http", "https"])])
    outcome = models.CharField(max_length=20, choices=LinkOutcome.choices)
    status_code = models.SmallIntegerField(null=True, blank=True)
    # What was wrong, in words, where the outcome doesn't say all.
    detail = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField()
    # Where permanent redirects lead.
    moved_to = models.CharField(max_length=2000, blank=True)
    # On how many days in a row it failed.
    failures = models.SmallIntegerField(default=0)
    failing_since = models.DateField(null=True, blank=True, validators=[validate_past_day])
    archive_url = models.CharField(max_length=2000, blank=True)
    # The day of the archived copy.
    archived_on = models.DateField(null=True, blank=True, validators=[validate_past_day])

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            url_check("url", "link_check", required=True),
            choice_check("outcome", LinkOutcome, "link_check"),
            FieldCheck(
                field="status_code",
                condition=Q(status_code=None) | Q(status_code__range=(100, 999)),
                name="link_check_status_code_within_999",
                message="A status code has three digits.",
            ),
            url_check("moved_to", "link_check", required=False),
            FieldCheck(
                field="moved_to",
                condition=(Q(outcome=LinkOutcome.MOVED) & ~Q(moved_to=""))
                | (~Q(outcome=LinkOutcome.MOVED) & Q(moved_to="")),
                name="link_check_moved_has_address",
                message="What has moved has a new address, and nothing else has.",
            ),
            FieldCheck(
                field="failing_since",
                condition=Q(failures=0, failing_since=None)
                | Q(failures__gt=0, failing_since__isnull=False),
                name="link_check_failures_have_day",
                message="Failures have a first day.",
            ),
            url_check("archive_url", "link_check", required=False),
            FieldCheck(
                field="archived_on",
                condition=Q(archive_url="", archived_on=None)
                | (~Q(archive_url="") & Q(archived_on__isnull=False)),
                name="link_check_archive_has_day",
                message="An archived copy has a day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url}: {self.get_outcome_display()}"

    @property
    def is_current(self) -> bool:
        return self.url == self.source.url

    def take(self, url: str, answer: Answer, at: datetime.datetime) -> None:
        """Note down what asking for `url` came to. Doesn't save.

        At most one failure is counted per day, however often somebody asks. A refusal neither
        counts nor puts an end to a series: the document may be there or not.
        """
        if url != self.url:
            # What was known is about another address.
            self.failures, self.failing_since = 0, None
            self.archive_url, self.archived_on = "", None
        if answer.outcome in (LinkOutcome.ANSWERS, LinkOutcome.MOVED):
            self.failures, self.failing_since = 0, None
        elif answer.outcome in FAILURES and not self._has_failed_on(at.date()):
            self.failures += 1
            self.failing_since = self.failing_since or at.date()
        self.url, self.checked_at = url, at
        self.outcome, self.status_code = answer.outcome, answer.status_code
        self.detail, self.moved_to = answer.detail[:200], answer.moved_to

    def _has_failed_on(self, day: datetime.date) -> bool:
        return bool(self.failures) and self.checked_at.astimezone(datetime.UTC).date() == day

    def keep_copy(self, url: str, day: datetime.date) -> None:
        """Note down where an archive keeps a copy made on that day. Doesn't save."""
        self.archive_url, self.archived_on = url, day
