"""Are the scripts that pages load what terser makes of those that are read?"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from support.browsing import lacking

HERE = Path(__file__).parent


def test_the_small_scripts_are_what_terser_makes_of_the_others() -> None:
    node = shutil.which("node")
    if not node or not (HERE / "node_modules" / "terser").is_dir():
        lacking("node or terser is not installed")
    done = subprocess.run(
        [str(node), "small_scripts.mjs", "--check"], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
