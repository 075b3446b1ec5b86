"""When two addresses lead to the same document: pure functions on text.

Only what is certain is taken for the same. A difference that might matter stays one: the worst
that comes of it is a source entered twice, while the opposite mistake hides a document.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

# Parameters that name a reader, a campaign or the page one came from, never the document.
TRACKING = frozenset(
    {
        *("fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid"),
        *("ttclid", "igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "vero_id"),
        *("oly_anon_id", "oly_enc_id", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp"),
        *("hsctatracking", "_ga", "_gl", "ref_src", "ref_url"),
    }
)
TRACKING_START = "utm_"

# The same pages under a second name for small screens.
MOBILE_HOSTS = {
    "m.facebook.com": "facebook.com",
    "m.youtube.com": "youtube.com",
    "mobile.twitter.com": "twitter.com",
}
_MOBILE_WIKI = re.compile(r"([a-z-]+)\.m\.(wiki[a-z]+\.org)")
_WIKI = re.compile(r"[a-z-]+\.wiki[a-z]+\.org")

# What RFC 3986 calls unreserved: encoded or not, it is the same character.
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DEFAULT_PORTS = frozenset({80, 443})
# The longest of these in an address is looked for in the database: nobody encodes them.
_PLAIN_RUN = re.compile(r"[A-Za-z0-9]+")


def normal_form(url: str) -> str:
    """The same text for all addresses of one document: host, path, query; no scheme.

    It is for comparing, not for following. What can't be read as an address stays as it is.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return text
    host = normal_host(parts.hostname)
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port not in _DEFAULT_PORTS:
        host = f"{host}:{port}"
    user, at, _ = parts.netloc.rpartition("@")
    query = _query(parts.query)
    fragment = _fragment(parts.fragment)
    return f"{user}{at}{host}{_path(parts.path)}{'?' if query else ''}{query}{fragment}"


def normal_host(host: str) -> str:
    """A host's name in ASCII and lower case, without the www. in front."""
    name = host.lower().rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            pass
    bare = name.removeprefix("www.")
    if "." in bare:
        name = bare
    name = MOBILE_HOSTS.get(name, name)
    if wiki := _MOBILE_WIKI.fullmatch(name):
        name = f"{wiki[1]}.{wiki[2]}"
    return name


def host_of(url: str) -> str:
    """The normal host of an address, under which requests to one site are counted; may be empty."""
    try:
        return normal_host(urlsplit(url.strip()).hostname or "")
    except ValueError:
        return ""


def search_words(url: str) -> tuple[str, str]:
    """A part of the host, in any case, and one of the rest that all same addresses contain.

    A database finds candidates by them, whose normal forms have to be compared then. Either may
    be empty. An address that writes plain letters as escapes (%61 for a) is not found by them.
    """
    host = host_of(url)
    if _WIKI.fullmatch(host):
        host = host.partition(".")[2]
    # Labels that are not ASCII may be stored in either spelling; what follows them has only one.
    host = re.sub(r".*xn--[^.]*\.?", "", host)
    rest = normal_form(url).partition(host)[2] if host else ""
    runs = _PLAIN_RUN.findall(_ESCAPE.sub(" ", rest.partition("/")[2] or rest))
    return host, max(runs, key=len, default="")


def _path(path: str) -> str:
    """Without doubled slashes, dots that lead up and the last slash; encoded in one way."""
    segments: list[str] = []
    for segment in _escaped(path, safe="/:@!$&'()*+,;=").split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    return "".join(f"/{segment}" for segment in segments)


def _query(query: str) -> str:
    parts = [_escaped(part.replace("+", "%20"), safe="/?:@!$'()*,;=") for part in query.split("&")]
    return "&".join(sorted(part for part in parts if part and not _is_tracking(part)))


def _is_tracking(part: str) -> bool:
    name = unquote(part.partition("=")[0]).lower()
    return name in TRACKING or name.startswith(TRACKING_START)


def _fragment(fragment: str) -> str:
    """Empty unless a script of the page makes another document of it."""
    if not fragment.startswith(("!", "/")):
        return ""
    return "#" + _escaped(fragment, safe="/?:@!$&'()*+,;=")


def _escaped(text: str, safe: str) -> str:
    """Unreserved characters plain, all others but `safe` ones as escapes in upper case."""

    def one_way(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return character if character in _UNRESERVED else escape[0].upper()

    # Stray percent signs first: what they stand beside must not become an escape by decoding.
    return quote(_ESCAPE.sub(one_way, _STRAY_PERCENT.sub("%25", text)), safe=f"%{safe}")
