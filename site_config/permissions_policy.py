"""The Permissions-Policy header: the browser features that no page of ours asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

VALUE = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PermissionsPolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", VALUE)
        return response
