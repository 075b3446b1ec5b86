"""The real settings under a known environment, whatever the developer's own one says.

Only what the tests cannot do without is changed afterwards.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data_dir = tempfile.mkdtemp(prefix="stackfacts-tests-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)

# DATABASE_URL is left alone: it decides which of the two databases is tested.
_others = ("DEBUG", "HOST", "PORT", "SITE_NAME", "CSRF_TRUSTED_ORIGINS", "TRUSTED_PROXIES")
_login = ("LOGIN_ATTEMPTS", "LOGIN_COOLOFF_MINUTES")
_desk = ("TWO_PERSON_RULE", "LINK_FAILURES", "LINK_FAILURE_DAYS", "REVIEW_MONTHS")
for _name in (*_others, "LOG_LEVEL", "API_RATE", "SEARCH_ENGINE", *_login, *_desk):
    os.environ.pop(_name, None)
os.environ.update(
    DEMO="no",
    DATA_DIR=_data_dir,
    SECRET_KEY="of the tests, which protect nothing, and so may be known",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    HTTPS_ONLY="no",
)

from site_config.settings import *  # noqa: E402, F403
from site_config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, because WAL and waiting for locks do not exist in memory.
    DATABASES["default"]["TEST"] = {"NAME": Path(_data_dir) / "test.sqlite3"}
else:
    # Every test ends with its own connections closed; none outlives the test database.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# All tests ask from one address; those of the limit set one.
API_RATE = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Files from where they lie: nothing is collected before the tests.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
