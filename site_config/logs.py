"""What is logged: everything to stderr, a line each."""

import logging
from typing import Any


def without_traceback(record: logging.LogRecord) -> bool:
    """Strangers send any Host header they like; each costs the log one line, not thirteen."""
    record.exc_info = None
    return True


def logging_config(level: str) -> dict[str, Any]:
    """For the setting LOGGING, in the shape of `logging.config.dictConfig`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "filters": {
            "without_traceback": {
                "()": "django.utils.log.CallbackFilter",
                "callback": without_traceback,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own set-up mails administrators and is silent about errors without DEBUG.
            "django": {"handlers": [], "propagate": True, "level": level},
            "django.security.DisallowedHost": {"filters": ["without_traceback"]},
            # At DEBUG the template engine drowns everything else.
            "django.template": {"level": "INFO"},
            "django.utils.autoreload": {"level": "INFO"},
        },
    }
