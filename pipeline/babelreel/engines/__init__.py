"""Engines run plans; each gives the same results, byte for byte."""
