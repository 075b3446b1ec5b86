#!/usr/bin/env python3
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # Written for the operator, who needs the sentence; --traceback is for whoever doubts it.
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Stackfacts does not start: {error}")


if __name__ == "__main__":
    main()
