"""Lay the times of one track on those of another."""
