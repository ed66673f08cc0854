"""Pictures: shots, cells, encoding, stills."""
