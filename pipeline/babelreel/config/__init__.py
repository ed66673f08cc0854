"""babelreel.toml -> Project; the only place with the configuration library."""

import os

# pydantic would look for plugins in the description of every package that is installed, at each start
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
