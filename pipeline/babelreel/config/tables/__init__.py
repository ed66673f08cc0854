"""The tables of babelreel.toml: the keys of each, and what they mean."""
