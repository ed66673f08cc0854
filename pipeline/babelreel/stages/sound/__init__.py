"""Sounds of films, and the spoken names of languages."""
