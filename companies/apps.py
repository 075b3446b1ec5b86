from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from companies import cross_row_rules


class CompaniesConfig(AppConfig):
    name = "companies"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers the system checks; models can't be imported before this.
        from companies import checks  # noqa: F401, PLC0415

        connection_created.connect(_compile_no_queries)
        pre_migrate.connect(_remove_rules, sender=self)
        post_migrate.connect(_install_rules, sender=self)


class CatalogueAdminConfig(AdminConfig):
    default_site = "companies.admin_site.CatalogueAdminSite"


def _compile_no_queries(connection: Any, **_: Any) -> None:
    """PostgreSQL compiles queries that it takes for dear, which all with several subqueries are.

    With 100,000 claims that took a second or more, for answers of a few milliseconds. Said here and
    not among the options of the connection, which a pooler in between may refuse.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")


def _remove_rules(using: str, **_: Any) -> None:
    cross_row_rules.remove(connections[using])


def _install_rules(using: str, **_: Any) -> None:
    cross_row_rules.install(connections[using])
