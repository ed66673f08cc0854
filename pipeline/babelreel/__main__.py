"""Lets ``python -m babelreel`` do what the ``babelreel`` command does."""

from babelreel.cli import main

if __name__ == "__main__":
    main()
