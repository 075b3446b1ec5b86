import re
import stat

import pytest

from tests.process import environment, manage, production


def one_sentence(done):
    """The refusal: exit code 1, one line on stderr, no traceback."""
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_production_passes_the_deployment_check_without_a_warning(tmp_path):
    done = manage(production(tmp_path), "check", "--deploy", "--fail-level", "DEBUG")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("command", ["check", "migrate", "runserver", "prepare_site"])
def test_production_refuses_to_start_without(tmp_path, name, command):
    line = one_sentence(manage(production(tmp_path, **{name: ""}), command))
    assert f"{name} is not set" in line


def test_production_refuses_any_host(tmp_path):
    line = one_sentence(manage(production(tmp_path, ALLOWED_HOSTS="example.org,*"), "check"))
    assert "ALLOWED_HOSTS is '*'" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "yess"),
        ("PORT", "http"),
        ("WEB_CONCURRENCY", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("LOG_LEVEL", "chatty"),
        ("DATA_DIR", "var"),
        ("DATA_DIR", "/dev/null/var"),
        ("LOGIN_ATTEMPTS", "0"),
        ("REVIEW_MONTHS", "quotes"),
    ],
)
def test_a_variable_that_is_not_understood_stops_the_start(tmp_path, name, value):
    line = one_sentence(manage(production(tmp_path, **{name: value}), "check"))
    assert name in line
    assert value in line


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:pa55word@host/name",
        "postgres://user:pa55word@host:port/name",
        "postgres://user:pa55word@host",
        "pa55word",
    ],
)
def test_an_unusable_database_url_is_refused_without_repeating_it(tmp_path, url):
    line = one_sentence(manage(production(tmp_path, DATABASE_URL=url), "check"))
    assert "DATABASE_URL" in line
    assert "pa55word" not in line


def test_the_traceback_can_be_asked_for(tmp_path):
    done = manage(production(tmp_path, SECRET_KEY=""), "check", "--traceback")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


@pytest.mark.parametrize("mode", ["DEMO", "DEBUG"])
def test_demo_and_debug_make_a_secret_for_the_owner_only_and_keep_it(tmp_path, mode):
    data_dir = tmp_path / "new"
    env = environment(data_dir, **{mode: "yes"})
    assert manage(env, "check").returncode == 0
    secret_file = data_dir / "secret-key"
    assert stat.S_IMODE(secret_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    first = secret_file.read_text()
    assert len(first) > 50
    assert manage(env, "check").returncode == 0
    assert secret_file.read_text() == first
    assert [file.name for file in data_dir.glob("secret-key*")] == ["secret-key"]


def test_production_makes_no_secret(tmp_path):
    manage(production(tmp_path), "check")
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("mode", ["DEMO", "DEBUG"])
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])  # noqa: S104
def test_demo_and_debug_listen_on_loopback_only(tmp_path, mode, host):
    line = one_sentence(manage(environment(tmp_path, **{mode: "yes", "HOST": host}), "check"))
    assert re.search(f"HOST is '{host}', but with DEMO or DEBUG", line)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "[::1]"])
def test_demo_accepts_loopback(tmp_path, host):
    assert manage(environment(tmp_path, DEMO="yes", HOST=host), "check").returncode == 0
