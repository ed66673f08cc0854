"""Formats that are read and never written: cues and their times, without a place in the file."""
