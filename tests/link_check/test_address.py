import socket

import pytest

from companies.link_check.address import (
    NotAllowedError,
    UnknownHostError,
    is_public,
    machines,
    target,
)

PUBLIC = ["8.8.8.8", "93.184.216.34", "1.1.1.1", "2606:4700::6810:84e5", "2a00:1450:4001::1"]
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 - nothing is bound here
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.9",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
    "",
    "localhost",
    "127.1",
    "2130706433",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_any_other_address_may_not_be_asked(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [a for a in NOT_PUBLIC if a and "%" not in a])
def test_a_name_that_leads_there_is_refused(names, address):
    names({"example.org": [address]})
    with pytest.raises(NotAllowedError):
        machines("example.org", 443)


@pytest.mark.parametrize(
    "addresses",
    [
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "8.8.8.8"],
        ["2606:4700::1", "::ffff:10.0.0.1"],
        ["8.8.8.8", "1.1.1.1", "2002:7f00:1::1"],
    ],
)
def test_a_name_with_one_address_that_is_not_public_is_refused(names, addresses):
    names({"example.org": addresses})
    with pytest.raises(NotAllowedError, match="not public"):
        machines("example.org", 443)


def test_a_link_local_scope_is_refused(monkeypatch):
    found = [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:4700::1", 443, 0, 2))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    with pytest.raises(NotAllowedError):
        machines("example.org", 443)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1"])
def test_other_spellings_of_loopback_are_refused_by_what_they_come_to(host):
    with pytest.raises(NotAllowedError):
        machines(host, 80)


def test_a_name_is_looked_up_once_and_its_machines_come_with_the_port(names):
    looked_up = names({"example.org": ["8.8.8.8", "2606:4700::1"]})
    assert machines("example.org", 8080) == [
        (socket.AF_INET, ("8.8.8.8", 8080)),
        (socket.AF_INET6, ("2606:4700::1", 8080)),
    ]
    assert looked_up == ["example.org"]


@pytest.mark.parametrize("host", ["nowhere.test", "x" * 300, "a\x00b", "\udc80.test"])
def test_a_name_without_an_address_is_unknown(names, host):
    names({"nothing.test": []})
    with pytest.raises(UnknownHostError):
        machines(host, 80)
    with pytest.raises(UnknownHostError):
        machines("nothing.test", 80)


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("http://example.org", ("http", "example.org", 80, "/")),
        ("HTTPS://Example.org/a?b=c#d", ("https", "example.org", 443, "/a?b=c")),
        ("https://example.org:8443/", ("https", "example.org", 8443, "/")),
        ("https://bücher.test/ä?ö=1", ("https", "xn--bcher-kva.test", 443, "/%C3%A4?%C3%B6=1")),
        ("https://example.org/a b\x00", ("https", "example.org", 443, "/a%20b%00")),
        ("https://example.org/a%20b%zz", ("https", "example.org", 443, "/a%20b%zz")),
        ("http://ann:secret@example.org/", ("http", "example.org", 80, "/")),
        ("http://[2606:4700::1]:8080/", ("http", "2606:4700::1", 8080, "/")),
    ],
)
def test_an_address_is_taken_apart_into_the_letters_that_travel(url, parts):
    assert target(url) == parts


@pytest.mark.parametrize(
    ("url", "again"),
    [
        ("https://example.org:443/a b#c", "https://example.org/a%20b"),
        ("http://example.org:8080", "http://example.org:8080/"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
    ],
)
def test_an_address_is_put_together_again(url, again):
    assert target(url).url == again


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "“file” is neither http nor https"),
        ("ftp://example.org/", "“ftp” is neither"),
        ("gopher://example.org/", "“gopher” is neither"),
        ("javascript:alert(1)", "“javascript” is neither"),
        ("//example.org/", "neither http nor https"),
        ("", "neither http nor https"),
        ("https://", "names no host"),
        ("https:///path", "names no host"),
        ("http://a\x00b/", "names no host"),
        ("http://a b/", "names no host"),
        ("http://[::1", "can't be read"),
        ("http://example.org:port/", "can't be read"),
        ("http://example.org:99999/", "can't be read"),
        (f"http://{'x' * 64}.org/", "can't be read"),
        ("http://example.org:22/", "Port 22 is no web server's"),
        ("http://example.org:6379/", "Port 6379"),
        ("http://example.org:0/", "Port 0"),
    ],
)
def test_what_is_no_web_address_is_refused_in_words(url, reason):
    with pytest.raises(NotAllowedError, match=reason):
        target(url)
