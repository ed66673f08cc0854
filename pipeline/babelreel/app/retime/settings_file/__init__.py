"""Move what has times in babelreel.toml, and let exceptions in it follow their lines."""
