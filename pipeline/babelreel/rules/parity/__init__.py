"""Rules that compare a track with the reference."""
