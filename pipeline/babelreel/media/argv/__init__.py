"""Arguments and filters of ffmpeg, each with its reason."""
