"""The verbs: decorators, one call, one report, one exit code each."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
