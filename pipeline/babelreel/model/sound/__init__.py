"""Recorded and finished sound."""
