"""babelreel: one film, many languages."""

__version__ = "0.1.0"
