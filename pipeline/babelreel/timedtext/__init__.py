"""Bytes of subtitle files to tracks and back; the only place that knows srt and pysubs2."""
