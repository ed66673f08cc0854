"""What tests share: makers of films, sounds, subtitles and projects, and other readers to compare with."""
