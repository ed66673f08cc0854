"""babelreel.toml -> Project; the only place with the configuration library."""
