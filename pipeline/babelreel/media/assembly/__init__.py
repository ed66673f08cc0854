"""Finished files: joined, muxed, cut into segments, archived."""
