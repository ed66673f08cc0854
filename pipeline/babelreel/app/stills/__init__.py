"""Use cases that show lines as they are burned in."""
