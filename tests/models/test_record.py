import datetime

import pytest
from django.core.exceptions import ValidationError

from companies.models import Company, Source
from companies.models.record import validate_partial_date, validate_past_day
from tests.factories import ClaimFactory, CompanyFactory, SourceFactory

TODAY = datetime.datetime.now(tz=datetime.UTC).date()
# Beyond the change of day that may come while the tests run.
SOON = TODAY + datetime.timedelta(days=2)
NEXT_YEAR = str(TODAY.year + 2)


@pytest.mark.parametrize(
    "text",
    ["", "2016", "2016-05", "2016-05-27", f"{TODAY:%Y}", f"{TODAY:%Y-%m}", f"{TODAY:%Y-%m-%d}"],
)
def test_a_date_that_has_begun_is_valid(text):
    validate_partial_date(text)


@pytest.mark.parametrize("text", [NEXT_YEAR, f"{NEXT_YEAR}-01", f"{SOON:%Y-%m-%d}"])
def test_a_date_in_the_future_is_refused(text):
    with pytest.raises(ValidationError, match="future") as refusal:
        validate_partial_date(text)
    assert refusal.value.code == "future"


@pytest.mark.parametrize("text", ["2023-02-29", "soon", " ", "2016\n"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValidationError, match="Write a real date") as refusal:
        validate_partial_date(text)
    assert refusal.value.code == "not_a_date"


def test_a_day_may_be_today_but_not_later():
    validate_past_day(TODAY)
    validate_past_day(datetime.date(2016, 5, 27))
    with pytest.raises(ValidationError, match="future"):
        validate_past_day(SOON)


@pytest.mark.parametrize(
    ("factory", "field", "future"),
    [
        (ClaimFactory, "as_of", NEXT_YEAR),
        (CompanyFactory, "founded", NEXT_YEAR),
        (SourceFactory, "published_on", NEXT_YEAR),
        (SourceFactory, "accessed_on", SOON),
        (ClaimFactory, "checked_on", SOON),
    ],
)
@pytest.mark.django_db
def test_a_date_in_the_future_is_told_at_its_field(factory, field, future):
    row = factory()
    setattr(row, field, future)
    if field == "checked_on":
        row.checked_by = "Ann"
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.message_dict == {field: ["This date lies in the future."]}


@pytest.mark.parametrize("model", [Company, Source])
@pytest.mark.django_db
def test_saving_moves_updated_but_not_created(model):
    row = {Company: CompanyFactory, Source: SourceFactory}[model]()
    long_ago = datetime.datetime(2016, 5, 27, tzinfo=datetime.UTC)
    model.objects.update(created=long_ago, updated=long_ago)
    row = model.objects.get()
    row.save()
    row.refresh_from_db()
    assert row.created == long_ago
    assert row.updated > long_ago
