"""Record what every job of a real build takes, for ``simulate_cluster.py``.

    PYTHONPATH=pipeline python benchmarks/record_trace.py PROJECT TRACE

PROJECT is a folder with a ``babelreel.toml``; what its store already holds is not done again and not recorded, so give
one that was never built.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scaling.trace import record

from babelreel.app.build.planning import plan_project
from babelreel.app.build.request import Request
from babelreel.config.read import read_project


def main() -> None:
    """Plan, run and record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("trace", type=Path)
    given = parser.parse_args()
    project = read_project(given.project.resolve())
    record(plan_project(project, Request()), project.store_dir, given.trace)


if __name__ == "__main__":
    main()
