"""Boxes and headers of media files, read without ffmpeg."""
