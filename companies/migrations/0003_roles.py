"""The groups that come with a site. An administrator may change them; nothing here does so again."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CLAIMS = (
    "claim",
    "usecase",
    "codebaseshareclaim",
    "keyfigure",
    "decision",
    "strength",
    "quote",
    "opensourcerelease",
)
DRAFTED = (*CLAIMS, "company", "companylist", "source", "technology")
ROWS = (
    "citation",
    "claimtechnology",
    "codebaseshare",
    "companyalias",
    "companylistentry",
    "formerslug",
    "gap",
)


def _all(models, *actions):
    return {f"{action}_{model}" for model in models for action in actions}


CONTRIBUTOR = (
    _all(DRAFTED, "view", "add", "change")
    | _all(ROWS, "view", "add", "change", "delete")
    | _all(("domain", "proposal"), "view")
)
EDITOR = (
    CONTRIBUTOR
    | _all(DRAFTED, "delete")
    | _all(("domain",), "add", "change", "delete")
    | {"publish_claim"}
)
ACCOUNTS = (
    ("auth", _all(("user", "group"), "view", "add", "change", "delete")),
    ("admin", _all(("logentry",), "view")),
    ("axes", _all(("accessattempt",), "view", "delete")),
)


def make_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    _create_permissions(apps, schema_editor.connection.alias)
    catalogue = permission.objects.filter(content_type__app_label="companies")
    contributor, _ = group.objects.get_or_create(name="Contributor")
    editor, _ = group.objects.get_or_create(name="Editor")
    administrator, _ = group.objects.get_or_create(name="Administrator")
    contributor.permissions.add(*catalogue.filter(codename__in=CONTRIBUTOR))
    editor.permissions.add(*catalogue.filter(codename__in=EDITOR))
    administrator.permissions.add(*catalogue.filter(codename__in=EDITOR))
    for app, codenames in ACCOUNTS:
        found = permission.objects.filter(content_type__app_label=app, codename__in=codenames)
        administrator.permissions.add(*found)


def _create_permissions(apps, alias):
    """Django makes them after all migrations, which is too late for this one."""
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=alias)
        config.models_module = None


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0002_history"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
