import datetime
import io
import tracemalloc
from zipfile import BadZipFile, ZipFile

import pytest

from companies.data_files.archive import zipped

MOMENT = datetime.datetime(2026, 1, 15, 12, 30, tzinfo=datetime.UTC)


def test_members_come_back_as_they_were():
    members = [("README.md", [b"Read ", b"me."]), ("a/b.csv", [b"x" * 200_000]), ("none", [])]
    archive = ZipFile(io.BytesIO(b"".join(zipped(members, MOMENT))))
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "README.md": b"Read me.",
        "a/b.csv": b"x" * 200_000,
        "none": b"",
    }
    assert {info.date_time for info in archive.infolist()} == {(2026, 1, 15, 12, 30, 0)}


def test_the_same_content_gives_the_same_bytes():
    def made():
        return b"".join(zipped([("a", [b"1"]), ("b", [b"2"])], MOMENT))

    assert made() == made()


def test_a_member_is_read_when_those_before_it_are_written():
    read = []

    def member(name):
        read.append(name)
        yield b"x" * 100_000

    pieces = zipped(((name, member(name)) for name in "abc"), MOMENT)
    next(pieces)
    assert read == ["a"]


def test_an_archive_that_broke_off_can_not_be_opened():
    def member():
        yield b"x" * 100_000
        raise OSError("The disk is gone.")

    arrived = []
    pieces = zipped([("README.md", [b"Read me."]), ("a.csv", member())], MOMENT)
    with pytest.raises(OSError, match=r"The disk is gone\."):
        arrived.extend(pieces)
    assert arrived
    with pytest.raises(BadZipFile):
        ZipFile(io.BytesIO(b"".join(arrived)))


def test_memory_does_not_grow_with_the_number_of_members():
    def peak(number):
        members = ((f"catalogue/companies/{name:06}.yaml", [b"x"]) for name in range(number))
        tracemalloc.start()
        size = sum(map(len, zipped(members, MOMENT)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > number * 100
        return most

    peak(10)
    # Of the list, and of its bytes at the end, a megabyte waits in memory, the rest on disk.
    assert peak(8000) < peak(200) + 2_500_000


def test_the_list_of_thousands_of_members_is_whole():
    names = [f"{number}.txt" for number in range(5000)]
    archive = ZipFile(io.BytesIO(b"".join(zipped(((name, [b"x"]) for name in names), MOMENT))))
    assert archive.namelist() == names
    assert archive.testzip() is None
