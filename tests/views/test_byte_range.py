"""Which part of a file of ten bytes is meant."""

import pytest
from django.test import RequestFactory
from django.utils.http import http_date

from companies.views.byte_range import UnsatisfiableError, asked_range

SIZE, ETAG, MODIFIED = 10, '"abc"', 1_768_480_200


def asked(method="get", **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = getattr(RequestFactory(), method)("/", headers=names)
    part = asked_range(request, SIZE, ETAG, MODIFIED)
    return part and str(part)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", "bytes 0-0/10"),
        ("bytes=0-9", "bytes 0-9/10"),
        ("bytes=3-", "bytes 3-9/10"),
        ("bytes=3-5", "bytes 3-5/10"),
        ("Bytes= 3-5 ", "bytes 3-5/10"),
        ("bytes=9-99", "bytes 9-9/10"),
        (f"bytes=2-{'9' * 99}", "bytes 2-9/10"),
        ("bytes=-3", "bytes 7-9/10"),
        ("bytes=-99", "bytes 0-9/10"),
    ],
)
def test_one_range_is_that_part(header, part):
    assert asked(range=header) == part


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-3",
        "bytes=a-b",
        "bytes=-1-2",
        "bytes=٣-٥",
        "bytes=0-1,3-4",
        "bytes=0-1, -1",
        "lines=0-1",
        f"bytes={'9' * 5000}-",
    ],
)
def test_what_is_no_single_range_means_the_whole(header):
    assert asked(range=header) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", f"bytes={'9' * 50}-", "bytes=-0"])
def test_a_range_behind_the_end_can_not_be_had(header):
    with pytest.raises(UnsatisfiableError):
        asked(range=header)


def test_only_get_has_ranges():
    assert asked("head", range="bytes=3-5") is None
    assert asked("head", range="bytes=10-") is None


@pytest.mark.parametrize("known", [ETAG, http_date(MODIFIED), f" {ETAG} "])
def test_a_part_of_the_same_file_goes_on(known):
    assert asked(range="bytes=3-5", if_range=known) == "bytes 3-5/10"


@pytest.mark.parametrize(
    "known",
    [
        '"other"',
        f"W/{ETAG}",
        f"{ETAG}, {ETAG}",
        http_date(MODIFIED - 1),
        http_date(MODIFIED + 1),
        "no date",
    ],
)
def test_a_part_of_another_file_begins_anew(known):
    assert asked(range="bytes=3-5", if_range=known) is None
    assert asked(range="bytes=10-", if_range=known) is None
