"""What a serving process carries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

LOADED = """
import sys
from pathlib import Path
from bot.bootstrap import bootstrap, load_brain
load_brain(bootstrap(environ={"BOT_DATABASE_URL": sys.argv[1], "BOT_SECRET_KEY": "k" * 40})).understand("c'est combien ?")
print([name for name in ("tensorflow", "matplotlib", "pandas") if name in sys.modules])
"""


def test_a_loaded_model_answers_without_tensorflow(tmp_path: Path) -> None:
    environment = {"RASA_TELEMETRY_ENABLED": "false", "PATH": "/usr/bin:/bin", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", LOADED, f"sqlite:///{tmp_path}/bot.db"], capture_output=True, text=True,
                         timeout=180, check=False, env=environment, cwd=ROOT)
    assert ran.stdout.splitlines()[-1:] == ["[]"], ran.stdout + ran.stderr
