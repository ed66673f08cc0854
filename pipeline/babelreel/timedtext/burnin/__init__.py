"""How a track is drawn into the picture."""
