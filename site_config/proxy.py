"""Who is asking, when there are proxies in front of us."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address the outermost trusted proxy saw.

    Each proxy appends the address it was asked from to X-Forwarded-For. With N trusted proxies
    the Nth value from the right is therefore the last one that was not written by the client.
    Fewer values mean that the request came past the proxies; then only the connection itself
    is believed.
    """
    connected: str = request.META.get("REMOTE_ADDR", "")
    trusted = settings.TRUSTED_PROXIES
    forwarded = [value.strip() for value in request.headers.get("X-Forwarded-For", "").split(",")]
    if trusted == 0 or len(forwarded) < trusted:
        return connected
    try:
        return str(ipaddress.ip_address(forwarded[-trusted]))
    except ValueError:
        return connected
