"""Recorded voices: found, listened to, placed, measured; scripts and guide tracks for recording them."""
