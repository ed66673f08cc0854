"""Rules about text that runs from right to left."""
