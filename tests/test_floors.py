import subprocess
import sys
from pathlib import Path

from tests.process import ROOT

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


def test_imports_go_down_only():
    done = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
