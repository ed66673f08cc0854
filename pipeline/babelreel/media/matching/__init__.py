"""Lay one version of a film beside another, by what both look and sound like."""
