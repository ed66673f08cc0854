"""Engines run plans; each makes the same results, byte for byte."""
