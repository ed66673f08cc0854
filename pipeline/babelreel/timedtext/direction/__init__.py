"""How right-to-left text is kept in reading order."""
