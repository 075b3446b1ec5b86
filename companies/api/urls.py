"""What is under /api/."""

from django.urls import path
from django.views.generic import RedirectView

from companies.api.document import openapi
from companies.api.documentation import docs
from companies.api.v1 import api

app_name = "api"

_to_docs = RedirectView.as_view(pattern_name="api:docs", http_method_names=["get", "head"])

urlpatterns = [
    path("", _to_docs),
    path("v1/", _to_docs),
    path("v1/docs", docs, name="docs"),
    path("v1/openapi.json", openapi, name="openapi"),
    path("v1/", api.urls),
]
