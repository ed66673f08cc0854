"""What becomes of voices in a studio."""
