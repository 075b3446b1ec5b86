import json

from tests.process import environment, manage


def on_sqlite(data_dir, **variables):
    """A site of its own: the database under test is not this command's to change."""
    return environment(data_dir, DEMO="yes", DATABASE_URL="", **variables)


def test_prepares_a_site_from_nothing_and_changes_nothing_the_second_time(tmp_path):
    env = on_sqlite(tmp_path)
    first = manage(env, "prepare_site")
    assert (first.returncode, first.stderr) == (0, "")
    assert "Database: applying" in first.stdout
    assert manage(env, "migrate", "--check").returncode == 0
    assert json.loads((tmp_path / "static" / "staticfiles.json").read_text())["paths"]
    assert companies(env) > 0
    second = manage(env, "prepare_site")
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.startswith("Database: up to date\n")


def test_a_database_with_lost_or_older_triggers_gets_those_of_this_release(tmp_path):
    env = on_sqlite(tmp_path)
    assert manage(env, "prepare_site", "--no-catalog").returncode == 0
    spoil = (
        "from django.db import connection; cursor = connection.cursor(); "
        "cursor.execute('DROP TRIGGER quote_attribution_insert'); "
        "cursor.execute('DROP TRIGGER shares_total_insert'); "
        "cursor.execute('CREATE TRIGGER shares_total_insert AFTER INSERT ON "
        "companies_codebaseshare WHEN 0 BEGIN SELECT 1; END')"
    )
    triggers = (
        "from django.db import connection; cursor = connection.cursor(); "
        "cursor.execute('SELECT sql FROM sqlite_master WHERE type = \\'trigger\\' ORDER BY name'); "
        "print(cursor.fetchall())"
    )
    whole = manage(env, "shell", "--no-imports", "--command", triggers).stdout
    assert manage(env, "shell", "--no-imports", "--command", spoil).returncode == 0
    assert manage(env, "shell", "--no-imports", "--command", triggers).stdout != whole
    assert manage(env, "prepare_site", "--no-catalog").returncode == 0
    assert manage(env, "shell", "--no-imports", "--command", triggers).stdout == whole


def test_the_history_of_an_older_database_is_begun_once(tmp_path):
    env = on_sqlite(tmp_path)
    assert "History:" not in manage(env, "prepare_site").stdout
    begun = in_shell(env, "print(Revision.objects.count())")
    in_shell(env, "Revision.objects.all().delete()")
    assert f"History: begun for {int(begun):,} entries\n" in manage(env, "prepare_site").stdout
    assert in_shell(env, "print(Revision.objects.count())") == begun
    in_shell(env, "Revision.objects.filter(name='netflix').delete()")
    assert "History: begun for 1 entry\n" in manage(env, "prepare_site").stdout
    assert "History:" not in manage(env, "prepare_site").stdout
    reasons = "print(set(Revision.objects.values_list('reason', 'action', 'editor_name')))"
    assert in_shell(env, reasons) == "{('As it stood when this history begins.', 'added', '')}\n"


def test_can_leave_the_site_empty(tmp_path):
    env = on_sqlite(tmp_path)
    assert manage(env, "prepare_site", "--no-catalog").returncode == 0
    assert companies(env) == 0


def test_working_on_the_code_needs_no_collected_files(tmp_path):
    assert manage(on_sqlite(tmp_path, DEBUG="yes"), "prepare_site", "--no-catalog").returncode == 0
    assert not (tmp_path / "static").exists()


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path):
    url = "postgres://ann:pa55word@127.0.0.1:1/facts"
    done = manage(environment(tmp_path, DEMO="yes", DATABASE_URL=url), "prepare_site")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: The database cannot be used: ")
    assert "Traceback" not in done.stderr
    assert "pa55word" not in done.stderr


def companies(env):
    return int(in_shell(env, "print(Company.objects.count())"))


def in_shell(env, code):
    imports = "from companies.models import Company, Revision; "
    done = manage(env, "shell", "--no-imports", "--command", imports + code)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
