"""Playlists of HLS and DASH."""
