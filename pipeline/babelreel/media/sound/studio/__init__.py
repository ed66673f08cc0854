"""Sounds for a studio: a line of a mix without all of it, and a recording made of any sound file."""
