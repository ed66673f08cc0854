"""Move all times of a subtitle file, while every other byte of it stays."""
