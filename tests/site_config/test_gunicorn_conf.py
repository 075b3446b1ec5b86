import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.process import ROOT, environment, production, python

GUNICORN = ["-m", "gunicorn", "-c", "site_config/gunicorn.conf.py"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"WEB_CONCURRENCY": "99"}, "WEB_CONCURRENCY is '99'"),
        ({"DEMO": "yes", "HOST": "0.0.0.0"}, "HOST is '0.0.0.0', but with DEMO"),  # noqa: S104
        ({"DEMO": "yes", "GUNICORN_CMD_ARGS": "--bind 0.0.0.0:0"}, "does not listen on 0.0.0.0"),
    ],
)
def test_the_server_refuses_in_one_sentence(tmp_path, variables, expected):
    (tmp_path / "static").mkdir()  # or whitenoise warns that nothing was collected
    done = python(production(tmp_path, **variables), *GUNICORN)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert expected in line


def test_the_demo_says_where_it_is_and_opens_no_control_socket(tmp_path):
    port = free_port()
    env = environment(tmp_path, DEMO="yes", PORT=str(port), SITE_NAME="Facts")
    (tmp_path / "static").mkdir()
    with subprocess.Popen(
        [sys.executable, *GUNICORN], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(3)]
        answer = ask(f"http://127.0.0.1:{port}/healthz")
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    assert lines[0] == f"Facts is at http://127.0.0.1:{port}/\n"
    assert lines[1] == "Create the first administrator with: make admin\n"
    assert answer == 200
    assert process.returncode == 0
    assert not (tmp_path / ".gunicorn").exists()


def ask(url):
    for _ in range(50):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
                return response.status
        except OSError:
            time.sleep(0.1)
    return None


SLOW = """
import time

class Slow:
    streaming = True
    streaming_content = None

    def __iter__(self):
        return iter(self.streaming_content)

def pieces(number):
    for _ in range(number):
        time.sleep(0.5)
        yield b"x"

def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    answer = Slow()
    answer.streaming_content = pieces(8 if environ["PATH_INFO"] == "/long" else 1)
    return answer
"""


def test_a_worker_that_gets_on_with_a_long_file_is_left_alone(tmp_path):
    (tmp_path / "slow.py").write_text(SLOW)
    port = free_port()
    env = environment(tmp_path, DEMO="yes", PORT=str(port), PYTHONPATH=str(tmp_path))
    command = [sys.executable, *GUNICORN, "--timeout", "1", "slow:application"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as process:
        try:
            assert ask(f"http://127.0.0.1:{port}/") == 200
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/long", timeout=20) as answer:
                assert answer.read() == b"xxxxxxxx"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
