"""Find out what is in a media file, and whether it is what was planned."""
