"""Sound: listening, mixing, loudness."""
