"""The site map of the whole site. /healthz and /readyz are answered earlier: site_config.health."""

from django.contrib import admin
from django.urls import include, path

from site_config.robots import robots

urlpatterns = [
    path("admin/", admin.site.urls),
    path("robots.txt", robots),
    path("api/", include("companies.api.urls")),
    path("", include("companies.urls")),
]
